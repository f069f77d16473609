// Iteration, length and generators.

#include "support/utf8.h"
#include "value/limits.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/text_length.h"

namespace scaffold {
namespace {

class ListIterator : public Iterator {
 public:
  explicit ListIterator(Value list) : list_(std::move(list)) {}
  bool Next(Value* out) override {
    const List& items = list_.AsList();
    if (next_ >= items.size()) return false;
    *out = items[next_++];
    return true;
  }

 private:
  Value list_;
  size_t next_ = 0;
};

class TextIterator : public Iterator {
 public:
  explicit TextIterator(Value text) : text_(std::move(text)) {}
  bool Next(Value* out) override {
    const std::string& text = text_.AsString();
    if (next_ >= text.size()) return false;
    const size_t begin = next_;
    DecodeUtf8(text, &next_);
    std::string piece = text.substr(begin, next_ - begin);
    *out = Value(std::move(piece));  // plain, also of Markup: its iterator is that of str
    return true;
  }

 private:
  Value text_;
  size_t next_ = 0;
};

class BytesIterator : public Iterator {
 public:
  explicit BytesIterator(Value bytes) : bytes_(std::move(bytes)) {}
  bool Next(Value* out) override {
    const std::string& bytes = bytes_.AsString();
    if (next_ >= bytes.size()) return false;
    *out = Value(static_cast<int>(static_cast<unsigned char>(bytes[next_++])));
    return true;
  }

 private:
  Value bytes_;
  size_t next_ = 0;
};

// Keys of a dict or set; Python notices a change of size.
class KeyIterator : public Iterator {
 public:
  KeyIterator(Value owner, const Dict& dict)
      : owner_(std::move(owner)), dict_(dict), size_(dict.size()) {}
  bool Next(Value* out) override {
    if (dict_.size() != size_) {
      throw Error(ErrorKind::kRuntime, owner_.IsDict() ? "dictionary changed size during iteration"
                                                       : "Set changed size during iteration");
    }
    if (next_ >= size_) return false;
    *out = dict_.entries()[next_++].key;
    return true;
  }

 private:
  Value owner_;
  const Dict& dict_;
  size_t size_;
  size_t next_ = 0;
};

class RangeIterator : public Iterator {
 public:
  explicit RangeIterator(const RangeRep& range)
      : next_(range.start), step_(range.step), left_(range.size()) {}
  bool Next(Value* out) override {
    if (left_ == 0) return false;
    *out = Value(next_);
    // Not added after the last item, where it could overflow.
    if (--left_ > 0) next_ += step_;
    return true;
  }

 private:
  int64_t next_, step_, left_;
};

class EmptyIterator : public Iterator {
 public:
  bool Next(Value*) override { return false; }
};

// Iterates what an object shares: its own one-shot iterator.
class Generator : public Object {
 public:
  Generator(std::string_view name, std::unique_ptr<Iterator> iterator)
      : name_(name), iterator_(std::move(iterator)) {}

  std::string_view TypeName() const override { return "generator"; }
  std::string Repr() const override {
    char address[32];
    std::snprintf(address, sizeof(address), "%p", static_cast<const void*>(this));
    return "<generator object " + name_ + " at " + address + ">";
  }
  std::unique_ptr<Iterator> Iterate() override {
    ++refs;
    return std::make_unique<Shared>(Value::FromObject(this), this);
  }

 private:
  class Shared : public Iterator {
   public:
    Shared(Value owner, Generator* generator) : owner_(std::move(owner)), generator_(generator) {}
    bool Next(Value* out) override { return generator_->iterator_->Next(out); }

   private:
    Value owner_;
    Generator* generator_;
  };

  std::string name_;
  std::unique_ptr<Iterator> iterator_;
};

}  // namespace

std::unique_ptr<Iterator> TryIterate(const Value& value) {
  switch (value.kind()) {
    case Kind::kList:
    case Kind::kTuple:
      return std::make_unique<ListIterator>(value);
    case Kind::kString:
    case Kind::kMarkup:
      return std::make_unique<TextIterator>(value);
    case Kind::kBytes:
      return std::make_unique<BytesIterator>(value);
    case Kind::kDict:
      return std::make_unique<KeyIterator>(value, value.AsDict());
    case Kind::kSet:
      return std::make_unique<KeyIterator>(value, static_cast<SetRep*>(value.payload())->items);
    case Kind::kRange:
      return std::make_unique<RangeIterator>(*static_cast<RangeRep*>(value.payload()));
    case Kind::kUndefined: {
      const auto* rep = static_cast<UndefinedRep*>(value.payload());
      if (rep != nullptr && rep->policy == UndefinedPolicy::kStrict) ThrowUndefined(value);
      return std::make_unique<EmptyIterator>();
    }
    case Kind::kObject:
      return value.AsObject()->Iterate();
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      return nullptr;
  }
  return nullptr;
}

std::unique_ptr<Iterator> Iterate(const Value& value) {
  std::unique_ptr<Iterator> iterator = TryIterate(value);
  if (iterator == nullptr) {
    throw Error(ErrorKind::kType,
                "'" + std::string(TypeNameInC(value)) + "' object is not iterable");
  }
  return iterator;
}

List ToList(const Value& value) {
  if (value.IsSequence()) return value.AsList();
  const std::unique_ptr<Iterator> iterator = Iterate(value);
  List items;
  Value item;
  while (iterator->Next(&item)) {
    ChargeBytes(sizeof(Value));
    items.push_back(std::move(item));
  }
  return items;
}

Value MakeGenerator(std::string_view name, std::unique_ptr<Iterator> iterator) {
  return MakeObject<Generator>(name, std::move(iterator));
}

std::optional<size_t> TryLength(const Value& value) {
  switch (value.kind()) {
    case Kind::kString:
    case Kind::kMarkup:
      return TextLength(value);
    case Kind::kBytes:
      return value.AsString().size();
    case Kind::kList:
    case Kind::kTuple:
      return value.AsList().size();
    case Kind::kDict:
      return value.AsDict().size();
    case Kind::kSet:
      return static_cast<SetRep*>(value.payload())->items.size();
    case Kind::kRange:
      return static_cast<size_t>(static_cast<RangeRep*>(value.payload())->size());
    case Kind::kUndefined: {
      const auto* rep = static_cast<UndefinedRep*>(value.payload());
      if (rep != nullptr && rep->policy == UndefinedPolicy::kStrict) ThrowUndefined(value);
      return 0;
    }
    case Kind::kObject:
      return value.AsObject()->Length();
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      return std::nullopt;
  }
  return std::nullopt;
}

size_t Length(const Value& value) {
  const std::optional<size_t> length = TryLength(value);
  if (!length) {
    throw Error(ErrorKind::kType,
                "object of type '" + std::string(TypeNameInC(value)) + "' has no len()");
  }
  return *length;
}

}  // namespace scaffold
