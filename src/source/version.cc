#include "source/version.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "support/text.h"

namespace scaffold {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlphanumeric(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z'); }
bool IsSeparator(char c) { return c == '.' || c == '_' || c == '-'; }

// A part that may be missing sorts below or above every number.
using Rank = std::pair<int, VersionNumber>;
Rank Below() { return {-1, {}}; }
Rank Above() { return {1, {}}; }
Rank At(const VersionNumber& number) { return {0, number}; }

}  // namespace

VersionNumber::VersionNumber(std::string_view digits) {
  const size_t first = digits.find_first_not_of('0');
  digits_ = first == std::string_view::npos ? "0" : digits.substr(first);
}

std::strong_ordering operator<=>(const VersionNumber& a, const VersionNumber& b) {
  if (a.digits_.size() != b.digits_.size()) return a.digits_.size() <=> b.digits_.size();
  return a.digits_.compare(b.digits_) <=> 0;
}

// PEP 440's appendix B, read from left to right without going back.
class VersionParser {
 public:
  explicit VersionParser(std::string_view text) : lower_(ToLowerAscii(text)), rest_(lower_) {}

  std::optional<Version> Parse() {
    rest_ = StripPythonBlanks(rest_);
    Take("v");
    if (!TakeRelease()) return std::nullopt;
    TakePre();
    TakePost();
    TakeDev();
    if (!TakeLocal() || !rest_.empty()) return std::nullopt;
    return std::move(version_);
  }

 private:
  static std::string_view StripPythonBlanks(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\n\r\f\v\x1c\x1d\x1e\x1f";
    const size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
  }

  bool Take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  std::string_view TakeDigits() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), IsDigit);
    const std::string_view digits = rest_.substr(0, static_cast<size_t>(end - rest_.begin()));
    rest_.remove_prefix(digits.size());
    return digits;
  }

  void TakeSeparator() {
    if (!rest_.empty() && IsSeparator(rest_.front())) rest_.remove_prefix(1);
  }

  bool TakeRelease() {
    std::string_view digits = TakeDigits();
    if (digits.empty()) return false;
    if (Take("!")) {
      version_.epoch_ = VersionNumber(digits);
      digits = TakeDigits();
      if (digits.empty()) return false;
    }
    version_.release_.emplace_back(digits);
    while (rest_.size() > 1 && rest_[0] == '.' && IsDigit(rest_[1])) {
      rest_.remove_prefix(1);
      version_.release_.emplace_back(TakeDigits());
    }
    return true;
  }

  // "[._-]? WORD [._-]? DIGITS?" with one of `words`; nothing is taken when no word stands there.
  template <size_t N>
  std::optional<std::pair<std::string_view, VersionNumber>> TakeWord(
      const std::array<std::string_view, N>& words) {
    const std::string_view before = rest_;
    TakeSeparator();
    for (const std::string_view word : words) {
      if (!Take(word)) continue;
      TakeSeparator();
      return std::pair(word, VersionNumber(TakeDigits()));
    }
    rest_ = before;
    return std::nullopt;
  }

  void TakePre() {
    constexpr std::array<std::string_view, 8> kWords = {"alpha",   "a",   "beta", "b",
                                                        "preview", "pre", "c",    "rc"};
    const auto pre = TakeWord(kWords);
    if (!pre) return;
    const char first = pre->first.front();
    version_.pre_ = {first == 'a' ? "a" : first == 'b' ? "b" : "rc", pre->second};
  }

  void TakePost() {
    if (rest_.size() > 1 && rest_[0] == '-' && IsDigit(rest_[1])) {
      rest_.remove_prefix(1);
      version_.post_ = VersionNumber(TakeDigits());
      return;
    }
    constexpr std::array<std::string_view, 3> kWords = {"post", "rev", "r"};
    if (const auto post = TakeWord(kWords)) version_.post_ = post->second;
  }

  void TakeDev() {
    constexpr std::array<std::string_view, 1> kWords = {"dev"};
    if (const auto dev = TakeWord(kWords)) version_.dev_ = dev->second;
  }

  bool TakeLocal() {
    if (!Take("+")) return true;
    while (true) {
      const auto end = std::find_if_not(rest_.begin(), rest_.end(), IsAlphanumeric);
      const std::string_view part = rest_.substr(0, static_cast<size_t>(end - rest_.begin()));
      if (part.empty()) return false;
      rest_.remove_prefix(part.size());
      Version::LocalPart local;
      local.numeric = std::all_of(part.begin(), part.end(), IsDigit);
      if (local.numeric) {
        local.number = VersionNumber(part);
      } else {
        local.word = part;
      }
      version_.local_.push_back(std::move(local));
      if (rest_.empty() || !IsSeparator(rest_.front())) return true;
      rest_.remove_prefix(1);
    }
  }

  std::string lower_;
  std::string_view rest_;
  Version version_;
};

std::optional<Version> Version::Parse(std::string_view text) { return VersionParser(text).Parse(); }

std::string Version::base_version() const {
  std::string text = epoch_.IsZero() ? "" : epoch_.text() + "!";
  for (size_t i = 0; i < release_.size(); ++i) {
    if (i > 0) text += '.';
    text += release_[i].text();
  }
  return text;
}

std::string Version::public_text() const {
  std::string text = base_version();
  if (pre_) text += pre_->first + pre_->second.text();
  if (post_) text += ".post" + post_->text();
  if (dev_) text += ".dev" + dev_->text();
  return text;
}

std::string Version::local() const {
  std::vector<std::string> parts;
  for (const LocalPart& part : local_)
    parts.push_back(part.numeric ? part.number.text() : part.word);
  return Join(parts, ".");
}

std::string Version::text() const {
  return local_.empty() ? public_text() : public_text() + "+" + local();
}

VersionNumber Version::ReleasePart(size_t index) const {
  return index < release_.size() ? release_[index] : VersionNumber();
}

// Missing sorts first, words before numbers.
std::strong_ordering Version::CompareLocal(const Version& a, const Version& b) {
  const size_t common = std::min(a.local_.size(), b.local_.size());
  for (size_t i = 0; i < common; ++i) {
    const LocalPart& x = a.local_[i];
    const LocalPart& y = b.local_[i];
    if (x.numeric != y.numeric) return x.numeric <=> y.numeric;
    if (const auto order = x.number <=> y.number; order != 0) return order;
    if (const auto order = x.word.compare(y.word) <=> 0; order != 0) return order;
  }
  return a.local_.size() <=> b.local_.size();
}

// packaging's _cmpkey: a dev release alone comes before every prerelease, a final release after.
std::strong_ordering operator<=>(const Version& a, const Version& b) {
  if (const auto order = a.epoch_ <=> b.epoch_; order != 0) return order;
  const size_t parts = std::max(a.release_.size(), b.release_.size());
  for (size_t i = 0; i < parts; ++i) {
    if (const auto order = a.ReleasePart(i) <=> b.ReleasePart(i); order != 0) return order;
  }
  const auto key = [](const Version& v) {
    std::pair<std::string, Rank> pre = {"", Above()};
    int pre_rank = 1;
    if (v.pre_) {
      pre_rank = 0;
      pre = {v.pre_->first, At(v.pre_->second)};
    } else if (!v.post_ && v.dev_) {
      pre_rank = -1;
    }
    return std::tuple(pre_rank, pre, v.post_ ? At(*v.post_) : Below(),
                      v.dev_ ? At(*v.dev_) : Above());
  };
  if (const auto order = key(a) <=> key(b); order != 0) return order;
  return Version::CompareLocal(a, b);
}

}  // namespace scaffold
