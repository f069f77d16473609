// The methods that bytes has beyond those it shares with str.

#include "value/arguments.h"
#include "value/codecs.h"
#include "value/limits.h"
#include "value/method_tables.h"
#include "value/operators.h"
#include "value/text_methods.h"

namespace scaffold {
namespace {

bool IsUpperByte(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLowerByte(char c) { return c >= 'a' && c <= 'z'; }
bool IsAlphaByte(char c) { return IsUpperByte(c) || IsLowerByte(c); }
bool IsDigitByte(char c) { return c >= '0' && c <= '9'; }
bool IsAlnumByte(char c) { return IsAlphaByte(c) || IsDigitByte(c); }
bool IsSpaceByte(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char Upper(char c) { return IsLowerByte(c) ? static_cast<char>(c - 32) : c; }
char Lower(char c) { return IsUpperByte(c) ? static_cast<char>(c + 32) : c; }
char Swap(char c) { return IsUpperByte(c) ? Lower(c) : Upper(c); }

template <char (*Map)(char)>
Value MapBytes(std::string_view name, const Value& self, const Args& args) {
  CheckNoArguments(self, name, args);
  std::string bytes = self.AsString();
  for (char& c : bytes) c = Map(c);
  return TextLike(self, std::move(bytes));
}

Value BytesUpper(CallContext&, const Value& self, const Args& args) {
  return MapBytes<Upper>("upper", self, args);
}
Value BytesLower(CallContext&, const Value& self, const Args& args) {
  return MapBytes<Lower>("lower", self, args);
}
Value BytesSwapCase(CallContext&, const Value& self, const Args& args) {
  return MapBytes<Swap>("swapcase", self, args);
}

Value BytesTitle(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "title", args);
  std::string bytes = self.AsString();
  bool after_letter = false;
  for (char& c : bytes) {
    c = after_letter ? Lower(c) : Upper(c);
    after_letter = IsAlphaByte(c);
  }
  return TextLike(self, std::move(bytes));
}

Value BytesCapitalize(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "capitalize", args);
  std::string bytes = self.AsString();
  for (char& c : bytes) c = Lower(c);
  if (!bytes.empty()) bytes[0] = Upper(bytes[0]);
  return TextLike(self, std::move(bytes));
}

template <bool (*Test)(char)>
Value TestBytes(std::string_view name, const Value& self, const Args& args) {
  CheckNoArguments(self, name, args);
  for (char c : self.AsString()) {
    if (!Test(c)) return Value(false);
  }
  return Value(!self.AsString().empty());
}

Value BytesIsAlnum(CallContext&, const Value& self, const Args& args) {
  return TestBytes<IsAlnumByte>("isalnum", self, args);
}
Value BytesIsAlpha(CallContext&, const Value& self, const Args& args) {
  return TestBytes<IsAlphaByte>("isalpha", self, args);
}
Value BytesIsDigit(CallContext&, const Value& self, const Args& args) {
  return TestBytes<IsDigitByte>("isdigit", self, args);
}
Value BytesIsSpace(CallContext&, const Value& self, const Args& args) {
  return TestBytes<IsSpaceByte>("isspace", self, args);
}
Value BytesIsAscii(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "isascii", args);
  for (unsigned char c : self.AsString()) {
    if (c >= 0x80) return Value(false);
  }
  return Value(true);
}

template <bool (*Wanted)(char), bool (*Other)(char)>
Value TestCase(std::string_view name, const Value& self, const Args& args) {
  CheckNoArguments(self, name, args);
  bool found = false;
  for (char c : self.AsString()) {
    if (Other(c)) return Value(false);
    found = found || Wanted(c);
  }
  return Value(found);
}

Value BytesIsLower(CallContext&, const Value& self, const Args& args) {
  return TestCase<IsLowerByte, IsUpperByte>("islower", self, args);
}
Value BytesIsUpper(CallContext&, const Value& self, const Args& args) {
  return TestCase<IsUpperByte, IsLowerByte>("isupper", self, args);
}

Value BytesIsTitle(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "istitle", args);
  bool found = false;
  bool after_letter = false;
  for (char c : self.AsString()) {
    if ((IsUpperByte(c) && after_letter) || (IsLowerByte(c) && !after_letter)) return Value(false);
    after_letter = IsAlphaByte(c);
    found = found || after_letter;
  }
  return Value(found);
}

Value BytesDecode(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("decode", {"encoding", "errors"}, args);
  const std::string encoding =
      given[0] == nullptr ? "utf-8" : TextArgument(*given[0], "decode", "argument 'encoding'");
  const std::string errors =
      given[1] == nullptr ? "strict" : TextArgument(*given[1], "decode", "argument 'errors'");
  return Value(DecodeText(self.AsString(), encoding, errors));
}

std::string SeparatorByte(const Value& separator) {
  if (Length(separator) != 1) throw Error(ErrorKind::kValue, "sep must be length 1.");
  if (!separator.IsString() && separator.kind() != Kind::kBytes) {
    throw Error(ErrorKind::kType, "sep must be str or bytes.");
  }
  const std::string& text = separator.AsString();
  if ((text[0] & 0x80) != 0) throw Error(ErrorKind::kValue, "sep must be ASCII.");
  return text;
}

