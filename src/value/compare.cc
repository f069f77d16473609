// Equality, order and membership.

#include <cmath>

#include "value/date_time.h"
#include "value/limits.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/recursion.h"
#include "value/sets.h"

namespace scaffold {
namespace {

constexpr int kUnordered = 2;

bool IsSmall(const Value& value) { return value.IsInt() || value.IsBool(); }

int Order(auto a, auto b) { return (a > b) - (a < b); }

// The exact order of a float and an integer.
int CompareFloatWithInteger(double number, const Value& integer) {
  if (std::isnan(number)) return kUnordered;
  if (IsSmall(integer) && std::llabs(integer.AsInt()) <= int64_t{1} << 53) {
    return Order(number, static_cast<double>(integer.AsInt()));
  }
  if (std::isinf(number)) return number > 0 ? 1 : -1;
  const double whole = std::floor(number);
  const int by_whole = ToBigInt(TruncateToInt(whole)).Compare(ToBigInt(integer));
  return by_whole != 0 ? by_whole : (number > whole ? 1 : 0);
}

// -1, 0, 1 or kUnordered.
int CompareNumbers(const Value& a, const Value& b) {
  if (IsSmall(a) && IsSmall(b)) return Order(a.AsInt(), b.AsInt());
  if (a.IsFloat() && b.IsFloat()) {
    const double x = a.AsFloat(), y = b.AsFloat();
    return std::isnan(x) || std::isnan(y) ? kUnordered : Order(x, y);
  }
  if (a.IsFloat()) return CompareFloatWithInteger(a.AsFloat(), b);
  if (b.IsFloat()) {
    const int reversed = CompareFloatWithInteger(b.AsFloat(), a);
    return reversed == kUnordered ? kUnordered : -reversed;
  }
  return ToBigInt(a).Compare(ToBigInt(b));
}

bool EqualLists(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].IsSame(b[i])) continue;
    ChargeLook(a[i]);
    if (!Equal(a[i], b[i])) return false;
  }
  return true;
}

bool EqualDicts(const Dict& a, const Dict& b) {
  if (a.size() != b.size()) return false;
  for (const Dict::Entry& entry : a) {
    const Value* other = b.Find(entry.key);
    if (other == nullptr || (!other->IsSame(entry.value) && !Equal(entry.value, *other))) {
      return false;
    }
  }
  return true;
}

bool EqualSets(const Dict& a, const Dict& b) {
  if (a.size() != b.size()) return false;
  for (const Dict::Entry& entry : a) {
    if (b.Find(entry.key) == nullptr) return false;
  }
  return true;
}

bool EqualRanges(const RangeRep& a, const RangeRep& b) {
  if (a.size() != b.size()) return false;
  return a.size() == 0 || (a.start == b.start && (a.size() == 1 || a.step == b.step));
}

std::string_view Symbol(Comparison op) {
  switch (op) {
    case Comparison::kLess:
      return "<";
    case Comparison::kLessEqual:
      return "<=";
    case Comparison::kGreater:
      return ">";
    case Comparison::kGreaterEqual:
      return ">=";
  }
  return "";
}

bool Holds(Comparison op, int order) {
  switch (op) {
    case Comparison::kLess:
      return order < 0;
    case Comparison::kLessEqual:
      return order <= 0;
    case Comparison::kGreater:
      return order == 1;
    case Comparison::kGreaterEqual:
      return order == 0 || order == 1;
  }
  return false;
}

Comparison Mirror(Comparison op) {
  switch (op) {
    case Comparison::kLess:
      return Comparison::kGreater;
    case Comparison::kLessEqual:
      return Comparison::kGreaterEqual;
    case Comparison::kGreater:
      return Comparison::kLess;
    case Comparison::kGreaterEqual:
      return Comparison::kLessEqual;
  }
  return op;
}

std::optional<bool> CompareObjects(Comparison op, const Value& a, const Value& b) {
  std::optional<Value> answer;
  if (a.IsObject()) answer = a.AsObject()->BinaryOperator(Symbol(op), b, false);
  if (!answer && b.IsObject()) {
    answer = b.AsObject()->BinaryOperator(Symbol(Mirror(op)), a, false);
  }
  if (!answer) return std::nullopt;
  return Truth(*answer);
}

