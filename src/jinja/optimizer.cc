#include "jinja/optimizer.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "jinja/base_state.h"
#include "jinja/filters_support.h"
#include "jinja/operators.h"
#include "scaffold/error.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

// Jinja2's filters with @pass_context, which it never applies while compiling.
constexpr std::string_view kContextFilters[] = {"map",    "random",     "reject",
                                                "select", "rejectattr", "selectattr"};

bool NeedsContext(std::string_view filter) {
  return std::find(std::begin(kContextFilters), std::end(kContextFilters), filter) !=
         std::end(kContextFilters);
}

// The state that filters see while constants are folded: no context, nothing to call back.
class FoldState final : public BaseState {
 public:
  FoldState(const Environment::Rep& environment, bool autoescape)
      : BaseState(*environment.environment), autoescape_(autoescape) {}

  bool autoescape() const override { return autoescape_; }
  Value Call(const Value& callable, const Args& args) override {
    if (!callable.IsObject()) throw Error(ErrorKind::kType, "not callable");
    return callable.AsObject()->Call(*this, args);
  }
  Value Resolve(std::string_view name) override { return Undefined(name); }

 private:
  bool autoescape_;
};

class Level {
 public:
  explicit Level(uint32_t* depth) : depth_(depth) { ++*depth_; }
  ~Level() { --*depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  uint32_t* depth_;
};

class Folder {
 public:
  explicit Folder(const EvalContext& context)
      : context_(context), state_(*context.environment, context.autoescape) {}

  std::optional<Value> Visit(const Expr& expr);

 private:
  // The wrapped ones: any failure means "no constant".
  template <typename F>
  std::optional<Value> Guard(F&& evaluate) {
    try {
      return evaluate();
    } catch (const Error&) {
      return std::nullopt;
    }
  }
  std::optional<Value> VisitNode(const Expr& expr);
  std::optional<List> VisitAll(ExprList nodes);
  std::optional<Value> VisitDict(const DictExpr& node);
  std::optional<Value> VisitCond(const CondExpr& node);
  std::optional<Value> VisitConcat(const Concat& node);
  std::optional<Value> VisitCompare(const CompareExpr& node);
  std::optional<Value> VisitBinary(const BinExpr& node);
  std::optional<Value> VisitLogic(const BinExpr& node);
  std::optional<Value> VisitUnary(const UnaryExpr& node);
  std::optional<Value> VisitGetitem(const Getitem& node);
  std::optional<Value> VisitSlice(const Slice& node);
  std::optional<Value> VisitFilter(const FilterExpr& node);
  std::optional<Value> VisitTest(const TestExpr& node);
  struct KeptArguments {
    List positional;
    std::vector<NamedValue> named;
    List keys;  // owns the names of **kwargs
  };
  bool VisitArguments(const Arguments& arguments, KeptArguments* kept);

