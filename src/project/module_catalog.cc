#include "project/module_catalog.h"

#include <algorithm>

#include "support/text.h"
#include "value/operators.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

class ModuleReader {
 public:
  ModuleReader(const Source& source, const Dict& keys, const yaml::SpanNode& spans)
      : source_(source), keys_(keys), spans_(spans) {}

  ModuleInfo Read(std::string id) {
    ModuleInfo module;
    module.id = std::move(id);
    module.title = Text("title");
    module.maturity = Text("maturity");
    module.tests = Tests();
    module.on = Answers("enable");
    module.off = Answers("disable");
    module.needs = Ids("requires");
    module.conflicts = Ids("conflicts");
    for (const Dict::Entry& entry : module.off) {
      if (module.on.Find(entry.key) == nullptr) {
        Refuse("disable", "'disable' has '" + Str(entry.key) + "', which 'enable' has not");
      }
    }
    return module;
  }

 private:
  [[noreturn]] void Refuse(std::string_view key, std::string message) const {
    const yaml::SpanNode* place = spans_.Find(key);
    throw Error(ErrorKind::kConfig, std::move(message))
        .At(source_.Locate(place == nullptr ? spans_.key : place->span));
  }

  std::string Text(std::string_view key) const {
    const Value value = keys_.Get(key);
    if (value.IsNone()) return {};
    if (!value.IsString()) Refuse(key, "'" + std::string(key) + "' is not a text");
    return value.AsString();
  }

  // A command, or files for pytest.
  std::string Tests() const {
    if (!keys_.Get("tests").IsList()) return Text("tests");
    const std::vector<std::string> files = Ids("tests");
    return files.empty() ? std::string() : "uv run pytest " + Join(files, " ");
  }

  Dict Answers(std::string_view key) const {
    const Value value = keys_.Get(key);
    if (value.IsDict() && !value.AsDict().empty()) return value.AsDict();
    Refuse(key, "a module needs '" + std::string(key) + "', a mapping of answers");
  }

  std::vector<std::string> Ids(std::string_view key) const {
    const Value value = keys_.Get(key);
    if (value.IsNone()) return {};
    if (!value.IsList()) Refuse(key, "'" + std::string(key) + "' is not a list");
    std::vector<std::string> ids;
    for (const Value& item : value.AsList()) ids.push_back(Str(item));
    return ids;
  }

  const Source& source_;
  const Dict& keys_;
  const yaml::SpanNode& spans_;
};

void CheckIds(const std::vector<ModuleInfo>& modules, const Source& source) {
  std::vector<std::string_view> ids;
  for (const ModuleInfo& module : modules) ids.push_back(module.id);
  for (const ModuleInfo& module : modules) {
    std::vector<std::string> named = module.needs;
    named.insert(named.end(), module.conflicts.begin(), module.conflicts.end());
    for (const std::string& id : named) {
      if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
      throw Error(ErrorKind::kConfig,
                  "the module '" + module.id + "' names '" + id + "', which is no module")
          .At(source.Locate({0, 0}));
    }
  }
}

// A module is on when an answer that it has a say in is not the one that switches it off.
bool IsOn(const ModuleInfo& module, const Dict& answers) {
  return std::any_of(module.off.begin(), module.off.end(), [&](const Dict::Entry& entry) {
    const Value* answer = answers.Find(entry.key);
    return answer != nullptr && !Equal(*answer, entry.value);
  });
}

}  // namespace

std::vector<ModuleInfo> ParseModules(const Source& source) {
  const yaml::Document document = yaml::LoadDocument(source);
  const Value all = document.value.IsDict() ? document.value.AsDict().Get("modules") : Value();
  if (!all.IsDict()) {
    throw Error(ErrorKind::kConfig, "the list of modules has no mapping 'modules'")
        .At(source.Locate(document.spans.span))
        .WithHelp("write 'modules:' and one 'name:' for each module below it");
  }
  std::vector<ModuleInfo> modules;
  for (const Dict::Entry& entry : all.AsDict()) {
    const std::string id = Str(entry.key);
    const yaml::SpanNode* spans = document.spans.Find("modules")->Find(id);
    if (!entry.value.IsDict()) {
      throw Error(ErrorKind::kConfig, "the module '" + id + "' is not a mapping")
          .At(source.Locate(spans->key));
    }
    // Nothing switches it alone: it is there for whoever reads the list.
    if (!entry.value.AsDict().Has("enable") && !entry.value.AsDict().Has("disable")) continue;
    modules.push_back(ModuleReader(source, entry.value.AsDict(), *spans).Read(id));
  }
  CheckIds(modules, source);
  return modules;
}

std::vector<ModuleInfo> ReadModules(const Tree& tree, const Dict& answers) {
  const TreeEntry* file = tree.Find(kModulesFile);
  if (file == nullptr || file->kind != EntryKind::kFile) return {};
  std::vector<ModuleInfo> modules = ParseModules(Source(kModulesFile, file->bytes));
  for (ModuleInfo& module : modules) module.is_on = IsOn(module, answers);
  return modules;
}

}  // namespace scaffold
