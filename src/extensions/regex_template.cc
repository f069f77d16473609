#include "extensions/regex_template.h"

#include <algorithm>

#include "extensions/regex_tokens.h"
#include "scaffold/value.h"
#include "support/utf8.h"

namespace scaffold {
namespace {

bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsOctal(char32_t c) { return c >= '0' && c <= '7'; }

class TemplateParser {
 public:
  TemplateParser(std::string_view replacement, const Regex& regex)
      : tokens_(replacement), regex_(regex) {}

  std::vector<RegexTemplatePart> Run() {
    while (!tokens_.AtEnd()) {
      const std::u32string token = tokens_.Take();
      if (token[0] != '\\') {
        text_ += ToUtf8(token);
      } else if (token[1] == 'g') {
        ParseNamedGroup();
      } else if (IsDigit(token[1])) {
        ParseNumber(token);
      } else {
        AppendUtf8(&text_, ParseCharacter(token));
      }
    }
    if (!text_.empty()) parts_.push_back({std::move(text_), -1});
    return std::move(parts_);
  }

 private:
  bool NextIs(bool (*kind)(char32_t)) const {
    return tokens_.next().size() == 1 && kind(tokens_.next()[0]);
  }

  void AddGroup(size_t group, size_t offset) {
    if (group > regex_.groups()) {
      throw tokens_.MakeError("invalid group reference " + std::to_string(group), offset);
    }
    parts_.push_back({std::move(text_), static_cast<int>(group)});
    text_.clear();
  }

  void ParseNamedGroup() {
    if (!tokens_.Accept('<')) throw tokens_.MakeError("missing <");
    const std::u32string name = tokens_.TakeUntil('>', "group name");
    const std::string text = ToUtf8(name);
    if (IsIdentifier(name)) {
      const size_t* group = regex_.GroupIndex(text);
      if (group == nullptr) {
        throw Error(ErrorKind::kIndex, "unknown group name " + Repr(Value(text)));
      }
      return AddGroup(*group, name.size() + 1);
    }
    if (!std::all_of(name.begin(), name.end(), IsDigit) || name.size() > 9) {
      throw tokens_.MakeError("bad character in group name " + Repr(Value(text)), name.size() + 1);
    }
    AddGroup(std::stoul(text), name.size() + 1);
  }

  void ParseNumber(std::u32string token) {
    const auto octal = [&]() {
      return static_cast<char32_t>(std::stoul(ToUtf8(token.substr(1)), nullptr, 8));
    };
    if (token[1] == '0') {
      token += tokens_.TakeWhile(2, U"01234567");
      AppendUtf8(&text_, octal() & 0xFF);
      return;
    }
    if (NextIs(IsDigit)) {
      token += tokens_.Take();
      if (IsOctal(token[1]) && IsOctal(token[2]) && NextIs(IsOctal)) {
        token += tokens_.Take();
        if (octal() > 0377) {
          throw tokens_.MakeError(
              "octal escape value " + ToUtf8(token) + " outside of range 0-0o377", token.size());
        }
        AppendUtf8(&text_, octal());
        return;
      }
    }
    AddGroup(std::stoul(ToUtf8(token.substr(1))), token.size() - 1);
  }

  char32_t ParseCharacter(const std::u32string& token) {
    switch (token[1]) {
      case 'a':
        return '\a';
      case 'b':
        return '\b';
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
      case '\\':
        return '\\';
      default:
        break;
    }
    if ((token[1] >= 'a' && token[1] <= 'z') || (token[1] >= 'A' && token[1] <= 'Z')) {
      throw tokens_.MakeError("bad escape " + ToUtf8(token), token.size());
    }
    // Any other escape stands for itself, backslash included.
    text_ += '\\';
    return token[1];
  }

  RegexTokens tokens_;
  const Regex& regex_;
  std::string text_;
  std::vector<RegexTemplatePart> parts_;
};

}  // namespace

std::vector<RegexTemplatePart> ParseRegexTemplate(std::string_view replacement,
                                                  const Regex& regex) {
  return TemplateParser(replacement, regex).Run();
}

void AppendExpansion(const std::vector<RegexTemplatePart>& parts, const RegexMatch& match,
                     std::string_view subject, std::string* out) {
  for (const RegexTemplatePart& part : parts) {
    out->append(part.text);
    if (part.group < 0) continue;
    const auto& span = match[static_cast<size_t>(part.group)];
    if (span) out->append(subject, span->begin, span->end - span->begin);
  }
}

}  // namespace scaffold
