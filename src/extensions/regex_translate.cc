#include "extensions/regex_translate.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <set>
#include <vector>

#include "extensions/regex.h"
#include "extensions/regex_class.h"
#include "extensions/regex_tokens.h"
#include "scaffold/value.h"

namespace scaffold {
namespace {

constexpr uint32_t kTemplateFlag = 1;
constexpr uint32_t kLocaleFlag = 4;
constexpr uint32_t kUnicodeFlag = 32;
constexpr uint32_t kTypeFlags = kRegexAscii | kLocaleFlag | kUnicodeFlag;
constexpr uint32_t kGlobalFlags = kTemplateFlag;
constexpr uint64_t kMaxRepeat = 4294967295;
constexpr uint64_t kPcreMaxRepeat = 65535;
constexpr size_t kMaxNesting = 200;

bool IsSpecial(char32_t c) {
  return std::u32string_view(U".\\[{()*+?^$|").find(c) != std::u32string_view::npos;
}
bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsOctal(char32_t c) { return c >= '0' && c <= '7'; }
bool IsAlpha(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

uint32_t FlagOf(const std::u32string& token) {
  if (token.size() != 1) return 0;
  switch (token[0]) {
    case 'i':
      return kRegexIgnoreCase;
    case 'L':
      return kLocaleFlag;
    case 'm':
      return kRegexMultiline;
    case 's':
      return kRegexDotAll;
    case 'x':
      return kRegexVerbose;
    case 'a':
      return kRegexAscii;
    case 't':
      return kTemplateFlag;
    case 'u':
      return kUnicodeFlag;
    default:
      return 0;
  }
}

// Characters that a sub-pattern can match: Python wants it fixed in a lookbehind.
struct Width {
  uint64_t low = 0;
  uint64_t high = 0;
};

uint64_t Cap(uint64_t width) { return std::min(width, kMaxRepeat); }
uint64_t Times(uint64_t width, uint64_t count) {
  return width != 0 && count > kMaxRepeat / width ? kMaxRepeat : Cap(width * count);
}

enum class ItemKind : uint8_t { kNone, kPosition, kRepeat, kOther };

// A sequence of items while it is being translated.
struct Sequence {
  std::string out;
  Width width;
  ItemKind last = ItemKind::kNone;
  Width last_width;
  size_t last_begin = 0;  // where the last item begins in `out`

  void Add(const std::string& text, ItemKind kind, Width item_width) {
    last_begin = out.size();
    out += text;
    last = kind;
    last_width = item_width;
    width = {Cap(width.low + item_width.low), Cap(width.high + item_width.high)};
  }
};

// What surrounds the piece being parsed.
struct Scope {
  uint32_t flags = 0;
  size_t nesting = 0;
  bool first = false;  // global flags may stand here
};

class Translator {
 public:
  Translator(std::string_view pattern, uint32_t flags) : tokens_(pattern), global_flags_(flags) {}

  RegexProgram Run();

 private:
  Sequence ParseAlternatives(Scope scope);
  Sequence ParseSequence(Scope* scope);
  bool SkipVerbose(const std::u32string& token, const Scope& scope);
  void ParseItem(const std::u32string& token, Scope* scope, Sequence* sequence);
  void ParseEscape(const std::u32string& token, const Scope& scope, Sequence* sequence);
  void ParseNumericEscape(std::u32string token, Sequence* sequence);
  void ParseClass(const Scope& scope, Sequence* sequence);
  std::optional<char32_t> ParseClassItem(const std::u32string& token, const Scope& scope,
                                         RegexClass* characters, std::u32string* category);
  std::optional<char32_t> ParseCharacterEscape(std::u32string* escape);
  char32_t ParseHexEscape(std::u32string* escape, size_t digits);
  void ParseRepeat(char32_t sign, Sequence* sequence);
  bool ParseBraces(size_t here, uint64_t* low, uint64_t* high);
  void ParseGroup(Scope* scope, Sequence* sequence);
  bool ParseExtension(size_t start, Scope* scope, Sequence* sequence, struct GroupHead* head);
  bool ParsePythonExtension(Sequence* sequence, struct GroupHead* head);
  void SkipComment(size_t start);
  void ParseLookaround(char32_t sign, size_t start, const Scope& scope, Sequence* sequence);
  void ParseConditional(size_t start, const Scope& scope, Sequence* sequence);
  size_t ParseConditionGroup();
  bool ParseFlags(std::u32string token, uint32_t* added, uint32_t* removed);
  uint32_t ParseAddedFlags(std::u32string* token);
  uint32_t ParseRemovedFlags();
  void AddReference(size_t group, Sequence* sequence);
  void CheckLookbehind(size_t group);
  bool IsClosed(size_t group) const { return group < groups_.size() && groups_[group].has_value(); }
  void AddLiteral(char32_t c, const Scope& scope, Sequence* sequence);
  void ExpectClose(size_t start);

  RegexTokens tokens_;
  uint32_t global_flags_;
  std::vector<std::optional<Width>> groups_{std::nullopt};  // nullopt: still open
  std::map<std::string, size_t, std::less<>> names_;
  std::optional<size_t> lookbehind_groups_;
  std::map<size_t, size_t> condition_positions_;  // of groups that may be defined later
};

struct GroupHead {
  bool capture = true;
  bool atomic = false;
  std::u32string name;
  uint32_t added = 0;
  uint32_t removed = 0;
};

RegexProgram Translator::Run() {
  Scope scope;
  scope.flags = global_flags_;
  scope.first = true;
  Sequence all = ParseAlternatives(scope);
  if ((global_flags_ & kRegexAscii) != 0 && (global_flags_ & kUnicodeFlag) != 0) {
    throw Error(ErrorKind::kValue, "ASCII and UNICODE flags are incompatible");
  }
  if (!tokens_.AtEnd()) throw tokens_.MakeError("unbalanced parenthesis");
  for (const auto& [group, position] : condition_positions_) {
    if (group >= groups_.size()) {
      throw tokens_.MakeErrorAt("invalid group reference " + std::to_string(group), position);
    }
  }
  RegexProgram program;
  program.pattern = (global_flags_ & kRegexIgnoreCase) != 0 ? "(?i)" + all.out : all.out;
  program.groups = groups_.size() - 1;
  program.names = std::move(names_);
  return program;
}

Sequence Translator::ParseAlternatives(Scope scope) {
  if (scope.nesting > kMaxNesting) {
    throw Error(ErrorKind::kLimit, "regular expression is nested too deeply (more than " +
                                       std::to_string(kMaxNesting) + " levels)");
  }
  Sequence all;
  bool first = true;
  while (true) {
    Sequence one = ParseSequence(&scope);
    if (first) {
      all = std::move(one);
    } else {
      all.out += "|" + one.out;
      all.width.low = std::min(all.width.low, one.width.low);
      all.width.high = std::max(all.width.high, one.width.high);
    }
    first = false;
    scope.first = false;
    if (!tokens_.Accept('|')) return all;
  }
}

bool Translator::SkipVerbose(const std::u32string& token, const Scope& scope) {
  if ((scope.flags & kRegexVerbose) == 0 || token.size() != 1) return false;
  if (std::u32string_view(U" \t\n\r\v\f").find(token[0]) != std::u32string_view::npos) return true;
  if (token[0] != '#') return false;
  while (true) {
    const std::u32string skipped = tokens_.Take();
    if (skipped.empty() || skipped == U"\n") return true;
  }
}

Sequence Translator::ParseSequence(Scope* scope) {
  Sequence sequence;
  while (!tokens_.AtEnd() && !tokens_.NextIs('|') && !tokens_.NextIs(')')) {
    const std::u32string token = tokens_.Take();
    if (SkipVerbose(token, *scope)) continue;
    ParseItem(token, scope, &sequence);
  }
  return sequence;
}

void Translator::AddLiteral(char32_t c, const Scope& scope, Sequence* sequence) {
  RegexClass single;
  single.AddRange(c, c);
  sequence->Add(single.ToPattern(scope.flags), ItemKind::kOther, {1, 1});
}

void Translator::ParseItem(const std::u32string& token, Scope* scope, Sequence* sequence) {
  const char32_t c = token[0];
  if (c == '\\') return ParseEscape(token, *scope, sequence);
  if (!IsSpecial(c)) return AddLiteral(c, *scope, sequence);
  switch (c) {
    case '[':
      return ParseClass(*scope, sequence);
    case '(':
      return ParseGroup(scope, sequence);
    case '.':
      sequence->Add((scope->flags & kRegexDotAll) != 0 ? "(?s:.)" : "[^\\n]", ItemKind::kOther,
                    {1, 1});
      return;
    case '^':
      sequence->Add((scope->flags & kRegexMultiline) != 0 ? "(?<![^\\n])" : "\\A",
                    ItemKind::kPosition, {});
      return;
    case '$':
      sequence->Add((scope->flags & kRegexMultiline) != 0 ? "(?![^\\n])" : "(?=\\n?\\z)",
                    ItemKind::kPosition, {});
      return;
    default:
      return ParseRepeat(c, sequence);
  }
}

char32_t Translator::ParseHexEscape(std::u32string* escape, size_t digits) {
  *escape += tokens_.TakeWhile(digits, U"0123456789abcdefABCDEF");
  if (escape->size() != digits + 2) {
    throw tokens_.MakeError("incomplete escape " + ToUtf8(*escape), escape->size());
  }
  const uint64_t code = std::stoull(ToUtf8(escape->substr(2)), nullptr, 16);
  if (code > 0x10FFFF) throw tokens_.MakeError("bad escape " + ToUtf8(*escape), escape->size());
  return static_cast<char32_t>(code);
}

// Escapes that mean the same inside and outside of a class; nullopt: none of them.
std::optional<char32_t> Translator::ParseCharacterEscape(std::u32string* escape) {
  const char32_t c = (*escape)[1];
  switch (c) {
    case 'a':
      return '\a';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case 'x':
      return ParseHexEscape(escape, 2);
    case 'u':
      return ParseHexEscape(escape, 4);
    case 'U':
      return ParseHexEscape(escape, 8);
    case 'N': {
      if (!tokens_.Accept('{')) throw tokens_.MakeError("missing {");
      const std::u32string name = tokens_.TakeUntil('}', "character name");
      if (const auto code = LookUpCharacter(ToUtf8(name))) return *code;
      throw tokens_.MakeError("undefined character name " + Repr(Value(ToUtf8(name))),
                              name.size() + 4);
    }
    default:
      break;
  }
  if (IsDigit(c)) return std::nullopt;
  if (IsAlpha(c) && c < 0x80) {
    throw tokens_.MakeError("bad escape " + ToUtf8(*escape), escape->size());
  }
  return c;
}

void Translator::ParseEscape(const std::u32string& token, const Scope& scope, Sequence* sequence) {
  const bool ascii = (scope.flags & kRegexAscii) != 0;
  switch (token[1]) {
    case 'A':
      return sequence->Add("\\A", ItemKind::kPosition, {});
    case 'Z':
      return sequence->Add("\\z", ItemKind::kPosition, {});
    case 'b':
      return sequence->Add(ascii ? "(?:(?<=[a-zA-Z0-9_])(?![a-zA-Z0-9_])|"
                                   "(?<![a-zA-Z0-9_])(?=[a-zA-Z0-9_]))"
                                 : "\\b",
                           ItemKind::kPosition, {});
    case 'B':
      // Unlike PCRE2's, Python 3.11's \B does not match in an empty text.
      return sequence->Add(ascii ? "(?:(?!\\A\\z)(?:(?<=[a-zA-Z0-9_])(?=[a-zA-Z0-9_])|"
                                   "(?<![a-zA-Z0-9_])(?![a-zA-Z0-9_])))"
                                 : "(?:(?!\\A\\z)\\B)",
                           ItemKind::kPosition, {});
    case 'd':
    case 'D':
    case 's':
    case 'S':
    case 'w':
    case 'W': {
      RegexClass category;
      category.AddCategory(token[1], ascii);
      return sequence->Add(category.ToPattern(scope.flags), ItemKind::kOther, {1, 1});
    }
    default:
      break;
  }
  std::u32string escape = token;
  if (const auto c = ParseCharacterEscape(&escape)) return AddLiteral(*c, scope, sequence);
  ParseNumericEscape(token, sequence);
}

void Translator::ParseNumericEscape(std::u32string token, Sequence* sequence) {
  const auto octal = [&]() { return std::stoul(ToUtf8(token.substr(1)), nullptr, 8); };
  if (token[1] == '0') {
    token += tokens_.TakeWhile(2, U"01234567");
    return AddLiteral(static_cast<char32_t>(octal()), {}, sequence);
  }
  if (tokens_.next().size() == 1 && IsDigit(tokens_.next()[0])) {
    token += tokens_.Take();
    if (IsOctal(token[1]) && IsOctal(token[2]) && tokens_.next().size() == 1 &&
        IsOctal(tokens_.next()[0])) {
      token += tokens_.Take();
      if (octal() > 0377) {
        throw tokens_.MakeError("octal escape value " + ToUtf8(token) + " outside of range 0-0o377",
                                token.size());
      }
      return AddLiteral(static_cast<char32_t>(octal()), {}, sequence);
    }
  }
  const size_t group = std::stoul(ToUtf8(token.substr(1)));
  if (group >= groups_.size()) {
    throw tokens_.MakeError("invalid group reference " + std::to_string(group), token.size() - 1);
  }
  if (!IsClosed(group)) {
    throw tokens_.MakeError("cannot refer to an open group", token.size());
  }
  CheckLookbehind(group);
  AddReference(group, sequence);
}

void Translator::CheckLookbehind(size_t group) {
  if (!lookbehind_groups_) return;
  if (!IsClosed(group)) throw tokens_.MakeError("cannot refer to an open group");
  if (group >= *lookbehind_groups_) {
    throw tokens_.MakeError("cannot refer to group defined in the same lookbehind subpattern");
  }
}

void Translator::AddReference(size_t group, Sequence* sequence) {
  sequence->Add("\\g{" + std::to_string(group) + "}", ItemKind::kOther, *groups_[group]);
}

// One member of a class: a character, or nullopt when it was a category, which `category` names.
std::optional<char32_t> Translator::ParseClassItem(const std::u32string& token, const Scope& scope,
                                                   RegexClass* characters,
                                                   std::u32string* category) {
  if (token[0] != '\\') return token[0];
  const char32_t c = token[1];
  if (c == 'b') return '\b';
  if (std::u32string_view(U"dDsSwW").find(c) != std::u32string_view::npos) {
    characters->AddCategory(c, (scope.flags & kRegexAscii) != 0);
    *category = token;
    return std::nullopt;
  }
  std::u32string escape = token;
  if (const auto character = ParseCharacterEscape(&escape)) return character;
  if (!IsOctal(c)) throw tokens_.MakeError("bad escape " + ToUtf8(token), token.size());
  escape += tokens_.TakeWhile(2, U"01234567");
  const unsigned long code = std::stoul(ToUtf8(escape.substr(1)), nullptr, 8);
  if (code > 0377) {
    throw tokens_.MakeError("octal escape value " + ToUtf8(escape) + " outside of range 0-0o377",
                            escape.size());
  }
  return static_cast<char32_t>(code);
}

void Translator::ParseClass(const Scope& scope, Sequence* sequence) {
  const size_t here = tokens_.position() - 1;
  const auto unterminated = [&]() {
    return tokens_.MakeError("unterminated character set", tokens_.position() - here);
  };
  RegexClass characters;
  if (tokens_.Accept('^')) characters.Negate();
  for (bool empty = true;; empty = false) {
    const std::u32string low_token = tokens_.Take();
    if (low_token.empty()) throw unterminated();
    if (low_token == U"]" && !empty) break;
    std::u32string category;
    const auto low = ParseClassItem(low_token, scope, &characters, &category);
    if (!tokens_.Accept('-')) {
      if (low) characters.AddRange(*low, *low);
      continue;
    }
    const std::u32string high_token = tokens_.Take();
    if (high_token.empty()) throw unterminated();
    if (high_token == U"]") {
      if (low) characters.AddRange(*low, *low);
      characters.AddRange('-', '-');
      break;
    }
    const auto high = ParseClassItem(high_token, scope, &characters, &category);
    if (!low || !high || *high < *low) {
      throw tokens_.MakeError("bad character range " + ToUtf8(low_token) + "-" + ToUtf8(high_token),
                              low_token.size() + 1 + high_token.size());
    }
    characters.AddRange(*low, *high);
  }
  sequence->Add(characters.ToPattern(scope.flags), ItemKind::kOther, {1, 1});
}

// "{2,3}" behind the brace; false when it is no repeat but text.
bool Translator::ParseBraces(size_t here, uint64_t* low, uint64_t* high) {
  if (tokens_.NextIs('}')) return false;
  const std::u32string low_text = tokens_.TakeWhile(SIZE_MAX, U"0123456789");
  std::u32string high_text = low_text;
  if (tokens_.Accept(',')) high_text = tokens_.TakeWhile(SIZE_MAX, U"0123456789");
  if (!tokens_.Accept('}')) {
    tokens_.Seek(here);
    return false;
  }
  const auto number = [](const std::u32string& digits) {
    uint64_t value = 0;
    for (char32_t c : digits) value = std::min(value * 10 + (c - '0'), kMaxRepeat);
    if (value >= kMaxRepeat) {
      throw Error(ErrorKind::kOverflow, "the repetition number is too large");
    }
    return value;
  };
  if (!low_text.empty()) *low = number(low_text);
  if (!high_text.empty()) {
    *high = number(high_text);
    if (*high < *low) {
      throw tokens_.MakeError("min repeat greater than max repeat", tokens_.position() - here);
    }
  }
  return true;
}

void Translator::ParseRepeat(char32_t sign, Sequence* sequence) {
  const size_t here = tokens_.position();
  uint64_t low = sign == '+' ? 1 : 0;
  uint64_t high = sign == '?' ? 1 : kMaxRepeat;
  if (sign == '{' && !ParseBraces(here, &low, &high)) {
    return AddLiteral('{', {}, sequence);
  }
  const size_t offset = tokens_.position() - here + 1;
  if (sequence->last == ItemKind::kNone || sequence->last == ItemKind::kPosition) {
    throw tokens_.MakeError("nothing to repeat", offset);
  }
  if (sequence->last == ItemKind::kRepeat) throw tokens_.MakeError("multiple repeat", offset);
  if (low > kPcreMaxRepeat || (high > kPcreMaxRepeat && high != kMaxRepeat)) {
    throw Error(ErrorKind::kLimit, "a regular expression may repeat at most 65535 times");
  }
  std::string text = "{" + std::to_string(low) + ",";
  if (high != kMaxRepeat) text += std::to_string(high);
  text += '}';
  if (tokens_.Accept('?')) {
    text += '?';
  } else if (tokens_.Accept('+')) {
    text += '+';
  }
  const Width item = sequence->last_width;
  const Width total{Times(item.low, low), Times(item.high, high)};
  sequence->width = {Cap(sequence->width.low - item.low + total.low),
                     Cap(sequence->width.high - item.high + total.high)};
  sequence->last_width = total;
  sequence->last = ItemKind::kRepeat;
  sequence->out += text;
}

void Translator::ExpectClose(size_t start) {
  if (tokens_.Accept(')')) return;
  throw tokens_.MakeError("missing ), unterminated subpattern", tokens_.position() - start);
}

void Translator::ParseGroup(Scope* scope, Sequence* sequence) {
  const size_t start = tokens_.position() - 1;
  GroupHead head;
  if (tokens_.Accept('?') && !ParseExtension(start, scope, sequence, &head)) return;
  size_t group = 0;
  if (head.capture) {
    group = groups_.size();
    if (!head.name.empty()) {
      const auto [known, added] = names_.emplace(ToUtf8(head.name), group);
      if (!added) {
        throw tokens_.MakeError("redefinition of group name " + Repr(Value(known->first)) +
                                    " as group " + std::to_string(group) + "; was group " +
                                    std::to_string(known->second),
                                head.name.size() + 1);
      }
    }
    groups_.push_back(std::nullopt);
  }
  Scope inner;
  inner.flags = (scope->flags | head.added) & ~head.removed;
  if ((head.added & kUnicodeFlag) != 0) inner.flags &= ~uint32_t{kRegexAscii};
  inner.nesting = scope->nesting + 1;
  const Sequence body = ParseAlternatives(inner);
  ExpectClose(start);
  std::string open = "(";
  if (head.atomic) open = "(?>";
  if (!head.capture && !head.atomic) {
    const bool on = (head.added & kRegexIgnoreCase) != 0;
    const bool off = (head.removed & kRegexIgnoreCase) != 0;
    open = on ? "(?i:" : off ? "(?-i:" : "(?:";
  }
  if (head.capture) groups_[group] = body.width;
  sequence->Add(open + body.out + ")", ItemKind::kOther, body.width);
}

// What follows "(?". False when the whole construct has been read.
bool Translator::ParseExtension(size_t start, Scope* scope, Sequence* sequence, GroupHead* head) {
  const std::u32string token = tokens_.Take();
  if (token.empty()) throw tokens_.MakeError("unexpected end of pattern");
  switch (token.size() == 1 ? token[0] : U'\0') {
    case 'P':
      return ParsePythonExtension(sequence, head);
    case ':':
      head->capture = false;
      return true;
    case '>':
      head->capture = false;
      head->atomic = true;
      return true;
    case '#':
      SkipComment(start);
      return false;
    case '=':
    case '!':
    case '<':
      ParseLookaround(token[0], start, *scope, sequence);
      return false;
    case '(':
      ParseConditional(start, *scope, sequence);
      return false;
    default:
      break;
  }
  if (FlagOf(token) == 0 && token != U"-") {
    throw tokens_.MakeError("unknown extension ?" + ToUtf8(token), token.size() + 1);
  }
  if (ParseFlags(token, &head->added, &head->removed)) {
    head->capture = false;
    return true;
  }
  if (!scope->first || sequence->last != ItemKind::kNone) {
    throw tokens_.MakeError("global flags not at the start of the expression",
                            tokens_.position() - start);
  }
  scope->flags = global_flags_;
  return false;
}

void Translator::SkipComment(size_t start) {
  while (true) {
    if (tokens_.AtEnd()) {
      throw tokens_.MakeError("missing ), unterminated comment", tokens_.position() - start);
    }
    if (tokens_.Take() == U")") return;
  }
}

bool Translator::ParsePythonExtension(Sequence* sequence, GroupHead* head) {
  const auto check_name = [&](const std::u32string& name) {
    if (IsIdentifier(name)) return;
    throw tokens_.MakeError("bad character in group name " + Repr(Value(ToUtf8(name))),
                            name.size() + 1);
  };
  if (tokens_.Accept('<')) {
    head->name = tokens_.TakeUntil('>', "group name");
    check_name(head->name);
    return true;
  }
  if (tokens_.Accept('=')) {
    const std::u32string name = tokens_.TakeUntil(')', "group name");
    check_name(name);
    const auto found = names_.find(ToUtf8(name));
    if (found == names_.end()) {
      throw tokens_.MakeError("unknown group name " + Repr(Value(ToUtf8(name))), name.size() + 1);
    }
    if (!IsClosed(found->second)) {
      throw tokens_.MakeError("cannot refer to an open group", name.size() + 1);
    }
    CheckLookbehind(found->second);
    AddReference(found->second, sequence);
    return false;
  }
  const std::u32string token = tokens_.Take();
  if (token.empty()) throw tokens_.MakeError("unexpected end of pattern");
  throw tokens_.MakeError("unknown extension ?P" + ToUtf8(token), token.size() + 2);
}

void Translator::ParseLookaround(char32_t sign, size_t start, const Scope& scope,
                                 Sequence* sequence) {
  const bool behind = sign == '<';
  const std::optional<size_t> outer = lookbehind_groups_;
  std::string open = behind ? "(?<" : "(?";
  if (behind) {
    const std::u32string token = tokens_.Take();
    if (token.empty()) throw tokens_.MakeError("unexpected end of pattern");
    if (token != U"=" && token != U"!") {
      throw tokens_.MakeError("unknown extension ?<" + ToUtf8(token), token.size() + 2);
    }
    sign = token[0];
    if (!outer) lookbehind_groups_ = groups_.size();
  }
  Scope inner{scope.flags, scope.nesting + 1, false};
  const Sequence body = ParseAlternatives(inner);
  if (behind) lookbehind_groups_ = outer;
  ExpectClose(start);
  if (behind && body.width.low != body.width.high) {
    throw Error(ErrorKind::kRegex, "look-behind requires fixed-width pattern");
  }
  open += static_cast<char>(sign);
  sequence->Add(open + body.out + ")", ItemKind::kOther, {});
}

size_t Translator::ParseConditionGroup() {
  const std::u32string name = tokens_.TakeUntil(')', "group name");
  const std::string text = ToUtf8(name);
  if (IsIdentifier(name)) {
    const auto found = names_.find(text);
    if (found != names_.end()) return found->second;
    throw tokens_.MakeError("unknown group name " + Repr(Value(text)), name.size() + 1);
  }
  if (!std::all_of(name.begin(), name.end(), IsDigit) || name.size() > 9) {
    throw tokens_.MakeError("bad character in group name " + Repr(Value(text)), name.size() + 1);
  }
  const size_t group = std::stoul(text);
  if (group == 0) throw tokens_.MakeError("bad group number", name.size() + 1);
  condition_positions_.emplace(group, tokens_.position() - name.size() - 1);
  return group;
}

void Translator::ParseConditional(size_t start, const Scope& scope, Sequence* sequence) {
  const size_t group = ParseConditionGroup();
  CheckLookbehind(group);
  Scope inner{scope.flags, scope.nesting + 1, false};
  const Sequence yes = ParseSequence(&inner);
  std::string out = "(?(" + std::to_string(group) + ")" + yes.out;
  Width width{0, yes.width.high};
  if (tokens_.Accept('|')) {
    const Sequence no = ParseSequence(&inner);
    if (tokens_.NextIs('|')) {
      throw tokens_.MakeError("conditional backref with more than two branches");
    }
    out += "|" + no.out;
    width = {std::min(yes.width.low, no.width.low), std::max(yes.width.high, no.width.high)};
  }
  ExpectClose(start);
  sequence->Add(out + ")", ItemKind::kOther, width);
}

uint32_t Translator::ParseAddedFlags(std::u32string* token) {
  uint32_t added = 0;
  while (true) {
    const uint32_t flag = FlagOf(*token);
    if (flag == kLocaleFlag) {
      throw tokens_.MakeError("bad inline flags: cannot use 'L' flag with a str pattern");
    }
    added |= flag;
    if ((flag & kTypeFlags) != 0 && (added & kTypeFlags) != flag) {
      throw tokens_.MakeError("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    }
    *token = tokens_.Take();
    if (token->empty()) throw tokens_.MakeError("missing -, : or )");
    if (*token == U")" || *token == U"-" || *token == U":") return added;
    if (FlagOf(*token) == 0) {
      throw tokens_.MakeError(IsAlpha((*token)[0]) ? "unknown flag" : "missing -, : or )",
                              token->size());
    }
  }
}

uint32_t Translator::ParseRemovedFlags() {
  uint32_t removed = 0;
  std::u32string token = tokens_.Take();
  if (token.empty()) throw tokens_.MakeError("missing flag");
  if (FlagOf(token) == 0) {
    throw tokens_.MakeError(IsAlpha(token[0]) ? "unknown flag" : "missing flag", token.size());
  }
  while (true) {
    const uint32_t flag = FlagOf(token);
    if ((flag & kTypeFlags) != 0) {
      throw tokens_.MakeError("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
    }
    removed |= flag;
    token = tokens_.Take();
    if (token.empty()) throw tokens_.MakeError("missing :");
    if (token == U":") return removed;
    if (FlagOf(token) == 0) {
      throw tokens_.MakeError(IsAlpha(token[0]) ? "unknown flag" : "missing :", token.size());
    }
  }
}

// False for flags of the whole pattern, "(?i)".
bool Translator::ParseFlags(std::u32string token, uint32_t* added, uint32_t* removed) {
  if (token != U"-") *added = ParseAddedFlags(&token);
  if (token == U")") {
    global_flags_ |= *added;
    return false;
  }
  if ((*added & kGlobalFlags) != 0) {
    throw tokens_.MakeError("bad inline flags: cannot turn on global flag", 1);
  }
  if (token == U"-") *removed = ParseRemovedFlags();
  if ((*removed & kGlobalFlags) != 0) {
    throw tokens_.MakeError("bad inline flags: cannot turn off global flag", 1);
  }
  if ((*added & *removed) != 0) {
    throw tokens_.MakeError("bad inline flags: flag turned on and off", 1);
  }
  return true;
}

}  // namespace

RegexProgram TranslateRegex(std::string_view pattern, uint32_t flags) {
  return Translator(pattern, flags).Run();
}

}  // namespace scaffold
