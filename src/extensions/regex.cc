#include "extensions/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <cctype>

#include "extensions/regex_template.h"
#include "extensions/regex_translate.h"
#include "scaffold/error.h"
#include "support/utf8.h"
#include "value/limits.h"

namespace scaffold {
namespace {

// What one match may cost; an honest pattern needs a few thousand steps.
constexpr uint32_t kMatchLimit = 10'000'000;
constexpr uint32_t kHeapLimitKib = 64 * 1024;
constexpr size_t kCacheSize = 128;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

using Code = std::unique_ptr<pcre2_code, Freer<pcre2_code_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Freer<pcre2_match_data_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Freer<pcre2_match_context_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Freer<pcre2_compile_context_free>>;

std::string MessageOf(int code) {
  std::array<unsigned char, 256> text{};
  pcre2_get_error_message(code, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

[[noreturn]] void ThrowMatchError(int code) {
  switch (code) {
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
      throw Error(ErrorKind::kLimit, "regular expression took too many steps (more than " +
                                         std::to_string(kMatchLimit) + ")");
    default:
      throw Error(ErrorKind::kValue,
                  "regular expression cannot search this text: " + MessageOf(code));
  }
}

}  // namespace

struct Regex::Rep {
  Code code;
  MatchData data;
  MatchContext context;
};

Regex::Regex() : rep_(std::make_unique<Rep>()) {}
Regex::~Regex() = default;

std::shared_ptr<const Regex> Regex::Compile(std::string_view pattern, uint32_t flags) {
  thread_local std::map<std::pair<uint32_t, std::string>, std::shared_ptr<const Regex>> cache;
  const auto key = std::make_pair(flags, std::string(pattern));
  if (const auto found = cache.find(key); found != cache.end()) return found->second;

  RegexProgram program = TranslateRegex(pattern, flags);
  std::shared_ptr<Regex> regex(new Regex());
  const CompileContext context(pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int code = 0;
  size_t offset = 0;
  regex->rep_->code.reset(pcre2_compile(
      reinterpret_cast<PCRE2_SPTR>(program.pattern.data()), program.pattern.size(),
      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &code, &offset, context.get()));
  if (regex->rep_->code == nullptr) {
    throw Error(ErrorKind::kRegex, MessageOf(code));
  }
  regex->rep_->data.reset(pcre2_match_data_create_from_pattern(regex->rep_->code.get(), nullptr));
  regex->rep_->context.reset(pcre2_match_context_create(nullptr));
  pcre2_set_match_limit(regex->rep_->context.get(), kMatchLimit);
  pcre2_set_heap_limit(regex->rep_->context.get(), kHeapLimitKib);
  regex->groups_ = program.groups;
  regex->names_ = std::move(program.names);

  if (cache.size() >= kCacheSize) cache.clear();
  cache.emplace(key, regex);
  return regex;
}

const size_t* Regex::GroupIndex(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

std::optional<RegexMatch> Regex::Match(std::string_view subject, size_t start,
                                       uint32_t options) const {
  ChargeSteps(1);
  CheckTime();
  const int count =
      pcre2_match(rep_->code.get(), reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(),
                  start, options, rep_->data.get(), rep_->context.get());
  if (count == PCRE2_ERROR_NOMATCH) return std::nullopt;
  if (count < 0) ThrowMatchError(count);
  const size_t* offsets = pcre2_get_ovector_pointer(rep_->data.get());
  RegexMatch match(groups_ + 1);
  for (size_t i = 0; i <= groups_; ++i) {
    if (offsets[2 * i] == PCRE2_UNSET) continue;
    match[i] = RegexSpan{offsets[2 * i], offsets[2 * i + 1]};
  }
  return match;
}

std::optional<RegexMatch> Regex::Search(std::string_view subject) const {
  return Match(subject, 0, 0);
}

std::optional<RegexMatch> Regex::MatchPrefix(std::string_view subject) const {
  return Match(subject, 0, PCRE2_ANCHORED);
}

std::optional<RegexMatch> Regex::MatchAll(std::string_view subject) const {
  return Match(subject, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
}

std::vector<RegexMatch> Regex::FindAll(std::string_view subject, size_t limit) const {
  std::vector<RegexMatch> matches;
  size_t start = 0;
  uint32_t options = 0;
  while (limit == 0 || matches.size() < limit) {
    std::optional<RegexMatch> match = Match(subject, start, options);
    if (!match) break;
    const RegexSpan whole = *(*match)[0];
    start = whole.end;
    // The text has been checked once; and an empty match must be left behind.
    options = PCRE2_NO_UTF_CHECK;
    if (whole.begin == whole.end) options |= PCRE2_NOTEMPTY_ATSTART;
    matches.push_back(std::move(*match));
  }
  return matches;
}

std::string Regex::Substitute(std::string_view replacement, std::string_view subject,
                              size_t limit) const {
  const std::vector<RegexTemplatePart> parts = ParseRegexTemplate(replacement, *this);
  std::string out;
  size_t copied = 0;
  for (const RegexMatch& match : FindAll(subject, limit)) {
    out.append(subject, copied, match[0]->begin - copied);
    const size_t before = out.size();
    AppendExpansion(parts, match, subject, &out);
    ChargeBytes(out.size() - before);
    copied = match[0]->end;
  }
  return out.append(subject.substr(copied));
}

std::vector<std::optional<std::string>> Regex::Split(std::string_view subject, size_t limit) const {
  std::vector<std::optional<std::string>> pieces;
  size_t copied = 0;
  for (const RegexMatch& match : FindAll(subject, limit)) {
    pieces.emplace_back(subject.substr(copied, match[0]->begin - copied));
    for (size_t i = 1; i <= groups_; ++i) {
      if (match[i]) {
        pieces.emplace_back(subject.substr(match[i]->begin, match[i]->end - match[i]->begin));
      } else {
        pieces.emplace_back(std::nullopt);
      }
    }
    copied = match[0]->end;
  }
  pieces.emplace_back(subject.substr(copied));
  return pieces;
}

std::string EscapeRegex(std::string_view text) {
  constexpr std::string_view kSpecial("()[]{}?*+-|^$\\.&~# \t\n\r\v\f");
  std::string out;
  for (char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace scaffold
