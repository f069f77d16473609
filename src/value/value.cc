// Lifetime of values: constructors, and destruction that needs no deep stack.

#include "scaffold/value.h"

#include <algorithm>

#include "value/date_time.h"
#include "value/number.h"

namespace scaffold {
namespace {

// Payloads whose count fell to zero while another one is being deleted, on the stack of that first
// deletion; null when there is none: a list nested a million deep must not need a million frames.
using Graveyard = std::vector<std::pair<Kind, Payload*>>;
constinit thread_local Graveyard* graveyard = nullptr;

void DeletePayload(Kind kind, Payload* payload) {
  switch (kind) {
    case Kind::kUndefined:
      delete static_cast<UndefinedRep*>(payload);
      break;
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kBytes:
      delete static_cast<StringRep*>(payload);
      break;
    case Kind::kList:
    case Kind::kTuple:
      delete static_cast<ListRep*>(payload);
      break;
    case Kind::kDict:
      delete static_cast<DictRep*>(payload);
      break;
    case Kind::kSet:
      delete static_cast<SetRep*>(payload);
      break;
    case Kind::kRange:
      delete static_cast<RangeRep*>(payload);
      break;
    case Kind::kBigInt:
      delete static_cast<BigIntRep*>(payload);
      break;
    case Kind::kComplex:
      delete static_cast<ComplexRep*>(payload);
      break;
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      delete static_cast<DateTimeRep*>(payload);
      break;
    case Kind::kObject:
      delete static_cast<Object*>(payload);
      break;
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
      break;
  }
}

}  // namespace

void Value::Destroy() noexcept {
  // Texts hold no other values.
  if (kind_ == Kind::kString || kind_ == Kind::kMarkup || kind_ == Kind::kBytes) {
    delete static_cast<StringRep*>(data_.payload);
    return;
  }
  if (graveyard != nullptr) {
    graveyard->emplace_back(kind_, data_.payload);
    return;
  }
  Graveyard waiting;
  graveyard = &waiting;
  DeletePayload(kind_, data_.payload);
  while (!waiting.empty()) {
    const auto [kind, payload] = waiting.back();
    waiting.pop_back();
    DeletePayload(kind, payload);
  }
  graveyard = nullptr;
}

Value::Value(size_t value) : kind_(Kind::kInt) {
  data_.integer = static_cast<int64_t>(value);
  if (data_.integer < 0) *this = IntFromUnsigned(value);
}
Value::Value(std::string&& text) : kind_(Kind::kString) {
  data_.payload = new StringRep(std::move(text));
}
Value::Value(std::string_view text) : kind_(Kind::kString) { data_.payload = new StringRep(text); }
Value::Value(List items) : kind_(Kind::kList) { data_.payload = new ListRep(std::move(items)); }
Value::Value(Dict dict) : kind_(Kind::kDict) { data_.payload = new DictRep(std::move(dict)); }

Value Value::Markup(std::string text) {
  return Value(Kind::kMarkup, new StringRep(std::move(text)));
}
Value Value::Bytes(std::string bytes) {
  return Value(Kind::kBytes, new StringRep(std::move(bytes)));
}
Value Value::Tuple(List items) { return Value(Kind::kTuple, new ListRep(std::move(items))); }
Value Value::Undefined() { return Value(Kind::kUndefined, nullptr); }

bool Value::IsNumber() const {
  return kind_ == Kind::kBool || kind_ == Kind::kInt || kind_ == Kind::kFloat ||
         kind_ == Kind::kBigInt;
}

int64_t RangeRep::size() const {
  if (step > 0 ? start >= stop : start <= stop) return 0;
  // The distance may need all 64 bits.
  const uint64_t low = static_cast<uint64_t>(step > 0 ? start : stop);
  const uint64_t high = static_cast<uint64_t>(step > 0 ? stop : start);
  const uint64_t stride = step > 0 ? static_cast<uint64_t>(step) : -static_cast<uint64_t>(step);
  const uint64_t count = (high - low - 1) / stride;
  return static_cast<int64_t>(std::min<uint64_t>(count, INT64_MAX - 1)) + 1;
}

std::string Object::Repr() const { return "<" + std::string(TypeName()) + " object>"; }

Value Object::Call(CallContext&, const Args&) {
  throw Error(ErrorKind::kType, "'" + std::string(TypeName()) + "' object is not callable");
}

}  // namespace scaffold
