#include "tests/value/expression_support.h"

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <stdexcept>

#include "support/utf8.h"
#include "value/date_time.h"
#include "value/json.h"
#include "value/markup.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/sets.h"
#include "value/sort.h"
#include "value/str_format.h"

namespace scaffold::testing {
namespace {

class TestContext : public CallContext {
 public:
  Value Call(const Value& callable, const Args& args) override {
    if (callable.IsObject()) return callable.AsObject()->Call(*this, args);
    throw Error(ErrorKind::kType,
                "'" + std::string(TypeNameInC(callable)) + "' object is not callable");
  }
};

using Function = std::function<Value(const Args& args)>;

Value Argument(const Args& args, size_t index, Value fallback = Value()) {
  return index < args.positional.size() ? args.positional[index] : fallback;
}

int32_t IntField(const Args& args, size_t index) {
  return static_cast<int32_t>(Argument(args, index, Value(0)).AsInt());
}

Value MakeRange(const Args& args) {
  auto* range = new RangeRep;
  if (args.positional.size() == 1) {
    range->stop = args.positional[0].AsInt();
  } else {
    range->start = args.positional[0].AsInt();
    range->stop = args.positional[1].AsInt();
    range->step = Argument(args, 2, Value(1)).AsInt();
  }
  return Value::Adopt(Kind::kRange, range);
}

Value SetOf(const Value& items) {
  Value set = MakeSet();
  for (const Value& item : ToList(items)) SetItems(set).Set(item, Value());
  return set;
}

Value ToInt(const Args& args) {
  const Value& value = args.positional[0];
  if (value.IsFloat()) return TruncateToInt(value.AsFloat());
  if (!value.IsString()) return Positive(value);
  const int base = static_cast<int>(Argument(args, 1, Value(10)).AsInt());
  if (std::optional<Value> number = ParseInt(value.AsString(), base)) return *number;
  throw Error(ErrorKind::kValue,
              "invalid literal for int() with base " + std::to_string(base) + ": " + Repr(value));
}

Value ToFloat(const Args& args) {
  const Value& value = args.positional[0];
  if (!value.IsString()) return Value(ToDouble(value));
  if (std::optional<double> number = ParseFloat(value.AsString())) return Value(*number);
  throw Error(ErrorKind::kValue, "could not convert string to float: " + Repr(value));
}

Value Sorted(const Args& args) {
  std::vector<SortEntry> entries;
  for (const Value& item : ToList(args.positional[0])) entries.push_back({item, item});
  SortPython(&entries, false);
  List items;
  for (const SortEntry& entry : entries) items.push_back(entry.item);
  return Value(std::move(items));
}

Value DumpJson(const Args& args) {
  JsonFormat format;
  for (const NamedValue& named : args.named) {
    const bool flag = named.value.IsBool() && named.value.AsBool();
    if (named.name == "sort_keys") format.sort_keys = flag;
    if (named.name == "ensure_ascii") format.ensure_ascii = flag;
    if (named.name == "allow_nan") format.allow_nan = flag;
    if (named.name == "skipkeys") format.skip_keys = flag;
    if (named.name == "indent" && named.value.IsString()) format.indent_text = Str(named.value);
    if (named.name == "indent" && named.value.IsInt()) {
      format.indent = static_cast<int>(named.value.AsInt());
    }
    if (named.name == "separators") {
      format.item_separator = Str(named.value.AsList()[0]);
      format.key_separator = Str(named.value.AsList()[1]);
    }
  }
  return Value(FormatJson(args.positional[0], format));
}

std::optional<int32_t> OffsetField(const Args& args, size_t index) {
  if (index >= args.positional.size()) return std::nullopt;
  return IntField(args, index);
}

// A list that holds itself: one for all, because counting never frees it.
Value Cycle() {
  static const auto* cycle = [] {
    auto* list = new Value(List{Value(1)});
    list->MutableList().push_back(*list);
    return list;
  }();
  return *cycle;
}

Value Nested(const Args& args) {
  Value list{List{}};
  for (int64_t i = 0; i < args.positional[0].AsInt(); ++i) list = Value(List{list});
  return list;
}

std::map<std::string, Function, std::less<>> ConversionFunctions() {
  return {
      {"str", [](const Args& a) { return Value(Str(Argument(a, 0, Value("")))); }},
      {"repr", [](const Args& a) { return Value(Repr(a.positional[0])); }},
      {"bool", [](const Args& a) { return Value(Truth(a.positional[0])); }},
      {"int", ToInt},
      {"float", ToFloat},
      {"list", [](const Args& a) { return Value(ToList(a.positional[0])); }},
      {"tuple", [](const Args& a) { return Value::Tuple(ToList(a.positional[0])); }},
      {"set", [](const Args& a) { return SetOf(Argument(a, 0, Value(List{}))); }},
      {"range", MakeRange},
      {"Markup", [](const Args& a) { return Value::Markup(Str(a.positional[0])); }},
      {"escape", [](const Args& a) { return EscapeMarkup(a.positional[0]); }},
      {"complex",
       [](const Args& a) {
         return MakeComplex(ToDouble(a.positional[0]), ToDouble(Argument(a, 1, Value(0.0))));
       }},
  };
}

std::map<std::string, Function, std::less<>> DateFunctions() {
  return {
      {"date",
       [](const Args& a) { return MakeDate(IntField(a, 0), IntField(a, 1), IntField(a, 2)); }},
      {"datetime",
       [](const Args& a) {
         return MakeDateTime(IntField(a, 0), IntField(a, 1), IntField(a, 2), IntField(a, 3),
                             IntField(a, 4), IntField(a, 5), IntField(a, 6), OffsetField(a, 7));
       }},
      {"time",
       [](const Args& a) {
         return MakeTime(IntField(a, 0), IntField(a, 1), IntField(a, 2), IntField(a, 3),
                         OffsetField(a, 4));
       }},
      {"timedelta",
       [](const Args& a) { return MakeTimeDelta(IntField(a, 0), IntField(a, 1), IntField(a, 2)); }},
  };
}

std::map<std::string, Function, std::less<>> MakeFunctionTable() {
  std::map<std::string, Function, std::less<>> table = {
      {"len", [](const Args& a) { return Value(Length(a.positional[0])); }},
      {"iterlist",
       [](const Args& a) {
         List items;
         const std::unique_ptr<Iterator> iterator = Iterate(a.positional[0]);
         for (Value item; iterator->Next(&item);) items.push_back(item);
         return Value(std::move(items));
       }},
      {"sorted", Sorted},
      {"same_hash",
       [](const Args& a) { return Value(Hash(a.positional[0]) == Hash(a.positional[1])); }},
      {"format",
       [](const Args& a) {
         return Value(FormatValue(a.positional[0], Str(Argument(a, 1, Value("")))));
       }},
      {"type_name", [](const Args& a) { return Value(TypeName(a.positional[0])); }},
      {"undefined",
       [](const Args& a) {
         return MakeUndefined(UndefinedPolicy::kDefault, Str(a.positional[0]));
       }},
      {"strict",
       [](const Args& a) { return MakeUndefined(UndefinedPolicy::kStrict, Str(a.positional[0])); }},
      {"chainable",
       [](const Args& a) {
         return MakeUndefined(UndefinedPolicy::kChainable, Str(a.positional[0]));
       }},
      {"missing",
       [](const Args& a) {
         return MakeUndefinedItem(UndefinedPolicy::kDefault, a.positional[0], a.positional[1]);
       }},
      {"json_loads", [](const Args& a) { return ParseJson(a.positional[0].AsString()); }},
      {"json_dumps", DumpJson},
      {"striptags", [](const Args& a) { return Value(StripTags(a.positional[0].AsString())); }},
      {"cycle", [](const Args&) { return Cycle(); }},
      {"nested", Nested},
  };
  table.merge(ConversionFunctions());
  table.merge(DateFunctions());
  return table;
}

const std::map<std::string, Function, std::less<>>& FunctionTable() {
  static const auto table = MakeFunctionTable();
  return table;
}

class Evaluator {
 public:
  explicit Evaluator(std::string_view text) : text_(text) {}

