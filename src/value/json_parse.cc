// json.loads: the grammar, leniencies and error texts of CPython's json scanner.

#include <algorithm>
#include <limits>

#include "support/utf8.h"
#include "value/json.h"
#include "value/number.h"

namespace scaffold {
namespace {

constexpr int kMaxDepth = 990;  // CPython's recursion limit is 1000 frames

bool IsDigitChar(char c) { return c >= '0' && c <= '9'; }
bool IsHighSurrogate(char32_t c) { return c >= 0xD800 && c < 0xDC00; }
bool IsLowSurrogate(char32_t c) { return c >= 0xDC00 && c < 0xE000; }

int HexDigit(char c) {
  if (IsDigitChar(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text) {}

  Value Parse() {
    if (text_.starts_with("\xEF\xBB\xBF")) Fail("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
    SkipBlanks();
    Value value = ParseValue();
    SkipBlanks();
    if (pos_ != text_.size()) Fail("Extra data", pos_);
    return value;
  }

 private:
  char Peek(size_t ahead = 0) const {
    return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
  }

  bool Take(char c) {
    if (pos_ >= text_.size() || text_[pos_] != c) return false;
    ++pos_;
    return true;
  }

  bool TakeWord(std::string_view word) {
    if (!text_.substr(pos_).starts_with(word)) return false;
    pos_ += word.size();
    return true;
  }

  void SkipBlanks() {
    while (pos_ < text_.size() && (text_[pos_] == ' ' || text_[pos_] == '\n' ||
                                   text_[pos_] == '\t' || text_[pos_] == '\r')) {
      ++pos_;
    }
  }

  [[noreturn]] void Fail(std::string_view what, size_t offset) const {
    const std::string_view before = text_.substr(0, std::min(offset, text_.size()));
    const auto newlines = std::count(before.begin(), before.end(), '\n');
    const size_t last = before.rfind('\n');
    const std::string_view line = last == before.npos ? before : before.substr(last + 1);
    throw Error(ErrorKind::kJson, std::string(what) + ": line " + std::to_string(newlines + 1) +
                                      " column " + std::to_string(CountCodePoints(line) + 1) +
                                      " (char " + std::to_string(CountCodePoints(before)) + ")");
  }

  Value ParseValue() {
    switch (Peek()) {
      case '"':
        ++pos_;
        return Value(ParseText());
      case '{':
        return ParseObject();
      case '[':
        return ParseArray();
      case 'n':
        if (TakeWord("null")) return Value();
        break;
      case 't':
        if (TakeWord("true")) return Value(true);
        break;
      case 'f':
        if (TakeWord("false")) return Value(false);
        break;
      case 'N':
        if (TakeWord("NaN")) return Value(std::numeric_limits<double>::quiet_NaN());
        break;
      case 'I':
        if (TakeWord("Infinity")) return Value(std::numeric_limits<double>::infinity());
        break;
      case '-':
        if (TakeWord("-Infinity")) return Value(-std::numeric_limits<double>::infinity());
        return ParseNumber();
      default:
        return ParseNumber();
    }
    Fail("Expecting value", pos_);
  }

  void Enter(std::string_view what) {
    if (++depth_ <= kMaxDepth) return;
    throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded while decoding a JSON " +
                                           std::string(what) + " from a unicode string");
  }

  Value ParseArray() {
    Enter("array");
    ++pos_;
    SkipBlanks();
    List items;
    if (!Take(']')) {
      while (true) {
        items.push_back(ParseValue());
        SkipBlanks();
        if (Take(']')) break;
        if (!Take(',')) Fail("Expecting ',' delimiter", pos_);
        SkipBlanks();
      }
    }
    --depth_;
    return Value(std::move(items));
  }

  Value ParseObject() {
    Enter("object");
    ++pos_;
    SkipBlanks();
    Dict dict;
    if (!Take('}')) {
      while (true) {
        if (!Take('"')) Fail("Expecting property name enclosed in double quotes", pos_);
        const Value key(ParseText());
        SkipBlanks();
        if (!Take(':')) Fail("Expecting ':' delimiter", pos_);
        SkipBlanks();
        dict.Set(key, ParseValue());
        SkipBlanks();
        if (Take('}')) break;
        if (!Take(',')) Fail("Expecting ',' delimiter", pos_);
        SkipBlanks();
      }
    }
    --depth_;
    return Value(std::move(dict));
  }

  Value ParseNumber() {
    const size_t begin = pos_;
    size_t end = begin + (Peek() == '-' ? 1 : 0);
    const auto digit_at = [this](size_t i) { return i < text_.size() && IsDigitChar(text_[i]); };
    if (!digit_at(end)) Fail("Expecting value", begin);
    if (text_[end] == '0') {
      ++end;  // JSON has no leading zeros: "01" is 0 and extra data
    } else {
      while (digit_at(end)) ++end;
    }
    bool real = false;
    if (end < text_.size() && text_[end] == '.' && digit_at(end + 1)) {
      real = true;
      for (++end; digit_at(end);) ++end;
    }
    if (end < text_.size() && (text_[end] | 0x20) == 'e') {
      size_t after = end + 1;
      if (after < text_.size() && (text_[after] == '+' || text_[after] == '-')) ++after;
      if (digit_at(after)) {
        real = true;
        while (digit_at(after)) ++after;
        end = after;
      }
    }
    const std::string_view number = text_.substr(begin, end - begin);
    pos_ = end;
    return real ? Value(*ParseFloat(number)) : *ParseInt(number, 10);
  }

  // REQUIRES: the opening quote has been taken.
  std::string ParseText() {
    const size_t opening = pos_ - 1;
    std::string text;
    while (true) {
      const size_t begin = pos_;
      while (pos_ < text_.size() && text_[pos_] != '"' && text_[pos_] != '\\') {
        if (static_cast<unsigned char>(text_[pos_]) < 0x20) {
          Fail("Invalid control character at", pos_);
        }
        ++pos_;
      }
      text.append(text_, begin, pos_ - begin);
      if (pos_ >= text_.size()) Fail("Unterminated string starting at", opening);
      if (text_[pos_++] == '"') return text;
      if (pos_ >= text_.size()) Fail("Unterminated string starting at", opening);
      ParseEscape(&text);
    }
  }

  // REQUIRES: the backslash has been taken and a character follows.
  void ParseEscape(std::string* text) {
    const char c = text_[pos_++];
    switch (c) {
      case '"':
      case '\\':
      case '/':
        *text += c;
        return;
      case 'b':
        *text += '\b';
        return;
      case 'f':
        *text += '\f';
        return;
      case 'n':
        *text += '\n';
        return;
      case 'r':
        *text += '\r';
        return;
      case 't':
        *text += '\t';
        return;
      case 'u':
        AppendUtf8(text, ParseUnicodeEscape());
        return;
      default:
        Fail("Invalid \\escape", pos_ - 2);
    }
  }

  char32_t ParseUnicodeEscape() {
    const char32_t first = ParseHex();
    if (!IsHighSurrogate(first) || Peek() != '\\' || Peek(1) != 'u') return first;
    // CPython looks at the second half only when the text goes on after it.
    if (pos_ + 6 >= text_.size()) return first;
    const size_t rewind = pos_;
    pos_ += 2;
    const char32_t second = ParseHex();
    if (IsLowSurrogate(second)) return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    pos_ = rewind;
    return first;
  }

  // The four digits after "\u".
  char32_t ParseHex() {
    const size_t begin = pos_;
    char32_t code = 0;
    if (begin + 4 >= text_.size()) Fail("Invalid \\uXXXX escape", begin - 1);
    for (; pos_ < begin + 4; ++pos_) {
      const int digit = HexDigit(text_[pos_]);
      if (digit < 0) Fail("Invalid \\uXXXX escape", begin - 1);
      code = code * 16 + static_cast<char32_t>(digit);
    }
    return code;
  }

  std::string_view text_;
  size_t pos_ = 0;
  int depth_ = 0;
};

}  // namespace

Value ParseJson(std::string_view text) { return JsonParser(text).Parse(); }

}  // namespace scaffold
