// Manifest: copier.yml parsed and checked; what a template says about itself.
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

struct Question {
  std::string name;
  ManifestPlace place;   // of the name
  yaml::SpanNode spans;  // of the keys and values below it
  // The raw values of the keys; None and absent are told apart by `Has`.
  Dict keys;  // type, help, choices, multiselect, default, secret, placeholder, qmark,
              // multiline, validator, when, ask
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
  ManifestPlace place;
};

struct Manifest {
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

// Reads copier.y(a)ml at the root of `template_tree` (the whole template repository). No such file:
// an empty manifest. Errors carry Copier's texts and places. `root` is the template's folder, for
// texts; empty when it is in none.
Manifest LoadManifest(const Tree& template_tree, const std::string& root = {});

// A Source for a piece of a manifest whose errors are then reported at their place in the file: the
// text of a YAML scalar differs from its bytes in the file, so the caret falls on the scalar.
Source TemplateSource(const std::string& text, std::string name);

}  // namespace scaffold
