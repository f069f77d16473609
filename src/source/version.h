// Version: a PEP 440 version, as Python's packaging.version.Version parses, prints and orders it.

#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scaffold {

// A natural number of any size, as its decimal digits without leading zeros.
class VersionNumber {
 public:
  VersionNumber() : digits_("0") {}
  // REQUIRES: only ASCII digits. "" is zero.
  explicit VersionNumber(std::string_view digits);
  const std::string& text() const { return digits_; }
  bool IsZero() const { return digits_ == "0"; }
  friend bool operator==(const VersionNumber&, const VersionNumber&) = default;
  friend std::strong_ordering operator<=>(const VersionNumber& a, const VersionNumber& b);

 private:
  std::string digits_;
};

class Version {
 public:
  // Nullopt where Python raises InvalidVersion.
  static std::optional<Version> Parse(std::string_view text);

  std::string text() const;          // str(version): "1.0rc1.post2.dev3+local"
  std::string public_text() const;   // without the local part
  std::string base_version() const;  // epoch and release
  std::string local() const;         // "" when there is none
  const VersionNumber& epoch() const { return epoch_; }
  const std::vector<VersionNumber>& release() const { return release_; }
  const std::optional<std::pair<std::string, VersionNumber>>& pre() const { return pre_; }
  const std::optional<VersionNumber>& post() const { return post_; }
  const std::optional<VersionNumber>& dev() const { return dev_; }
  VersionNumber major() const { return ReleasePart(0); }
  VersionNumber minor() const { return ReleasePart(1); }
  VersionNumber micro() const { return ReleasePart(2); }
  bool is_prerelease() const { return pre_.has_value() || dev_.has_value(); }
  bool is_postrelease() const { return post_.has_value(); }
  bool is_devrelease() const { return dev_.has_value(); }

  // By PEP 440's order: "1.0" and "1.0.0" are equal.
  friend std::strong_ordering operator<=>(const Version& a, const Version& b);
  friend bool operator==(const Version& a, const Version& b) { return (a <=> b) == 0; }

 private:
  friend class VersionParser;
  struct LocalPart {
    bool numeric = false;
    VersionNumber number;
    std::string word;
  };
  static std::strong_ordering CompareLocal(const Version& a, const Version& b);
  VersionNumber ReleasePart(size_t index) const;

  VersionNumber epoch_;
  std::vector<VersionNumber> release_;
  std::optional<std::pair<std::string, VersionNumber>> pre_;  // "a", "b" or "rc"
  std::optional<VersionNumber> post_;
  std::optional<VersionNumber> dev_;
  std::vector<LocalPart> local_;
};

}  // namespace scaffold
