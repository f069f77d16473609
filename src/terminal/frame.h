// Frame: what a prompt looks like now, as plain data; a Painter brings it to the screen.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scaffold::terminal {

enum class Style : uint8_t { kPlain, kBold, kDim, kAccent, kGood, kError };

// REQUIRES: text has no control characters (see ShownText).
struct StyledText {
  std::string text;
  Style style = Style::kPlain;

  bool operator==(const StyledText&) const = default;
};

using FrameLine = std::vector<StyledText>;

struct Frame {
  std::vector<FrameLine> lines;
  size_t cursor_row = 0;
  size_t cursor_column = 0;
  bool shows_cursor = false;

  bool operator==(const Frame&) const = default;
};

struct WindowSize {
  size_t columns = 80;
  size_t rows = 24;

  bool operator==(const WindowSize&) const = default;
};

// The signs of a prompt, for terminals with and without Unicode.
struct Glyphs {
  std::string_view pointer, checked, unchecked, input, complaint, mask, more_up, more_down, dot;
};
inline constexpr Glyphs kUnicodeGlyphs = {.pointer = "❯",
                                          .checked = "●",
                                          .unchecked = "○",
                                          .input = "›",
                                          .complaint = "✗",
                                          .mask = "•",
                                          .more_up = "↑",
                                          .more_down = "↓",
                                          .dot = "·"};
inline constexpr Glyphs kAsciiGlyphs = {.pointer = ">",
                                        .checked = "[x]",
                                        .unchecked = "[ ]",
                                        .input = ">",
                                        .complaint = "!",
                                        .mask = "*",
                                        .more_up = "^",
                                        .more_down = "v",
                                        .dot = "-"};

// The text of the lines without styles, a newline after each; for tests and records.
std::string FrameToText(const Frame& frame);

}  // namespace scaffold::terminal
