#include "jinja/format_sandbox.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>

#include "scaffold/error.h"
#include "support/utf8.h"
#include "value/markup.h"
#include "value/operators.h"
#include "value/str_format.h"

namespace scaffold::jinja {
namespace {

Error Malformed(std::string message) { return Error(ErrorKind::kValue, std::move(message)); }

// One step of string.Formatter.parse: literal text, then perhaps a field.
struct Piece {
  std::string literal;
  bool has_field = false;
  std::string_view field;
  std::string_view spec;
  std::string_view conversion;  // empty: none
};

class PieceParser {
 public:
  explicit PieceParser(std::string_view text) : text_(text) {}

  bool Next(Piece* piece) {
    *piece = Piece();
    if (pos_ >= text_.size()) return false;
    const size_t brace = text_.find_first_of("{}", pos_);
    if (brace == std::string_view::npos) {
      piece->literal = text_.substr(pos_);
      pos_ = text_.size();
      return true;
    }
    piece->literal = text_.substr(pos_, brace - pos_);
    const char c = text_[brace];
    pos_ = brace + 1;
    const bool at_end = pos_ >= text_.size();
    if (c == '}' && (at_end || text_[pos_] != c)) {
      throw Malformed("Single '}' encountered in format string");
    }
    if (at_end) throw Malformed("Single '{' encountered in format string");
    if (text_[pos_] == c) {
      piece->literal += c;
      ++pos_;
      return true;
    }
    piece->has_field = true;
    ParseField(piece);
    return true;
  }

 private:
  void ParseField(Piece* piece) {
    const size_t begin = pos_;
    char c = '\0';
    while (pos_ < text_.size()) {
      c = text_[pos_++];
      if (c == '{') throw Malformed("unexpected '{' in field name");
      if (c == '[') {
        while (pos_ < text_.size() && text_[pos_] != ']') ++pos_;
        continue;
      }
      if (c == '}' || c == ':' || c == '!') break;
    }
    if (c != '}' && c != ':' && c != '!') throw Malformed("expected '}' before end of string");
    piece->field = text_.substr(begin, pos_ - 1 - begin);
    if (c == '}') return;
    if (c == '!' && ParseConversion(piece)) return;
    ParseSpec(piece);
  }

  // True when the field ends after the conversion.
  bool ParseConversion(Piece* piece) {
    if (pos_ >= text_.size()) {
      throw Malformed("end of string while looking for conversion specifier");
    }
    const size_t begin = pos_;
    DecodeUtf8(text_, &pos_);
    piece->conversion = text_.substr(begin, pos_ - begin);
    if (pos_ >= text_.size()) return false;
    const char c = text_[pos_++];
    if (c == '}') return true;
    if (c != ':') throw Malformed("expected ':' after conversion specifier");
    return false;
  }

  void ParseSpec(Piece* piece) {
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
    throw Malformed("unmatched '{' in format spec");
  }

  std::string_view text_;
  size_t pos_ = 0;
};

// The number that a field name or an item key is; -1 when it is none.
int64_t FieldNumber(std::string_view text) {
  if (text.empty()) return -1;
  int64_t number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return -1;
    if (number > (INT64_MAX - (c - '0')) / 10) {
      throw Malformed("Too many decimal digits in format string");
    }
    number = number * 10 + (c - '0');
  }
  return number;
}

std::string Ascii(const Value& value) {
  const std::string repr = Repr(value);
  std::string result;
  for (size_t pos = 0; pos < repr.size();) {
    const auto code = static_cast<unsigned>(DecodeUtf8(repr, &pos));
    char buffer[16];
    const char* format = code < 0x80      ? "%c"
                         : code < 0x100   ? "\\x%02x"
                         : code < 0x10000 ? "\\u%04x"
                                          : "\\U%08x";
    std::snprintf(buffer, sizeof(buffer), format, code);
    result += buffer;
  }
  return result;
}

class SandboxFormatter {
 public:
  SandboxFormatter(State& state, std::span<const Value> positional,
                   std::function<Value(std::string_view)> named, bool escape)
      : state_(state), positional_(positional), named_(std::move(named)), escape_(escape) {}

