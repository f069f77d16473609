// Python's str() and repr().

#include <cmath>

#include "scaffold/value.h"
#include "support/utf8.h"
#include "value/date_time.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/recursion.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

thread_local std::vector<const Payload*> open_containers;

// True while `payload` is being printed further out: Python shows "[...]".
class OpenContainer {
 public:
  explicit OpenContainer(const Payload* payload) {
    for (const Payload* open : open_containers) repeated_ = repeated_ || open == payload;
    open_containers.push_back(payload);
  }
  ~OpenContainer() { open_containers.pop_back(); }
  bool repeated() const { return repeated_; }

 private:
  bool repeated_ = false;
};

void AppendHex(std::string* out, char32_t value, int digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    *out += kDigits[(value >> shift) & 15];
  }
}

void AppendEscaped(std::string* out, char32_t c, char quote) {
  if (c == static_cast<char32_t>(quote) || c == '\\') {
    *out += '\\';
    *out += static_cast<char>(c);
  } else if (c == '\n') {
    *out += "\\n";
  } else if (c == '\r') {
    *out += "\\r";
  } else if (c == '\t') {
    *out += "\\t";
  } else if (c >= 0x20 && c < 0x7f) {
    *out += static_cast<char>(c);
  } else if (c >= 0x80 && IsPrintable(c)) {
    AppendUtf8(out, c);
  } else if (c < 0x100) {
    *out += "\\x";
    AppendHex(out, c, 2);
  } else if (c < 0x10000) {
    *out += "\\u";
    AppendHex(out, c, 4);
  } else {
    *out += "\\U";
    AppendHex(out, c, 8);
  }
}

char QuoteFor(std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos;
  return single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

void AppendTextRepr(std::string* out, std::string_view text) {
  const char quote = QuoteFor(text);
  *out += quote;
  for (size_t pos = 0; pos < text.size();) AppendEscaped(out, DecodeUtf8(text, &pos), quote);
  *out += quote;
}

void AppendBytesRepr(std::string* out, std::string_view bytes) {
  const char quote = QuoteFor(bytes);
  *out += 'b';
  *out += quote;
  for (unsigned char c : bytes) {
    if (c >= 0x80) {
      *out += "\\x";
      AppendHex(out, c, 2);
    } else {
      AppendEscaped(out, c, quote);
    }
  }
  *out += quote;
}

void AppendItems(std::string* out, const List& items) {
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) *out += ", ";
    AppendRepr(out, items[i]);
  }
}

void AppendListRepr(std::string* out, const Value& value) {
  const RecursionGuard guard("while getting the repr of an object");
  const OpenContainer open(value.payload());
  const bool list = value.IsList();
  if (open.repeated()) {
    *out += list ? "[...]" : "(...)";
    return;
  }
  *out += list ? '[' : '(';
  AppendItems(out, value.AsList());
  if (!list && value.AsList().size() == 1) *out += ',';
  *out += list ? ']' : ')';
}

void AppendDictRepr(std::string* out, const Value& value) {
  const RecursionGuard guard("while getting the repr of an object");
  const OpenContainer open(value.payload());
  if (open.repeated()) {
    *out += "{...}";
    return;
  }
  *out += '{';
  bool first = true;
  for (const Dict::Entry& entry : value.AsDict()) {
    if (!first) *out += ", ";
    first = false;
    AppendRepr(out, entry.key);
    *out += ": ";
    AppendRepr(out, entry.value);
  }
  *out += '}';
}

void AppendSetRepr(std::string* out, const Value& value) {
  const RecursionGuard guard("while getting the repr of an object");
  const Dict& items = static_cast<SetRep*>(value.payload())->items;
  if (items.empty()) {
    *out += "set()";
    return;
  }
  *out += '{';
  bool first = true;
  for (const Dict::Entry& entry : items) {
    if (!first) *out += ", ";
    first = false;
    AppendRepr(out, entry.key);
  }
  *out += '}';
}

