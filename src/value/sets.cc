#include "value/sets.h"

namespace scaffold {
namespace {

bool IsSubset(const Dict& a, const Dict& b) {
  if (a.size() > b.size()) return false;
  for (const Dict::Entry& entry : a) {
    if (b.Find(entry.key) == nullptr) return false;
  }
  return true;
}

}  // namespace

Value MakeSet() { return Value::Adopt(Kind::kSet, new SetRep); }

Value SubtractSets(const Value& a, const Value& b) {
  Value result = MakeSet();
  for (const Dict::Entry& entry : SetItems(a)) {
    if (SetItems(b).Find(entry.key) == nullptr) SetItems(result).Set(entry.key, Value());
  }
  return result;
}

bool CompareSets(Comparison op, const Value& a, const Value& b) {
  const Dict& left = SetItems(a);
  const Dict& right = SetItems(b);
  switch (op) {
    case Comparison::kLess:
      return left.size() < right.size() && IsSubset(left, right);
    case Comparison::kLessEqual:
      return IsSubset(left, right);
    case Comparison::kGreater:
      return right.size() < left.size() && IsSubset(right, left);
    case Comparison::kGreaterEqual:
      return IsSubset(right, left);
  }
  return false;
}

}  // namespace scaffold
