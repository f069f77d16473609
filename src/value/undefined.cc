// Undefined values and their messages.

#include <string>
#include <string_view>
#include <vector>

#include "support/text.h"
#include "value/operators.h"

namespace scaffold {
namespace {

UndefinedRep* NewRep(UndefinedPolicy policy) {
  auto* rep = new UndefinedRep;
  rep->policy = policy;
  return rep;
}

// jinja2.utils.object_type_repr.
std::string DescribeObject(const Value& object) {
  return object.IsNone() ? "None" : QualifiedTypeName(object) + " object";
}

// "did you mean", for a key that a dict does not have.
void SuggestKey(const UndefinedRep& missing, Error* error) {
  if (!missing.name.IsString()) return;
  std::vector<std::string_view> keys;
  for (const Dict::Entry& entry : missing.object.AsDict()) {
    if (entry.key.IsString()) keys.push_back(entry.key.AsString());
  }
  const std::string_view close = ClosestMatch(missing.name.AsString(), keys);
  if (!close.empty()) error->WithHelp("did you mean '" + std::string(close) + "'?");
}

}  // namespace

Value MakeUndefined(UndefinedPolicy policy, std::string_view name) {
  UndefinedRep* rep = NewRep(policy);
  rep->name = Value(name);
  return Value::Adopt(Kind::kUndefined, rep);
}

Value MakeUndefinedItem(UndefinedPolicy policy, const Value& object, const Value& name) {
  UndefinedRep* rep = NewRep(policy);
  rep->has_object = true;
  rep->object = object;
  rep->name = name;
  return Value::Adopt(Kind::kUndefined, rep);
}

Value MakeUndefinedHint(UndefinedPolicy policy, std::string hint) {
  UndefinedRep* rep = NewRep(policy);
  rep->hint = std::move(hint);
  return Value::Adopt(Kind::kUndefined, rep);
}

std::string UndefinedMessage(const Value& undefined) {
  const auto* rep = static_cast<UndefinedRep*>(undefined.payload());
  if (rep == nullptr) return "None is undefined";
  if (!rep->hint.empty()) return rep->hint;
  if (!rep->has_object) return Repr(rep->name) + " is undefined";
  if (!rep->name.IsString()) {
    return DescribeObject(rep->object) + " has no element " + Repr(rep->name);
  }
  return "'" + DescribeObject(rep->object) + "' has no attribute " + Repr(rep->name);
}

bool IsChainable(const Value& undefined) {
  const auto* rep = static_cast<UndefinedRep*>(undefined.payload());
  return rep != nullptr && rep->policy == UndefinedPolicy::kChainable;
}

void ThrowUndefined(const Value& undefined) {
  const auto* rep = static_cast<UndefinedRep*>(undefined.payload());
  Error error(rep == nullptr ? ErrorKind::kUndefined : rep->error, UndefinedMessage(undefined));
  if (rep != nullptr && rep->has_object && rep->object.IsDict()) SuggestKey(*rep, &error);
  throw error;
}

}  // namespace scaffold