  Value Evaluate() {
    Value value = ParseOr();
    SkipBlanks();
    if (pos_ != text_.size()) Malformed();
    return value;
  }

 private:
  [[noreturn]] void Malformed() const {
    throw std::runtime_error("malformed at " + std::to_string(pos_) + ": " + std::string(text_));
  }

  void SkipBlanks() {
    while (pos_ < text_.size() && text_[pos_] == ' ') ++pos_;
  }

  bool Take(std::string_view token) {
    SkipBlanks();
    if (!text_.substr(pos_).starts_with(token)) return false;
    const char next = pos_ + token.size() < text_.size() ? text_[pos_ + token.size()] : '\0';
    if (std::isalpha(static_cast<unsigned char>(token[0])) && (std::isalnum(next) || next == '_')) {
      return false;
    }
    pos_ += token.size();
    return true;
  }

  void Expect(std::string_view token) {
    if (!Take(token)) Malformed();
  }

  char Peek() {
    SkipBlanks();
    return pos_ < text_.size() ? text_[pos_] : '\0';
  }

  Value ParseOr() {
    Value left = ParseAnd();
    while (Take("or")) {
      Value right = ParseAnd();
      if (!Truth(left)) left = right;
    }
    return left;
  }

  Value ParseAnd() {
    Value left = ParseNot();
    while (Take("and")) {
      Value right = ParseNot();
      if (Truth(left)) left = right;
    }
    return left;
  }

