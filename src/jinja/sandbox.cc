#include "jinja/sandbox.h"

#include <algorithm>
#include <string>
#include <vector>

#include "jinja/format_sandbox.h"
#include "scaffold/error.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsInternalAttribute(const Value& object, std::string_view name) {
  if (object.IsObject()) {
    const std::string_view type = TypeName(object);
    if (type == "type" && name == "mro") return true;
    if (type == "generator" && (name == "gi_frame" || name == "gi_code")) return true;
  }
  return name.starts_with("__");
}

bool ModifiesKnownMutable(const Value& object, std::string_view name) {
  switch (object.kind()) {
    case Kind::kSet:
      return IsOneOf(name, {"add", "clear", "difference_update", "discard", "pop", "remove",
                            "symmetric_difference_update", "update"});
    case Kind::kDict:
      return IsOneOf(name, {"clear", "pop", "popitem", "setdefault", "update"});
    case Kind::kList:
      return IsOneOf(name,
                     {"append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"});
    default:
      return false;
  }
}

// The bound method that a sandboxed template gets for `text.format`.
class SandboxedFormatMethod final : public Object {
 public:
  SandboxedFormatMethod(Value text, std::string_view method)
      : text_(std::move(text)), method_(method) {}

  std::string_view TypeName() const override { return "function"; }
  std::string Repr() const override { return "<function str." + std::string(method_) + ">"; }
  bool IsCallable() const override { return true; }
  Value Call(CallContext& context, const Args& args) override {
    return SandboxedFormat(static_cast<State&>(context), text_, method_, args);
  }

 private:
  Value text_;
  std::string_view method_;
};

}  // namespace

bool IsSafeAttribute(Sandbox sandbox, const Value& object, std::string_view name) {
  if (name.starts_with("_") || IsInternalAttribute(object, name)) return false;
  return sandbox != Sandbox::kImmutable || !ModifiesKnownMutable(object, name);
}

Value UnsafeUndefined(UndefinedPolicy policy, const Value& object, std::string_view name) {
  Value undefined =
      MakeUndefinedHint(policy, "access to attribute " + Repr(Value(name)) + " of " +
                                    Repr(Value(TypeName(object))) + " object is unsafe.");
  static_cast<UndefinedRep*>(undefined.payload())->error = ErrorKind::kSecurity;
  return undefined;
}

std::optional<Value> WrapStrFormat(State&, const Value& object, std::string_view name) {
  if (!object.IsString()) return std::nullopt;
  if (name == "format") return MakeObject<SandboxedFormatMethod>(object, "format");
  if (name == "format_map") return MakeObject<SandboxedFormatMethod>(object, "format_map");
  return std::nullopt;
}

Value SandboxedFormat(State& state, const Value& text, std::string_view method, const Args& args) {
  if (method != "format_map") return FormatInSandbox(state, text, args);
  if (!args.named.empty()) {
    throw Error(ErrorKind::kType, "format_map() takes no keyword arguments");
  }
  if (args.positional.size() != 1) {
    throw Error(ErrorKind::kType, "format_map() takes exactly one argument (" +
                                      std::to_string(args.positional.size()) + " given)");
  }
  return FormatMapInSandbox(state, text, args.positional[0]);
}

}  // namespace scaffold::jinja
