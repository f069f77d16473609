// Python's names of types.

#include "scaffold/value.h"

namespace scaffold {
namespace {

std::string_view UndefinedTypeName(const Value& value) {
  const auto* rep = static_cast<UndefinedRep*>(value.payload());
  switch (rep == nullptr ? UndefinedPolicy::kDefault : rep->policy) {
    case UndefinedPolicy::kDefault:
      return "Undefined";
    case UndefinedPolicy::kStrict:
      return "StrictUndefined";
    case UndefinedPolicy::kChainable:
      return "ChainableUndefined";
    case UndefinedPolicy::kDebug:
      return "DebugUndefined";
  }
  return "Undefined";
}

bool IsGroup(const Value& value) {
  return value.IsTuple() && static_cast<const ListRep*>(value.payload())->is_group;
}

std::string_view ModuleOf(const Value& value) {
  if (value.IsObject()) return value.AsObject()->ModuleName();
  if (value.IsMarkup()) return "markupsafe";
  if (value.IsUndefined()) return "jinja2.runtime";
  if (IsGroup(value)) return "jinja2.filters";
  if (value.kind() >= Kind::kDate && value.kind() <= Kind::kTimeDelta) return "datetime";
  return "builtins";
}

}  // namespace

std::string_view TypeName(const Value& value) {
  switch (value.kind()) {
    case Kind::kUndefined:
      return UndefinedTypeName(value);
    case Kind::kNone:
      return "NoneType";
    case Kind::kBool:
      return "bool";
    case Kind::kInt:
    case Kind::kBigInt:
      return "int";
    case Kind::kFloat:
      return "float";
    case Kind::kComplex:
      return "complex";
    case Kind::kString:
      return "str";
    case Kind::kMarkup:
      return "Markup";
    case Kind::kBytes:
      return "bytes";
    case Kind::kList:
      return "list";
    case Kind::kTuple:
      return IsGroup(value) ? "_GroupTuple" : "tuple";
    case Kind::kDict:
      return "dict";
    case Kind::kSet:
      return "set";
    case Kind::kRange:
      return "range";
    case Kind::kDate:
      return "date";
    case Kind::kDateTime:
      return "datetime";
    case Kind::kTime:
      return "time";
    case Kind::kTimeDelta:
      return "timedelta";
    case Kind::kObject:
      return value.AsObject()->TypeName();
  }
  return "object";
}

std::string_view TypeNameInC(const Value& value) {
  if (value.kind() == Kind::kDate) return "datetime.date";
  if (value.kind() == Kind::kDateTime) return "datetime.datetime";
  if (value.kind() == Kind::kTime) return "datetime.time";
  if (value.kind() == Kind::kTimeDelta) return "datetime.timedelta";
  return TypeName(value);
}

std::string QualifiedTypeName(const Value& value) {
  const std::string_view module = ModuleOf(value);
  const std::string name(TypeName(value));
  return module == "builtins" ? name : std::string(module) + "." + name;
}

}  // namespace scaffold
