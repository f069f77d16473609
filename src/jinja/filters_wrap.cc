// The `wordwrap` filter: the algorithm of Python's textwrap.

#include <algorithm>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "support/utf8.h"
#include "value/markup.h"
#include "value/operators.h"
#include "value/unicode.h"

namespace scaffold::jinja {
namespace {

using Text = std::u32string;

Text Decode(const std::string& utf8) {
  Text text;
  for (size_t pos = 0; pos < utf8.size();) text += DecodeUtf8(utf8, &pos);
  return text;
}

// textwrap's own white space: ASCII only.
bool IsBlank(char32_t c) { return c == ' ' || (c >= 0x09 && c <= 0x0D); }

bool IsLetter(char32_t c) { return IsReWord(c) && !IsDecimal(c); }

bool IsWordPunctuation(char32_t c) {
  return IsReWord(c) || c == '!' || c == '"' || c == '\'' || c == '&' || c == '.' || c == ',' ||
         c == '?';
}

// The end of a run of two or more dashes at `at` with a word character behind it, or npos.
size_t DashesBeforeWord(const Text& text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] == '-') ++end;
  const bool found = end - at >= 2 && end < text.size() && IsReWord(text[end]);
  return found ? end : Text::npos;
}

// Whether a line may be broken behind the hyphen at `at`: two letters before it (or letter, hyphen,
// letter), and two letters after it, perhaps with a hyphen between them.
bool IsCompoundHyphen(const Text& text, size_t at) {
  const auto letter = [&](size_t i) { return i < text.size() && IsLetter(text[i]); };
  if (at >= text.size() || text[at] != '-' || at < 2 || !letter(at - 1)) return false;
  const bool before = letter(at - 2) || (at >= 3 && text[at - 2] == '-' && letter(at - 3));
  if (!before || !letter(at + 1)) return false;
  return letter(at + 2) || (at + 2 < text.size() && text[at + 2] == '-' && letter(at + 3));
}

// The end of the chunk that begins at `begin`: textwrap's wordsep_re.
size_t ChunkEnd(const Text& text, size_t begin) {
  size_t end = begin;
  if (IsBlank(text[begin])) {
    while (end < text.size() && IsBlank(text[end])) ++end;
    return end;
  }
  if (begin > 0 && IsWordPunctuation(text[begin - 1])) {
    if (const size_t dashes = DashesBeforeWord(text, begin); dashes != Text::npos) return dashes;
  }
  for (end = begin + 1;; ++end) {
    if (IsCompoundHyphen(text, end)) return end + 1;
    if (end == text.size() || IsBlank(text[end])) return end;
    if (IsWordPunctuation(text[end - 1]) && DashesBeforeWord(text, end) != Text::npos) return end;
  }
}

std::vector<Text> SplitChunks(const Text& text, bool at_hyphens) {
  std::vector<Text> chunks;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    if (at_hyphens) {
      end = ChunkEnd(text, begin);
    } else {
      const bool blank = IsBlank(text[begin]);
      while (end < text.size() && IsBlank(text[end]) == blank) ++end;
    }
    chunks.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return chunks;
}

bool IsAllSpace(const Text& chunk) {
  return std::all_of(chunk.begin(), chunk.end(), [](char32_t c) { return IsSpace(c); });
}

struct WrapOptions {
  double width = 79;
  bool width_is_float = false;  // cannot cut texts, as in Python
  bool break_long_words = true;
  bool break_on_hyphens = true;
};

// Takes as much of the last chunk as fits: textwrap's _handle_long_word.
void BreakLongWord(std::vector<Text>* chunks, std::vector<Text>* line, size_t line_length,
                   const WrapOptions& options) {
  if (!options.break_long_words) {
    if (line->empty()) {
      line->push_back(std::move(chunks->back()));
      chunks->pop_back();
    }
    return;
  }
  if (options.width_is_float && options.width >= 1) {
    throw Error(ErrorKind::kType,
                "slice indices must be integers or None or have an __index__ method");
  }
  Text& chunk = chunks->back();
  const size_t space_left =
      options.width < 1 ? 1 : static_cast<size_t>(options.width) - line_length;
  size_t end = space_left;
  if (options.break_on_hyphens && chunk.size() > space_left && space_left > 0) {
    const size_t hyphen = chunk.rfind(U'-', space_left - 1);
    if (hyphen != Text::npos && hyphen > 0 &&
        chunk.substr(0, hyphen).find_first_not_of(U'-') != Text::npos) {
      end = hyphen + 1;
    }
  }
  line->push_back(chunk.substr(0, end));
  chunk.erase(0, end);
}

// textwrap's _wrap_chunks without indents and placeholders.
std::vector<std::string> WrapLine(const Text& text, bool split_at_hyphens,
                                  const WrapOptions& options) {
  std::vector<Text> chunks = SplitChunks(text, split_at_hyphens);
  std::reverse(chunks.begin(), chunks.end());
  std::vector<std::string> lines;
  while (!chunks.empty()) {
    std::vector<Text> line;
    size_t length = 0;
    if (!lines.empty() && IsAllSpace(chunks.back())) chunks.pop_back();
    while (!chunks.empty() && static_cast<double>(length + chunks.back().size()) <= options.width) {
      length += chunks.back().size();
      line.push_back(std::move(chunks.back()));
      chunks.pop_back();
    }
    if (!chunks.empty() && static_cast<double>(chunks.back().size()) > options.width) {
      BreakLongWord(&chunks, &line, length, options);
    }
    if (!line.empty() && IsAllSpace(line.back())) line.pop_back();
    if (line.empty()) continue;
    std::string utf8;
    for (const Text& chunk : line) {
      for (char32_t c : chunk) AppendUtf8(&utf8, c);
    }
    lines.push_back(std::move(utf8));
  }
  return lines;
}

}  // namespace

Value WordWrap(State& state, const Value& input, const BoundArgs& args) {
  const Value width = args.Or(1, Value(79));
  const Value split_at_hyphens = args.Or(4, Value(true));
  Value separator = args.Or(3, Value());
  if (separator.IsNone()) separator = Value(NewlineSequence(state));
  if (!separator.IsString()) {
    if (separator.IsUndefined()) ThrowUndefined(separator);
    throw Error(ErrorKind::kAttribute,
                "'" + std::string(TypeName(separator)) + "' object has no attribute 'join'");
  }
  WrapOptions options;
  options.break_long_words = Flag(args, 2, true);
  options.break_on_hyphens = Truth(split_at_hyphens);
  options.width_is_float = width.IsFloat();
  std::string out;
  bool first = true;
  const Value lines = CallPython(state, input, "splitlines");
  for (const Value& line : lines.AsList()) {
    if (Compare(Comparison::kLessEqual, width, Value(0))) {
      throw Error(ErrorKind::kValue, "invalid width " + Repr(width) + " (must be > 0)");
    }
    options.width = ToPythonFloat(width);
    bool first_part = true;
    // textwrap asks `is True`, so another true value splits at blanks only.
    for (const std::string& part :
         WrapLine(Decode(line.AsString()), split_at_hyphens.IsSame(Value(true)), options)) {
      if (!first && first_part) out += separator.AsString();
      if (!first_part) out += separator.AsString();
      out += separator.IsMarkup() ? EscapeMarkup(Value(part)).AsString() : part;
      first_part = false;
    }
    // An empty line is joined as well.
    if (first_part && !first) out += separator.AsString();
    first = false;
  }
  return TextLike(separator, std::move(out));
}

}  // namespace scaffold::jinja
