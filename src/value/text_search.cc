// Methods of str and bytes that look for a part of the text.

#include <algorithm>
#include <functional>

#include "support/utf8.h"
#include "value/arguments.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/text_methods.h"

namespace scaffold {
namespace {

[[noreturn]] void ThrowType(std::string message) {
  throw Error(ErrorKind::kType, std::move(message));
}

// find() and its like: a str in a str; bytes or one byte in bytes.
std::string FindArgument(const Value& self, const Value& needle) {
  if (!IsBytes(self)) {
    if (!needle.IsString()) ThrowType("must be str, not " + std::string(TypeNameInC(needle)));
    return needle.AsString();
  }
  if (IsBytes(needle)) return needle.AsString();
  if (!needle.IsInt() && !needle.IsBool()) {
    ThrowType("argument should be integer or bytes-like object, not '" +
              std::string(TypeNameInC(needle)) + "'");
  }
  if (needle.AsInt() < 0 || needle.AsInt() > 255) {
    throw Error(ErrorKind::kValue, "byte must be in range(0, 256)");
  }
  return std::string(1, static_cast<char>(needle.AsInt()));
}

// The other methods of bytes take no single bytes.
const std::string& PartArgument(const Value& self, const Value& part) {
  if (IsBytes(self)) {
    if (!IsBytes(part)) {
      ThrowType("a bytes-like object is required, not '" + std::string(TypeNameInC(part)) + "'");
    }
  } else if (!part.IsString()) {
    ThrowType("must be str, not " + std::string(TypeNameInC(part)));
  }
  return part.AsString();
}

// The range [begin, end) of bytes that optional `start, end` arguments choose.
struct Range {
  bool valid = true;  // false: start lies behind the end, where not even '' is found
  size_t begin = 0;
  size_t end = 0;
};

Range ChooseRange(const Value& self, const Args& args) {
  const auto length = static_cast<int64_t>(UnitCount(self));
  int64_t start = args.positional.size() > 1 ? BoundArgument(args.positional[1], 0) : 0;
  int64_t end = args.positional.size() > 2 ? BoundArgument(args.positional[2], INT64_MAX) : length;
  const auto adjust = [length](int64_t index) {
    return index >= 0 ? index : index < -length ? 0 : index + length;
  };
  start = adjust(start);
  end = std::min(adjust(end), length);
  Range range;
  if (start > end) {
    range.valid = false;
    return range;
  }
  range.begin = OffsetOfUnit(self, static_cast<size_t>(start));
  range.end = OffsetOfUnit(self, static_cast<size_t>(end));
  return range;
}

enum class From { kLeft, kRight };

// Index of the needle in units, or -1.
int64_t Search(std::string_view name, const Value& self, const Args& args, From from) {
  CheckParsedCount(self, name, args, 1, 3);
  const Range range = ChooseRange(self, args);
  const std::string needle = FindArgument(self, args.positional[0]);
  if (!range.valid) return -1;
  const std::string_view text =
      std::string_view(self.AsString()).substr(range.begin, range.end - range.begin);
  const size_t at = from == From::kLeft ? text.find(needle) : text.rfind(needle);
  if (at == std::string_view::npos) return -1;
  return static_cast<int64_t>(UnitOfOffset(self, range.begin + at));
}

Value SearchOrThrow(std::string_view name, const Value& self, const Args& args, From from) {
  const int64_t at = Search(name, self, args, from);
  if (at >= 0) return Value(at);
  throw Error(ErrorKind::kValue, IsBytes(self) ? "subsection not found" : "substring not found");
}

size_t CountParts(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

bool MatchesEnd(std::string_view text, std::string_view part, From side) {
  return side == From::kLeft ? text.starts_with(part) : text.ends_with(part);
}

[[noreturn]] void ThrowNotAffix(std::string_view name, const Value& self, const Value& part,
                                bool in_tuple) {
  const std::string type(IsBytes(self) ? "bytes" : "str");
  if (in_tuple && IsBytes(self)) {
    ThrowType("a bytes-like object is required, not '" + std::string(TypeNameInC(part)) + "'");
  }
  if (in_tuple) {
    ThrowType("tuple for " + std::string(name) + " must only contain str, not " +
              std::string(TypeNameInC(part)));
  }
  ThrowType(std::string(name) + " first arg must be " + type + " or a tuple of " + type + ", not " +
            std::string(TypeNameInC(part)));
}

Value CheckAffix(std::string_view name, const Value& self, const Args& args, From side) {
  CheckParsedCount(self, name, args, 1, 3);
  const Range range = ChooseRange(self, args);
  const std::string_view text =
      std::string_view(self.AsString()).substr(range.begin, range.end - range.begin);
  const Value& affix = args.positional[0];
  const auto matches = [&](const Value& part, bool in_tuple) {
    if (IsBytes(self) ? !IsBytes(part) : !part.IsString()) {
      ThrowNotAffix(name, self, part, in_tuple);
    }
    return range.valid && MatchesEnd(text, part.AsString(), side);
  };
  if (!affix.IsTuple()) return Value(matches(affix, false));
  for (const Value& part : affix.AsList()) {
    if (matches(part, true)) return Value(true);
  }
  return Value(false);
}

Value Partition(std::string_view name, const Value& self, const Args& args, From from) {
  const std::string& separator = PartArgument(self, OneArgument(self, name, args));
  if (separator.empty()) throw Error(ErrorKind::kValue, "empty separator");
  const std::string& text = self.AsString();
  const size_t at = from == From::kLeft ? text.find(separator) : text.rfind(separator);
  const Value nothing = TextLike(self, "");
  if (at == std::string::npos) {
    const Value whole = TextLike(self, text);
    return from == From::kLeft ? Value::Tuple({whole, nothing, nothing})
                               : Value::Tuple({nothing, nothing, whole});
  }
  return Value::Tuple({TextLike(self, text.substr(0, at)), TextLike(self, separator),
                       TextLike(self, text.substr(at + separator.size()))});
}

// `with` before every unit and after the last one, `most` times.
std::string Interleave(const Value& self, std::string_view with, uint64_t most) {
  const std::string& text = self.AsString();
  const uint64_t count = std::min<uint64_t>(most, UnitCount(self) + 1);
  ChargeBytes(text.size() + count * with.size());
  std::string result;
  result.reserve(text.size() + count * with.size());
  size_t pos = 0;
  for (uint64_t i = 0; i < count; ++i) {
    result += with;
    const size_t begin = pos;
    if (pos < text.size()) {
      if (IsBytes(self)) {
        ++pos;
      } else {
        DecodeUtf8(text, &pos);
      }
    }
    result.append(text, begin, pos - begin);
  }
  return result.append(text, pos);
}

std::string ReplaceParts(const std::string& text, const std::string& part, std::string_view with,
                         uint64_t most) {
  if (part.size() == 1 && with.size() == 1 && most >= text.size()) {
    ChargeBytes(text.size());
    std::string result = text;
    std::replace(result.begin(), result.end(), part[0], with[0]);
    return result;
  }
  const uint64_t count = std::min<uint64_t>(most, CountParts(text, part));
  const uint64_t size = text.size() + count * with.size() - count * part.size();
  ChargeBytes(size);
  std::string result;
  result.reserve(size);
  size_t done = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const size_t at = text.find(part, done);
    result.append(text, done, at - done).append(with);
    done = at + part.size();
  }
  return result.append(text, done);
}

const std::string& ReplaceArgument(const Value& self, const Value& part, int number) {
  if (IsBytes(self)) return PartArgument(self, part);
  if (part.IsString()) return part.AsString();
  return TextArgument(part, "replace", "argument " + std::to_string(number));
}

const std::string& AffixArgument(std::string_view name, const Value& self, const Args& args) {
  const Value& affix = OneArgument(self, name, args);
  return IsBytes(self) ? PartArgument(self, affix) : TextArgument(affix, name, "argument");
}

}  // namespace

Value TextFind(CallContext&, const Value& self, const Args& args) {
  return Value(Search("find", self, args, From::kLeft));
}
Value TextRFind(CallContext&, const Value& self, const Args& args) {
  return Value(Search("rfind", self, args, From::kRight));
}
Value TextIndex(CallContext&, const Value& self, const Args& args) {
  return SearchOrThrow("index", self, args, From::kLeft);
}
Value TextRIndex(CallContext&, const Value& self, const Args& args) {
  return SearchOrThrow("rindex", self, args, From::kRight);
}

Value TextCount(CallContext&, const Value& self, const Args& args) {
  CheckParsedCount(self, "count", args, 1, 3);
  const Range range = ChooseRange(self, args);
  const std::string needle = FindArgument(self, args.positional[0]);
  if (!range.valid) return Value(0);
  if (needle.empty()) {
    return Value(UnitOfOffset(self, range.end) - UnitOfOffset(self, range.begin) + 1);
  }
  const std::string_view text(self.AsString());
  return Value(CountParts(text.substr(range.begin, range.end - range.begin), needle));
}

Value TextStartsWith(CallContext&, const Value& self, const Args& args) {
  return CheckAffix("startswith", self, args, From::kLeft);
}
Value TextEndsWith(CallContext&, const Value& self, const Args& args) {
  return CheckAffix("endswith", self, args, From::kRight);
}
Value TextPartition(CallContext&, const Value& self, const Args& args) {
  return Partition("partition", self, args, From::kLeft);
}
Value TextRPartition(CallContext&, const Value& self, const Args& args) {
  return Partition("rpartition", self, args, From::kRight);
}

Value TextReplace(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "replace", args, 2, 3);
  const std::string& part = ReplaceArgument(self, args.positional[0], 1);
  const Value escaped = self.IsMarkup() ? EscapeMarkup(args.positional[1]) : args.positional[1];
  const std::string& with = ReplaceArgument(self, escaped, 2);
  const int64_t most = args.positional.size() > 2 ? IndexArgument(args.positional[2]) : -1;
  const uint64_t limit = most < 0 ? UINT64_MAX : static_cast<uint64_t>(most);
  std::string result = part.empty() ? Interleave(self, with, limit)
                                    : ReplaceParts(self.AsString(), part, with, limit);
  return TextLike(self, std::move(result));
}

Value TextRemovePrefix(CallContext&, const Value& self, const Args& args) {
  const std::string& prefix = AffixArgument("removeprefix", self, args);
  const std::string& text = self.AsString();
  return TextLike(self, text.starts_with(prefix) ? text.substr(prefix.size()) : text);
}
Value TextRemoveSuffix(CallContext&, const Value& self, const Args& args) {
  const std::string& suffix = AffixArgument("removesuffix", self, args);
  const std::string& text = self.AsString();
  return TextLike(self,
                  text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text);
}

}  // namespace scaffold
