// Subscripts and slices.

#include <algorithm>

#include "support/utf8.h"
#include "value/limits.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/text_length.h"

namespace scaffold {
namespace {

class Slice : public Object {
 public:
  Slice(Value start, Value stop, Value step)
      : start_(std::move(start)), stop_(std::move(stop)), step_(std::move(step)) {}
  std::string_view TypeName() const override { return "slice"; }
  std::string Repr() const override {
    return "slice(" + scaffold::Repr(start_) + ", " + scaffold::Repr(stop_) + ", " +
           scaffold::Repr(step_) + ")";
  }
  const Value& start() const { return start_; }
  const Value& stop() const { return stop_; }
  const Value& step() const { return step_; }

 private:
  Value start_, stop_, step_;
};

// A slice applied to a length: `count` indices from `first`, `step` apart.
struct Indices {
  int64_t first = 0;
  int64_t stop = 0;  // as written, clamped
  int64_t step = 1;
  int64_t count = 0;
};

// Clamped to what a length can be; None is the fallback.
int64_t SliceBound(const Value& bound, int64_t fallback) {
  if (bound.IsNone()) return fallback;
  if (bound.kind() == Kind::kBigInt)
    return ToBigInt(bound).negative() ? INT64_MIN / 2 : INT64_MAX / 2;
  if (bound.IsInt() || bound.IsBool()) {
    return std::clamp(bound.AsInt(), INT64_MIN / 2, INT64_MAX / 2);
  }
  throw Error(ErrorKind::kType,
              "slice indices must be integers or None or have an __index__ method");
}

Indices ResolveSlice(const Slice& slice, int64_t length) {
  Indices indices;
  indices.step = SliceBound(slice.step(), 1);
  if (indices.step == 0) throw Error(ErrorKind::kValue, "slice step cannot be zero");
  const bool forward = indices.step > 0;
  const int64_t lowest = forward ? 0 : -1;
  const int64_t highest = forward ? length : length - 1;
  auto resolve = [&](const Value& bound, int64_t fallback) {
    if (bound.IsNone()) return fallback;
    int64_t index = SliceBound(bound, 0);
    if (index < 0) index += length;
    return std::clamp(index, lowest, highest);
  };
  indices.first = resolve(slice.start(), forward ? lowest : highest);
  indices.stop = resolve(slice.stop(), forward ? highest : lowest);
  const int64_t distance = forward ? indices.stop - indices.first : indices.first - indices.stop;
  const int64_t size = forward ? indices.step : -indices.step;
  indices.count = distance > 0 ? (distance - 1) / size + 1 : 0;
  return indices;
}

Value SliceList(const Value& value, const Slice& slice) {
  const List& items = value.AsList();
  const Indices indices = ResolveSlice(slice, static_cast<int64_t>(items.size()));
  ChargeBytes(static_cast<uint64_t>(indices.count) * sizeof(Value));
  List result;
  result.reserve(static_cast<size_t>(indices.count));
  for (int64_t i = 0; i < indices.count; ++i) {
    result.push_back(items[static_cast<size_t>(indices.first + i * indices.step)]);
  }
  return value.IsList() ? Value(std::move(result)) : Value::Tuple(std::move(result));
}

// The text cut into code points, for steps other than one in non-ASCII text.
std::vector<std::string_view> CodePoints(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    DecodeUtf8(text, &pos);
    pieces.push_back(text.substr(begin, pos - begin));
  }
  return pieces;
}

Value SliceText(const Value& value, const Slice& slice) {
  const std::string& text = value.AsString();
  const bool bytes = !value.IsString() || IsAsciiText(value);
  const int64_t length = static_cast<int64_t>(bytes ? text.size() : TextLength(value));
  const Indices indices = ResolveSlice(slice, length);
  ChargeBytes(static_cast<uint64_t>(indices.count));
  if (indices.step == 1) {
    const size_t first = static_cast<size_t>(indices.first);
    const size_t last = static_cast<size_t>(indices.first + indices.count);
    const size_t begin = bytes ? first : OffsetOfCodePoint(text, first);
    const size_t end = bytes ? last : OffsetOfCodePoint(text, last);
    return MakeTextLike(value, text.substr(begin, end - begin));
  }
  std::string result;
  const std::vector<std::string_view> pieces =
      bytes ? std::vector<std::string_view>() : CodePoints(text);
  for (int64_t i = 0; i < indices.count; ++i) {
    const size_t at = static_cast<size_t>(indices.first + i * indices.step);
    if (bytes) {
      result += text[at];
    } else {
      result += pieces[at];
    }
  }
  return MakeTextLike(value, std::move(result));
}

Value SliceRange(const RangeRep& range, const Slice& slice) {
  const Indices indices = ResolveSlice(slice, range.size());
  auto* result = new RangeRep;
  result->start = range.start + indices.first * range.step;
  result->step = range.step * indices.step;
  result->stop = range.start + indices.stop * range.step;
  return Value::Adopt(Kind::kRange, result);
}

Error IndexError(const Value& value) {
  std::string name(TypeNameInC(value));
  if (value.IsMarkup() || value.IsString()) name = "string";
  if (value.kind() == Kind::kBytes) return Error(ErrorKind::kIndex, "index out of range");
  if (value.kind() == Kind::kRange) name = "range object";
  return Error(ErrorKind::kIndex, name + " index out of range");
}

Error TooLargeIndex() {
  return Error(ErrorKind::kIndex, "cannot fit 'int' into an index-sized integer");
}

// The index into a length, or nullopt when it is out of range.
std::optional<size_t> ResolveIndex(const Value& key, size_t length) {
  if (key.kind() == Kind::kBigInt) return std::nullopt;
  int64_t index = key.AsInt();
  if (index < 0) index += static_cast<int64_t>(length);
  if (index < 0 || index >= static_cast<int64_t>(length)) return std::nullopt;
  return static_cast<size_t>(index);
}

Value ItemAt(const Value& value, size_t index) {
  if (value.IsSequence()) return value.AsList()[index];
  if (value.kind() == Kind::kRange) {
    const auto& range = *static_cast<RangeRep*>(value.payload());
    return Value(range.start + static_cast<int64_t>(index) * range.step);
  }
  const std::string& text = value.AsString();
  if (value.kind() == Kind::kBytes) {
    return Value(static_cast<int>(static_cast<unsigned char>(text[index])));
  }
  const size_t begin = TextOffset(value, index);
  size_t end = begin;
  DecodeUtf8(text, &end);
  return MakeTextLike(value, text.substr(begin, end - begin));
}

bool IsIndexed(const Value& value) {
  return value.IsSequence() || value.IsString() || value.kind() == Kind::kBytes ||
         value.kind() == Kind::kRange;
}

Value ApplySlice(const Value& value, const Slice& slice) {
  if (value.IsSequence()) return SliceList(value, slice);
  if (value.kind() == Kind::kRange) {
    return SliceRange(*static_cast<RangeRep*>(value.payload()), slice);
  }
  return SliceText(value, slice);
}

// "list indices must be integers or slices, not str".
Error WrongIndexType(const Value& value, const Value& key) {
  std::string name(TypeNameInC(value));
  if (value.IsString()) {
    return Error(ErrorKind::kType,
                 "string indices must be integers, not '" + std::string(TypeNameInC(key)) + "'");
  }
  if (value.kind() == Kind::kBytes) name = "byte";
  return Error(ErrorKind::kType,
               name + " indices must be integers or slices, not " + std::string(TypeNameInC(key)));
}

// Strict Undefined is left to Hash, which throws.
bool IsHashable(const Value& key) {
  if (key.IsTuple()) {
    return std::all_of(key.AsList().begin(), key.AsList().end(), IsHashable);
  }
  return !key.IsList() && !key.IsDict() && key.kind() != Kind::kSet &&
         !(key.IsObject() && IsSlice(key));
}

}  // namespace

