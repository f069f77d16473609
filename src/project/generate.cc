// AddGenerated and RemoveGenerated of include/scaffold/generators.h.

#include <algorithm>
#include <map>

#include "generators/name_words.h"
#include "generators/regions.h"
#include "project/addition.h"
#include "project/missing_regions.h"
#include "project/session.h"
#include "project/update_checks.h"
#include "scaffold/generators.h"
#include "support/file.h"
#include "support/text.h"
#include "tree/apply_tree.h"
#include "tree/compare.h"
#include "tree/read_tree.h"
#include "vcs/patch.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

fs::path PlaceOf(const Host& host, const CopyOptions& options) {
  return AbsolutePath(host.working_directory, options.destination);
}

const Generator& FindGenerator(const std::map<std::string, Generator>& all,
                               const std::string& name) {
  if (const auto found = all.find(name); found != all.end()) return found->second;
  std::vector<std::string_view> names;
  for (const auto& [known, generator] : all) names.push_back(known);
  const std::string_view near = ClosestMatch(name, names);
  throw Error(ErrorKind::kUsage, "there is no generator '" + name + "'")
      .WithHelp(!near.empty()   ? "did you mean '" + std::string(near) + "'?"
                : names.empty() ? "neither the project nor its template has any"
                                : "run 'scaffold list' for those there are");
}

bool IsSame(const Addition& addition, const std::string& generator, const std::string& name) {
  return addition.generator == generator && SplitWords(addition.name) == SplitWords(name);
}

// The changes that are made, and what the files were before.
class Changes {
 public:
  Changes(const Host& host, fs::path project) : host_(host), project_(std::move(project)) {}

  void Create(const std::string& path, const TreeEntry& entry) {
    tree_.writes.Add(path, entry);
    if (entry.kind != EntryKind::kDirectory) result_.created.push_back(path);
  }

  void Delete(const std::string& path) {
    Remember(path);
    tree_.deletions.push_back(path);
    result_.deleted.push_back(path);
  }

  // The text of a file as it will be; nullopt when there is none.
  std::optional<std::string> TextOf(const std::string& path) {
    Remember(path);
    const TreeEntry* now = tree_.writes.Find(path);
    if (now == nullptr) now = before_.Find(path);
    return now == nullptr || now->kind != EntryKind::kFile ? std::nullopt
                                                           : std::optional(now->bytes);
  }

  void Rewrite(const std::string& path, std::string text) {
    const TreeEntry* old = before_.Find(path);
    TreeEntry entry = old == nullptr ? TreeEntry() : *old;
    if (tree_.writes.Find(path) != nullptr) tree_.writes.Erase(path);
    if (old != nullptr && old->bytes == text) return;
    entry.bytes = std::move(text);
    tree_.writes.Add(path, std::move(entry));
  }

  void Patch(const std::string& text) { result_.patches += text; }

  GenerateResult Apply(bool pretend, bool want_diff) {
    for (const auto& [path, entry] : tree_.writes) {
      if (before_.Find(path) != nullptr) result_.changed.push_back(path);
    }
    if (want_diff) result_.diff = FormatDiff();
    if (!pretend) ApplyTree(host_, tree_, project_);
    return std::move(result_);
  }

 private:
  void Remember(const std::string& path) {
    if (before_.Find(path) != nullptr) return;
    std::error_code error;
    const fs::path file = project_ / path;
    const fs::file_status status = fs::symlink_status(file, error);
    if (!fs::is_regular_file(status)) return;
    TreeEntry entry = {.bytes = ReadFile(file), .origin = {}};
    entry.mode = static_cast<mode_t>(status.permissions()) & 0777;
    before_.Add(path, std::move(entry));
  }

  std::string FormatDiff() const {
    std::map<std::string, FileSides> sides;
    for (const auto& [path, entry] : tree_.writes) {
      sides[path] = {.path = path, .before = before_.Find(path), .new_path = {}, .after = &entry};
    }
    for (const std::string& path : tree_.deletions) {
      sides[path] = {.path = path, .before = before_.Find(path), .new_path = {}, .after = nullptr};
    }
    std::string text;
    for (const auto& [path, side] : sides) text += FormatPatch(side);
    return text;
  }

  const Host& host_;
  fs::path project_;
  TreeChanges tree_;
  Tree before_;
  GenerateResult result_;
};

