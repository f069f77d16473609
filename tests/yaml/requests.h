// Requests about YAML as tests/oracle makes them, answered by the yaml module.

#pragma once

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "scaffold/value.h"
#include "support/source.h"
#include "yaml/dump.h"
#include "yaml/load.h"

namespace scaffold {

inline std::string Canonical(const Value& value);

inline std::string CanonicalItems(const List& items) {
  std::string out;
  for (const Value& item : items) out += (out.empty() ? "" : ", ") + Canonical(item);
  return out;
}

// repr(), but with sets in the order of their items' texts.
inline std::string Canonical(const Value& value) {
  if (value.IsList()) return "[" + CanonicalItems(value.AsList()) + "]";
  if (value.IsTuple()) return "(" + CanonicalItems(value.AsList()) + ")";
  std::vector<std::string> parts;
  if (value.kind() == Kind::kSet) {
    const Dict& items = static_cast<SetRep*>(value.payload())->items;
    for (const Dict::Entry& entry : items) parts.push_back(Canonical(entry.key));
    std::sort(parts.begin(), parts.end());
  } else if (value.IsDict()) {
    for (const Dict::Entry& entry : value.AsDict()) {
      parts.push_back(Canonical(entry.key) + ": " + Canonical(entry.value));
    }
  } else {
    return Repr(value);
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return (value.IsDict() ? "{" : "set{") + out + "}";
}

inline bool IsTrue(const std::string& text) { return text == "true"; }

inline void SetOption(const std::string& key, const std::string& text, yaml::DumpOptions* options) {
  if (key == "indent") options->indent = std::stoi(text);
  if (key == "width") options->width = std::stoi(text);
  if (key == "sort_keys") options->sort_keys = IsTrue(text);
  if (key == "allow_unicode") options->allow_unicode = IsTrue(text);
  if (key == "explicit_start") options->explicit_start = IsTrue(text);
  if (key == "explicit_end") options->explicit_end = IsTrue(text);
  if (key == "canonical") options->canonical = IsTrue(text);
  if (key == "python_tags") options->python_tags = IsTrue(text);
  if (key == "default_style") options->default_style = text.empty() ? '\0' : text[0];
  if (key == "line_break") options->line_break = text == "crlf" ? "\r\n" : "\n";
  if (key == "default_flow_style") {
    options->default_flow_style = text == "none" ? std::nullopt : std::optional(IsTrue(text));
  }
}

// A line of words and a document: "load" gives the documents as Python would print them, "dump
// KEY=VALUE..." loads one document and writes it again with those options.
inline std::string AnswerRequest(const std::string& request) {
  const size_t line_end = request.find('\n');
  std::istringstream words(request.substr(0, line_end));
  const Source source("", request.substr(line_end + 1));
  std::string word;
  words >> word;
  yaml::LoadOptions load;
  load.error_text = yaml::ErrorText::kPython;
  if (word == "load") {
    List documents;
    for (const yaml::Document& document : yaml::LoadAll(source, load)) {
      documents.push_back(document.value);
    }
    return Canonical(Value(std::move(documents)));
  }
  yaml::DumpOptions options;
  while (words >> word) {
    const size_t equals = word.find('=');
    SetOption(word.substr(0, equals), word.substr(equals + 1), &options);
  }
  return yaml::Dump(yaml::Load(source, load), options);
}

// "ok\nTEXT" or "error CLASS\nMESSAGE".
inline std::string AnswerOrError(const std::string& request) {
  try {
    return "ok\n" + AnswerRequest(request);
  } catch (const Error& error) {
    const std::string name =
        error.kind() == ErrorKind::kYaml ? "YAMLError" : std::string(PythonClassName(error.kind()));
    return "error " + name + "\n" + error.message();
  }
}

}  // namespace scaffold
