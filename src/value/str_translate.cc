#include "value/str_translate.h"

#include "support/utf8.h"
#include "value/append_bounded.h"
#include "value/arguments.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/text_length.h"

namespace scaffold {
namespace {

// nullopt: the code point stays.
std::optional<Value> LookUp(const Value& table, char32_t c) {
  const Value key(static_cast<int64_t>(c));
  if (table.IsDict()) {
    const Value* found = table.AsDict().Find(key);
    return found == nullptr ? std::nullopt : std::optional<Value>(*found);
  }
  const std::optional<size_t> length = TryLength(table);
  const bool sequence = table.IsString() || table.IsSequence();
  if (sequence && length && c >= *length) return std::nullopt;
  return Subscript(table, key);
}

void AppendTranslated(std::string* out, const Value& to) {
  if (to.IsNone()) return;
  if (to.IsString()) {
    AppendBounded(out, to.AsString());
    return;
  }
  if (!IsInteger(to)) {
    throw Error(ErrorKind::kType, "character mapping must return integer, None or str");
  }
  if (to.kind() == Kind::kBigInt || to.AsInt() < 0 || to.AsInt() > 0x10FFFF) {
    throw Error(ErrorKind::kValue, "character mapping must be in range(0x110000)");
  }
  AppendUtf8(out, static_cast<char32_t>(to.AsInt()));
}

Value TranslationOfDict(const Value& dict) {
  if (!dict.IsDict()) {
    throw Error(ErrorKind::kType, "if you give only one argument to maketrans it must be a dict");
  }
  Dict table;
  for (const Dict::Entry& entry : dict.AsDict()) {
    if (entry.key.IsString()) {
      if (TextLength(entry.key) != 1) {
        throw Error(ErrorKind::kValue, "string keys in translate table must be of length 1");
      }
      size_t pos = 0;
      table.Set(Value(static_cast<int64_t>(DecodeUtf8(entry.key.AsString(), &pos))), entry.value);
    } else if (IsInteger(entry.key)) {
      table.Set(entry.key, entry.value);
    } else {
      throw Error(ErrorKind::kType, "keys in translate table must be strings or integers");
    }
  }
  return Value(std::move(table));
}

}  // namespace

std::string TranslateText(std::string_view text, const Value& table) {
  std::string result;
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(text, &pos);
    if (const std::optional<Value> to = LookUp(table, c)) {
      AppendTranslated(&result, *to);
    } else {
      result.append(text, begin, pos - begin);
    }
  }
  return result;
}

Value MakeTranslation(std::span<const Value> args) {
  if (args.size() == 1) return TranslationOfDict(args[0]);
  const std::string& to = TextArgument(args[1], "maketrans", "argument 2");
  if (args.size() > 2) TextArgument(args[2], "maketrans", "argument 3");
  if (!args[0].IsString()) {
    throw Error(ErrorKind::kType,
                "first maketrans argument must be a string if there is a second argument");
  }
  const std::string& from = args[0].AsString();
  if (TextLength(args[0]) != TextLength(args[1])) {
    throw Error(ErrorKind::kValue, "the first two maketrans arguments must have equal length");
  }
  Dict table;
  size_t to_pos = 0;
  for (size_t pos = 0; pos < from.size();) {
    const auto key = static_cast<int64_t>(DecodeUtf8(from, &pos));
    table.Set(Value(key), Value(static_cast<int64_t>(DecodeUtf8(to, &to_pos))));
  }
  if (args.size() > 2) {
    const std::string& deleted = args[2].AsString();
    for (size_t pos = 0; pos < deleted.size();) {
      table.Set(Value(static_cast<int64_t>(DecodeUtf8(deleted, &pos))), Value());
    }
  }
  return Value(std::move(table));
}

}  // namespace scaffold
