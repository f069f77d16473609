// Truth of the kinds that the inline form leaves over.

#include "value/date_time.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold::slow {

bool Truth(const Value& value) {
  switch (value.kind()) {
    case Kind::kUndefined: {
      const auto* rep = static_cast<UndefinedRep*>(value.payload());
      if (rep != nullptr && rep->policy == UndefinedPolicy::kStrict) ThrowUndefined(value);
      return false;
    }
    case Kind::kNone:
      return false;
    case Kind::kBool:
    case Kind::kInt:
      return value.AsInt() != 0;
    case Kind::kFloat:
      return value.AsFloat() != 0;
    case Kind::kComplex: {
      const auto* number = static_cast<ComplexRep*>(value.payload());
      return number->real != 0 || number->imaginary != 0;
    }
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kBytes:
      return !value.AsString().empty();
    case Kind::kList:
    case Kind::kTuple:
      return !value.AsList().empty();
    case Kind::kDict:
      return !value.AsDict().empty();
    case Kind::kSet:
      return !static_cast<SetRep*>(value.payload())->items.empty();
    case Kind::kRange:
      return static_cast<RangeRep*>(value.payload())->size() != 0;
    case Kind::kTimeDelta:
      return !IsZeroTimeDelta(value);
    case Kind::kObject:
      return value.AsObject()->Truth();
    case Kind::kBigInt:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
      return true;
  }
  return true;
}

}  // namespace scaffold::slow