bool CompareLists(Comparison op, const List& a, const List& b) {
  const RecursionGuard guard("in comparison");
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i].IsSame(b[i]) || Equal(a[i], b[i])) continue;
    return Compare(op, a[i], b[i]);
  }
  return Holds(op, (a.size() > b.size()) - (a.size() < b.size()));
}

// jinja2.runtime: Undefined.__eq__ is true for another one of its class; StrictUndefined refuses.
// A subclass of Undefined on the right is asked first.
bool EqualUndefined(const Value& a, const Value& b) {
  const auto policy = [](const Value& value) {
    const auto* rep = static_cast<const UndefinedRep*>(value.payload());
    return rep == nullptr ? UndefinedPolicy::kDefault : rep->policy;
  };
  const bool asks_right = !a.IsUndefined() || policy(a) == UndefinedPolicy::kDefault;
  if (b.IsUndefined() && asks_right && policy(b) == UndefinedPolicy::kStrict) ThrowUndefined(b);
  if (!a.IsUndefined()) return false;
  if (policy(a) == UndefinedPolicy::kStrict) ThrowUndefined(a);
  return b.IsUndefined() && policy(a) == policy(b);
}

bool EqualObjects(const Value& a, const Value& b) {
  if (a.IsObject()) {
    if (std::optional<bool> equal = a.AsObject()->Equals(b)) return *equal;
  }
  if (b.IsObject()) {
    if (std::optional<bool> equal = b.AsObject()->Equals(a)) return *equal;
  }
  return a.IsSame(b);
}

bool EqualComplex(const Value& a, const Value& b) {
  const auto parts = [](const Value& value) {
    if (value.kind() != Kind::kComplex) return std::pair(value, 0.0);
    const auto& rep = *static_cast<ComplexRep*>(value.payload());
    return std::pair(Value(rep.real), rep.imaginary);
  };
  const auto [x, xi] = parts(a);
  const auto [y, yi] = parts(b);
  return x.IsNumber() && y.IsNumber() && xi == yi && CompareNumbers(x, y) == 0;
}

}  // namespace

namespace slow {

bool Equal(const Value& a, const Value& b) {
  if (a.IsNumber() && b.IsNumber()) return CompareNumbers(a, b) == 0;
  if (a.IsString() && b.IsString()) return a.AsString() == b.AsString();
  if (a.IsUndefined() || b.IsUndefined()) return EqualUndefined(a, b);
  if (a.IsObject() || b.IsObject()) return EqualObjects(a, b);
  if (std::optional<int> order = CompareDateTimes(a, b)) return *order == 0;
  if (a.kind() == Kind::kComplex || b.kind() == Kind::kComplex) return EqualComplex(a, b);
  if (a.kind() != b.kind()) return false;
  const RecursionGuard guard("in comparison");
  switch (a.kind()) {
    case Kind::kNone:
      return true;
    case Kind::kBytes:
      return a.AsString() == b.AsString();
    case Kind::kList:
    case Kind::kTuple:
      return a.IsSame(b) || EqualLists(a.AsList(), b.AsList());
    case Kind::kDict:
      return a.IsSame(b) || EqualDicts(a.AsDict(), b.AsDict());
    case Kind::kSet:
      return EqualSets(SetItems(a), SetItems(b));
    case Kind::kRange:
      return EqualRanges(*static_cast<RangeRep*>(a.payload()),
                         *static_cast<RangeRep*>(b.payload()));
    case Kind::kUndefined:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
    case Kind::kObject:
      return false;
  }
  return false;
}

bool Compare(Comparison op, const Value& a, const Value& b) {
  if (a.IsNumber() && b.IsNumber()) return Holds(op, CompareNumbers(a, b));
  if ((a.IsString() && b.IsString()) || (a.kind() == Kind::kBytes && b.kind() == Kind::kBytes)) {
    // UTF-8 keeps the order of code points.
    const int order = a.AsString().compare(b.AsString());
    return Holds(op, (order > 0) - (order < 0));
  }
  if (a.kind() == b.kind() && a.IsSequence()) return CompareLists(op, a.AsList(), b.AsList());
  if (std::optional<int> order = CompareDateTimes(a, b)) return Holds(op, *order);
  CheckDateTimeOrder(a, b);
  if (a.kind() == Kind::kSet && b.kind() == Kind::kSet) return CompareSets(op, a, b);
  if (std::optional<bool> answer = CompareObjects(op, a, b)) return *answer;
  if (a.IsUndefined()) ThrowUndefined(a);
  if (b.IsUndefined()) ThrowUndefined(b);
  throw Error(ErrorKind::kType,
              "'" + std::string(Symbol(op)) + "' not supported between instances of '" +
                  std::string(TypeNameInC(a)) + "' and '" + std::string(TypeNameInC(b)) + "'");
}

}  // namespace slow

