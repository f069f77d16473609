#include "jinja/literal_eval.h"

#include <string>

#include "jinja/identifier.h"
#include "jinja/output.h"
#include "jinja/unicode_escape.h"
#include "scaffold/error.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

constexpr int kMaxDepth = 90;  // about where CPython's parser gives up

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Any failure ends the parse; there are no messages to give.
struct NoLiteral {};

class LiteralParser {
 public:
  explicit LiteralParser(std::string_view text) : text_(text) {}

  Value Parse() {
    // Leading blanks are an indentation error in Python.
    if (text_.starts_with(' ') || text_.starts_with('\t')) throw NoLiteral();
    Value value = ParseTupleOrValue();
    SkipBlanks();
    if (pos_ < text_.size()) throw NoLiteral();
    return value;
  }

 private:
  char Peek() const { return pos_ < text_.size() ? text_[pos_] : '\0'; }
  bool Skip(char c) {
    SkipBlanks();
    if (Peek() != c) return false;
    ++pos_;
    return true;
  }
  void SkipBlanks();
  Value ParseTupleOrValue();
  Value ParseSum();
  Value ParseSigned();
  Value ParseAtom();
  Value ParseParenthesis();
  Value ParseList();
  Value ParseBraces();
  Value ParseNumber();
  Value ParseText();
  Value ParseQuoted(bool raw);
  Value ParseWord();

  std::string_view text_;
  size_t pos_ = 0;
  int brackets_ = 0;
};

// Newlines are blank inside of brackets, and at the end.
void LiteralParser::SkipBlanks() {
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    if (c == '#') {
      while (pos_ < text_.size() && text_[pos_] != '\n') ++pos_;
    } else if (c == ' ' || c == '\t' || c == '\f') {
      ++pos_;
    } else if (c == '\n' && (brackets_ > 0 || StripEnd(text_.substr(pos_)).empty())) {
      ++pos_;
    } else if (c == '\\' && pos_ + 1 < text_.size() && text_[pos_ + 1] == '\n') {
      pos_ += 2;
    } else {
      return;
    }
  }
}

Value LiteralParser::ParseTupleOrValue() {
  Value first = ParseSum();
  if (!Skip(',')) return first;
  List items{std::move(first)};
  while (true) {
    SkipBlanks();
    if (pos_ >= text_.size() || Peek() == ')') break;
    items.push_back(ParseSum());
    if (!Skip(',')) break;
  }
  return Value::Tuple(std::move(items));
}

// literal_eval adds and subtracts only to write complex numbers.
Value LiteralParser::ParseSum() {
  Value left = ParseSigned();
  SkipBlanks();
  if (Peek() != '+' && Peek() != '-') return left;
  const bool add = text_[pos_++] == '+';
  const Value right = ParseAtom();
  if (!left.IsNumber() || left.IsBool() || left.kind() == Kind::kComplex ||
      right.kind() != Kind::kComplex) {
    throw NoLiteral();
  }
  return add ? Add(left, right) : Subtract(left, right);
}

Value LiteralParser::ParseSigned() {
  SkipBlanks();
  if (Peek() != '+' && Peek() != '-') return ParseAtom();
  const bool negative = text_[pos_++] == '-';
  const Value value = ParseAtom();
  if (value.IsBool() || (!value.IsNumber() && value.kind() != Kind::kComplex)) throw NoLiteral();
  return negative ? Negate(value) : value;
}

Value LiteralParser::ParseAtom() {
  SkipBlanks();
  const char c = Peek();
  if (c == '(') return ParseParenthesis();
  if (c == '[') return ParseList();
  if (c == '{') return ParseBraces();
  if (c == '\'' || c == '"') return ParseText();
  if (IsDigit(c) || (c == '.' && pos_ + 1 < text_.size() && IsDigit(text_[pos_ + 1]))) {
    return ParseNumber();
  }
  return ParseWord();
}

Value LiteralParser::ParseParenthesis() {
  ++pos_;
  if (++brackets_ > kMaxDepth) throw NoLiteral();
  SkipBlanks();
  Value value = Peek() == ')' ? Value::Tuple({}) : ParseTupleOrValue();
  if (!Skip(')')) throw NoLiteral();
  --brackets_;
  return value;
}

Value LiteralParser::ParseList() {
  ++pos_;
  if (++brackets_ > kMaxDepth) throw NoLiteral();
  List items;
  while (!Skip(']')) {
    items.push_back(ParseSum());
    if (!Skip(',')) {
      if (!Skip(']')) throw NoLiteral();
      break;
    }
  }
  --brackets_;
  return Value(std::move(items));
}

