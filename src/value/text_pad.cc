// Methods of str and bytes that fill a text up to a width.

#include <algorithm>

#include "support/utf8.h"
#include "value/arguments.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/text_length.h"
#include "value/text_methods.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

std::string Repeat(std::string_view unit, uint64_t count) {
  ChargeBytes(std::max(count, unit.size() * count));  // the product may wrap around
  if (unit.size() == 1) return std::string(count, unit[0]);
  std::string text;
  text.reserve(unit.size() * count);
  for (uint64_t i = 0; i < count; ++i) text += unit;
  return text;
}

std::string FillArgument(std::string_view name, const Value& self, const Value& fill) {
  if (IsBytes(self)) {
    if (IsBytes(fill) && fill.AsString().size() == 1) return fill.AsString();
    throw Error(ErrorKind::kType, std::string(name) +
                                      "() argument 2 must be a byte string of length 1, not " +
                                      std::string(TypeNameInC(fill)));
  }
  const Value text = self.IsMarkup() ? EscapeMarkup(fill) : fill;
  if (!text.IsString()) {
    throw Error(ErrorKind::kType, "The fill character must be a unicode character, not " +
                                      std::string(TypeNameInC(text)));
  }
  if (TextLength(text) != 1) {
    throw Error(ErrorKind::kType, "The fill character must be exactly one character long");
  }
  return text.AsString();
}

// Units that are missing up to `width`.
uint64_t MissingUnits(const Value& self, int64_t width) {
  const auto length = static_cast<int64_t>(UnitCount(self));
  return width > length ? static_cast<uint64_t>(width - length) : 0;
}

struct Padding {
  std::string fill = " ";
  int64_t width = 0;
  uint64_t missing = 0;
};

Padding ReadPadding(std::string_view name, const Value& self, const Args& args) {
  CheckCount(self, name, args, 1, 2);
  Padding padding;
  padding.width = IndexArgument(args.positional[0]);
  if (args.positional.size() > 1) padding.fill = FillArgument(name, self, args.positional[1]);
  padding.missing = MissingUnits(self, padding.width);
  return padding;
}

Value Pad(const Value& self, const Padding& padding, uint64_t left) {
  return TextLike(self, Repeat(padding.fill, left) + self.AsString() +
                            Repeat(padding.fill, padding.missing - left));
}

}  // namespace

size_t UnitCount(const Value& text) {
  return IsBytes(text) ? text.AsString().size() : TextLength(text);
}

size_t OffsetOfUnit(const Value& text, size_t index) {
  return IsBytes(text) ? index : TextOffset(text, index);
}

size_t UnitOfOffset(const Value& text, size_t offset) {
  if (IsBytes(text) || IsAsciiText(text)) return offset;
  return CountCodePoints(std::string_view(text.AsString()).substr(0, offset));
}

bool IsSpaceUnit(const Value& text, size_t* pos) {
  const std::string& bytes = text.AsString();
  const auto c = static_cast<unsigned char>(bytes[*pos]);
  if (!IsBytes(text)) {
    return IsSpace(c < 0x80 ? (++*pos, static_cast<char32_t>(c)) : DecodeUtf8(bytes, pos));
  }
  ++*pos;
  return c == ' ' || (c >= '\t' && c <= '\r');
}

Value TextLike(const Value& self, std::string text) {
  ChargeBytes(text.size());
  if (self.IsMarkup()) return Value::Markup(std::move(text));
  return IsBytes(self) ? Value::Bytes(std::move(text)) : Value(std::move(text));
}

Value TextCenter(CallContext&, const Value& self, const Args& args) {
  const Padding padding = ReadPadding("center", self, args);
  // CPython gives the odd one to the left when the width is odd.
  const uint64_t odd = padding.missing & static_cast<uint64_t>(padding.width) & 1;
  return Pad(self, padding, padding.missing / 2 + odd);
}
Value TextLJust(CallContext&, const Value& self, const Args& args) {
  return Pad(self, ReadPadding("ljust", self, args), 0);
}
Value TextRJust(CallContext&, const Value& self, const Args& args) {
  const Padding padding = ReadPadding("rjust", self, args);
  return Pad(self, padding, padding.missing);
}

Value TextZFill(CallContext&, const Value& self, const Args& args) {
  const int64_t width = IndexArgument(OneArgument(self, "zfill", args));
  const std::string zeros = Repeat("0", MissingUnits(self, width));
  const std::string& text = self.AsString();
  const bool sign = !text.empty() && (text[0] == '+' || text[0] == '-');
  const size_t begin = sign ? 1 : 0;
  return TextLike(self, text.substr(0, begin) + zeros + text.substr(begin));
}

Value TextExpandTabs(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("expandtabs", {"tabsize"}, args);
  const int64_t size = given[0] == nullptr ? 8 : IntArgument(*given[0]);
  std::string result;
  int64_t column = 0;
  for (char c : self.AsString()) {
    if (c == '\t') {
      const int64_t width = size > 0 ? size - column % size : 0;
      result += Repeat(" ", static_cast<uint64_t>(width));
      column += width;
      continue;
    }
    // Bytes that continue a code point take no column.
    if (IsBytes(self) || (c & 0xC0) != 0x80) ++column;
    if (c == '\n' || c == '\r') column = 0;
    result += c;
  }
  return TextLike(self, std::move(result));
}

}  // namespace scaffold
