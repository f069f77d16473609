// Box: a few lines with a frame around them, for a terminal.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/streams.h"
#include "scaffold/host.h"

namespace scaffold::cli {

enum class BoxLines : uint8_t { kUnicode, kAscii };

struct BoxStyle {
  BoxLines lines = BoxLines::kUnicode;
  size_t columns = 80;  // of the terminal
};

// Nullopt where a box would be in the way: stdout or stderr is no terminal, or a screen reader
// reads (ACCESSIBLE).
std::optional<BoxStyle> ChooseBox(const Host& host, const Streams& streams);

// Whether a line of this text has room in the box.
bool FitsBox(const BoxStyle& style, std::string_view line);
// A line cut at blanks where it has no room; what follows stands below its text, and a shell
// comment stays a comment. An indented line is taken for a command, which is there to be copied: it
// stays whole, as a word without room does.
std::vector<std::string> WrapForBox(const BoxStyle& style, const std::string& line);
// REQUIRES: no control characters in the lines.
std::string FormatBox(const BoxStyle& style, const std::vector<std::string>& lines);

}  // namespace scaffold::cli
