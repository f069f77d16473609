// How text stands in the columns of a terminal: user-perceived characters (graphemes) with their
// widths, cutting and wrapping.
//
// Text is measured as it is shown: a tab is four blanks, other control characters are \xNN.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace scaffold::terminal {

// The end of the grapheme that begins at `pos`; text.size() at the end.
size_t NextGrapheme(std::string_view text, size_t pos);
// The begin of the grapheme that ends at `pos`; 0 at the begin.
size_t PreviousGrapheme(std::string_view text, size_t pos);

// What is put on the screen for `text`; newlines become blanks, marks without a letter vanish.
std::string ShownText(std::string_view text);
// Columns of the shown text.
size_t CountColumns(std::string_view text);

// The text in at most `columns`, with an ellipsis for what was cut.
std::string CutToColumns(std::string_view text, size_t columns);
// The same with blanks at the end, exactly `columns` wide.
std::string PadToColumns(std::string_view text, size_t columns);

// A row of wrapped text, as byte offsets.
struct TextRow {
  size_t begin = 0;
  size_t end = 0;
};

// Rows of at most `columns`, broken at newlines and between graphemes. Never empty.
std::vector<TextRow> WrapText(std::string_view text, size_t columns);
// The same, broken between words where that is possible; for text that is read, not edited.
std::vector<std::string> WrapWords(std::string_view text, size_t columns);

}  // namespace scaffold::terminal
