// Methods of str and bytes that cut, strip and join.

#include <algorithm>

#include "support/utf8.h"
#include "value/append_bounded.h"
#include "value/arguments.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/operators.h"
#include "value/text_methods.h"

namespace scaffold {
namespace {

using Piece = std::pair<size_t, size_t>;  // begin and end in bytes
using Pieces = std::vector<Piece>;

constexpr uint64_t kUnlimited = UINT64_MAX;

bool IsSpaceAt(const Value& self, size_t pos) { return IsSpaceUnit(self, &pos); }

size_t NextUnit(const Value& self, size_t pos) {
  IsSpaceUnit(self, &pos);
  return pos;
}

size_t PreviousUnit(const Value& self, size_t pos) {
  const std::string& text = self.AsString();
  --pos;
  if (IsBytes(self)) return pos;
  while (pos > 0 && (text[pos] & 0xC0) == 0x80) --pos;
  return pos;
}

Pieces SplitAtSpace(const Value& self, uint64_t most) {
  const size_t size = self.AsString().size();
  Pieces pieces;
  size_t pos = 0;
  for (;;) {
    while (pos < size && IsSpaceAt(self, pos)) pos = NextUnit(self, pos);
    if (pos == size) return pieces;
    const size_t begin = pos;
    if (pieces.size() == most) {
      pieces.emplace_back(begin, size);
      return pieces;
    }
    while (pos < size && !IsSpaceAt(self, pos)) pos = NextUnit(self, pos);
    pieces.emplace_back(begin, pos);
  }
}

// From the right; the pieces come last first.
Pieces RSplitAtSpace(const Value& self, uint64_t most) {
  Pieces pieces;
  size_t pos = self.AsString().size();
  for (;;) {
    while (pos > 0 && IsSpaceAt(self, PreviousUnit(self, pos))) pos = PreviousUnit(self, pos);
    if (pos == 0) return pieces;
    const size_t end = pos;
    if (pieces.size() == most) {
      pieces.emplace_back(0, end);
      return pieces;
    }
    while (pos > 0 && !IsSpaceAt(self, PreviousUnit(self, pos))) pos = PreviousUnit(self, pos);
    pieces.emplace_back(pos, end);
  }
}

Pieces SplitAt(std::string_view text, std::string_view separator, uint64_t most) {
  Pieces pieces;
  size_t begin = 0;
  while (pieces.size() < most) {
    const size_t at = text.find(separator, begin);
    if (at == std::string_view::npos) break;
    pieces.emplace_back(begin, at);
    begin = at + separator.size();
  }
  pieces.emplace_back(begin, text.size());
  return pieces;
}

Pieces RSplitAt(std::string_view text, std::string_view separator, uint64_t most) {
  Pieces pieces;
  size_t end = text.size();
  while (pieces.size() < most && end >= separator.size()) {
    const size_t at = text.rfind(separator, end - separator.size());
    if (at == std::string_view::npos) break;
    pieces.emplace_back(at + separator.size(), end);
    end = at;
  }
  pieces.emplace_back(0, end);
  return pieces;
}

Value MakePieces(const Value& self, const Pieces& pieces) {
  ChargeBytes(pieces.size() * (sizeof(Value) + sizeof(StringRep)));
  List list;
  list.reserve(pieces.size());
  const std::string& text = self.AsString();
  for (const auto& [begin, end] : pieces) {
    list.push_back(TextLike(self, text.substr(begin, end - begin)));
  }
  return Value(std::move(list));
}

// Null: split at white space.
const std::string* SeparatorArgument(const Value& self, const Value* separator) {
  if (separator == nullptr || separator->IsNone()) return nullptr;
  if (IsBytes(self) ? !IsBytes(*separator) : !separator->IsString()) {
    const std::string type(TypeNameInC(*separator));
    throw Error(ErrorKind::kType, IsBytes(self)
                                      ? "a bytes-like object is required, not '" + type + "'"
                                      : "must be str or None, not " + type);
  }
  if (separator->AsString().empty()) throw Error(ErrorKind::kValue, "empty separator");
  return &separator->AsString();
}

uint64_t LimitArgument(const Value* most) {
  const int64_t limit = most == nullptr ? -1 : IndexArgument(*most);
  return limit < 0 ? kUnlimited : static_cast<uint64_t>(limit);
}

// The end of the line end at `pos`, or `pos` when there is none.
size_t SkipLineEnd(const Value& self, size_t pos) {
  const std::string& text = self.AsString();
  if (text[pos] == '\r') return text.compare(pos, 2, "\r\n") == 0 ? pos + 2 : pos + 1;
  if (text[pos] == '\n') return pos + 1;
  if (IsBytes(self)) return pos;
  size_t next = pos;
  const char32_t c = DecodeUtf8(text, &next);
  const bool ends =
      c == 0x0B || c == 0x0C || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
  return ends ? next : pos;
}

// The units that a strip removes.
class StripSet {
 public:
  StripSet(std::string_view name, const Value& self, const Args& args) : self_(self) {
    CheckCount(self, name, args, 0, 1);
    if (args.positional.empty() || args.positional[0].IsNone()) return;
    const Value& set = args.positional[0];
    if (IsBytes(self) ? !IsBytes(set) : !set.IsString()) {
      const std::string type(TypeNameInC(set));
      throw Error(ErrorKind::kType, IsBytes(self)
                                        ? "a bytes-like object is required, not '" + type + "'"
                                        : std::string(name) + " arg must be None or str");
    }
    set_ = &set.AsString();
  }