  std::string Format(std::string_view text, int depth) {
    if (depth < 0) throw Malformed("Max string recursion exceeded");
    std::string result;
    PieceParser parser(text);
    Piece piece;
    while (parser.Next(&piece)) {
      result += piece.literal;
      if (!piece.has_field) continue;
      const Value object = Convert(Lookup(piece.field), piece.conversion);
      result += FormatField(object, Format(piece.spec, depth - 1));
    }
    return result;
  }

 private:
  // string.Formatter numbers empty fields itself; a field like `.name` stays unnumbered.
  Value Lookup(std::string_view field) {
    const auto switched = [] {
      return Malformed(
          "cannot switch from manual field specification to automatic field numbering");
    };
    std::string numbered;
    if (field.empty()) {
      if (manual_) throw switched();
      numbered = std::to_string(next_++);
      field = numbered;
    } else if (FieldNumber(field) >= 0) {
      if (next_ > 0) throw switched();
      manual_ = true;
    }
    size_t pos = std::min(field.find('.'), field.find('['));
    pos = std::min(pos, field.size());
    Value object = GetValue(field.substr(0, pos));
    while (pos < field.size()) object = Step(object, field, &pos);
    return object;
  }

  Value GetValue(std::string_view key) {
    const int64_t number = FieldNumber(key);
    if (number < 0) return named_(key);
    if (number >= static_cast<int64_t>(positional_.size())) {
      throw Error(ErrorKind::kIndex, "tuple index out of range");
    }
    return positional_[static_cast<size_t>(number)];
  }

  Value Step(const Value& object, std::string_view field, size_t* pos) {
    const char c = field[(*pos)++];
    if (c == '.') {
      const size_t begin = *pos;
      while (*pos < field.size() && field[*pos] != '.' && field[*pos] != '[') ++*pos;
      const std::string_view name = field.substr(begin, *pos - begin);
      if (name.empty()) throw Malformed("Empty attribute in format string");
      return state_.GetAttr(object, name);
    }
    if (c != '[') {
      throw Malformed("Only '.' or '[' may follow ']' in format field specifier");
    }
    const size_t close = field.find(']', *pos);
    if (close == std::string_view::npos) throw Malformed("Missing ']' in format string");
    const std::string_view key = field.substr(*pos, close - *pos);
    *pos = close + 1;
    if (key.empty()) throw Malformed("Empty attribute in format string");
    const int64_t number = FieldNumber(key);
    return state_.GetItem(object, number >= 0 ? Value(number) : Value(key));
  }

  static Value Convert(const Value& value, std::string_view conversion) {
    if (conversion.empty()) return value;
    if (conversion == "s") return Value(Str(value));
    if (conversion == "r") return Value(Repr(value));
    if (conversion == "a") return Value(Ascii(value));
    throw Malformed("Unknown conversion specifier " + std::string(conversion));
  }

  std::string FormatField(const Value& value, const std::string& spec) const {
    if (!escape_) return FormatValue(value, spec);
    if (!value.IsMarkup()) return EscapeHtml(FormatValue(value, spec));
    if (!spec.empty()) throw Malformed("Unsupported format specification for Markup.");
    return value.AsString();
  }

  State& state_;
  std::span<const Value> positional_;
  std::function<Value(std::string_view)> named_;
  bool escape_;
  bool manual_ = false;
  int64_t next_ = 0;
};

Value Run(SandboxFormatter formatter, const Value& text) {
  std::string result = formatter.Format(text.AsString(), 2);
  return text.IsMarkup() ? Value::Markup(std::move(result)) : Value(std::move(result));
}

}  // namespace

Value FormatInSandbox(State& state, const Value& text, const Args& args) {
  const auto named = [&args](std::string_view key) {
    for (const NamedValue& value : args.named) {
      if (value.name == key) return value.value;
    }
    throw Error(ErrorKind::kKey, Repr(Value(key)));
  };
  return Run(SandboxFormatter(state, args.positional, named, text.IsMarkup()), text);
}

Value FormatMapInSandbox(State& state, const Value& text, const Value& mapping) {
  const auto named = [&mapping](std::string_view key) { return Subscript(mapping, Value(key)); };
  return Run(SandboxFormatter(state, {}, named, text.IsMarkup()), text);
}

}  // namespace scaffold::jinja
