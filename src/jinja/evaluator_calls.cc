// The evaluator's calls: functions, methods, macros, filters and tests.

#include <algorithm>
#include <typeinfo>

#include "jinja/evaluator.h"
#include "jinja/evaluator_scopes.h"
#include "jinja/identifier.h"
#include "jinja/sandbox.h"
#include "jinja/symbols.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

const MacroObject* AsMacro(const Value& value) {
  if (!value.IsObject()) return nullptr;
  const Object* object = value.AsObject();
  return typeid(*object) == typeid(MacroObject) ? static_cast<const MacroObject*>(object) : nullptr;
}

const NamedValue* FindNamed(const Args& args, std::string_view name) {
  for (const NamedValue& named : args.named) {
    if (named.name == name) return &named;
  }
  return nullptr;
}

}  // namespace

// What Python calls the function that carries a template's call, in errors about * and **.
std::string_view Evaluator::CallerName() const {
  switch (sandbox_) {
    case Sandbox::kOff:
      return "jinja2.runtime.Context.call()";
    case Sandbox::kOn:
    case Sandbox::kImmutable:
      return "jinja2.sandbox.SandboxedEnvironment.call()";
  }
  return "";
}

// --- Arguments -----------------------------------------------------------------------------------

void Evaluator::EvalArguments(const Arguments& arguments, std::string_view function,
                              ArgumentBuffer* buffer) {
  for (const Expr* expr : arguments.positional) buffer->positional.Push(Eval(*expr));
  if (arguments.dyn_args != nullptr) AddDynamicArgs(Eval(*arguments.dyn_args), buffer);
  if (!arguments.named.empty()) {
    buffer->named.reserve(arguments.named.size() + 1);
    for (const Keyword& keyword : arguments.named) {
      buffer->named.push_back({keyword.name, Eval(*keyword.value)});
    }
  }
  if (arguments.dyn_kwargs != nullptr) {
    AddDynamicKwargs(Eval(*arguments.dyn_kwargs), function, buffer);
  }
}

void Evaluator::AddDynamicArgs(const Value& value, ArgumentBuffer* buffer) {
  std::unique_ptr<Iterator> iterator = TryIterate(value);
  if (iterator == nullptr) {
    // Python's text for a call that has arguments before the *, which Jinja2's calls always have.
    throw Error(ErrorKind::kType,
                "Value after * must be an iterable, not " + std::string(TypeName(value)));
  }
  buffer->more.assign(buffer->positional.data(),
                      buffer->positional.data() + buffer->positional.size());
  Value item;
  while (iterator->Next(&item)) buffer->more.push_back(item);
}

void Evaluator::AddDynamicKwargs(const Value& value, std::string_view function,
                                 ArgumentBuffer* buffer) {
  if (value.IsUndefined()) ThrowUndefined(value);
  if (!value.IsDict()) {
    throw Error(ErrorKind::kType, std::string(function) +
                                      " argument after ** must be a mapping, not " +
                                      std::string(TypeName(value)));
  }
  for (const Dict::Entry& entry : value.AsDict()) {
    if (!entry.key.IsString()) throw Error(ErrorKind::kType, "keywords must be strings");
    const std::string& name = entry.key.AsString();
    if (FindNamed(buffer->args(), name) != nullptr) {
      throw Error(
          ErrorKind::kType,
          std::string(function) + " got multiple values for keyword argument " + Repr(entry.key));
    }
    buffer->keys.push_back(entry.key);
    buffer->named.push_back({name, entry.value});
  }
}

// --- Calls ---------------------------------------------------------------------------------------

Value Evaluator::Call(const Value& callable, const Args& args) {
  if (const MacroObject* macro = AsMacro(callable)) {
    return CallMacro(*macro, args, context_ != nullptr && context_->autoescape);
  }
  return CallValue(callable, args);
}

Value Evaluator::CallValue(const Value& callable, const Args& args) {
  if (callable.IsUndefined()) ThrowUndefined(callable);
  if (!callable.IsObject() || !callable.AsObject()->IsCallable()) {
    throw Error(ErrorKind::kType,
                "'" + std::string(TypeName(callable)) + "' object is not callable");
  }
  try {
    return callable.AsObject()->Call(*this, args);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kStopIteration) throw;
    return UndefinedHint("value was undefined because a callable raised a StopIteration exception");
  }
}

