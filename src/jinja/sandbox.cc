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

constexpr std::string_view kOfEveryObject =
    " __class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ "
    "__gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ "
    "__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__ ";
constexpr std::string_view kOfText =
    " __add__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mod__ __mul__ __rmod__ "
    "__rmul__ ";
constexpr std::string_view kOfList =
    " __add__ __class_getitem__ __contains__ __delitem__ __getitem__ __iadd__ __imul__ __iter__ "
    "__len__ __mul__ __reversed__ __rmul__ __setitem__ ";
constexpr std::string_view kOfTuple =
    " __add__ __class_getitem__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mul__ "
    "__rmul__ ";
constexpr std::string_view kOfDict =
    " __class_getitem__ __contains__ __delitem__ __getitem__ __ior__ __iter__ __len__ __or__ "
    "__reversed__ __ror__ __setitem__ ";
constexpr std::string_view kOfSet =
    " __and__ __class_getitem__ __contains__ __iand__ __ior__ __isub__ __iter__ __ixor__ __len__ "
    "__or__ __rand__ __ror__ __rsub__ __rxor__ __sub__ __xor__ ";
constexpr std::string_view kOfRange =
    " __bool__ __contains__ __getitem__ __iter__ __len__ __reversed__ ";
constexpr std::string_view kOfNumber =
    " __abs__ __add__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ __getnewargs__ "
    "__int__ __mod__ __mul__ __neg__ __pos__ __pow__ __radd__ __rdivmod__ __rfloordiv__ __rmod__ "
    "__rmul__ __round__ __rpow__ __rsub__ __rtruediv__ __sub__ __truediv__ __trunc__ ";
constexpr std::string_view kOfInteger =
    " __and__ __index__ __invert__ __lshift__ __or__ __rand__ __rlshift__ __ror__ __rrshift__ "
    "__rshift__ __rxor__ __xor__ ";

std::string_view SpecialNamesOf(Kind kind) {
  switch (kind) {
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kBytes:
      return kOfText;
    case Kind::kList:
      return kOfList;
    case Kind::kTuple:
      return kOfTuple;
    case Kind::kDict:
      return kOfDict;
    case Kind::kSet:
      return kOfSet;
    case Kind::kRange:
      return kOfRange;
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kBigInt:
    case Kind::kFloat:
      return kOfNumber;
    default:
      return {};
  }
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

bool IsSpecialMethod(const Value& object, std::string_view name) {
  if (!name.starts_with("__") || !name.ends_with("__") || name.find(' ') != name.npos) return false;
  const std::string word = " " + std::string(name) + " ";
  const Kind kind = object.kind();
  const bool integer = kind == Kind::kBool || kind == Kind::kInt || kind == Kind::kBigInt;
  return kOfEveryObject.find(word) != word.npos || SpecialNamesOf(kind).find(word) != word.npos ||
         (integer && kOfInteger.find(word) != word.npos);
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
