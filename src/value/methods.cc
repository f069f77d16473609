#include "value/methods.h"

#include <algorithm>

#include "value/method_tables.h"

namespace scaffold {
namespace {

std::span<const MethodRow> TableOf(Kind kind) {
  switch (kind) {
    case Kind::kString:
    case Kind::kMarkup:
      return StrMethods();
    case Kind::kBytes:
      return BytesMethods();
    case Kind::kList:
      return ListMethods();
    case Kind::kTuple:
      return TupleMethods();
    case Kind::kDict:
      return DictMethods();
    case Kind::kSet:
      return SetMethods();
    case Kind::kRange:
      return RangeMethods();
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kBigInt:
      return IntMethods();
    case Kind::kFloat:
      return FloatMethods();
    case Kind::kComplex:
      return ComplexMethods();
    case Kind::kDate:
      return DateMethods();
    case Kind::kDateTime:
      return DateTimeMethods();
    case Kind::kTime:
      return TimeMethods();
    case Kind::kTimeDelta:
      return TimeDeltaMethods();
    case Kind::kUndefined:
    case Kind::kNone:
    case Kind::kObject:
      return {};
  }
  return {};
}

MethodFunction FindRow(std::span<const MethodRow> table, std::string_view name) {
  const auto row =
      std::lower_bound(table.begin(), table.end(), name,
                       [](const MethodRow& r, std::string_view n) { return r.name < n; });
  return row != table.end() && row->name == name ? row->function : nullptr;
}

}  // namespace

MethodFunction FindMethod(const Value& self, std::string_view name) {
  if (self.IsMarkup()) {
    if (MethodFunction function = FindRow(MarkupMethods(), name)) return function;
  }
  return FindRow(TableOf(self.kind()), name);
}

}  // namespace scaffold