  Value ParseNot() {
    if (Take("not")) return Value(!Truth(ParseNot()));
    return ParseComparison();
  }

  Value ParseComparison() {
    Value left = ParseSum();
    while (true) {
      if (Take("==")) {
        left = Value(Equal(left, ParseSum()));
      } else if (Take("!=")) {
        left = Value(!Equal(left, ParseSum()));
      } else if (Take("<=")) {
        left = Value(Compare(Comparison::kLessEqual, left, ParseSum()));
      } else if (Take(">=")) {
        left = Value(Compare(Comparison::kGreaterEqual, left, ParseSum()));
      } else if (Take("<")) {
        left = Value(Compare(Comparison::kLess, left, ParseSum()));
      } else if (Take(">")) {
        left = Value(Compare(Comparison::kGreater, left, ParseSum()));
      } else if (Take("in")) {
        left = Value(Contains(ParseSum(), left));
      } else if (Take("not in")) {
        left = Value(!Contains(ParseSum(), left));
      } else {
        return left;
      }
    }
  }

  Value ParseSum() {
    Value left = ParseProduct();
    while (true) {
      if (Take("+")) {
        left = Add(left, ParseProduct());
      } else if (Take("-")) {
        left = Subtract(left, ParseProduct());
      } else {
        return left;
      }
    }
  }

  Value ParseProduct() {
    Value left = ParseUnary();
    while (true) {
      if (text_.substr(pos_).starts_with("**")) return left;
      if (Take("//")) {
        left = FloorDivide(left, ParseUnary());
      } else if (Take("*")) {
        left = Multiply(left, ParseUnary());
      } else if (Take("/")) {
        left = TrueDivide(left, ParseUnary());
      } else if (Take("%")) {
        left = Modulo(left, ParseUnary());
      } else {
        return left;
      }
    }
  }

  Value ParseUnary() {
    if (Take("-")) return Negate(ParseUnary());
    if (Take("+")) return Positive(ParseUnary());
    Value base = ParsePostfix();
    if (Take("**")) return Power(base, ParseUnary());
    return base;
  }