// The module that a new file's package would hide: Python takes greeting/ and not greeting.py.
std::optional<std::string> HiddenModule(const fs::path& project, const std::string& path) {
  if (!path.ends_with(".py")) return std::nullopt;
  std::error_code error;
  for (fs::path folder = fs::path(path).parent_path(); !folder.empty();
       folder = folder.parent_path()) {
    const std::string module = folder.string() + ".py";
    if (fs::exists(project / module, error) && !fs::exists(project / folder, error)) return module;
  }
  return std::nullopt;
}

// Nothing is overwritten: what stands in the way is told, all of it.
void CheckFree(const fs::path& project, const RenderedAddition& addition) {
  std::vector<std::string> taken;
  for (const auto& [path, entry] : addition.files) {
    const bool is_folder = entry.kind == EntryKind::kDirectory;
    const DiskState state = CompareWithDisk(project, path, entry);
    if (state == DiskState::kDifferent || (state == DiskState::kIdentical && !is_folder)) {
      taken.push_back(path);
    } else if (const auto module = HiddenModule(project, path)) {
      if (std::find(taken.begin(), taken.end(), *module) == taken.end()) taken.push_back(*module);
    }
  }
  if (taken.empty()) return;
  Error error(ErrorKind::kUser, "'" + taken.front() + "' is there already");
  const Addition& record = addition.record;
  error.WithHelp("take another name, as '" + ProposeAdditionName(record.generator, record.name) +
                 "'; nothing is overwritten");
  for (size_t i = 1; i < taken.size(); ++i) error.AddNote("'" + taken[i] + "' is there, too");
  throw error;
}

// The text with the entry, in a region that it lacks: where the template has the region, if that
// can be told, else at the end.
std::string AddMissing(const Addition::Insert& insert, std::string text, const Tree* rendered) {
  const TreeEntry* known = rendered == nullptr ? nullptr : rendered->Find(insert.file);
  if (!HasRegion(text, insert.region) && known != nullptr) {
    text = PutRegionBack(text, insert.region, known->bytes).value_or(text);
  }
  if (auto added = AddEntry(text, insert.region, insert.text)) return *added;
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  return text + FormatRegion(insert.file, insert.region, insert.text);
}

// Returns the entries whose region is missing.
std::vector<Addition::Insert> AddEntries(const RenderedAddition& addition, Changes* changes) {
  std::vector<Addition::Insert> missing;
  for (const Addition::Insert& insert : addition.record.inserts) {
    const std::optional<std::string> text = changes->TextOf(insert.file);
    if (!text || !HasRegion(*text, insert.region)) {
      missing.push_back(insert);
    } else if (auto added = AddEntry(*text, insert.region, insert.text)) {
      changes->Rewrite(insert.file, std::move(*added));
    } else {
      throw Error(ErrorKind::kUser, "the region '" + insert.region + "' of '" + insert.file +
                                        "' has another entry of this name")
          .WithHelp("rename or remove it: " + insert.text.substr(0, insert.text.find('\n')));
    }
  }
  return missing;
}

// What a person has to put into the files, once everything else is written: one patch a file.
void AddPatches(const std::vector<Addition::Insert>& missing, const Tree* rendered,
                Changes* changes) {
  std::map<std::string, std::string> texts;
  for (const Addition::Insert& insert : missing) {
    std::string& text =
        texts.try_emplace(insert.file, changes->TextOf(insert.file).value_or("")).first->second;
    text = AddMissing(insert, std::move(text), rendered);
  }
  for (auto& [path, text] : texts) {
    const std::optional<std::string> now = changes->TextOf(path);
    const TreeEntry before = {.bytes = now.value_or(""), .origin = {}};
    const TreeEntry after = {.bytes = std::move(text), .origin = {}};
    changes->Patch(FormatPatch(
        {.path = path, .before = now ? &before : nullptr, .new_path = {}, .after = &after}));
  }
}

struct ProjectState {
  State state;
  bool is_recorded = false;
};

ProjectState ReadProjectState(const fs::path& project) {
  if (auto state = ReadState(project / kStateFile)) return {std::move(*state), true};
  ProjectState fresh;
  fresh.state.only_additions = true;
  return fresh;
}

void WriteState(const State& state, Changes* changes) {
  const std::string path(kStateFile);
  const bool is_known = changes->TextOf(path).has_value();
  if (state.only_additions && state.additions.empty()) {
    if (is_known) changes->Delete(path);
  } else {
    changes->Rewrite(path, FormatState(state));
  }
}

