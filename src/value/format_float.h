// Floats in the forms of e, f and g, as Python's format() and % share them.

#pragma once

#include <string>

namespace scaffold {

struct FloatFormat {
  char type = 'r';  // e E f F g G, or r: the shortest text that reads back
  int precision = 6;
  bool alternate = false;     // '#': keep the point and the zeros
  bool at_least_one = false;  // ".0" after whole numbers, and g leaves room for it
};

// The absolute value; "inf" and "nan" too.
std::string FormatFloatDigits(double number, const FloatFormat& format);

}  // namespace scaffold
