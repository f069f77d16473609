#include "jinja/native_function.h"

namespace scaffold::jinja {
namespace {

class FunctionObject final : public Object {
 public:
  FunctionObject(std::string name, Function function)
      : name_(std::move(name)), function_(std::move(function)) {}

  std::string_view TypeName() const override { return "function"; }
  std::string Repr() const override { return "<function " + name_ + ">"; }
  bool IsCallable() const override { return true; }
  std::optional<Value> GetAttr(std::string_view name) override {
    if (name == "__name__") return Value(name_);
    return std::nullopt;
  }
  Value Call(CallContext& context, const Args& args) override { return function_(context, args); }

 private:
  std::string name_;
  Function function_;
};

}  // namespace

Value MakeFunction(std::string name, Function function) {
  return MakeObject<FunctionObject>(std::move(name), std::move(function));
}

}  // namespace scaffold::jinja