// Two jobs may need the same package; it goes with the last of them.
bool IsShared(const Addition::Insert& insert, const std::vector<Addition>& additions) {
  return std::any_of(additions.begin(), additions.end(), [&](const Addition& addition) {
    return std::find(addition.inserts.begin(), addition.inserts.end(), insert) !=
           addition.inserts.end();
  });
}

[[noreturn]] void ThrowChanged(const Addition& addition, const std::vector<std::string>& changed) {
  Error error(ErrorKind::kUser,
              "'" + addition.generator + " " + addition.name + "' was changed since it was added");
  error.WithHelp("remove it by hand, or put these files back first");
  for (const std::string& path : changed) error.AddNote("changed: " + path);
  throw error;
}

}  // namespace

std::string_view GeneratorOriginName(GeneratorOrigin origin) {
  switch (origin) {
    case GeneratorOrigin::kProject:
      return "project";
    case GeneratorOrigin::kTemplate:
      return "template";
    case GeneratorOrigin::kBuiltIn:
      return "built-in";
  }
  return "";
}

GenerateResult AddGenerated(const Host& host, const GenerateOptions& options, Prompter& prompter,
                            Reporter& reporter) {
  const fs::path project = PlaceOf(host, options.copy);
  if (!options.copy.pretend) RecoverDestination(host, options.copy, reporter);
  CopyOptions template_options;
  Reporter silent;
  const auto session =
      FetchRecordedIfAny(host, options.copy, "read generators", &template_options, silent);
  const std::map<std::string, Generator> all =
      AllGenerators(host, project, session ? &session->checkout.tree : nullptr);
  const Generator& generator = FindGenerator(all, options.generator);
  State state = ReadProjectState(project).state;
  for (const Addition& addition : state.additions) {
    if (!IsSame(addition, options.generator, options.name)) continue;
    throw Error(ErrorKind::kUser,
                "'" + addition.generator + " " + addition.name + "' is there already")
        .WithHelp("take another name, as '" + ProposeAdditionName(options.generator, options.name) +
                  "', or remove it first");
  }
  AdditionRequest request;
  request.generator = &generator;
  request.name = options.name;
  request.project_answers = ReadLastAnswers(project, options.copy);
  request.options = &options.copy;
  const RenderedAddition addition = RenderAddition(host, request, prompter, reporter);
  CheckFree(project, addition);

  Changes changes(host, project);
  for (const auto& [path, entry] : addition.files) {
    if (entry.kind != EntryKind::kDirectory) changes.Create(path, entry);
  }
  const std::vector<Addition::Insert> missing = AddEntries(addition, &changes);
  if (!missing.empty()) {
    std::optional<Tree> rendered;
    template_options.asking = Asking::kDefaults;
    template_options.data = {};
    template_options.ask_trust = nullptr;
    if (session) rendered = RenderAsRecorded(session.get(), state.additions, prompter);
    AddPatches(missing, rendered ? &*rendered : nullptr, &changes);
  }
  state.additions.push_back(addition.record);
  WriteState(state, &changes);
  return changes.Apply(options.copy.pretend, options.want_diff);
}

GenerateResult RemoveGenerated(const Host& host, const GenerateOptions& options) {
  const fs::path project = PlaceOf(host, options.copy);
  State state = ReadProjectState(project).state;
  const auto found = std::find_if(
      state.additions.begin(), state.additions.end(),
      [&](const Addition& addition) { return IsSame(addition, options.generator, options.name); });
  if (found == state.additions.end()) {
    throw Error(ErrorKind::kUser,
                "'" + options.generator + " " + options.name + "' was never added")
        .WithHelp("run 'scaffold list' for what was");
  }
  Changes changes(host, project);
  std::vector<std::string> changed;
  for (const auto& [path, digest] : found->files) {
    const std::optional<std::string> text = changes.TextOf(path);
    if (!text) continue;  // it is gone already
    if (FileDigest(*text) != digest) changed.push_back(path);
    changes.Delete(path);
  }
  if (!changed.empty()) ThrowChanged(*found, changed);
  const std::vector<Addition::Insert> inserts = found->inserts;
  state.additions.erase(found);
  for (const Addition::Insert& insert : inserts) {
    if (IsShared(insert, state.additions)) continue;
    if (const auto text = changes.TextOf(insert.file)) {
      changes.Rewrite(insert.file, RemoveEntry(*text, insert.region, insert.text));
    }
  }
  WriteState(state, &changes);
  return changes.Apply(options.copy.pretend, options.want_diff);
}

}  // namespace scaffold
