#include "manifest/task_forms.h"

#include <algorithm>
#include <initializer_list>

#include "manifest/settings.h"
#include "value/operators.h"

namespace scaffold {
namespace {

// An item of `_tasks` or `_migrations` with its places.
struct Item {
  const Value& value;
  const yaml::SpanNode& spans;
  std::shared_ptr<const Source> file;
  std::string_view what;  // "task" or "migration"

  ManifestPlace place() const { return {file, spans.span}; }
  ManifestPlace PlaceOf(std::string_view key) const {
    const yaml::SpanNode* child = spans.Find(key);
    return child == nullptr ? place() : ManifestPlace{file, child->span};
  }
};

[[noreturn]] void Refuse(const Item& item, std::string_view key, std::string_view wanted,
                         const Value& value) {
  throw ManifestError("'" + std::string(key) + "' of a " + std::string(item.what) + " must be " +
                          std::string(wanted) + ", not " + DescribeKind(value),
                      item.PlaceOf(key));
}

void CheckCommand(const Item& item, const Value& command, const ManifestPlace& place) {
  const bool list = command.IsList();
  const bool valid = command.IsString() ||
                     (list && std::all_of(command.AsList().begin(), command.AsList().end(),
                                          [](const Value& part) { return part.IsString(); }));
  if (valid) return;
  throw ManifestError(
      "a " + std::string(item.what) +
          (list ? " must be a list of text" : " must be text, a list or a mapping") +
          (list ? "" : ", not " + DescribeKind(command)),
      place)
      .WithHelp(list ? "quote the parts that are no text" : "write the command for the shell");
}

// A condition is a bool, or text that is rendered and cast to one.
Value Condition(const Item& item, const Value& value) {
  if (value.IsString() || value.IsBool()) return value;
  if (value.IsNumber() && (Equal(value, Value(0)) || Equal(value, Value(1)))) {
    return Value(Truth(value));
  }
  Refuse(item, "when", "true, false or text", value);
}

void WarnUnknownKeys(const Item& item, const std::vector<std::string_view>& known,
                     std::vector<std::string>* warnings) {
  for (const Dict::Entry& pair : item.value.AsDict()) {
    const std::string key = Str(pair.key);
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const yaml::SpanNode* child = item.spans.Find(key);
    const ManifestPlace place =
        child == nullptr ? item.place() : ManifestPlace{item.file, child->key};
    warnings->push_back(
        UnknownNameWarning("unknown key of a " + std::string(item.what), key, place, known));
  }
}

// The forms that tasks and migrations share.
Task ReadForm(const Item& item, const Value& default_when) {
  Task task;
  task.place = item.place();
  task.when = default_when;
  if (!item.value.IsDict()) {
    CheckCommand(item, item.value, item.place());
    task.command = item.value;
    return task;
  }
  const Dict& keys = item.value.AsDict();
  const Value* command = keys.Find("command");
  if (command == nullptr) {
    throw ManifestError("a " + std::string(item.what) + " needs 'command'", item.place());
  }
  CheckCommand(item, *command, item.PlaceOf("command"));
  task.command = *command;
  if (const Value* when = keys.Find("when")) task.when = Condition(item, *when);
  if (const Value* folder = keys.Find("working_directory")) {
    if (!folder->IsString()) Refuse(item, "working_directory", "text", *folder);
    task.working_directory = folder->AsString();
  }
  return task;
}

// The version as it is written: unquoted, 1.10 would have become the number 1.1.
std::string Version(const Item& item, const Value& value) {
  if (value.IsString()) return value.AsString();
  const ManifestPlace place = item.PlaceOf("version");
  if (!value.IsNumber() || place.file == nullptr) Refuse(item, "version", "text", value);
  return std::string(place.file->Slice(place.span));
}

void ReadLegacyMigration(const Item& item, std::vector<Task>* tasks) {
  const Dict& keys = item.value.AsDict();
  const Value* version = keys.Find("version");
  if (version == nullptr) {
    throw ManifestError("a migration with 'before' or 'after' needs 'version'", item.place());
  }
  for (const std::string_view stage : {"before", "after"}) {
    const Value* commands = keys.Find(stage);
    if (commands == nullptr) continue;
    if (!commands->IsList()) Refuse(item, stage, "a list", *commands);
    for (const Value& command : commands->AsList()) {
      CheckCommand(item, command, item.PlaceOf(stage));
      Task task;
      task.command = command;
      task.version = Version(item, *version);
      task.stage = std::string(stage);
      task.place = item.PlaceOf(stage);
      tasks->push_back(std::move(task));
    }
  }
}

void ReadMigration(const Item& item, const Value& default_when, std::vector<Task>* tasks,
                   std::vector<std::string>* warnings) {
  if (!item.value.IsDict()) {
    tasks->push_back(ReadForm(item, default_when));
    return;
  }
  const Dict& keys = item.value.AsDict();
  if (keys.Has("before") || keys.Has("after")) {
    WarnUnknownKeys(item, {"version", "before", "after"}, warnings);
    ReadLegacyMigration(item, tasks);
    return;
  }
  WarnUnknownKeys(item, {"command", "version", "when", "working_directory"}, warnings);
  Task task = ReadForm(item, default_when);
  if (const Value* version = keys.Find("version")) task.version = Version(item, *version);
  tasks->push_back(std::move(task));
}

// The items of the list; each REQUIRES that `entry` outlives it.
std::vector<Item> Items(const ManifestEntry& entry, std::string_view what) {
  if (!entry.value.IsList()) {
    throw ManifestError("'" + entry.key + "' must be a list, not " + DescribeKind(entry.value),
                        entry.ValuePlace());
  }
  std::vector<Item> items;
  const List& values = entry.value.AsList();
  for (size_t i = 0; i < values.size(); ++i) {
    const bool placed = i < entry.spans.items.size();
    items.push_back({values[i], placed ? entry.spans.items[i] : entry.spans, entry.file, what});
  }
  return items;
}

}  // namespace

std::vector<Task> ReadTasks(const ManifestEntry& entry, std::vector<std::string>* warnings) {
  std::vector<Task> tasks;
  for (const Item& item : Items(entry, "task")) {
    if (item.value.IsDict()) {
      WarnUnknownKeys(item, {"command", "when", "working_directory"}, warnings);
    }
    tasks.push_back(ReadForm(item, Value(true)));
  }
  return tasks;
}

std::vector<Task> ReadMigrations(const ManifestEntry& entry, const std::string& default_when,
                                 std::vector<std::string>* warnings) {
  std::vector<Task> tasks;
  // Copier looks at migrations in updates only, so that an empty key never hurt anybody.
  if (entry.value.IsNone()) return tasks;
  for (const Item& item : Items(entry, "migration")) {
    ReadMigration(item, Value(default_when), &tasks, warnings);
  }
  return tasks;
}

}  // namespace scaffold
