// The methods of str.

#include "support/utf8.h"
#include "value/arguments.h"
#include "value/codecs.h"
#include "value/method_tables.h"
#include "value/str_format.h"
#include "value/str_translate.h"
#include "value/text_methods.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

// A method without arguments that maps the whole text.
template <std::string (*Map)(std::string_view)>
Value MapText(std::string_view name, const Value& self, const Args& args) {
  CheckNoArguments(self, name, args);
  return TextLike(self, Map(self.AsString()));
}

Value StrCapitalize(CallContext&, const Value& self, const Args& args) {
  return MapText<Capitalize>("capitalize", self, args);
}
Value StrCaseFold(CallContext&, const Value& self, const Args& args) {
  return MapText<CaseFold>("casefold", self, args);
}
Value StrLower(CallContext&, const Value& self, const Args& args) {
  return MapText<ToLower>("lower", self, args);
}
Value StrSwapCase(CallContext&, const Value& self, const Args& args) {
  return MapText<SwapCase>("swapcase", self, args);
}
Value StrTitle(CallContext&, const Value& self, const Args& args) {
  return MapText<ToTitle>("title", self, args);
}
Value StrUpper(CallContext&, const Value& self, const Args& args) {
  return MapText<ToUpper>("upper", self, args);
}

// Whether every code point has the class; an empty text gives `empty`.
template <bool (*Test)(char32_t)>
Value TestAll(std::string_view name, const Value& self, const Args& args, bool empty = false) {
  CheckNoArguments(self, name, args);
  const std::string& text = self.AsString();
  if (text.empty()) return Value(empty);
  for (size_t pos = 0; pos < text.size();) {
    if (!Test(DecodeUtf8(text, &pos))) return Value(false);
  }
  return Value(true);
}

Value StrIsAlnum(CallContext&, const Value& self, const Args& args) {
  return TestAll<IsAlnum>("isalnum", self, args);
}
Value StrIsAlpha(CallContext&, const Value& self, const Args& args) {
  return TestAll<IsAlpha>("isalpha", self, args);
}
Value StrIsAscii(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "isascii", args);
  return Value(IsAscii(self.AsString()));
}
Value StrIsDecimal(CallContext&, const Value& self, const Args& args) {
  return TestAll<IsDecimal>("isdecimal", self, args);
}
Value StrIsDigit(CallContext&, const Value& self, const Args& args) {
  return TestAll<IsDigit>("isdigit", self, args);
}
Value StrIsNumeric(CallContext&, const Value& self, const Args& args) {
  return TestAll<IsNumeric>("isnumeric", self, args);
}
Value StrIsPrintable(CallContext&, const Value& self, const Args& args) {
  return TestAll<IsPrintable>("isprintable", self, args, true);
}
Value StrIsSpace(CallContext&, const Value& self, const Args& args) {
  return TestAll<IsSpace>("isspace", self, args);
}

Value StrIsIdentifier(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "isidentifier", args);
  const std::string& text = self.AsString();
  if (text.empty()) return Value(false);
  size_t pos = 0;
  if (!IsIdentifierStart(DecodeUtf8(text, &pos))) return Value(false);
  while (pos < text.size()) {
    if (!IsIdentifierPart(DecodeUtf8(text, &pos))) return Value(false);
  }
  return Value(true);
}

// No letter of the other case, and at least one of `Wanted`.
template <bool (*Wanted)(char32_t), bool (*Other)(char32_t)>
Value TestCase(std::string_view name, const Value& self, const Args& args) {
  CheckNoArguments(self, name, args);
  const std::string& text = self.AsString();
  bool found = false;
  for (size_t pos = 0; pos < text.size();) {
    const char32_t c = DecodeUtf8(text, &pos);
    if (Other(c) || IsTitle(c)) return Value(false);
    found = found || Wanted(c);
  }
  return Value(found);
}

Value StrIsLower(CallContext&, const Value& self, const Args& args) {
  return TestCase<IsLower, IsUpper>("islower", self, args);
}
Value StrIsUpper(CallContext&, const Value& self, const Args& args) {
  return TestCase<IsUpper, IsLower>("isupper", self, args);
}

Value StrIsTitle(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "istitle", args);
  const std::string& text = self.AsString();
  bool found = false;
  bool after_cased = false;
  for (size_t pos = 0; pos < text.size();) {
    const char32_t c = DecodeUtf8(text, &pos);
    const bool starts = IsUpper(c) || IsTitle(c);
    const bool continues = !starts && IsLower(c);
    if ((starts && after_cased) || (continues && !after_cased)) return Value(false);
    after_cased = starts || continues;
    found = found || after_cased;
  }
  return Value(found);
}

Value StrEncode(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("encode", {"encoding", "errors"}, args);
  const std::string encoding =
      given[0] == nullptr ? "utf-8" : TextArgument(*given[0], "encode", "argument 'encoding'");
  const std::string errors =
      given[1] == nullptr ? "strict" : TextArgument(*given[1], "encode", "argument 'errors'");
  return Value::Bytes(EncodeText(self.AsString(), encoding, errors));
}

Value StrTranslate(CallContext&, const Value& self, const Args& args) {
  return TextLike(self, TranslateText(self.AsString(), OneArgument(self, "translate", args)));
}

Value StrMakeTrans(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "maketrans", args, 1, 3);
  return MakeTranslation(args.positional);
}

Value StrFormatMethod(CallContext&, const Value& self, const Args& args) {
  return StrFormat(self, args, PlainLookups());
}

Value StrFormatMapMethod(CallContext&, const Value& self, const Args& args) {
  return StrFormatMap(self, OneArgument(self, "format_map", args), PlainLookups());
}

constexpr MethodRow kStrMethods[] = {
    {"capitalize", StrCapitalize},
    {"casefold", StrCaseFold},
    {"center", TextCenter},
    {"count", TextCount},
    {"encode", StrEncode},
    {"endswith", TextEndsWith},
    {"expandtabs", TextExpandTabs},
    {"find", TextFind},
    {"format", StrFormatMethod},
    {"format_map", StrFormatMapMethod},
    {"index", TextIndex},
    {"isalnum", StrIsAlnum},
    {"isalpha", StrIsAlpha},
    {"isascii", StrIsAscii},
    {"isdecimal", StrIsDecimal},
    {"isdigit", StrIsDigit},
    {"isidentifier", StrIsIdentifier},
    {"islower", StrIsLower},
    {"isnumeric", StrIsNumeric},
    {"isprintable", StrIsPrintable},
    {"isspace", StrIsSpace},
    {"istitle", StrIsTitle},
    {"isupper", StrIsUpper},
    {"join", TextJoin},
    {"ljust", TextLJust},
    {"lower", StrLower},
    {"lstrip", TextLStrip},
    {"maketrans", StrMakeTrans},
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
    {"swapcase", StrSwapCase},
    {"title", StrTitle},
    {"translate", StrTranslate},
    {"upper", StrUpper},
    {"zfill", TextZFill},
};

}  // namespace

std::span<const MethodRow> StrMethods() { return kStrMethods; }

}  // namespace scaffold
