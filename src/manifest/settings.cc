#include "manifest/settings.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "manifest/task_forms.h"
#include "support/text.h"
#include "value/operators.h"

namespace scaffold {
namespace {

// What Jinja2's Environment takes by name and a manifest can say.
constexpr std::array<std::string_view, 10> kTextOptions = {
    "block_start_string",    "block_end_string",   "variable_start_string", "variable_end_string",
    "comment_start_string",  "comment_end_string", "newline_sequence",      "undefined",
    "line_statement_prefix", "line_comment_prefix"};
constexpr std::array<std::string_view, 10> kOtherOptions = {
    "trim_blocks", "lstrip_blocks", "keep_trailing_newline", "autoescape",     "optimized",
    "cache_size",  "auto_reload",   "enable_async",          "bytecode_cache", "finalize"};
// Of the text options, those that may also be null.
constexpr std::array<std::string_view, 2> kNullableOptions = {"line_statement_prefix",
                                                              "line_comment_prefix"};

template <typename Names>
bool Holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

[[noreturn]] void Refuse(const ManifestEntry& entry, std::string_view wanted) {
  throw ManifestError(
      "'" + entry.key + "' must be " + std::string(wanted) + ", not " + DescribeKind(entry.value),
      entry.ValuePlace());
}

std::string Text(const ManifestEntry& entry) {
  if (!entry.value.IsString()) Refuse(entry, "text");
  return entry.value.AsString();
}

// A message that is null, false or empty is none.
std::string Message(const ManifestEntry& entry) {
  return Truth(entry.value) ? Text(entry) : std::string();
}

Dict Mapping(const ManifestEntry& entry) {
  if (!entry.value.IsDict()) Refuse(entry, "a mapping");
  for (const Dict::Entry& pair : entry.value.AsDict()) {
    if (pair.key.IsString()) continue;
    throw ManifestError("a key of '" + entry.key + "' must be text, not " + DescribeKind(pair.key),
                        entry.ValuePlace());
  }
  return entry.value.AsDict();
}

ManifestPlace ItemPlace(const ManifestEntry& entry, size_t i) {
  if (i >= entry.spans.items.size()) return entry.ValuePlace();
  return {entry.file, entry.spans.items[i].span};
}

// The merged list of a setting, whose items must be text.
List Texts(const ManifestEntry& entry) {
  const List& items = entry.value.AsList();
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].IsString()) continue;
    throw ManifestError("'" + entry.key + "' must hold text, not " + DescribeKind(items[i]),
                        ItemPlace(entry, i));
  }
  return items;
}

std::vector<std::string> Strings(const ManifestEntry& entry) {
  std::vector<std::string> strings;
  for (const Value& item : Texts(entry)) strings.push_back(item.AsString());
  return strings;
}

// Environment options
// ------------------------------------------------------------------------------

ManifestPlace OptionPlace(const ManifestEntry& entry, std::string_view option) {
  const yaml::SpanNode* spans = entry.spans.Find(option);
  return spans == nullptr ? entry.ValuePlace() : ManifestPlace{entry.file, spans->span};
}

void CheckUndefined(const ManifestEntry& entry, const Value& value) {
  if (value.IsString() &&
      (value.AsString() == "jinja2.Undefined" || value.AsString() == "jinja2.StrictUndefined")) {
    return;
  }
  throw ManifestError(
      "Unsupported envops.undefined value specified: " + Str(value) +
          ".\nSupported values are \"jinja2.Undefined\" and \"jinja2.StrictUndefined\".",
      OptionPlace(entry, "undefined"));
}

void CheckOption(const ManifestEntry& entry, const std::string& option, const Value& value) {
  const ManifestPlace place = OptionPlace(entry, option);
  if (option == "undefined") {
    CheckUndefined(entry, value);
  } else if (Holds(kTextOptions, option)) {
    if (value.IsString() || (value.IsNone() && Holds(kNullableOptions, option))) return;
    throw ManifestError("'" + option + "' must be text, not " + DescribeKind(value), place);
  } else if (!Holds(kOtherOptions, option)) {
    std::vector<std::string_view> known(kTextOptions.begin(), kTextOptions.end());
    known.insert(known.end(), kOtherOptions.begin(), kOtherOptions.end());
    Error error = ManifestError("Jinja has no environment option '" + option + "'", place);
    const std::string_view near = ClosestMatch(option, known);
    if (!near.empty()) error.WithHelp("did you mean '" + std::string(near) + "'?");
    throw error;
  }
}

// Jinja2's own checks of an environment.
void CheckDelimiters(const ManifestEntry& entry, const Dict& envops) {
  const auto option = [&](std::string_view name, std::string_view fallback) {
    const Value* value = envops.Find(name);
    return value == nullptr ? std::string(fallback) : value->AsString();
  };
  const std::string block = option("block_start_string", "{%");
  const std::string variable = option("variable_start_string", "{{");
  const std::string comment = option("comment_start_string", "{#");
  if (block == variable || block == comment || variable == comment) {
    throw ManifestError("block, variable and comment start strings must be different.",
                        entry.ValuePlace());
  }
  const std::string newline = option("newline_sequence", "\n");
  if (newline != "\n" && newline != "\r\n" && newline != "\r") {
    throw ManifestError("'newline_sequence' must be one of '\\n', '\\r\\n', or '\\r'.",
                        OptionPlace(entry, "newline_sequence"));
  }
}