Value MakeSlice(const Value& start, const Value& stop, const Value& step) {
  return MakeObject<Slice>(start, stop, step);
}

bool IsSlice(const Value& value) { return value.ObjectAs<Slice>() != nullptr; }

Value Subscript(const Value& value, const Value& key) {
  if (value.IsDict()) {
    if (key.IsObject() && IsSlice(key)) throw Error(ErrorKind::kType, "unhashable type: 'slice'");
    const Value* found = value.AsDict().Find(key);
    if (found == nullptr) throw Error(ErrorKind::kKey, Repr(key));
    return *found;
  }
  if (IsIndexed(value)) {
    if (IsInteger(key)) {
      const std::optional<size_t> index = ResolveIndex(key, Length(value));
      if (!index) {
        const bool too_large = key.kind() == Kind::kBigInt && value.kind() != Kind::kRange;
        throw too_large ? TooLargeIndex() : IndexError(value);
      }
      return ItemAt(value, *index);
    }
    if (const Slice* slice = key.ObjectAs<Slice>()) return ApplySlice(value, *slice);
    throw WrongIndexType(value, key);
  }
  if (value.IsUndefined()) {
    if (IsChainable(value)) return value;
    ThrowUndefined(value);
  }
  if (value.IsObject() && value.AsObject()->IsSubscriptable()) {
    if (std::optional<Value> item = value.AsObject()->GetItem(key)) return *item;
    throw Error(ErrorKind::kKey, Repr(key));
  }
  throw Error(ErrorKind::kType,
              "'" + std::string(TypeNameInC(value)) + "' object is not subscriptable");
}

std::optional<Value> TrySubscript(const Value& value, const Value& key) {
  if (value.IsDict()) {
    if (key.kind() == Kind::kString) {
      const Value* found = value.AsDict().Find(key);
      return found == nullptr ? std::nullopt : std::optional<Value>(*found);
    }
    if (!IsHashable(key)) return std::nullopt;
    const Value* found = value.AsDict().Find(key);
    return found == nullptr ? std::nullopt : std::optional<Value>(*found);
  }
  if (IsIndexed(value)) {
    if (IsInteger(key)) {
      const std::optional<size_t> index = ResolveIndex(key, Length(value));
      return index ? std::optional<Value>(ItemAt(value, *index)) : std::nullopt;
    }
    const Slice* slice = key.ObjectAs<Slice>();
    return slice == nullptr ? std::nullopt : std::optional<Value>(ApplySlice(value, *slice));
  }
  if (value.IsObject()) return value.AsObject()->GetItem(key);
  return std::nullopt;
}

}  // namespace scaffold
