// A C++ function as a value that templates can call.

#pragma once

#include <string>

#include "scaffold/jinja.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// Printed as "<function NAME>".
Value MakeFunction(std::string name, Function function);

}  // namespace scaffold::jinja
