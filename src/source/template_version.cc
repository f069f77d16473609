#include "source/template_version.h"

#include <algorithm>
#include <utility>

#include "support/text.h"

namespace scaffold {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSeparator(char c) { return c == '-' || c == '.' || c == '_'; }

// A tag as dunamai's pattern takes it apart:
// v? (EPOCH!)? BASE ([-._]? STAGE [-._]? REVISION?)? (+METADATA)?
struct TagParts {
  std::optional<VersionNumber> epoch;
  std::string base;
  std::string stage;
  std::optional<VersionNumber> revision;
};

template <typename Predicate>
std::string_view TakeWhile(std::string_view* rest, Predicate predicate) {
  const auto end = std::find_if_not(rest->begin(), rest->end(), predicate);
  const std::string_view taken = rest->substr(0, static_cast<size_t>(end - rest->begin()));
  rest->remove_prefix(taken.size());
  return taken;
}

std::string TakeBase(std::string_view* rest) {
  std::string base(TakeWhile(rest, IsDigit));
  while (rest->size() > 1 && (*rest)[0] == '.' && IsDigit((*rest)[1])) {
    rest->remove_prefix(1);
    base += ".";
    base += TakeWhile(rest, IsDigit);
  }
  return base;
}

// Leaves `rest` alone when no stage stands there.
void TakeStage(std::string_view* rest, TagParts* parts) {
  std::string_view after = *rest;
  if (!after.empty() && IsSeparator(after.front())) after.remove_prefix(1);
  const std::string_view stage = TakeWhile(&after, IsLetter);
  if (stage.empty()) return;
  parts->stage = stage;
  if (!after.empty() && IsSeparator(after.front())) after.remove_prefix(1);
  const std::string_view digits = TakeWhile(&after, IsDigit);
  if (!digits.empty()) parts->revision = VersionNumber(digits);
  *rest = after;
}

std::optional<TagParts> ParseTag(std::string_view tag) {
  std::string_view rest = tag;
  if (rest.starts_with('v')) rest.remove_prefix(1);
  TagParts parts;
  std::string_view after = rest;
  const std::string_view epoch = TakeWhile(&after, IsDigit);
  if (!epoch.empty() && after.starts_with('!')) {
    parts.epoch = VersionNumber(epoch);
    rest = after.substr(1);
  }
  parts.base = TakeBase(&rest);
  if (parts.base.empty()) return std::nullopt;
  TakeStage(&rest, &parts);
  if (rest.starts_with('+') && rest.size() > 1) rest = {};
  if (!rest.empty()) return std::nullopt;
  return parts;
}

// "a", "b" or "rc"; empty for a stage that is no version's.
std::string NormalizeStage(std::string_view stage) {
  const std::string lower = ToLowerAscii(stage);
  if (lower == "a" || lower == "alpha") return "a";
  if (lower == "b" || lower == "beta") return "b";
  if (lower == "rc" || lower == "c" || lower == "pre" || lower == "preview") return "rc";
  return {};
}

// dunamai's Version.serialize for PEP 440; nullopt where it raises ValueError.
std::optional<std::string> Serialize(const TagParts& parts, size_t distance,
                                     const std::string& abbreviated) {
  std::string text = parts.epoch ? parts.epoch->text() + "!" + parts.base : parts.base;
  std::optional<std::string> post;
  std::optional<std::string> dev;
  const std::string revision = parts.revision ? parts.revision->text() : "";
  size_t dev_base = 0;
  bool has_dev = false;
  if (parts.stage == "post") {
    if (parts.revision) post = revision;
  } else if (parts.stage == "dev") {
    has_dev = parts.revision.has_value();
    dev_base = has_dev ? std::strtoull(revision.c_str(), nullptr, 10) : 0;
    if (has_dev) dev = revision;
  } else if (!parts.stage.empty()) {
    const std::string stage = NormalizeStage(parts.stage);
    if (stage.empty()) return std::nullopt;
    text += stage + (parts.revision ? revision : "0");
  }
  if (distance > 0) {
    if (!post && !dev) {
      post = std::to_string(distance);
      dev = "0";
    } else {
      dev = std::to_string(dev_base + distance);
    }
  }
  if (post) text += ".post" + *post;
  if (dev) text += ".dev" + *dev;
  return distance > 0 ? text + "+" + abbreviated : text;
}

// "TAG-3-gabcdef" -> "TAG.post3+gabcdef".
std::optional<std::string> FromDescription(std::string_view described) {
  const size_t hash = described.rfind('-');
  if (hash == std::string_view::npos || !described.substr(hash + 1).starts_with('g')) {
    return std::nullopt;
  }
  const size_t count = described.substr(0, hash).rfind('-');
  if (count == std::string_view::npos || count == 0 || count + 1 == hash) return std::nullopt;
  const std::string_view digits = described.substr(count + 1, hash - count - 1);
  if (!std::all_of(digits.begin(), digits.end(), IsDigit)) return std::nullopt;
  return std::string(described.substr(0, count)) + ".post" + std::string(digits) + "+" +
         std::string(described.substr(hash + 1));
}

size_t Distance(const History& history, const VersionedCommit& commit, const CommitId& tagged) {
  if (commit.base.empty()) return commit.beyond;
  const size_t counted = tagged == commit.base ? 0 : history.CountCommits(commit.base, tagged);
  return counted + commit.beyond;
}

}  // namespace

std::optional<Version> VersionOfCommit(const History& history, const VersionedCommit& commit) {
  std::optional<TagRef> tag;
  if (!commit.base.empty()) {
    tag = history.NearestTag(commit.base,
                             [](const TagRef& found) { return ParseTag(found.name).has_value(); });
  }
  TagParts parts;
  parts.base = "0.0.0";
  if (tag) parts = *ParseTag(tag->name);
  const size_t distance = Distance(history, commit, tag ? tag->commit : CommitId());
  if (const auto text = Serialize(parts, distance, commit.abbreviated)) {
    if (auto version = Version::Parse(*text)) return version;
  }
  return Version::Parse(FromDescription(commit.described).value_or(commit.described));
}

std::optional<std::string> NewestTag(const std::vector<std::string>& names, bool prereleases,
                                     std::string_view prefix) {
  std::optional<Version> newest;
  const std::string* newest_name = nullptr;
  for (const std::string& name : names) {
    if (!name.starts_with(prefix)) continue;
    std::optional<Version> version = Version::Parse(std::string_view(name).substr(prefix.size()));
    if (!version || (version->is_prerelease() && !prereleases)) continue;
    if (newest && *version <= *newest) continue;
    newest = std::move(version);
    newest_name = &name;
  }
  if (newest_name == nullptr) return std::nullopt;
  return *newest_name;
}

}  // namespace scaffold