Value BytesHex(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("hex", {"sep", "bytes_per_sep"}, args);
  const int64_t group = given[1] == nullptr ? 1 : IntArgument(*given[1]);
  const std::string separator = given[0] == nullptr ? "" : SeparatorByte(*given[0]);
  const std::string& bytes = self.AsString();
  const auto width = static_cast<uint64_t>(group < 0 ? -group : group);
  std::string text;
  ChargeBytes(bytes.size() * 3);
  for (size_t i = 0; i < bytes.size(); ++i) {
    // A positive width counts from the right.
    const size_t before = group > 0 ? bytes.size() - i : i;
    if (i > 0 && width != 0 && before % width == 0) text += separator;
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return Value(std::move(text));
}

int HexDigit(char c) {
  if (IsDigitByte(c)) return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Value BytesFromHex(CallContext&, const Value& self, const Args& args) {
  const std::string& text = TextArgument(OneArgument(self, "fromhex", args), "fromhex", "argument");
  std::string bytes;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsSpaceByte(text[i])) continue;
    const int high = HexDigit(text[i]);
    const int low = high >= 0 && i + 1 < text.size() ? HexDigit(text[i + 1]) : -1;
    if (low < 0) {
      throw Error(ErrorKind::kValue, "non-hexadecimal number found in fromhex() arg at position " +
                                         std::to_string(high < 0 ? i : i + 1));
    }
    bytes += static_cast<char>(high * 16 + low);
    ++i;
  }
  return Value::Bytes(std::move(bytes));
}

const std::string& BytesArgument(const Value& value) {
  if (value.kind() == Kind::kBytes) return value.AsString();
  throw Error(ErrorKind::kType,
              "a bytes-like object is required, not '" + std::string(TypeNameInC(value)) + "'");
}

Value BytesTranslate(CallContext&, const Value& self, const Args& args) {
  if (args.positional.empty()) {
    throw Error(ErrorKind::kType, "translate() takes at least 1 positional argument (0 given)");
  }
  const KeywordArguments given("translate", {"table", "delete"}, args);
  const std::string deleted = given[1] == nullptr ? "" : BytesArgument(*given[1]);
  const std::string table = given[0]->IsNone() ? "" : BytesArgument(*given[0]);
  if (!given[0]->IsNone() && table.size() != 256) {
    throw Error(ErrorKind::kValue, "translation table must be 256 characters long");
  }
  std::string bytes;
  for (char c : self.AsString()) {
    if (deleted.find(c) != std::string::npos) continue;
    bytes += table.empty() ? c : table[static_cast<unsigned char>(c)];
  }
  return TextLike(self, std::move(bytes));
}

Value BytesMakeTrans(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "maketrans", args, 2, 2);
  const std::string& from = BytesArgument(args.positional[0]);
  const std::string& to = BytesArgument(args.positional[1]);
  if (from.size() != to.size()) {
    throw Error(ErrorKind::kValue, "maketrans arguments must have same length");
  }
  std::string table(256, '\0');
  for (size_t i = 0; i < table.size(); ++i) table[i] = static_cast<char>(i);
  for (size_t i = 0; i < from.size(); ++i) table[static_cast<unsigned char>(from[i])] = to[i];
  return Value::Bytes(std::move(table));
}

constexpr MethodRow kBytesMethods[] = {
    {"capitalize", BytesCapitalize},
    {"center", TextCenter},
    {"count", TextCount},
    {"decode", BytesDecode},
    {"endswith", TextEndsWith},
    {"expandtabs", TextExpandTabs},
    {"find", TextFind},
    {"fromhex", BytesFromHex},
    {"hex", BytesHex},
    {"index", TextIndex},
    {"isalnum", BytesIsAlnum},
    {"isalpha", BytesIsAlpha},
    {"isascii", BytesIsAscii},
    {"isdigit", BytesIsDigit},
    {"islower", BytesIsLower},
    {"isspace", BytesIsSpace},
    {"istitle", BytesIsTitle},
    {"isupper", BytesIsUpper},
    {"join", TextJoin},
    {"ljust", TextLJust},
    {"lower", BytesLower},
    {"lstrip", TextLStrip},
    {"maketrans", BytesMakeTrans},
    {"partition", TextPartition},
    {"removeprefix", TextRemovePrefix},
    {"removesuffix", TextRemoveSuffix},
    {"replace", TextReplace},
    {"rfind", TextRFind},
    {"rindex", TextRIndex},
    {"rjust", TextRJust},
    {"rpartition", TextRPartition},
    {"rsplit", TextRSplit},
    {"rstrip", TextRStrip},
    {"split", TextSplit},
    {"splitlines", TextSplitLines},
    {"startswith", TextStartsWith},
    {"strip", TextStrip},
    {"swapcase", BytesSwapCase},
    {"title", BytesTitle},
    {"translate", BytesTranslate},
    {"upper", BytesUpper},
    {"zfill", TextZFill},
};

}  // namespace

std::span<const MethodRow> BytesMethods() { return kBytesMethods; }

}  // namespace scaffold
