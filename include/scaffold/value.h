// Value: a Python value as templates see it.
//
// 16 bytes: a kind and either an immediate (bool, int, float) or a pointer to a reference-counted
// payload. Copying a list or dict Value shares the payload, as a Python name does. Counts are not
// atomic: a Value and its copies belong to one thread. Operators, str/repr, methods and formatting
// are free functions in src/value/.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scaffold/error.h"

namespace scaffold {

class Value;
class Dict;
class Object;

enum class Kind : uint8_t {
  kUndefined,  // Jinja2's Undefined; payload UndefinedRep
  kNone,
  kBool,
  kInt,  // fits 64 bits
  kFloat,
  kBigInt,  // does not fit 64 bits; normalised: never holds a value that fits
  kComplex,
  kString,
  kMarkup,  // markupsafe.Markup: a str that needs no escaping; same payload as kString
  kBytes,   // same payload as kString
  kList,
  kTuple,  // same payload as kList
  kDict,
  kSet,
  kRange,
  kDate,
  kDateTime,
  kTime,
  kTimeDelta,
  kObject,  // everything else: functions, iterators, views, macros, namespaces, types
};

// Base of every payload. Deletion goes by kind, so there is no virtual table here.
struct Payload {
  uint32_t refs = 1;
};

struct StringRep;
struct ListRep;
struct DictRep;
struct SetRep;
struct UndefinedRep;
struct RangeRep;
struct BigIntRep;
struct ComplexRep;
struct DateTimeRep;  // also date, time and timedelta

using List = std::vector<Value>;

class Value {
 public:
  Value() noexcept : kind_(Kind::kNone) { data_.integer = 0; }
  Value(std::nullptr_t) noexcept : Value() {}                                   // NOLINT
  Value(bool value) noexcept : kind_(Kind::kBool) { data_.integer = value; }    // NOLINT
  Value(int value) noexcept : Value(static_cast<int64_t>(value)) {}             // NOLINT
  Value(int64_t value) noexcept : kind_(Kind::kInt) { data_.integer = value; }  // NOLINT
  Value(long long value) noexcept : Value(static_cast<int64_t>(value)) {}       // NOLINT
  Value(uint32_t value) noexcept : Value(static_cast<int64_t>(value)) {}        // NOLINT
  Value(size_t value);  // NOLINT  big when needed
  Value(double value) noexcept : kind_(Kind::kFloat) { data_.real = value; }  // NOLINT
  Value(std::string&& text);                                                  // NOLINT  UTF-8
  Value(const std::string& text) : Value(std::string_view(text)) {}           // NOLINT
  Value(std::string_view text);                                               // NOLINT
  Value(const char* text) : Value(std::string_view(text)) {}                  // NOLINT
  Value(List items);                                                          // NOLINT  a list
  Value(Dict dict);                                                           // NOLINT
  template <typename T>
  Value(T*) = delete;  // a pointer is not a bool

  static Value Markup(std::string text);
  static Value Bytes(std::string bytes);
  static Value Tuple(List items);
  static Value Undefined();  // a plain, anonymous Undefined
  // Takes over one reference of `payload`; `payload->refs` already counts it.
  static Value Adopt(Kind kind, Payload* payload) noexcept { return Value(kind, payload); }
  // Takes over a fresh object (its count is 1).
  static Value FromObject(Object* object) noexcept;

  Value(const Value& other) noexcept : data_(other.data_), kind_(other.kind_) { Retain(); }
  Value(Value&& other) noexcept : data_(other.data_), kind_(other.kind_) {
    other.kind_ = Kind::kNone;
  }
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Value() { Release(); }
  void swap(Value& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(kind_, other.kind_);
  }

  Kind kind() const { return kind_; }
  bool IsUndefined() const { return kind_ == Kind::kUndefined; }
  bool IsNone() const { return kind_ == Kind::kNone; }
  bool IsBool() const { return kind_ == Kind::kBool; }
  bool IsInt() const { return kind_ == Kind::kInt; }  // 64-bit int; not bool, not big
  bool IsFloat() const { return kind_ == Kind::kFloat; }
  bool IsString() const { return kind_ == Kind::kString || kind_ == Kind::kMarkup; }
  bool IsMarkup() const { return kind_ == Kind::kMarkup; }
  bool IsList() const { return kind_ == Kind::kList; }
  bool IsTuple() const { return kind_ == Kind::kTuple; }
  bool IsSequence() const { return IsList() || IsTuple(); }
  bool IsDict() const { return kind_ == Kind::kDict; }
  bool IsObject() const { return kind_ == Kind::kObject; }
  // int, bool, big int or float.
  bool IsNumber() const;