Dict EnvironmentOptions(const ManifestEntry& entry) {
  Dict envops = Mapping(entry);
  for (const Dict::Entry& pair : envops) CheckOption(entry, pair.key.AsString(), pair.value);
  CheckDelimiters(entry, envops);
  if (!envops.Has("keep_trailing_newline")) envops.Set("keep_trailing_newline", Value(true));
  return envops;
}

// The readers -------------------------------------------------------------------------------------

void ReadAnswersFile(const ManifestEntry& entry, Manifest* manifest) {
  manifest->answers_file = Text(entry);
  if (manifest->answers_file.starts_with('/')) {
    throw ManifestError("\"" + manifest->answers_file + "\" is not a relative path",
                        entry.ValuePlace());
  }
}

void ReadMinCopierVersion(const ManifestEntry& entry, Manifest* manifest) {
  if (!entry.value.IsString()) {
    throw ManifestError("Invalid version: " + Repr(entry.value), entry.ValuePlace())
        .WithHelp("quote the version");
  }
  manifest->min_copier_version = entry.value.AsString();
}

void ReadTemplatesSuffix(const ManifestEntry& entry, Manifest* manifest) {
  if (!entry.value.IsNone()) manifest->templates_suffix = Text(entry);
}

struct Reader {
  std::string_view name;
  void (*read)(const ManifestEntry& entry, Manifest* manifest);
};

constexpr Reader kReaders[] = {
    {"_answers_file", ReadAnswersFile},
    {"_envops", [](const ManifestEntry& e, Manifest* m) { m->envops = EnvironmentOptions(e); }},
    {"_exclude", [](const ManifestEntry& e, Manifest* m) { m->exclude = Texts(e); }},
    {"_external_data", [](const ManifestEntry& e, Manifest* m) { m->external_data = Mapping(e); }},
    {"_jinja_extensions",
     [](const ManifestEntry& e, Manifest* m) { m->jinja_extensions = Strings(e); }},
    {"_message_after_copy",
     [](const ManifestEntry& e, Manifest* m) { m->message_after_copy = Message(e); }},
    {"_message_after_update",
     [](const ManifestEntry& e, Manifest* m) { m->message_after_update = Message(e); }},
    {"_message_before_copy",
     [](const ManifestEntry& e, Manifest* m) { m->message_before_copy = Message(e); }},
    {"_message_before_update",
     [](const ManifestEntry& e, Manifest* m) { m->message_before_update = Message(e); }},
    // Read after all settings: their default depends on _envops.
    {"_migrations", [](const ManifestEntry&, Manifest*) {}},
    {"_min_copier_version", ReadMinCopierVersion},
    {"_preserve_symlinks",
     [](const ManifestEntry& e, Manifest* m) { m->preserve_symlinks = Truth(e.value); }},
    {"_secret_questions",
     [](const ManifestEntry& e, Manifest* m) { m->secret_questions = Strings(e); }},
    {"_skip_if_exists", [](const ManifestEntry& e, Manifest* m) { m->skip_if_exists = Texts(e); }},
    {"_subdirectory", [](const ManifestEntry& e, Manifest* m) { m->subdirectory = Text(e); }},
    {"_tasks", [](const ManifestEntry& e, Manifest* m) { m->tasks = ReadTasks(e, &m->warnings); }},
    {"_templates_suffix", ReadTemplatesSuffix},
};

const std::vector<std::string_view>& SettingNames() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> made;
    for (const Reader& reader : kReaders) made.push_back(reader.name);
    return made;
  }();
  return names;
}

}  // namespace

void ReadSetting(const ManifestEntry& entry, Manifest* manifest) {
  const std::string name = entry.key.substr(1);
  manifest->settings.Set(name, entry.value);
  manifest->setting_spans.children[name] = entry.spans;
  manifest->setting_files[name] = entry.file;
  const auto reader =
      std::find_if(std::begin(kReaders), std::end(kReaders),
                   [&](const Reader& candidate) { return candidate.name == entry.key; });
  if (reader != std::end(kReaders)) {
    reader->read(entry, manifest);
    return;
  }
  // A key that only holds an anchor for others is no mistake.
  if (entry.file->Slice(entry.spans.span).starts_with('&')) return;
  manifest->warnings.push_back(
      UnknownNameWarning("unknown setting", entry.key, entry.KeyPlace(), SettingNames()));
}

std::string UnknownNameWarning(std::string_view what, std::string_view name,
                               const ManifestPlace& place,
                               const std::vector<std::string_view>& known) {
  std::string warning = std::string(what) + " '" + std::string(name) + "'";
  const std::string_view near = ClosestMatch(name, known);
  if (!near.empty()) warning += "; did you mean '" + std::string(near) + "'?";
  return WarningAt(place, warning);
}

}  // namespace scaffold
