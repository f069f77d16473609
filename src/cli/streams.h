// Streams: the three standard streams and whether a terminal is behind each.

#pragma once

#include <istream>
#include <ostream>

namespace scaffold::cli {

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

}  // namespace scaffold::cli
