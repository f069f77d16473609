#include "value/dict_views.h"

#include "value/arguments.h"
#include "value/methods.h"
#include "value/operators.h"
#include "value/sets.h"

namespace scaffold {
namespace {

class DictView;

class DictViewIterator : public Iterator {
 public:
  DictViewIterator(DictViewKind kind, Value dict)
      : kind_(kind), dict_(std::move(dict)), size_(dict_.AsDict().size()) {}
  bool Next(Value* out) override {
    const Dict& dict = dict_.AsDict();
    if (dict.size() != size_) {
      throw Error(ErrorKind::kRuntime, "dictionary changed size during iteration");
    }
    if (next_ >= size_) return false;
    const Dict::Entry& entry = dict.entries()[next_++];
    switch (kind_) {
      case DictViewKind::kKeys:
        *out = entry.key;
        return true;
      case DictViewKind::kValues:
        *out = entry.value;
        return true;
      case DictViewKind::kItems:
        *out = Value::Tuple({entry.key, entry.value});
        return true;
    }
    return false;
  }

 private:
  DictViewKind kind_;
  Value dict_;
  size_t size_;
  size_t next_ = 0;
};

Value SetFrom(const Value& iterable) {
  Value set = MakeSet();
  const std::unique_ptr<Iterator> items = Iterate(iterable);
  for (Value item; items->Next(&item);) SetItems(set).Set(item, Value());
  return set;
}

Value IsDisjoint(CallContext&, const Value& self, const Args& args) {
  const Value other = SetFrom(OneArgument(self, "isdisjoint", args));
  const std::unique_ptr<Iterator> items = Iterate(self);
  for (Value item; items->Next(&item);) {
    if (SetItems(other).Find(item) != nullptr) return Value(false);
  }
  return Value(true);
}

class DictView : public Object {
 public:
  DictView(DictViewKind kind, Value dict) : kind_(kind), dict_(std::move(dict)) {}

  std::string_view TypeName() const override {
    static constexpr std::string_view kNames[] = {"dict_keys", "dict_values", "dict_items"};
    return kNames[static_cast<size_t>(kind_)];
  }
  std::string Repr() const override {
    List items;
    DictViewIterator iterator(kind_, dict_);
    for (Value item; iterator.Next(&item);) items.push_back(item);
    return std::string(TypeName()) + "(" + scaffold::Repr(Value(std::move(items))) + ")";
  }
  bool Truth() const override { return !dict_.AsDict().empty(); }
  std::optional<size_t> Length() const override { return dict_.AsDict().size(); }
  std::unique_ptr<Iterator> Iterate() override {
    return std::make_unique<DictViewIterator>(kind_, dict_);
  }
  std::optional<Value> GetAttr(std::string_view name) override {
    if (name == "isdisjoint" && IsSetLike()) return MakeBoundMethod(Self(), name, IsDisjoint);
    return std::nullopt;
  }
  std::optional<bool> Equals(const Value& other) const override {
    if (!IsSetLike()) return std::nullopt;
    const auto* view = other.ObjectAs<DictView>();
    if (other.kind() != Kind::kSet && (view == nullptr || !view->IsSetLike())) return std::nullopt;
    if (*TryLength(other) != dict_.AsDict().size()) return false;
    return ContainsAll(other);
  }
  std::optional<bool> Contains(const Value& item) const override {
    const Dict& dict = dict_.AsDict();
    switch (kind_) {
      case DictViewKind::kKeys:
        return dict.Find(item) != nullptr;
      case DictViewKind::kValues:
        return std::nullopt;
      case DictViewKind::kItems: {
        if (!item.IsTuple() || item.AsList().size() != 2) return false;
        const Value* found = dict.Find(item.AsList()[0]);
        const Value& wanted = item.AsList()[1];
        return found != nullptr && (found->IsSame(wanted) || Equal(*found, wanted));
      }
    }
    return std::nullopt;
  }
  std::optional<Value> BinaryOperator(std::string_view op, const Value& other,
                                      bool reflected) override {
    if (!IsSetLike()) return std::nullopt;
    if (op[0] == '<' || op[0] == '>') return Order(op, other, reflected);
    if (op != "-") return std::nullopt;  // templates have no & | ^
    const Value left = SetFrom(reflected ? other : Self());
    const Value right = SetFrom(reflected ? Self() : other);
    return SubtractSets(left, right);
  }

 private:
  bool IsSetLike() const { return kind_ != DictViewKind::kValues; }

  Value Self() const {
    auto* self = const_cast<DictView*>(this);
    ++self->refs;
    return Value::FromObject(self);
  }

  bool ContainsAll(const Value& other) const {
    const std::unique_ptr<Iterator> items = scaffold::Iterate(other);
    for (Value item; items->Next(&item);) {
      if (!Contains(item).value_or(false)) return false;
    }
    return true;
  }

  std::optional<Value> Order(std::string_view op, const Value& other, bool reflected) const {
    const auto* view = other.ObjectAs<DictView>();
    if (other.kind() != Kind::kSet && (view == nullptr || !view->IsSetLike())) return std::nullopt;
    const Value left = SetFrom(reflected ? other : Self());
    const Value right = SetFrom(reflected ? Self() : other);
    const Comparison comparison =
        op[0] == '<' ? (op.size() == 1 ? Comparison::kLess : Comparison::kLessEqual)
                     : (op.size() == 1 ? Comparison::kGreater : Comparison::kGreaterEqual);
    return Value(CompareSets(comparison, left, right));
  }

  DictViewKind kind_;
  Value dict_;
};

}  // namespace

Value MakeDictView(DictViewKind kind, const Value& dict) {
  return MakeObject<DictView>(kind, dict);
}

}  // namespace scaffold
