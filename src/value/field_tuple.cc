#include "value/field_tuple.h"

#include <algorithm>

#include "value/operators.h"

namespace scaffold {
namespace {

class FieldTuple : public Object {
 public:
  FieldTuple(std::string_view type, std::span<const std::string_view> names, List items)
      : type_(type), names_(names), tuple_(Value::Tuple(std::move(items))) {}

  std::string_view TypeName() const override { return type_; }
  std::string Repr() const override {
    std::string text;
    for (size_t i = 0; i < names_.size(); ++i) {
      text += (i == 0 ? "" : ", ") + std::string(names_[i]) + "=";
      AppendRepr(&text, tuple_.AsList()[i]);
    }
    return std::string(type_) + "(" + text + ")";
  }
  std::optional<size_t> Length() const override { return names_.size(); }
  std::unique_ptr<Iterator> Iterate() override { return scaffold::Iterate(tuple_); }
  bool IsSubscriptable() const override { return true; }
  std::optional<Value> GetItem(const Value& key) override { return TrySubscript(tuple_, key); }
  std::optional<Value> GetAttr(std::string_view name) override {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return tuple_.AsList()[static_cast<size_t>(found - names_.begin())];
  }
  std::optional<bool> Equals(const Value& other) const override {
    const auto* fields = other.ObjectAs<FieldTuple>();
    return Equal(tuple_, fields == nullptr ? other : fields->tuple_);
  }

 private:
  std::string_view type_;
  std::span<const std::string_view> names_;
  Value tuple_;
};

}  // namespace

Value MakeFieldTuple(std::string_view type, std::span<const std::string_view> names, List items) {
  return MakeObject<FieldTuple>(type, names, std::move(items));
}

}  // namespace scaffold