Value Evaluator::EvalCall(const CallExpr& node, const Value* caller) {
  if (node.node->kind == NodeKind::kGetattr) {
    return EvalMethodCall(node, static_cast<const Getattr&>(*node.node), caller);
  }
  const Value callee = Eval(*node.node);
  ArgumentBuffer buffer(&stack_, node.arguments.positional.size());
  EvalArguments(node.arguments, CallerName(), &buffer);
  if (caller != nullptr) buffer.named.push_back({"caller", *caller});
  return Call(callee, buffer.args());
}

// `value.name(...)`: methods of the built-in types are called without making a bound method.
Value Evaluator::EvalMethodCall(const CallExpr& node, const Getattr& callee, const Value* caller) {
  Value object = Eval(*callee.node);
  const bool builtin = object.kind() >= Kind::kBool && object.kind() <= Kind::kTimeDelta;
  const bool direct =
      builtin && (!object.IsDict() || callee.dict_method) &&
      (sandbox_ == Sandbox::kOff || IsSafeAttribute(sandbox_, object, callee.attribute));
  Value bound;
  if (!direct) bound = GetAttr(object, callee.attribute);
  ArgumentBuffer buffer(&stack_, node.arguments.positional.size());
  EvalArguments(node.arguments, CallerName(), &buffer);
  if (caller != nullptr) buffer.named.push_back({"caller", *caller});
  if (!direct) return Call(bound, buffer.args());
  ChargeLook(object);
  if (sandbox_ != Sandbox::kOff && object.IsString() &&
      (callee.attribute == "format" || callee.attribute == "format_map")) {
    return SandboxedFormat(*this, object, callee.attribute, buffer.args());
  }
  if (std::optional<Value> result = CallMethod(*this, object, callee.attribute, buffer.args())) {
    return std::move(*result);
  }
  return Call(GetAttr(object, callee.attribute), buffer.args());
}

// `{{ macro(...) }}` writes straight to the output. False when it is another kind of call.
bool Evaluator::EmitMacroCall(const CallExpr& node, EscapeMode mode) {
  if (node.node->kind != NodeKind::kName || out_.native()) return false;
  const Value& callee = Slot(static_cast<const Name&>(*node.node).ref);
  const MacroObject* macro = AsMacro(callee);
  if (macro == nullptr || EscapesNow(mode) != context_->autoescape) return false;
  const Value keep = callee;
  ArgumentBuffer buffer(&stack_, node.arguments.positional.size());
  try {
    EvalArguments(node.arguments, CallerName(), &buffer);
    RunMacro(*macro, buffer.args());
  } catch (const Error& error) {
    if (failed_ == nullptr && !error.has_location()) failed_ = &node;
    throw;
  }
  return true;
}

// --- Macros --------------------------------------------------------------------------------------

Value Evaluator::CallMacro(const MacroObject& macro, const Args& args, bool escape) {
  const size_t mark = out_.Mark();
  RunMacro(macro, args);
  Value text = out_.Take(mark);
  return escape ? Value::Markup(Str(text)) : text;
}

void Evaluator::RunMacro(const MacroObject& macro, const Args& args) {
  const DepthScope depth(this);
  const MacroBody& body = macro.body();
  const Activation activation(this, macro.code(), Ref<Context>(macro.context()));
  const FrameScope frame(this, *body.function, macro.frame());
  BindMacro(body, args);
  const Expr* failing = nullptr;
  try {
    EnterScope(*body.scope);
    for (const Parameter& parameter : body.parameters) {
      Value& slot = Slot(parameter.name->ref);
      if (!IsMissing(slot)) continue;
      if (parameter.fallback != nullptr) {
        failing = parameter.fallback;
        slot = Eval(*parameter.fallback);
      } else {
        slot = UndefinedHint("parameter " + Repr(Value(parameter.name->symbol->name)) +
                             " was not provided");
      }
    }
    failing = nullptr;
    ExecBody(body.body);
  } catch (Error& error) {
    if (failing != nullptr) Locate(error, body.line, failing->span);
    if (error.has_location()) {
      NoteFrame(body.anonymous ? "in the caller, called"
                               : "in macro '" + std::string(body.name) + "', called");
    }
    throw;
  }
}