  const EvalContext& context_;
  FoldState state_;
  uint32_t depth_ = 0;
};

std::optional<Value> Folder::Visit(const Expr& expr) {
  // Too deep is no constant; the compiler, which comes next, refuses it.
  if (depth_ == kMaxExpressionDepth) return std::nullopt;
  const Level level(&depth_);
  return VisitNode(expr);
}

std::optional<Value> Folder::VisitNode(const Expr& expr) {
  switch (expr.kind) {
    case NodeKind::kConst:
      return *static_cast<const Const&>(expr).value;
    case NodeKind::kTemplateData: {
      if (context_.is_volatile) return std::nullopt;
      std::string data(static_cast<const TemplateData&>(expr).data);
      return context_.autoescape ? Value::Markup(std::move(data)) : Value(std::move(data));
    }
    case NodeKind::kTuple: {
      std::optional<List> items = VisitAll(static_cast<const Tuple&>(expr).items);
      return items ? std::optional<Value>(Value::Tuple(std::move(*items))) : std::nullopt;
    }
    case NodeKind::kList: {
      std::optional<List> items = VisitAll(static_cast<const ListExpr&>(expr).items);
      return items ? std::optional<Value>(Value(std::move(*items))) : std::nullopt;
    }
    case NodeKind::kDict:
      return VisitDict(static_cast<const DictExpr&>(expr));
    case NodeKind::kCondExpr:
      return VisitCond(static_cast<const CondExpr&>(expr));
    case NodeKind::kFilter:
      return VisitFilter(static_cast<const FilterExpr&>(expr));
    case NodeKind::kTest:
      return VisitTest(static_cast<const TestExpr&>(expr));
    case NodeKind::kGetitem:
      return VisitGetitem(static_cast<const Getitem&>(expr));
    case NodeKind::kGetattr: {
      const auto& node = static_cast<const Getattr&>(expr);
      return Guard([&]() -> std::optional<Value> {
        std::optional<Value> object = Visit(*node.node);
        if (!object) return std::nullopt;
        return state_.GetAttr(*object, node.attribute);
      });
    }
    case NodeKind::kSlice:
      return VisitSlice(static_cast<const Slice&>(expr));
    case NodeKind::kConcat:
      return VisitConcat(static_cast<const Concat&>(expr));
    case NodeKind::kCompare:
      return VisitCompare(static_cast<const CompareExpr&>(expr));
    case NodeKind::kAnd:
    case NodeKind::kOr:
      return VisitLogic(static_cast<const BinExpr&>(expr));
    case NodeKind::kAdd:
    case NodeKind::kSub:
    case NodeKind::kMul:
    case NodeKind::kDiv:
    case NodeKind::kFloorDiv:
    case NodeKind::kMod:
    case NodeKind::kPow:
      return VisitBinary(static_cast<const BinExpr&>(expr));
    case NodeKind::kNot:
    case NodeKind::kNeg:
    case NodeKind::kPos:
      return VisitUnary(static_cast<const UnaryExpr&>(expr));
    default:
      return std::nullopt;
  }
}

std::optional<List> Folder::VisitAll(ExprList nodes) {
  List values;
  values.reserve(nodes.size());
  for (const Expr* node : nodes) {
    std::optional<Value> value = Visit(*node);
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return values;
}

std::optional<Value> Folder::VisitDict(const DictExpr& node) {
  Dict dict;
  for (const Pair& pair : node.items) {
    std::optional<Value> key = Visit(*pair.key);
    if (!key) return std::nullopt;
    std::optional<Value> value = Visit(*pair.value);
    if (!value) return std::nullopt;
    dict.Set(*key, std::move(*value));
  }
  return Value(std::move(dict));
}

std::optional<Value> Folder::VisitCond(const CondExpr& node) {
  const std::optional<Value> test = Visit(*node.test);
  if (!test) return std::nullopt;
  if (Truth(*test)) return Visit(*node.then_value);
  return node.else_value == nullptr ? std::nullopt : Visit(*node.else_value);
}

// as_const joins with str(), whether or not text is escaped here.
std::optional<Value> Folder::VisitConcat(const Concat& node) {
  std::string text;
  for (const Expr* part : node.nodes) {
    const std::optional<Value> value = Visit(*part);
    if (!value) return std::nullopt;
    AppendStr(&text, *value);
  }
  return Value(std::move(text));
}

std::optional<Value> Folder::VisitCompare(const CompareExpr& node) {
  std::optional<Value> left = Visit(*node.expr);
  if (!left) return std::nullopt;
  return Guard([&]() -> std::optional<Value> {
    for (const Operand& operand : node.ops) {
      std::optional<Value> right = Visit(*operand.expr);
      if (!right) return std::nullopt;
      if (!CompareValues(operand.op, *left, *right)) return Value(false);
      left = std::move(right);
    }
    return Value(true);
  });
}

std::optional<Value> Folder::VisitBinary(const BinExpr& node) {
  return Guard([&]() -> std::optional<Value> {
    const std::optional<Value> left = Visit(*node.left);
    if (!left) return std::nullopt;
    const std::optional<Value> right = Visit(*node.right);
    if (!right) return std::nullopt;
    return ApplyBinary(node.kind, *left, *right);
  });
}

std::optional<Value> Folder::VisitLogic(const BinExpr& node) {
  std::optional<Value> left = Visit(*node.left);
  if (!left) return std::nullopt;
  const bool wants_right = node.kind == NodeKind::kAnd;
  return Truth(*left) == wants_right ? Visit(*node.right) : left;
}

std::optional<Value> Folder::VisitUnary(const UnaryExpr& node) {
  return Guard([&]() -> std::optional<Value> {
    const std::optional<Value> value = Visit(*node.node);
    if (!value) return std::nullopt;
    return ApplyUnary(node.kind, *value);
  });
}

// as_const goes through environment.getitem for slices too, where the compiled code subscripts.
std::optional<Value> Folder::VisitGetitem(const Getitem& node) {
  return Guard([&]() -> std::optional<Value> {
    const std::optional<Value> object = Visit(*node.node);
    if (!object) return std::nullopt;
    const std::optional<Value> key = Visit(*node.argument);
    if (!key) return std::nullopt;
    return state_.GetItem(*object, *key);
  });
}

std::optional<Value> Folder::VisitSlice(const Slice& node) {
  Value parts[3];
  const Expr* exprs[3] = {node.start, node.stop, node.step};
  for (int i = 0; i < 3; ++i) {
    if (exprs[i] == nullptr) continue;
    std::optional<Value> part = Visit(*exprs[i]);
    if (!part) return std::nullopt;
    parts[i] = std::move(*part);
  }
  return MakeSlice(parts[0], parts[1], parts[2]);
}

bool Folder::VisitArguments(const Arguments& arguments, KeptArguments* kept) {
  for (const Expr* expr : arguments.positional) {
    std::optional<Value> value = Visit(*expr);
    if (!value) return false;
    kept->positional.push_back(std::move(*value));
  }
  for (const Keyword& keyword : arguments.named) {
    std::optional<Value> value = Visit(*keyword.value);
    if (!value) return false;
    kept->named.push_back({keyword.name, std::move(*value)});
  }
  if (arguments.dyn_args != nullptr) {
    std::optional<Value> value = Visit(*arguments.dyn_args);
    if (!value) return false;
    for (Value& item : ToList(*value)) kept->positional.push_back(std::move(item));
  }
  if (arguments.dyn_kwargs != nullptr) {
    std::optional<Value> value = Visit(*arguments.dyn_kwargs);
    if (!value || !value->IsDict()) return false;
    for (const Dict::Entry& entry : value->AsDict()) {
      if (!entry.key.IsString()) return false;
      kept->keys.push_back(entry.key);
      kept->named.push_back({entry.key.AsString(), entry.value});
    }
  }
  return true;
}

std::optional<Value> Folder::VisitFilter(const FilterExpr& node) {
  if (context_.is_volatile || node.node == nullptr) return std::nullopt;
  const FilterRef filter = context_.environment->FindFilter(node.name);
  if (filter.function == nullptr || NeedsContext(node.name)) return std::nullopt;
  KeptArguments kept;
  if (!VisitArguments(node.arguments, &kept)) return std::nullopt;
  const std::optional<Value> input = Visit(*node.node);
  if (!input) return std::nullopt;
  return Guard([&]() -> std::optional<Value> {
    return state_.Apply(filter, *input, Args{kept.positional, kept.named});
  });
}

std::optional<Value> Folder::VisitTest(const TestExpr& node) {
  if (context_.is_volatile) return std::nullopt;
  const TestRef test = context_.environment->FindTest(node.name);
  if (test.function == nullptr) return std::nullopt;
  KeptArguments kept;
  if (!VisitArguments(node.arguments, &kept)) return std::nullopt;
  const std::optional<Value> input = Visit(*node.node);
  if (!input) return std::nullopt;
  return Guard([&]() -> std::optional<Value> {
    return Value(state_.Apply(test, *input, Args{kept.positional, kept.named}));
  });
}

}  // namespace

std::optional<Value> AsConst(const Expr& expr, const EvalContext& context) {
  return Folder(context).Visit(expr);
}

bool IsSafeConstant(const Value& value) {
  switch (value.kind()) {
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kRange:
      return true;
    case Kind::kTuple:
      for (const Value& item : value.AsList()) {
        if (!IsSafeConstant(item)) return false;
      }
      return true;
    default:
      return false;
  }
}

bool IsSafeContainer(const Value& value) {
  if (value.IsSequence()) {
    for (const Value& item : value.AsList()) {
      if (!IsSafeContainer(item)) return false;
    }
    return true;
  }
  if (value.IsDict()) {
    for (const Dict::Entry& entry : value.AsDict()) {
      if (!IsSafeContainer(entry.key) || !IsSafeContainer(entry.value)) return false;
    }
    return true;
  }
  return value.kind() == Kind::kSet || IsSafeConstant(value);
}

std::string_view FindBadFloat(const Value& value) {
  if (value.IsFloat() && !std::isfinite(value.AsFloat())) {
    return std::isnan(value.AsFloat()) ? "nan" : "inf";
  }
  if (value.IsTuple()) {
    for (const Value& item : value.AsList()) {
      if (std::string_view bad = FindBadFloat(item); !bad.empty()) return bad;
    }
  }
  return {};
}

}  // namespace scaffold::jinja
