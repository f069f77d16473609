#include "terminal/frame.h"

namespace scaffold::terminal {

std::string FrameToText(const Frame& frame) {
  std::string text;
  for (const FrameLine& line : frame.lines) {
    for (const StyledText& part : line) text += part.text;
    text += '\n';
  }
  return text;
}

}  // namespace scaffold::terminal