  // Each REQUIRES the kind that it names.
  bool AsBool() const { return data_.integer != 0; }
  int64_t AsInt() const { return data_.integer; }  // kInt and kBool
  double AsFloat() const { return data_.real; }
  const std::string& AsString() const;  // kString, kMarkup, kBytes
  const List& AsList() const;           // kList, kTuple
  List& MutableList() const;            // kList: shared, as in Python
  const Dict& AsDict() const;
  Dict& MutableDict() const;  // shared, as in Python
  Object* AsObject() const;
  // The object when it is a T, else null.
  template <typename T>
  T* ObjectAs() const;

  // The payload, whatever the kind; null for immediates.
  Payload* payload() const { return HasPayload() ? data_.payload : nullptr; }
  // Python's `is`: same payload, or equal immediates of one kind.
  bool IsSame(const Value& other) const {
    return kind_ == other.kind_ && data_.integer == other.data_.integer;
  }

 private:
  Value(Kind kind, Payload* payload) noexcept : kind_(kind) { data_.payload = payload; }

  bool HasPayload() const {
    return kind_ > Kind::kFloat || (kind_ == Kind::kUndefined && data_.payload != nullptr);
  }
  void Retain() const noexcept {
    if (HasPayload()) ++data_.payload->refs;
  }
  void Release() noexcept {
    if (HasPayload() && --data_.payload->refs == 0) Destroy();
  }
  void Destroy() noexcept;

  union {
    int64_t integer;
    double real;
    Payload* payload;
  } data_;
  Kind kind_;
};
static_assert(sizeof(Value) == 16);

struct StringRep : Payload {
  explicit StringRep(std::string&& t) : text(std::move(t)) {}
  explicit StringRep(std::string_view t) : text(t) {}
  std::string text;             // UTF-8; a lone surrogate is kept as its three-byte form
  mutable int64_t length = -1;  // code points; -1 = not counted yet; equal to size() means ASCII
  mutable size_t hash = 0;      // as a dict key; 0 = not computed yet
};

struct ListRep : Payload {
  explicit ListRep(List i) : items(std::move(i)) {}
  bool is_group = false;  // a pair of Jinja2's groupby: a tuple with names, `grouper` and `list`
  List items;
};

// Python's dict: insertion order, key equality of Python (1, 1.0 and True are one key).
class Dict {
 public:
  struct Entry {
    size_t hash;
    Value key;
    Value value;
  };

  Dict() = default;

  size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  // Insertion order, no gaps. Do not change keys through it.
  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

  // Null when absent. Unhashable keys throw TypeError.
  const Value* Find(const Value& key) const;
  const Value* Find(std::string_view key) const;
  const Value* Find(const std::string& key) const { return Find(std::string_view(key)); }
  const Value* Find(const char* key) const { return Find(std::string_view(key)); }
  // The same with the hash of the key, for names that are looked up again and again.
  const Value* Find(std::string_view key, size_t hash) const;
  static size_t HashOf(std::string_view key);
  bool Has(std::string_view key) const { return Find(key) != nullptr; }
  // None when absent: for reading configuration.
  Value Get(std::string_view key) const;
  // Replaces the value but keeps the first key and its position, as Python does.
  void Set(const Value& key, Value value);
  void Set(std::string_view key, Value value);
  void Set(const std::string& key, Value value) { Set(std::string_view(key), std::move(value)); }
  void Set(const char* key, Value value) { Set(std::string_view(key), std::move(value)); }
  bool Erase(const Value& key);  // O(size); false when absent
  void Clear();
  void Reserve(size_t count);

 private:
  std::ptrdiff_t Lookup(const Value& key, size_t hash) const;
  // Index of the first entry of this hash for which `same` holds, or -1.
  template <typename Same>
  std::ptrdiff_t LookupWhere(size_t hash, const Same& same) const;
  size_t BucketOf(size_t hash) const;
  void AddBucket(size_t hash, size_t index);
  void Append(size_t hash, Value key, Value value);
  void Rehash(size_t buckets);

