#include "jinja/operators.h"

namespace scaffold::jinja {

Value ApplyBinary(NodeKind kind, const Value& left, const Value& right) {
  switch (kind) {
    case NodeKind::kAdd:
      return Add(left, right);
    case NodeKind::kSub:
      return Subtract(left, right);
    case NodeKind::kMul:
      return Multiply(left, right);
    case NodeKind::kDiv:
      return TrueDivide(left, right);
    case NodeKind::kFloorDiv:
      return FloorDivide(left, right);
    case NodeKind::kMod:
      return Modulo(left, right);
    default:
      return Power(left, right);
  }
}

Value ApplyUnary(NodeKind kind, const Value& value) {
  switch (kind) {
    case NodeKind::kNot:
      return Value(!Truth(value));
    case NodeKind::kNeg:
      return Negate(value);
    default:
      return Positive(value);
  }
}

bool CompareValues(CompareOp op, const Value& left, const Value& right) {
  switch (op) {
    case CompareOp::kEq:
      return Equal(left, right);
    case CompareOp::kNe:
      return !Equal(left, right);
    case CompareOp::kGt:
      return Compare(Comparison::kGreater, left, right);
    case CompareOp::kGtEq:
      return Compare(Comparison::kGreaterEqual, left, right);
    case CompareOp::kLt:
      return Compare(Comparison::kLess, left, right);
    case CompareOp::kLtEq:
      return Compare(Comparison::kLessEqual, left, right);
    case CompareOp::kIn:
      return Contains(right, left);
    case CompareOp::kNotIn:
      return !Contains(right, left);
  }
  return false;
}

}  // namespace scaffold::jinja
