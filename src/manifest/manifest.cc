#include "manifest/manifest.h"

#include <algorithm>
#include <utility>

#include "manifest/cookiecutter.h"
#include "manifest/manifest_files.h"
#include "manifest/settings.h"
#include "manifest/task_forms.h"

namespace scaffold {
namespace {

const std::vector<std::string_view>& QuestionKeys() {
  static const std::vector<std::string_view> keys = {
      "ask",         "choices", "default", "help", "multiline", "multiselect",
      "placeholder", "qmark",   "secret",  "type", "validator", "when"};
  return keys;
}

void CheckQuestionKeys(const Question& question, std::vector<std::string>* warnings) {
  for (const Dict::Entry& pair : question.keys) {
    const yaml::SpanNode* child = question.spans.Find(Str(pair.key));
    const ManifestPlace place =
        child == nullptr ? question.place : ManifestPlace{question.place.file, child->key};
    if (!pair.key.IsString()) {
      throw ManifestError("a key of a question must be text, not " + DescribeKind(pair.key), place)
          .AddNote("for question '" + question.name + "'");
    }
    const auto& known = QuestionKeys();
    if (std::find(known.begin(), known.end(), pair.key.AsString()) == known.end()) {
      warnings->push_back(UnknownNameWarning("question '" + question.name + "': unknown key",
                                             pair.key.AsString(), place, known));
    }
  }
}

// Anything but a mapping is short for `default: VALUE`.
Question MakeQuestion(const ManifestEntry& entry) {
  Question question;
  question.name = entry.key;
  question.place = entry.KeyPlace();
  question.spans = entry.spans;
  if (entry.value.IsDict()) {
    question.keys = entry.value.AsDict();
  } else {
    question.keys.Set("default", entry.value);
    question.spans.children["default"] = entry.spans;
  }
  return question;
}

// The condition of a migration without one, between the template's own delimiters.
std::string DefaultMigrationCondition(const Manifest& manifest) {
  const auto delimiter = [&](std::string_view option, std::string_view fallback) {
    const Value* value = manifest.envops.Find(option);
    return value == nullptr ? std::string(fallback) : value->AsString();
  };
  return delimiter("variable_start_string", "{{") + " _stage == \"after\" " +
         delimiter("variable_end_string", "}}");
}

}  // namespace

SourceLocation ManifestPlace::Locate() const {
  return file == nullptr ? SourceLocation() : file->Locate(span);
}

ManifestPlace Question::PlaceOf(std::string_view key) const {
  const yaml::SpanNode* child = spans.Find(key);
  return child == nullptr ? place : ManifestPlace{place.file, child->span};
}

ManifestPlace Manifest::PlaceOfSetting(std::string_view name) const {
  const yaml::SpanNode* spans = setting_spans.Find(name);
  const auto file = setting_files.find(std::string(name));
  if (spans == nullptr || file == setting_files.end()) return {};
  return {file->second, spans->span};
}

Manifest LoadManifest(const Tree& template_tree, const std::string& root,
                      ManifestFormat preferred) {
  ManifestFiles read;
  if (preferred == ManifestFormat::kCopier) read = ReadManifestFiles(template_tree, root);
  if (read.files.empty()) {
    if (std::optional<Manifest> manifest = LoadCookiecutterManifest(template_tree, root)) {
      return *std::move(manifest);
    }
  }
  return MakeManifest(std::move(read));
}

Manifest LoadCopierManifest(const Tree& template_tree, const std::string& root) {
  return MakeManifest(ReadManifestFiles(template_tree, root));
}

Manifest MakeManifest(ManifestFiles read) {
  Manifest manifest;
  manifest.files = std::move(read.files);
  manifest.warnings = std::move(read.warnings);
  manifest.envops.Set("keep_trailing_newline", Value(true));
  const ManifestEntry* migrations = nullptr;
  for (const ManifestEntry& entry : read.entries) {
    if (!entry.key.starts_with('_')) {
      Question question = MakeQuestion(entry);
      CheckQuestionKeys(question, &manifest.warnings);
      manifest.questions.push_back(std::move(question));
      continue;
    }
    ReadSetting(entry, &manifest);
    if (entry.key == "_migrations") migrations = &entry;
  }
  if (migrations != nullptr) {
    manifest.migrations =
        ReadMigrations(*migrations, DefaultMigrationCondition(manifest), &manifest.warnings);
  }
  return manifest;
}

Source TemplateSource(const std::string& text, std::string name) {
  return Source(std::move(name), text);
}

}  // namespace scaffold
