// Naming commits as the git program does: abbreviations and `git describe`.

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <map>
#include <utility>

#include "support/text.h"
#include "vcs/repository_rep.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMinimumAbbreviation = 4;
constexpr size_t kDefaultAbbreviation = 7;

// The number of objects in a pack stands at the end of its index's fan-out table.
uint64_t CountPackedObjects(const fs::path& index) {
  std::ifstream file(index, std::ios::binary);
  constexpr std::streamoff kHeader = 8;
  constexpr std::streamoff kLastFanout = 255 * 4;
  file.seekg(kHeader + kLastFanout);
  unsigned char bytes[4] = {};
  if (!file.read(reinterpret_cast<char*>(bytes), sizeof bytes)) return 0;
  return uint64_t{bytes[0]} << 24 | uint64_t{bytes[1]} << 16 | uint64_t{bytes[2]} << 8 | bytes[3];
}

// git counts packed objects only, and calls that approximate.
uint64_t ApproximateObjectCount(const fs::path& objects) {
  uint64_t count = 0;
  std::error_code error;
  for (fs::directory_iterator entry(objects / "pack", error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".idx") count += CountPackedObjects(entry->path());
  }
  return count;
}

// core.abbrev, or the length at which a collision is as likely as not, at least seven.
size_t DefaultLength(const Repository::Rep& rep) {
  const std::string configured = rep.config.Find("core.abbrev").value_or("auto");
  if (rep.config.FindBool("core.abbrev") == false && configured != "0") return GIT_OID_HEXSZ;
  size_t length = 0;
  const auto [end, error] =
      std::from_chars(configured.data(), configured.data() + configured.size(), length);
  if (error == std::errc()) {
    return std::clamp<size_t>(length, kMinimumAbbreviation, GIT_OID_HEXSZ);
  }
  const uint64_t count =
      ApproximateObjectCount(fs::path(git_repository_commondir(rep.get())) / "objects");
  const size_t bits = static_cast<size_t>(std::bit_width(count));
  return std::max((bits + 1) / 2, kDefaultAbbreviation);
}

struct FoundTag {
  std::string name;
  size_t distance;
};

// Nullopt when no tag is reachable.
std::optional<FoundTag> DescribeByTag(const Repository::Rep& rep, const CommitId& commit) {
  const git_oid id = git::ParseHex(commit);
  const auto object = git::Take<git::ObjectHandle>("read commit " + commit, git_object_lookup,
                                                   rep.get(), &id, GIT_OBJECT_COMMIT);
  git_describe_options options = GIT_DESCRIBE_OPTIONS_INIT;
  options.describe_strategy = GIT_DESCRIBE_TAGS;
  git_describe_result* result = nullptr;
  options.show_commit_oid_as_fallback = 1;
  git::Check(git_describe_commit(&result, object.get(), &options), "describe commit " + commit);
  const std::unique_ptr<git_describe_result, git::Freer<git_describe_result_free>> owner(result);
  git_describe_format_options format = GIT_DESCRIBE_FORMAT_OPTIONS_INIT;
  format.abbreviated_size = GIT_OID_HEXSZ;
  format.always_use_long_format = 1;
  git::Buffer text;
  git::Check(git_describe_format(text.get(), result, &format), "describe commit " + commit);
  // "TAG-DISTANCE-gID"; the tag may have dashes itself.
  std::string_view rest = text.view();
  if (rest == commit) return std::nullopt;
  rest.remove_suffix(rest.size() - rest.rfind("-g"));
  const size_t dash = rest.rfind('-');
  size_t distance = 0;
  std::from_chars(rest.data() + dash + 1, rest.data() + rest.size(), distance);
  return FoundTag{std::string(rest.substr(0, dash)), distance};
}

// When a tag was made: its tagger's date, else the commit's.
int64_t DateOfTag(git_repository* repository, const TagRef& tag) {
  git_object* object = nullptr;
  if (git_revparse_single(&object, repository, ("refs/tags/" + tag.name).c_str()) != 0) return 0;
  const git::ObjectHandle owner(object);
  if (git_object_type(object) == GIT_OBJECT_TAG) {
    const git_signature* tagger = git_tag_tagger(reinterpret_cast<git_tag*>(object));
    return tagger != nullptr ? tagger->when.time : 0;
  }
  if (git_object_type(object) == GIT_OBJECT_COMMIT) {
    return git_commit_time(reinterpret_cast<git_commit*>(object));
  }
  return 0;
}

// Tags of other objects than commits are left out.
std::multimap<CommitId, TagRef> TagsByCommit(const Repository& repository, git_repository* handle) {
  std::multimap<CommitId, TagRef> tags;
  for (const std::string& name : repository.TagNames()) {
    git_object* object = nullptr;
    if (git_revparse_single(&object, handle, ("refs/tags/" + name + "^{commit}").c_str()) != 0) {
      continue;
    }
    const git::ObjectHandle owner(object);
    const CommitId commit = git::Hex(*git_object_id(object));
    tags.emplace(commit, TagRef{name, commit});
  }
  return tags;
}

}  // namespace

std::string Repository::Abbreviate(const CommitId& commit) const {
  git_odb* database = nullptr;
  git::Check(git_repository_odb(&database, rep_->get()), "open the object database");
  const git::OdbHandle owner(database);
  const git_oid id = git::ParseHex(commit);
  size_t length = DefaultLength(*rep_);
  for (; length < GIT_OID_HEXSZ; ++length) {
    git_oid found;
    if (git_odb_exists_prefix(&found, database, &id, length) != GIT_EAMBIGUOUS) break;
  }
  return commit.substr(0, length);
}

std::string Repository::Describe(const CommitId& commit) const {
  const std::optional<FoundTag> found = DescribeByTag(*rep_, commit);
  if (!found) return Abbreviate(commit);
  if (found->distance == 0) return found->name;
  return found->name + "-" + std::to_string(found->distance) + "-g" + Abbreviate(commit);
}

std::string Repository::DescribeDraft(const CommitId& draft) const {
  const std::optional<CommitId> head = Head();
  const std::optional<FoundTag> found = head ? DescribeByTag(*rep_, *head) : std::nullopt;
  if (!found) return Abbreviate(draft);
  return found->name + "-" + std::to_string(found->distance + 1) + "-g" + Abbreviate(draft);
}

std::optional<TagRef> Repository::NearestTag(const CommitId& commit,
                                             const TagPredicate& wanted) const {
  const std::multimap<CommitId, TagRef> tags = TagsByCommit(*this, rep_->get());
  if (tags.empty()) return std::nullopt;
  const auto walk = git::Take<git::RevwalkHandle>("walk history", git_revwalk_new, rep_->get());
  git_revwalk_sorting(walk.get(), GIT_SORT_TOPOLOGICAL);
  git_oid id = git::ParseHex(commit);
  git::Check(git_revwalk_push(walk.get(), &id), "walk history");
  while (git_revwalk_next(&id, walk.get()) == 0) {
    const TagRef* best = nullptr;
    const auto [begin, end] = tags.equal_range(git::Hex(id));
    for (auto tag = begin; tag != end; ++tag) {
      if (!wanted(tag->second)) continue;
      if (best == nullptr || DateOfTag(rep_->get(), tag->second) > DateOfTag(rep_->get(), *best)) {
        best = &tag->second;
      }
    }
    if (best != nullptr) return *best;
  }
  return std::nullopt;
}

}  // namespace scaffold