  std::vector<Entry> entries_;
  std::vector<uint32_t> buckets_;  // open addressing; empty while the dict is small
};

struct DictRep : Payload {
  explicit DictRep(Dict d) : dict(std::move(d)) {}
  Dict dict;
};

// Python's set, in insertion order (Python's own order is not defined for text).
struct SetRep : Payload {
  Dict items;  // keys only
};

struct RangeRep : Payload {
  int64_t start = 0, stop = 0, step = 1;
  int64_t size() const;
};

enum class UndefinedPolicy : uint8_t { kDefault, kStrict, kChainable, kDebug };

// What an Undefined remembers, so that the message is made only when it is needed.
struct UndefinedRep : Payload {
  UndefinedPolicy policy = UndefinedPolicy::kDefault;
  ErrorKind error = ErrorKind::kUndefined;
  bool has_object = false;
  std::string hint;  // when not empty it is the whole message
  Value object;      // whose attribute or item is missing
  Value name;        // the variable, attribute or item that is missing
};

// Positional and keyword arguments of a call; views that live as long as the call.
struct NamedValue {
  std::string_view name;
  Value value;
};
struct Args {
  std::span<const Value> positional;
  std::span<const NamedValue> named;
  bool empty() const { return positional.empty() && named.empty(); }
};

// What a callable may ask of its caller; the engine's State derives from it.
class CallContext {
 public:
  virtual ~CallContext() = default;
  // Calls any callable value.
  virtual Value Call(const Value& callable, const Args& args) = 0;
};

class Iterator {
 public:
  virtual ~Iterator() = default;
  // False at the end; `*out` is then untouched.
  virtual bool Next(Value* out) = 0;
};

// A value with behaviour of its own. The defaults are those of a plain Python object.
class Object : public Payload {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

  // Python's class name, as in "'Macro' object is not iterable".
  virtual std::string_view TypeName() const = 0;
  // The module of that class: "jinja2.runtime" where Jinja2's messages say so.
  virtual std::string_view ModuleName() const { return "builtins"; }
  virtual std::string Repr() const;  // default "<TypeName object>"
  virtual std::string Str() const { return Repr(); }
  virtual bool Truth() const { return true; }
  virtual std::optional<size_t> Length() const { return std::nullopt; }
  // A fresh iterator (an iterator object gives itself), or null: not iterable.
  virtual std::unique_ptr<Iterator> Iterate() { return nullptr; }
  // Python attribute; nullopt = AttributeError in Python.
  virtual std::optional<Value> GetAttr(std::string_view) { return std::nullopt; }
  // obj[key]; nullopt = no such item or not subscriptable.
  virtual std::optional<Value> GetItem(const Value&) { return std::nullopt; }
  virtual bool IsSubscriptable() const { return false; }
  virtual bool IsCallable() const { return false; }
  virtual Value Call(CallContext& context, const Args& args);  // default: TypeError, not callable
  // nullopt: compare by identity. Only asked for objects.
  virtual std::optional<bool> Equals(const Value&) const { return std::nullopt; }
  // nullopt: `in` goes by iteration.
  virtual std::optional<bool> Contains(const Value&) const { return std::nullopt; }
  // `this op other`, or `other op this` when reflected; `op` is Python's symbol: "+", "/", "<=",
  // ... nullopt: not supported.
  virtual std::optional<Value> BinaryOperator(std::string_view, const Value&, bool) {
    return std::nullopt;
  }
  // Whether Str() is safe HTML already, as with Python's __html__.
  virtual bool HasHtml() const { return false; }
  // For Jinja2's `mapping` test, `|items`, `**` and iteration over keys.
  virtual bool IsMapping() const { return false; }
};

inline Value Value::FromObject(Object* object) noexcept { return Value(Kind::kObject, object); }
inline const std::string& Value::AsString() const {
  return static_cast<StringRep*>(data_.payload)->text;
}
inline const List& Value::AsList() const { return static_cast<ListRep*>(data_.payload)->items; }
inline List& Value::MutableList() const { return static_cast<ListRep*>(data_.payload)->items; }
inline const Dict& Value::AsDict() const { return static_cast<DictRep*>(data_.payload)->dict; }
inline Dict& Value::MutableDict() const { return static_cast<DictRep*>(data_.payload)->dict; }
inline Object* Value::AsObject() const { return static_cast<Object*>(data_.payload); }
template <typename T>
T* Value::ObjectAs() const {
  return IsObject() ? dynamic_cast<T*>(AsObject()) : nullptr;
}

// Makes an object value: `MakeObject<Namespace>(...)`.
template <typename T, typename... A>
Value MakeObject(A&&... args) {
  return Value::FromObject(new T(std::forward<A>(args)...));
}

// Python's str() and repr().
std::string Str(const Value& value);
std::string Repr(const Value& value);
void AppendStr(std::string* out, const Value& value);
void AppendRepr(std::string* out, const Value& value);
// Python's class name: "str", "int", "NoneType", "dict", "Undefined", ...
std::string_view TypeName(const Value& value);
// As the messages of C code have it: "datetime.date" where the class is "date".
std::string_view TypeNameInC(const Value& value);
// With the module, unless that is builtins: "str", "markupsafe.Markup", "datetime.date", ...
std::string QualifiedTypeName(const Value& value);
// Python's bool(); a strict Undefined throws.
namespace slow {
bool Truth(const Value& value);
}  // namespace slow
inline bool Truth(const Value& value) {
  if (value.IsBool() || value.IsInt()) return value.AsInt() != 0;
  if (value.IsString()) return !value.AsString().empty();
  return slow::Truth(value);
}

}  // namespace scaffold