  bool Has(size_t pos) const {
    if (set_ == nullptr) return IsSpaceAt(self_, pos);
    // A whole UTF-8 sequence is found only where it begins.
    const std::string_view unit =
        std::string_view(self_.AsString()).substr(pos, NextUnit(self_, pos) - pos);
    return set_->find(unit) != std::string::npos;
  }

 private:
  const Value& self_;
  const std::string* set_ = nullptr;
};

Value Strip(std::string_view name, const Value& self, const Args& args, bool left, bool right) {
  const StripSet set(name, self, args);
  const std::string& text = self.AsString();
  size_t begin = 0;
  size_t end = text.size();
  while (left && begin < end && set.Has(begin)) begin = NextUnit(self, begin);
  while (right && end > begin && set.Has(PreviousUnit(self, end))) end = PreviousUnit(self, end);
  return TextLike(self, text.substr(begin, end - begin));
}

// The text of one item of join().
const std::string& JoinedText(const Value& self, const Value& item, size_t index) {
  if (IsBytes(self) ? IsBytes(item) : item.IsString()) return item.AsString();
  throw Error(ErrorKind::kType, "sequence item " + std::to_string(index) + ": expected " +
                                    (IsBytes(self) ? "a bytes-like object, " : "str instance, ") +
                                    std::string(TypeNameInC(item)) + " found");
}

}  // namespace

Value TextSplit(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("split", {"sep", "maxsplit"}, args);
  const uint64_t most = LimitArgument(given[1]);
  const std::string* separator = SeparatorArgument(self, given[0]);
  return MakePieces(self, separator == nullptr ? SplitAtSpace(self, most)
                                               : SplitAt(self.AsString(), *separator, most));
}

Value TextRSplit(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("rsplit", {"sep", "maxsplit"}, args);
  const uint64_t most = LimitArgument(given[1]);
  const std::string* separator = SeparatorArgument(self, given[0]);
  Pieces pieces = separator == nullptr ? RSplitAtSpace(self, most)
                                       : RSplitAt(self.AsString(), *separator, most);
  std::reverse(pieces.begin(), pieces.end());
  return MakePieces(self, pieces);
}

Value TextSplitLines(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("splitlines", {"keepends"}, args);
  const bool keep_ends = given[0] != nullptr && IntArgument(*given[0]) != 0;
  const size_t size = self.AsString().size();
  Pieces pieces;
  size_t begin = 0;
  for (size_t pos = 0; pos < size;) {
    const size_t next = SkipLineEnd(self, pos);
    if (next == pos) {
      pos = NextUnit(self, pos);
      continue;
    }
    pieces.emplace_back(begin, keep_ends ? next : pos);
    begin = pos = next;
  }
  if (begin < size) pieces.emplace_back(begin, size);
  return MakePieces(self, pieces);
}

Value TextStrip(CallContext&, const Value& self, const Args& args) {
  return Strip("strip", self, args, true, true);
}
Value TextLStrip(CallContext&, const Value& self, const Args& args) {
  return Strip("lstrip", self, args, true, false);
}
Value TextRStrip(CallContext&, const Value& self, const Args& args) {
  return Strip("rstrip", self, args, false, true);
}

Value TextJoin(CallContext&, const Value& self, const Args& args) {
  const Value& iterable = OneArgument(self, "join", args);
  const std::unique_ptr<Iterator> items =
      self.IsMarkup() ? Iterate(iterable) : TryIterate(iterable);
  if (items == nullptr) throw Error(ErrorKind::kType, "can only join an iterable");
  std::string result;
  Value item;
  for (size_t index = 0; items->Next(&item); ++index) {
    if (self.IsMarkup()) item = EscapeMarkup(item);
    const std::string& text = JoinedText(self, item, index);
    if (index > 0) AppendBounded(&result, self.AsString());
    AppendBounded(&result, text);
  }
  return TextLike(self, std::move(result));
}

}  // namespace scaffold