Value LiteralParser::ParseBraces() {
  ++pos_;
  if (++brackets_ > kMaxDepth) throw NoLiteral();
  Dict dict;
  bool is_set = false;
  bool first = true;
  while (!Skip('}')) {
    const Value key = ParseSum();
    const bool pair = Skip(':');
    if (!first && pair == is_set) throw NoLiteral();
    is_set = !pair;
    first = false;
    dict.Set(key, pair ? ParseSum() : Value());
    if (!Skip(',')) {
      if (!Skip('}')) throw NoLiteral();
      break;
    }
  }
  --brackets_;
  if (!is_set) return Value(std::move(dict));
  auto* set = new SetRep;
  set->items = std::move(dict);
  return Value::Adopt(Kind::kSet, set);
}

Value LiteralParser::ParseNumber() {
  const size_t begin = pos_;
  const auto is_part = [this](size_t at) {
    const char c = at < text_.size() ? text_[at] : '\0';
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
  };
  while (is_part(pos_)) {
    const bool exponent = (text_[pos_] | 0x20) == 'e' && text_.substr(begin, 2) != "0x";
    ++pos_;
    if (exponent && (Peek() == '+' || Peek() == '-')) ++pos_;
  }
  std::string_view digits = text_.substr(begin, pos_ - begin);
  if (std::optional<Value> integer = ParseInt(digits, 0)) return *integer;
  const bool imaginary = (digits.back() | 0x20) == 'j';
  if (imaginary) digits.remove_suffix(1);
  const std::optional<double> real = ParseFloat(digits);
  if (!real) throw NoLiteral();
  if (!imaginary) return Value(*real);
  auto* complex = new ComplexRep;
  complex->imaginary = *real;
  return Value::Adopt(Kind::kComplex, complex);
}

// Adjacent strings join.
Value LiteralParser::ParseText() {
  std::string joined = ParseQuoted(false).AsString();
  while (true) {
    SkipBlanks();
    if (Peek() != '\'' && Peek() != '"') return Value(std::move(joined));
    joined += ParseQuoted(false).AsString();
  }
}

Value LiteralParser::ParseQuoted(bool raw) {
  const char quote = text_[pos_];
  const std::string triple(3, quote);
  const bool is_triple = text_.substr(pos_, 3) == triple;
  const std::string close = is_triple ? triple : std::string(1, quote);
  const size_t begin = pos_ + close.size();
  size_t end = begin;
  while (true) {
    if (end >= text_.size() || (!is_triple && text_[end] == '\n')) throw NoLiteral();
    if (text_.substr(end, close.size()) == close) break;
    end += text_[end] == '\\' ? 2 : 1;
  }
  const std::string_view body = text_.substr(begin, end - begin);
  pos_ = end + close.size();
  if (raw) return Value(body);
  std::string decoded;
  if (!DecodeUnicodeEscape(body, &decoded).empty()) throw NoLiteral();
  return Value(std::move(decoded));
}

Value LiteralParser::ParseWord() {
  const size_t begin = pos_;
  while (pos_ < text_.size() && ((text_[pos_] >= 'a' && text_[pos_] <= 'z') ||
                                 (text_[pos_] >= 'A' && text_[pos_] <= 'Z'))) {
    ++pos_;
  }
  const std::string_view word = text_.substr(begin, pos_ - begin);
  if (Peek() == '\'' || Peek() == '"') {
    if (word == "r" || word == "R") return ParseQuoted(true);
    if (word == "u" || word == "U") return ParseQuoted(false);
    if (word == "b" || word == "B") return Value::Bytes(ParseQuoted(false).AsString());
    throw NoLiteral();
  }
  if (word == "True") return Value(true);
  if (word == "False") return Value(false);
  if (word == "None") return Value();
  throw NoLiteral();
}

}  // namespace

std::optional<Value> LiteralEval(std::string_view text) {
  try {
    return LiteralParser(text).Parse();
  } catch (const NoLiteral&) {
    return std::nullopt;
  } catch (const Error&) {  // an unhashable key, an int of too many digits
    return std::nullopt;
  }
}

Value NativeConcat(std::vector<Value> pieces) {
  if (pieces.empty()) return Value();
  if (pieces.size() == 1 && !pieces[0].IsString()) return pieces[0];
  std::string text;
  for (const Value& piece : pieces) AppendStr(&text, piece);
  if (std::optional<Value> value = LiteralEval(text)) return std::move(*value);
  if (pieces.size() == 1) return pieces[0];
  return Value(std::move(text));
}

}  // namespace scaffold::jinja