  Value ParsePostfix() {
    Value value = ParseAtom();
    while (true) {
      const char next = Peek();
      if (next == '.') {
        ++pos_;
        value = ParseAttribute(value);
      } else if (next == '[') {
        ++pos_;
        value = ParseSubscript(value);
      } else {
        return value;
      }
    }
  }

  Value ParseAttribute(const Value& object) {
    const std::string name = ParseName();
    if (Peek() == '(') {
      ++pos_;
      List positional;
      std::vector<std::pair<std::string, Value>> named;
      ParseArguments(&positional, &named);
      std::vector<NamedValue> views;
      for (const auto& [key, value] : named) views.push_back({key, value});
      if (std::optional<Value> result = CallMethod(context_, object, name, {positional, views})) {
        return *result;
      }
    } else if (std::optional<Value> attribute = GetAttribute(object, name)) {
      return *attribute;
    }
    throw Error(ErrorKind::kAttribute, "'" + std::string(TypeNameInC(object)) +
                                           "' object has no attribute '" + name + "'");
  }

  Value ParseSubscript(const Value& object) {
    Value parts[3];
    int count = 0;
    bool slice = false;
    while (!Take("]")) {
      if (Take(":")) {
        slice = true;
        if (++count > 2) Malformed();
      } else {
        parts[count] = ParseOr();
      }
    }
    return Subscript(object, slice ? MakeSlice(parts[0], parts[1], parts[2]) : parts[0]);
  }

