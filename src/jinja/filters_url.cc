// Filters for URLs: quoting, and links made from plain text.

#include <algorithm>
#include <set>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

enum class QuoteFor : uint8_t { kPath, kQuery };

std::string QuoteUrl(const Value& value, QuoteFor purpose) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  const std::string bytes = value.kind() == Kind::kBytes ? value.AsString() : TextOf(value);
  std::string out;
  for (const char c : bytes) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || c == '_' || c == '.' || c == '-' || c == '~' ||
        (c == '/' && purpose == QuoteFor::kPath)) {
      out += c;
    } else if (c == ' ' && purpose == QuoteFor::kQuery) {
      out += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

// `k, v = item` with Python's errors.
std::pair<Value, Value> UnpackPair(const Value& item) {
  auto iterator = TryIterate(item);
  if (iterator == nullptr) {
    throw Error(ErrorKind::kType,
                "cannot unpack non-iterable " + std::string(TypeName(item)) + " object");
  }
  Value parts[2];
  Value more;
  for (size_t i = 0; i < 2; ++i) {
    if (iterator->Next(&parts[i])) continue;
    throw Error(ErrorKind::kValue,
                "not enough values to unpack (expected 2, got " + std::to_string(i) + ")");
  }
  if (iterator->Next(&more)) {
    throw Error(ErrorKind::kValue, "too many values to unpack (expected 2)");
  }
  return {parts[0], parts[1]};
}

Value UrlEncode(State& state, const Value& input, const BoundArgs&) {
  if (input.IsString()) return Value(QuoteUrl(input, QuoteFor::kPath));
  auto items = input.IsDict() ? Iterate(CallPython(state, input, "items")) : TryIterate(input);
  if (items == nullptr) return Value(QuoteUrl(input, QuoteFor::kPath));
  std::string out;
  Value item;
  bool first = true;
  while (items->Next(&item)) {
    const auto [key, value] = UnpackPair(item);
    if (!first) out += '&';
    first = false;
    out += QuoteUrl(key, QuoteFor::kQuery) + "=" + QuoteUrl(value, QuoteFor::kQuery);
  }
  return Value(std::move(out));
}

constexpr FilterRow kFilters[] = {
    {"urlencode", UrlEncode, "do_urlencode(value)"},
};

}  // namespace

std::span<const FilterRow> UrlFilters() { return kFilters; }

}  // namespace scaffold::jinja
