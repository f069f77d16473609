#include "value/format_parser.h"

#include <algorithm>

#include "scaffold/error.h"
#include "support/utf8.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

[[noreturn]] void ThrowValue(std::string message) {
  throw Error(ErrorKind::kValue, std::move(message));
}

}  // namespace

bool FormatParser::Next(FormatPiece* piece) {
  *piece = FormatPiece();
  if (pos_ >= text_.size()) return false;
  const size_t brace = std::min(text_.find_first_of("{}", pos_), text_.size());
  piece->literal = text_.substr(pos_, brace - pos_);
  pos_ = brace;
  if (pos_ == text_.size()) return true;
  const char c = text_[pos_++];
  const bool at_end = pos_ == text_.size();
  if (c == '}' && (at_end || text_[pos_] != c)) {
    ThrowValue("Single '}' encountered in format string");
  }
  if (at_end) ThrowValue("Single '{' encountered in format string");
  if (text_[pos_] == c) {
    piece->literal += c;
    ++pos_;
    return true;
  }
  piece->has_field = true;
  ParseField(piece);
  return true;
}

void FormatParser::ParseField(FormatPiece* piece) {
  const size_t begin = pos_;
  char c = '\0';
  while (pos_ < text_.size()) {
    c = text_[pos_++];
    if (c == '{') ThrowValue("unexpected '{' in field name");
    if (c == '[') pos_ = std::min(text_.find(']', pos_), text_.size());
    if (c == '}' || c == ':' || c == '!') break;
  }
  if (c != '}' && c != ':' && c != '!') ThrowValue("expected '}' before end of string");
  piece->field = text_.substr(begin, pos_ - 1 - begin);
  if (c == '}') return;
  if (c == '!' && ParseConversion(piece)) return;
  ParseSpec(piece);
}

// True when the field ends after the conversion.
bool FormatParser::ParseConversion(FormatPiece* piece) {
  if (pos_ == text_.size()) {
    ThrowValue("end of string while looking for conversion specifier");
  }
  const size_t begin = pos_;
  DecodeUtf8(text_, &pos_);
  piece->conversion = text_.substr(begin, pos_ - begin);
  if (pos_ == text_.size()) return false;
  const char c = text_[pos_++];
  if (c == '}') return true;
  if (c != ':') ThrowValue("expected ':' after conversion specifier");
  return false;
}

void FormatParser::ParseSpec(FormatPiece* piece) {
  const size_t begin = pos_;
  int depth = 1;
  while (pos_ < text_.size()) {
    const char c = text_[pos_++];
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) {
      piece->spec = text_.substr(begin, pos_ - 1 - begin);
      return;
    }
  }
  ThrowValue("unmatched '{' in format spec");
}

FieldPath::FieldPath(std::string_view field) {
  const size_t end = std::min(field.find_first_of(".["), field.size());
  first_ = field.substr(0, end);
  rest_ = field.substr(end);
}

bool FieldPath::Next(Step* step) {
  if (rest_.empty()) return false;
  step->is_attribute = rest_[0] == '.';
  size_t end = 0;
  size_t next = 0;
  if (step->is_attribute) {
    next = end = std::min(rest_.find_first_of(".[", 1), rest_.size());
  } else if (rest_[0] == '[') {
    end = rest_.find(']');
    if (end == std::string_view::npos) ThrowValue("Missing ']' in format string");
    next = end + 1;
  } else {
    ThrowValue("Only '.' or '[' may follow ']' in format field specifier");
  }
  step->name = rest_.substr(1, end - 1);
  if (step->name.empty()) ThrowValue("Empty attribute in format string");
  rest_.remove_prefix(next);
  return true;
}

int64_t FieldNumber(std::string_view text) {
  int64_t number = text.empty() ? -1 : 0;
  for (size_t pos = 0; pos < text.size();) {
    const int digit = DecimalValue(DecodeUtf8(text, &pos));
    if (digit < 0) return -1;
    if (number > (INT64_MAX - digit) / 10) {
      ThrowValue("Too many decimal digits in format string");
    }
    number = number * 10 + digit;
  }
  return number;
}

}  // namespace scaffold