  std::string ParseName() {
    SkipBlanks();
    const size_t begin = pos_;
    while (pos_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[pos_])) != 0 || text_[pos_] == '_')) {
      ++pos_;
    }
    if (begin == pos_) Malformed();
    return std::string(text_.substr(begin, pos_ - begin));
  }

  void ParseArguments(List* positional, std::vector<std::pair<std::string, Value>>* named) {
    while (!Take(")")) {
      if (!positional->empty() || !named->empty()) Expect(",");
      if (Take(")")) return;
      const size_t rewind = pos_;
      if (std::isalpha(static_cast<unsigned char>(Peek())) != 0) {
        const std::string name = ParseName();
        if (Peek() == '=' && text_.substr(pos_, 2) != "==") {
          ++pos_;
          named->emplace_back(name, ParseOr());
          continue;
        }
        pos_ = rewind;
      }
      positional->push_back(ParseOr());
    }
  }

  Value ParseAtom() {
    const char c = Peek();
    if (c == '(') return ParseTuple();
    if (c == '[') {
      ++pos_;
      return Value(ParseItems("]"));
    }
    if (c == '{') return ParseBraces();
    if (c == '\'' || c == '"') return ParseText();
    if (c == 'b' && pos_ + 1 < text_.size() &&
        (text_[pos_ + 1] == '\'' || text_[pos_ + 1] == '"')) {
      ++pos_;
      bytes_ = true;
      const Value text = ParseText();
      bytes_ = false;
      return Value::Bytes(text.AsString());
    }
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.') return ParseNumber();
    return ParseNamed();
  }

  Value ParseTuple() {
    ++pos_;
    if (Take(")")) return Value::Tuple({});
    Value first = ParseOr();
    if (Take(")")) return first;
    Expect(",");
    List items{first};
    for (Value& item : ParseItems(")")) items.push_back(std::move(item));
    return Value::Tuple(std::move(items));
  }

  List ParseItems(std::string_view end) {
    List items;
    while (!Take(end)) {
      if (!items.empty()) Expect(",");
      if (Take(end)) break;
      items.push_back(ParseOr());
    }
    return items;
  }

  Value ParseBraces() {
    ++pos_;
    Dict dict;
    Value set = MakeSet();
    bool is_set = false;
    while (!Take("}")) {
      if (!dict.empty() || !SetItems(set).empty()) Expect(",");
      if (Take("}")) break;
      Value key = ParseOr();
      if (Take(":")) {
        dict.Set(key, ParseOr());
      } else {
        is_set = true;
        SetItems(set).Set(key, Value());
      }
    }
    return is_set ? set : Value(std::move(dict));
  }

  char32_t ParseHex(size_t digits) {
    const std::string hex(text_.substr(pos_, digits));
    pos_ += digits;
    return static_cast<char32_t>(std::strtoul(hex.c_str(), nullptr, 16));
  }

  Value ParseText() {
    const char quote = text_[pos_++];
    std::string out;
    while (pos_ < text_.size() && text_[pos_] != quote) {
      const char c = text_[pos_++];
      if (c != '\\') {
        out += c;
      } else {
        ParseEscape(&out);
      }
    }
    if (pos_ == text_.size()) Malformed();
    ++pos_;
    return Value(std::move(out));
  }

  void ParseEscape(std::string* out) {
    static const std::map<char, char> kSimple = {
        {'n', '\n'}, {'t', '\t'}, {'r', '\r'},  {'b', '\b'},  {'f', '\f'},
        {'v', '\v'}, {'a', '\a'}, {'\\', '\\'}, {'\'', '\''}, {'"', '"'}};
    const char c = text_[pos_++];
    if (const auto simple = kSimple.find(c); simple != kSimple.end()) {
      *out += simple->second;
    } else if (c == 'x' && bytes_) {
      *out += static_cast<char>(ParseHex(2));
    } else if (c == 'x' || c == 'u' || c == 'U') {
      AppendUtf8(out, ParseHex(c == 'x' ? 2 : c == 'u' ? 4 : 8));
    } else {
      Malformed();
    }
  }

  Value ParseNumber() {
    const size_t begin = pos_;
    bool real = false;
    while (pos_ < text_.size()) {
      const char c = text_[pos_];
      if (c == '.' && real) break;
      const bool sign = (c == '+' || c == '-') && (text_[pos_ - 1] | 0x20) == 'e';
      if (c == '.' || c == 'e' || c == 'E') real = true;
      if (std::isdigit(static_cast<unsigned char>(c)) == 0 && c != '.' && (c | 0x20) != 'e' &&
          !sign) {
        break;
      }
      ++pos_;
    }
    const std::string_view number = text_.substr(begin, pos_ - begin);
    if (pos_ < text_.size() && text_[pos_] == 'j') {
      ++pos_;
      return MakeComplex(0, *ParseFloat(number));
    }
    return real ? Value(*ParseFloat(number)) : *ParseInt(number, 10);
  }

  Value ParseNamed() {
    const std::string name = ParseName();
    if (name == "None") return Value();
    if (name == "True") return Value(true);
    if (name == "False") return Value(false);
    if (name == "inf") return Value(HUGE_VAL);
    if (name == "nan") return Value(static_cast<double>(NAN));
    const auto function = FunctionTable().find(name);
    if (function == FunctionTable().end()) Malformed();
    Expect("(");
    List positional;
    std::vector<std::pair<std::string, Value>> named;
    ParseArguments(&positional, &named);
    std::vector<NamedValue> views;
    for (const auto& [key, value] : named) views.push_back({key, value});
    return function->second({positional, views});
  }

  std::string_view text_;
  size_t pos_ = 0;
  bool bytes_ = false;
  TestContext context_;
};

}  // namespace

Value EvaluateExpression(std::string_view expression) { return Evaluator(expression).Evaluate(); }

std::string DescribeResult(std::string_view expression) {
  try {
    return Repr(EvaluateExpression(expression));
  } catch (const Error& error) {
    std::string message;
    for (const char c : error.message()) {
      if (c == '\n') {
        message += "\\n";
      } else {
        message += c;
      }
    }
    if (error.kind() == ErrorKind::kRecursion) return "RecursionError";
    return std::string(PythonClassName(error.kind())) + ": " + message;
  }
}

}  // namespace scaffold::testing
