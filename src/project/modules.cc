// AddModule and RemoveModule: updates to other answers.

#include "scaffold/modules.h"

#include <algorithm>

#include "project/module_catalog.h"
#include "project/session.h"
#include "project/update_checks.h"
#include "support/text.h"
#include "value/operators.h"

namespace scaffold {
namespace {

struct Catalog {
  std::vector<ModuleInfo> modules;
  Dict answers;  // recorded
};

// Empty when the template has none.
Catalog ReadCatalog(const Host& host, const CopyOptions& options, Reporter& reporter) {
  CopyOptions request;
  const auto session = FetchRecorded(host, options, "read modules", &request, reporter);
  return {ReadModules(session->checkout.tree, session->last_answers), session->last_answers};
}

const ModuleInfo& FindModule(const Catalog& catalog, const std::string& id) {
  std::vector<std::string_view> ids;
  for (const ModuleInfo& module : catalog.modules) {
    if (module.id == id) return module;
    ids.push_back(module.id);
  }
  if (ids.empty()) {
    throw Error(ErrorKind::kUser, std::string("this version of the template has no list of "
                                              "modules (") +
                                      kModulesFile + ")")
        .WithHelp(
            "a newer version may have one: scaffold update; or change the answers yourself: "
            "scaffold update --data NAME=VALUE");
  }
  const std::string_view near = ClosestMatch(id, ids);
  throw Error(ErrorKind::kUsage, "the template has no module '" + id + "'")
      .WithHelp(near.empty() ? "run 'scaffold list' for those there are"
                             : "did you mean '" + std::string(near) + "'?");
}

// The ids of `ids` whose modules are on (or off).
std::vector<std::string> Those(const Catalog& catalog, const std::vector<std::string>& ids,
                               bool are_on) {
  std::vector<std::string> found;
  for (const std::string& id : ids) {
    if (FindModule(catalog, id).is_on == are_on) found.push_back(id);
  }
  return found;
}

std::string Quoted(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "'" : ", '") + id + "'";
  return text;
}

void CheckAdd(const Catalog& catalog, const ModuleInfo& module) {
  if (module.is_on) {
    throw Error(ErrorKind::kUser, "the module '" + module.id + "' is on already")
        .WithHelp("to change it: scaffold update --data NAME=VALUE");
  }
  if (const auto missing = Those(catalog, module.needs, false); !missing.empty()) {
    throw Error(ErrorKind::kUser, "the module '" + module.id + "' needs " + Quoted(missing))
        .WithHelp("first: scaffold add module " + missing.front());
  }
  if (const auto others = Those(catalog, module.conflicts, true); !others.empty()) {
    throw Error(ErrorKind::kUser,
                "the module '" + module.id + "' does not go together with " + Quoted(others))
        .WithHelp("first: scaffold remove module " + others.front());
  }
}

void CheckRemove(const Catalog& catalog, const ModuleInfo& module) {
  if (!module.is_on) {
    throw Error(ErrorKind::kUser, "the module '" + module.id + "' is not on")
        .WithHelp("run 'scaffold list' for those that are");
  }
  std::vector<std::string> users;
  for (const ModuleInfo& other : catalog.modules) {
    const bool uses =
        std::find(other.needs.begin(), other.needs.end(), module.id) != other.needs.end();
    if (uses && other.is_on) users.push_back(other.id);
  }
  if (users.empty()) return;
  throw Error(ErrorKind::kUser, "the module '" + module.id + "' is needed by " + Quoted(users))
      .WithHelp("first: scaffold remove module " + users.front());
}

std::string Printed(const Dict& answers, const Value& key) {
  const Value* value = answers.Find(key);
  return value == nullptr ? std::string() : Repr(*value);
}

// In the order of the new answers; those that are gone come last.
std::vector<ChangedAnswer> CompareAnswers(const Dict& before, const Dict& after) {
  std::vector<ChangedAnswer> changes;
  const auto add = [&](const Value& key) {
    const std::string name = Str(key);
    const ChangedAnswer change = {name, Printed(before, key), Printed(after, key)};
    if (!name.starts_with('_') && change.before != change.after) changes.push_back(change);
  };
  for (const Dict::Entry& entry : after) add(entry.key);
  for (const Dict::Entry& entry : before) {
    if (after.Find(entry.key) == nullptr) add(entry.key);
  }
  return changes;
}

ModuleResult Change(const Host& host, UpdateOptions options, const ModuleMark& mark,
                    Prompter& prompter, Reporter& reporter) {
  Reporter silent;
  const Catalog catalog = ReadCatalog(host, options.copy, silent);
  const ModuleInfo& module = FindModule(catalog, mark.id);
  if (mark.is_added) {
    CheckAdd(catalog, module);
  } else {
    CheckRemove(catalog, module);
    options.copy.asking = Asking::kDefaults;
  }
  for (const Dict::Entry& entry : mark.is_added ? module.on : module.off) {
    if (options.copy.data.Find(entry.key) == nullptr) {
      options.copy.data.Set(entry.key, entry.value);
    }
  }
  options.copy.ref = ":current:";
  options.copy.skip_answered = true;
  options.module = mark;
  ModuleResult result;
  result.module = module;
  result.update = Update(host, options, prompter, reporter);
  result.answers = CompareAnswers(catalog.answers, result.update.copy.answers);
  return result;
}

}  // namespace

ModuleResult AddModule(const Host& host, const UpdateOptions& options, const std::string& id,
                       Prompter& prompter, Reporter& reporter) {
  return Change(host, options, {.id = id, .is_added = true}, prompter, reporter);
}

ModuleResult RemoveModule(const Host& host, const UpdateOptions& options, const std::string& id,
                          Prompter& prompter, Reporter& reporter) {
  return Change(host, options, {.id = id, .is_added = false}, prompter, reporter);
}

}  // namespace scaffold
