#include "value/hash.h"

#include <cmath>

#include "value/date_time.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/recursion.h"

namespace scaffold {
namespace {

// A whole number hashes as the integer that it equals.
size_t HashFloat(double number) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (number == std::floor(number) && number >= -kTwoTo63 && number < kTwoTo63) {
    return std::hash<int64_t>()(static_cast<int64_t>(number));
  }
  return std::hash<double>()(number);
}

size_t HashTuple(const List& items) {
  const RecursionGuard guard("while calling a Python object");
  size_t hash = 0x345678;
  for (const Value& item : items) hash = hash * 1000003 + Hash(item);
  return hash;
}

size_t HashDateTime(const Value& value) {
  // Equal times of different zones are written differently.
  if (static_cast<DateTimeRep*>(value.payload())->utc_offset) return 0x5bd1e995;
  return HashText(Str(value));
}

size_t HashUndefined(const Value& value) {
  const auto* rep = static_cast<UndefinedRep*>(value.payload());
  const UndefinedPolicy policy = rep == nullptr ? UndefinedPolicy::kDefault : rep->policy;
  if (policy == UndefinedPolicy::kStrict) ThrowUndefined(value);
  return 0x7f4a7c15 + static_cast<size_t>(policy);
}

size_t HashComplex(const ComplexRep& number) {
  if (number.imaginary == 0) return HashFloat(number.real);
  return HashFloat(number.real) * 1000003 + HashFloat(number.imaginary);
}

}  // namespace

size_t Hash(const Value& value) {
  switch (value.kind()) {
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kBytes:
      return HashOfText(value);
    case Kind::kBool:
    case Kind::kInt:
      return std::hash<int64_t>()(value.AsInt());
    case Kind::kFloat:
      return HashFloat(value.AsFloat());
    case Kind::kBigInt:
      return std::hash<double>()(AsBigInt(value).ToDouble());
    case Kind::kComplex:
      return HashComplex(*static_cast<ComplexRep*>(value.payload()));
    case Kind::kTuple:
      return HashTuple(value.AsList());
    case Kind::kList:
    case Kind::kDict:
    case Kind::kSet:
      throw Error(ErrorKind::kType, "unhashable type: '" + std::string(TypeNameInC(value)) + "'");
    case Kind::kNone:
      return 0x9e3779b9;
    case Kind::kUndefined:
      return HashUndefined(value);
    case Kind::kRange:
      return std::hash<int64_t>()(static_cast<RangeRep*>(value.payload())->size());
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      return HashDateTime(value);
    case Kind::kObject:
      return std::hash<const void*>()(value.payload());
  }
  return 0;
}

}  // namespace scaffold