void AppendRangeRepr(std::string* out, const RangeRep& range) {
  *out += "range(" + std::to_string(range.start) + ", " + std::to_string(range.stop);
  if (range.step != 1) *out += ", " + std::to_string(range.step);
  *out += ")";
}

std::string FormatComplexPart(double number) {
  std::string text = FormatFloat(number);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

void AppendComplexRepr(std::string* out, const ComplexRep& number) {
  if (number.real == 0 && !std::signbit(number.real)) {
    *out += FormatComplexPart(number.imaginary) + "j";
    return;
  }
  std::string imaginary = FormatComplexPart(number.imaginary);
  if (imaginary[0] != '-') imaginary = "+" + imaginary;
  *out += "(" + FormatComplexPart(number.real) + imaginary + "j)";
}

void AppendUndefinedStr(std::string* out, const Value& value) {
  const auto* rep = static_cast<UndefinedRep*>(value.payload());
  if (rep == nullptr || rep->policy == UndefinedPolicy::kDefault ||
      rep->policy == UndefinedPolicy::kChainable) {
    return;
  }
  if (rep->policy == UndefinedPolicy::kStrict) ThrowUndefined(value);
  // DebugUndefined.__str__ of Jinja2's runtime.
  if (!rep->hint.empty()) {
    *out += "{{ undefined value printed: " + rep->hint + " }}";
  } else if (!rep->has_object) {
    *out += "{{ " + Str(rep->name) + " }}";
  } else {
    *out += "{{ no such element: " +
            (rep->object.IsNone() ? "None" : QualifiedTypeName(rep->object) + " object") + "[" +
            Repr(rep->name) + "] }}";
  }
}

}  // namespace

void AppendStr(std::string* out, const Value& value) {
  switch (value.kind()) {
    case Kind::kString:
    case Kind::kMarkup:
      *out += value.AsString();
      return;
    case Kind::kUndefined:
      AppendUndefinedStr(out, value);
      return;
    case Kind::kObject:
      *out += value.AsObject()->Str();
      return;
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      *out += FormatDateTime(value);
      return;
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kBytes:
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kDict:
    case Kind::kSet:
    case Kind::kRange:
      AppendRepr(out, value);
      return;
  }
}

void AppendRepr(std::string* out, const Value& value) {
  switch (value.kind()) {
    case Kind::kUndefined:
      *out += "Undefined";
      return;
    case Kind::kNone:
      *out += "None";
      return;
    case Kind::kBool:
      *out += value.AsBool() ? "True" : "False";
      return;
    case Kind::kInt:
    case Kind::kBigInt:
      *out += FormatInt(value);
      return;
    case Kind::kFloat:
      *out += FormatFloat(value.AsFloat());
      return;
    case Kind::kComplex:
      AppendComplexRepr(out, *static_cast<ComplexRep*>(value.payload()));
      return;
    case Kind::kString:
      AppendTextRepr(out, value.AsString());
      return;
    case Kind::kMarkup:
      *out += "Markup(";
      AppendTextRepr(out, value.AsString());
      *out += ")";
      return;
    case Kind::kBytes:
      AppendBytesRepr(out, value.AsString());
      return;
    case Kind::kList:
    case Kind::kTuple:
      AppendListRepr(out, value);
      return;
    case Kind::kDict:
      AppendDictRepr(out, value);
      return;
    case Kind::kSet:
      AppendSetRepr(out, value);
      return;
    case Kind::kRange:
      AppendRangeRepr(out, *static_cast<RangeRep*>(value.payload()));
      return;
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      *out += ReprDateTime(value);
      return;
    case Kind::kObject: {
      const RecursionGuard guard("while getting the repr of an object");
      *out += value.AsObject()->Repr();
      return;
    }
  }
}

std::string Str(const Value& value) {
  std::string text;
  AppendStr(&text, value);
  return text;
}

std::string Repr(const Value& value) {
  std::string text;
  AppendRepr(&text, value);
  return text;
}

}  // namespace scaffold