namespace {

bool ContainsInRange(const RangeRep& range, const Value& needle) {
  Value number = needle;
  if (needle.IsFloat()) {
    if (needle.AsFloat() != std::floor(needle.AsFloat())) return false;  // also nan
    if (std::isinf(needle.AsFloat())) return false;
    number = TruncateToInt(needle.AsFloat());
  }
  if (!IsSmall(number)) return false;
  const int64_t value = number.AsInt();
  const bool forward = range.step > 0;
  if (forward ? value < range.start || value >= range.stop
              : value > range.start || value <= range.stop) {
    return false;
  }
  // Wide enough for any two ends.
  return (static_cast<__int128>(value) - range.start) % range.step == 0;
}

bool ContainsInBytes(const std::string& bytes, const Value& needle) {
  if (needle.kind() == Kind::kBytes) return bytes.find(needle.AsString()) != std::string::npos;
  if (!IsInteger(needle)) {
    throw Error(ErrorKind::kType,
                "a bytes-like object is required, not '" + std::string(TypeNameInC(needle)) + "'");
  }
  if (!IsSmall(needle) || needle.AsInt() < 0 || needle.AsInt() > 255) {
    throw Error(ErrorKind::kValue, "byte must be in range(0, 256)");
  }
  return bytes.find(static_cast<char>(needle.AsInt())) != std::string::npos;
}

bool ContainsInText(const std::string& text, const Value& needle) {
  if (needle.IsString()) return text.find(needle.AsString()) != std::string::npos;
  throw Error(ErrorKind::kType, "'in <string>' requires string as left operand, not " +
                                    std::string(TypeNameInC(needle)));
}

bool ContainsInItems(const Value& haystack, const Value& needle) {
  if (haystack.IsObject()) {
    if (std::optional<bool> found = haystack.AsObject()->Contains(needle)) return *found;
  }
  const std::unique_ptr<Iterator> items = TryIterate(haystack);
  if (items == nullptr) {
    throw Error(ErrorKind::kType,
                "argument of type '" + std::string(TypeNameInC(haystack)) + "' is not iterable");
  }
  Value item;
  while (items->Next(&item)) {
    ChargeLook(item);
    if (item.IsSame(needle) || Equal(item, needle)) return true;
  }
  return false;
}

}  // namespace

void ChargeLook(const Value& operand) {
  constexpr size_t kSmall = 4096;
  constexpr size_t kPerStep = 4096;
  size_t size = 0;
  if (operand.IsString() || operand.kind() == Kind::kBytes) {
    size = operand.AsString().size();
  } else if (operand.IsList() || operand.IsTuple()) {
    size = operand.AsList().size();
  }
  if (size > kSmall) ChargeSteps(size / kPerStep);
}

bool Contains(const Value& haystack, const Value& needle) {
  switch (haystack.kind()) {
    case Kind::kString:
    case Kind::kMarkup:
      return ContainsInText(haystack.AsString(), needle);
    case Kind::kBytes:
      return ContainsInBytes(haystack.AsString(), needle);
    case Kind::kList:
    case Kind::kTuple:
      for (const Value& item : haystack.AsList()) {
        if (item.IsSame(needle) || Equal(item, needle)) return true;
      }
      return false;
    case Kind::kDict:
      return haystack.AsDict().Find(needle) != nullptr;
    case Kind::kSet:
      // Python looks a set up as a frozenset, which no template can make.
      return needle.kind() != Kind::kSet && SetItems(haystack).Find(needle) != nullptr;
    case Kind::kRange:
      return ContainsInRange(*static_cast<RangeRep*>(haystack.payload()), needle);
    case Kind::kUndefined:
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
    case Kind::kObject:
      return ContainsInItems(haystack, needle);
  }
  return false;
}

}  // namespace scaffold
