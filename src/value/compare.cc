// Equality, order, membership and hashing.

#include <cmath>

#include "value/date_time.h"
#include "value/hash.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold {
namespace {

constexpr int kMaxDepth = 900;
thread_local int depth = 0;

class DepthGuard {
 public:
  DepthGuard() {
    if (++depth > kMaxDepth) {
      --depth;
      throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded in comparison");
    }
  }
  ~DepthGuard() { --depth; }
};

// -1, 0 or 1; 2 when one of them is nan. Exact between integers and floats.
int CompareNumbers(const Value& a, const Value& b) {
  const bool a_small = a.IsInt() || a.IsBool();
  const bool b_small = b.IsInt() || b.IsBool();
  if (a_small && b_small) return (a.AsInt() > b.AsInt()) - (a.AsInt() < b.AsInt());
  if (IsInteger(a) && IsInteger(b)) return mp_cmp(ToBigInt(a).get(), ToBigInt(b).get());
  if (a.IsFloat() && b.IsFloat()) {
    const double x = a.AsFloat(), y = b.AsFloat();
    if (std::isnan(x) || std::isnan(y)) return 2;
    return (x > y) - (x < y);
  }
  if (!a.IsFloat()) {
    const int reversed = CompareNumbers(b, a);
    return reversed == 2 ? 2 : -reversed;
  }
  const double x = a.AsFloat();
  if (std::isnan(x)) return 2;
  if (std::isinf(x)) return x > 0 ? 1 : -1;
  const double whole = std::floor(x);
  const int by_whole = CompareNumbers(TruncateToInt(whole), b);
  return by_whole != 0 ? by_whole : x > whole;
}

bool EqualLists(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!a[i].IsSame(b[i]) && !Equal(a[i], b[i])) return false;
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
      return order > 0 && order != 2;
    case Comparison::kGreaterEqual:
      return order >= 0 && order != 2;
  }
  return false;
}

bool CompareLists(Comparison op, const List& a, const List& b) {
  const DepthGuard guard;
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i].IsSame(b[i]) || Equal(a[i], b[i])) continue;
    return Compare(op, a[i], b[i]);
  }
  return Holds(op, (a.size() > b.size()) - (a.size() < b.size()));
}

}  // namespace

bool Equal(const Value& a, const Value& b) {
  if (a.IsUndefined() || b.IsUndefined()) {
    // Jinja2's Undefined.__eq__: equal to every other plain Undefined; StrictUndefined refuses.
    for (const Value* side : {&a, &b}) {
      const auto* rep = static_cast<const UndefinedRep*>(side->payload());
      if (rep != nullptr && rep->policy == UndefinedPolicy::kStrict) ThrowUndefined(*side);
    }
    return a.IsUndefined() && b.IsUndefined();
  }
  if (a.IsNumber() && b.IsNumber()) return CompareNumbers(a, b) == 0;
  if (a.IsString() && b.IsString()) return a.AsString() == b.AsString();
  if (a.IsObject() || b.IsObject()) {
    const Value& object = a.IsObject() ? a : b;
    const Value& other = a.IsObject() ? b : a;
    return object.AsObject()->Equals(other).value_or(a.IsSame(b));
  }
  if (std::optional<int> order = CompareDateTimes(a, b)) return *order == 0;
  if (a.kind() != b.kind()) return false;
  const DepthGuard guard;
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
      return EqualSets(static_cast<SetRep*>(a.payload())->items,
                       static_cast<SetRep*>(b.payload())->items);
    case Kind::kRange:
      return EqualRanges(*static_cast<RangeRep*>(a.payload()),
                         *static_cast<RangeRep*>(b.payload()));
    case Kind::kComplex: {
      const auto& x = *static_cast<ComplexRep*>(a.payload());
      const auto& y = *static_cast<ComplexRep*>(b.payload());
      return x.real == y.real && x.imaginary == y.imaginary;
    }
    case Kind::kUndefined:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
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
  if (a.IsUndefined()) ThrowUndefined(a);
  if (b.IsUndefined()) ThrowUndefined(b);
  throw Error(ErrorKind::kType,
              "'" + std::string(Symbol(op)) + "' not supported between instances of '" +
                  std::string(TypeName(a)) + "' and '" + std::string(TypeName(b)) + "'");
}

bool Contains(const Value& haystack, const Value& needle) {
  if (haystack.IsString()) {
    if (!needle.IsString()) {
      if (needle.IsUndefined()) ThrowUndefined(needle);
      throw Error(ErrorKind::kType, "'in <string>' requires string as left operand, not " +
                                        std::string(TypeName(needle)));
    }
    return haystack.AsString().find(needle.AsString()) != std::string::npos;
  }
  if (haystack.IsDict()) return haystack.AsDict().Find(needle) != nullptr;
  if (haystack.kind() == Kind::kSet) {
    return static_cast<SetRep*>(haystack.payload())->items.Find(needle) != nullptr;
  }
  if (haystack.IsObject()) {
    if (std::optional<bool> found = haystack.AsObject()->Contains(needle)) return *found;
  }
  if (haystack.IsSequence()) {
    for (const Value& item : haystack.AsList()) {
      if (item.IsSame(needle) || Equal(item, needle)) return true;
    }
    return false;
  }
  const std::unique_ptr<Iterator> items = TryIterate(haystack);
  if (items == nullptr) {
    throw Error(ErrorKind::kType,
                "argument of type '" + std::string(TypeName(haystack)) + "' is not iterable");
  }
  Value item;
  while (items->Next(&item)) {
    if (item.IsSame(needle) || Equal(item, needle)) return true;
  }
  return false;
}

size_t Hash(const Value& value) {
  switch (value.kind()) {
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kBytes:
      return HashText(value.AsString());
    case Kind::kBool:
    case Kind::kInt:
      return std::hash<int64_t>()(value.AsInt());
    case Kind::kFloat: {
      const double number = value.AsFloat();
      if (number == std::floor(number) && std::fabs(number) < 9e18) {
        return std::hash<int64_t>()(static_cast<int64_t>(number));
      }
      return std::hash<double>()(number);
    }
    case Kind::kBigInt:
      return std::hash<double>()(mp_get_double(ToBigInt(value).get()));
    case Kind::kTuple: {
      const DepthGuard guard;
      size_t hash = 0x345678;
      for (const Value& item : value.AsList()) hash = hash * 1000003 + Hash(item);
      return hash;
    }
    case Kind::kList:
    case Kind::kDict:
    case Kind::kSet:
      throw Error(ErrorKind::kType, "unhashable type: '" + std::string(TypeName(value)) + "'");
    case Kind::kNone:
      return 0x9e3779b9;
    case Kind::kUndefined:
      return 0x7f4a7c15;
    case Kind::kRange:
      return std::hash<int64_t>()(static_cast<RangeRep*>(value.payload())->size());
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      return HashText(Str(value));
    case Kind::kComplex:
      return std::hash<double>()(static_cast<ComplexRep*>(value.payload())->real);
    case Kind::kObject:
      return std::hash<const void*>()(value.payload());
  }
  return 0;
}

}  // namespace scaffold