// Fills the parameters' slots; what is not given stays missing. Jinja2's Macro.__call__.
void Evaluator::BindMacro(const MacroBody& body, const Args& args) {
  const size_t count = body.parameters.size();
  const size_t positional = std::min(count, args.positional.size());
  for (size_t i = 0; i < positional; ++i) {
    Slot(body.parameters[i].name->ref) = args.positional[i];
  }
  if (args.named.empty() && !body.accesses_caller && !body.accesses_kwargs &&
      !body.accesses_varargs && args.positional.size() <= count) {
    return;
  }
  std::vector<bool> used(args.named.size());
  for (size_t i = positional; i < count; ++i) {
    for (size_t k = 0; k < args.named.size(); ++k) {
      if (used[k] || args.named[k].name != body.parameters[i].name->symbol->name) continue;
      Slot(body.parameters[i].name->ref) = args.named[k].value;
      used[k] = true;
    }
  }
  BindSpecialArguments(body, args, &used);
}

void Evaluator::BindSpecialArguments(const MacroBody& body, const Args& args,
                                     std::vector<bool>* used) {
  const auto find_unused = [&](std::string_view name) {
    size_t k = 0;
    while (k < args.named.size() && ((*used)[k] || (!name.empty() && args.named[k].name != name))) {
      ++k;
    }
    return k;
  };
  if (body.accesses_caller && !body.explicit_caller) {
    const size_t k = find_unused("caller");
    if (k < args.named.size()) (*used)[k] = true;
    const bool given = k < args.named.size() && !args.named[k].value.IsNone();
    Slot(body.caller_ref) = given ? args.named[k].value : UndefinedHint("No caller defined");
  }
  const std::string name = Repr(body.anonymous ? Value() : Value(body.name));
  if (body.accesses_kwargs) {
    Dict kwargs;
    for (size_t k = 0; k < args.named.size(); ++k) {
      if (!(*used)[k]) kwargs.Set(args.named[k].name, args.named[k].value);
    }
    Slot(body.kwargs_ref) = Value(std::move(kwargs));
  } else if (const size_t first = find_unused(""); first < args.named.size()) {
    if (find_unused("caller") < args.named.size()) {
      throw Error(ErrorKind::kType, "macro " + name +
                                        " was invoked with two values for the special caller "
                                        "argument. This is most likely a bug.");
    }
    throw Error(ErrorKind::kType, "macro " + name + " takes no keyword argument " +
                                      Repr(Value(args.named[first].name)));
  }
  const size_t count = body.parameters.size();
  if (body.accesses_varargs) {
    List varargs;
    for (size_t i = count; i < args.positional.size(); ++i) varargs.push_back(args.positional[i]);
    Slot(body.varargs_ref) = Value::Tuple(std::move(varargs));
  } else if (args.positional.size() > count) {
    throw Error(ErrorKind::kType,
                "macro " + name + " takes not more than " + std::to_string(count) + " argument(s)");
  }
}

// --- Filters and tests ---------------------------------------------------------------------------

Value Evaluator::EvalFilter(const FilterExpr& node, const Value* captured) {
  Value input;
  if (captured == nullptr) {
    input = Eval(*node.node);
  } else if (node.node == nullptr) {
    input = *captured;
  } else {
    input = EvalFilter(static_cast<const FilterExpr&>(*node.node), captured);
  }
  ChargeLook(input);
  if (!node.filter.found()) {
    throw Error(ErrorKind::kTemplateRuntime,
                "No filter named " + Repr(Value(node.name)) + " found.");
  }
  if (node.arguments.empty()) return Apply(node.filter, input, Args{});
  ArgumentBuffer buffer(&stack_, node.arguments.positional.size());
  EvalArguments(node.arguments, node.name, &buffer);
  return Apply(node.filter, input, buffer.args());
}

bool Evaluator::EvalTest(const TestExpr& node) {
  Value scratch;
  if (node.known != KnownTest::kNone) {
    bool defined = false;
    if (node.node->kind == NodeKind::kName) {
      const Value& value = Slot(static_cast<const Name&>(*node.node).ref);
      defined = !value.IsUndefined();
    } else {
      defined = !EvalRef(*node.node, &scratch).IsUndefined();
    }
    return defined == (node.known == KnownTest::kDefined);
  }
  const Value input = Eval(*node.node);
  ChargeLook(input);
  if (!node.test.found()) {
    throw Error(ErrorKind::kTemplateRuntime, "No test named " + Repr(Value(node.name)) + " found.");
  }
  if (node.arguments.empty()) return Apply(node.test, input, Args{});
  ArgumentBuffer buffer(&stack_, node.arguments.positional.size());
  EvalArguments(node.arguments, node.name, &buffer);
  return Apply(node.test, input, buffer.args());
}

}  // namespace scaffold::jinja
