// Manifest: copier.yml or cookiecutter.json parsed and checked; what a template says about itself.
//
// Nothing is rendered here: strings that may hold Jinja are kept as they stand, with their places.
// The policy of the format (which files are templates, what is copied as is) is data of the
// manifest, so that another format is another loader and nothing else.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scaffold/value.h"
#include "support/source.h"
#include "tree/tree.h"
#include "yaml/load.h"

namespace scaffold {

// A string of the manifest that may hold Jinja, with the place where it stands.
struct TemplateText {
  std::string text;
  std::shared_ptr<const Source> file;  // the manifest file; null when the text has no place
  Span span;                           // in `file`
};

// A place in a manifest file.
struct ManifestPlace {
  std::shared_ptr<const Source> file;
  Span span;
  SourceLocation Locate() const;  // empty when file is null
};

// Whose manifest it is.
enum class ManifestFormat : uint8_t { kCopier, kCookiecutter };

// How the texts of a question are understood, and what answers become.
enum class AnswerRules : uint8_t {
  kCopier,           // answers are cast to the question's type
  kCookiecutter,     // what is written is rendered, in lists and mappings too; answers stay
  kCookiecutterRaw,  // the same, and nothing is rendered
};

struct Question {
  std::string name;
  ManifestPlace place;   // of the name
  yaml::SpanNode spans;  // of the keys and values below it
  // The raw values of the keys; None and absent are told apart by `Has`.
  Dict keys;  // type, help, choices, multiselect, default, secret, placeholder, qmark,
              // multiline, validator, when, ask
  AnswerRules rules = AnswerRules::kCopier;
  Dict choice_titles;  // of AnswerRules::kCookiecutter: by str(choice)
  bool given = false;  // the default was given for this run: a person is not asked

  bool Has(std::string_view key) const { return keys.Has(key); }
  // Place of the value of `key`, or of the name.
  ManifestPlace PlaceOf(std::string_view key) const;
};

struct Task {
  Value command;             // str or list of str
  Value when = Value(true);  // bool or str
  std::string working_directory = ".";
  std::optional<std::string> version;  // migrations only
  // Legacy migrations name their stage; new ones leave it to `when`.
  std::optional<std::string> stage;  // "before" or "after"
  // The text of a script, which `command` names: it is rendered and run in the command's place.
  std::optional<std::string> script;
  ManifestPlace place;
};

// A template below the manifest that stands for several, as a question offers it.
struct NestedTemplate {
  std::string name;
  std::string title;
  std::string path;  // below the template
};

// What only a cookiecutter.json has.
struct CookiecutterRules {
  Dict variables;  // as written, in the order of the file; overwritten by what a run gives
  Dict given;      // names of the variables that the run answers
  Dict prompts;    // `__prompts__`: labels of questions and choices
  std::vector<NestedTemplate> nested;  // not empty: one of these is the template
  std::string nested_key;              // "templates" or "template"
  std::vector<Task> scripts_first;     // hooks/pre_prompt.*: they may change the manifest
  std::vector<std::string> verbatim;   // `_copy_without_render`: patterns
  std::optional<std::string> newline;  // `_new_lines`
  std::string root;                    // of the template's files: "{{cookiecutter.slug}}"
};

struct Manifest {
  ManifestFormat format = ManifestFormat::kCopier;
  CookiecutterRules cookiecutter;                    // of ManifestFormat::kCookiecutter
  std::vector<std::shared_ptr<const Source>> files;  // copier.yml and what it includes
  std::vector<Question> questions;                   // in the order in which they are asked
  Dict settings;                                     // as written, without the leading '_'

  // Settings with their defaults, checked.
  std::string answers_file = ".copier-answers.yml";  // Jinja
  Dict envops;
  std::optional<List> exclude;  // nullopt: the default list
  Dict external_data;           // name -> path (Jinja)
  std::vector<std::string> jinja_extensions;
  std::string message_before_copy, message_after_copy, message_before_update, message_after_update;
  std::vector<Task> tasks_before;  // run before the first file is written
  std::vector<Task> tasks, migrations;
  std::optional<std::string> min_copier_version;
  bool preserve_symlinks = false;
  std::vector<std::string> secret_questions;
  List skip_if_exists;
  std::string subdirectory;  // Jinja
  std::string templates_suffix = ".jinja";

  std::vector<std::string> warnings;  // unknown settings and question keys

  // A setting's string as Jinja source with its place ("subdirectory", "answers_file", ...).
  ManifestPlace PlaceOfSetting(std::string_view name) const;
  yaml::SpanNode setting_spans;
  std::map<std::string, std::shared_ptr<const Source>> setting_files;
};

// Reads copier.y(a)ml at the root of `template_tree` (the whole template repository), else
// cookiecutter.json. Neither: an empty manifest. Errors carry Copier's texts and places. `root` is
// the template's folder, for texts; empty when it is in none. `preferred` says which of the two is
// meant where a template has both.
Manifest LoadManifest(const Tree& template_tree, const std::string& root = {},
                      ManifestFormat preferred = ManifestFormat::kCopier);
// The same without cookiecutter.json.
Manifest LoadCopierManifest(const Tree& template_tree, const std::string& root = {});
struct ManifestFiles;
// The manifest that files of Copier's format make.
Manifest MakeManifest(ManifestFiles read);

// A Source for a piece of a manifest whose errors are then reported at their place in the file: the
// text of a YAML scalar differs from its bytes in the file, so the caret falls on the scalar.
Source TemplateSource(const std::string& text, std::string name);

}  // namespace scaffold
