#include "answers/state.h"

#include <utility>

#include "scaffold/value.h"
#include "yaml/dump.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

constexpr int64_t kVersion = 1;

constexpr std::string_view kHeader =
    "# Written by scaffold, for its updates; do not edit.\n"
    "# chosen: answers that were given rather than taken by default.\n";

[[noreturn]] void Refuse(const Source& source, const yaml::SpanNode* node, std::string message) {
  Error error(ErrorKind::kConfig, std::move(message));
  if (node != nullptr) error.At(source.Locate(node->span));
  throw error;
}

Value NameList(const std::set<std::string>& names) {
  return Value(List(names.begin(), names.end()));
}

std::set<std::string> ReadNames(const Source& source, const Value& names,
                                const yaml::SpanNode* place, const std::string& key) {
  if (!names.IsList()) Refuse(source, place, "'" + key + "' is not a list");
  std::set<std::string> set;
  for (const Value& name : names.AsList()) {
    if (!name.IsString()) Refuse(source, place, "'" + key + "' must hold names of questions");
    set.insert(name.AsString());
  }
  return set;
}

Value FormatAddition(const Addition& addition) {
  Dict fields;
  fields.Set("generator", Value(addition.generator));
  fields.Set("name", Value(addition.name));
  fields.Set("source", Value(addition.source));
  fields.Set("answers", Value(addition.answers));
  Dict files;
  for (const auto& [path, digest] : addition.files) files.Set(path, Value(digest));
  fields.Set("files", Value(std::move(files)));
  List inserts;
  for (const Addition::Insert& insert : addition.inserts) {
    Dict row;
    row.Set("file", Value(insert.file));
    row.Set("region", Value(insert.region));
    row.Set("text", Value(insert.text));
    inserts.push_back(Value(std::move(row)));
  }
  if (!inserts.empty()) fields.Set("inserts", Value(std::move(inserts)));
  return Value(std::move(fields));
}

std::string TextOf(const Dict& fields, std::string_view key) {
  const Value value = fields.Get(key);
  return value.IsString() ? value.AsString() : std::string();
}

Addition ReadAddition(const Dict& fields) {
  Addition addition;
  addition.generator = TextOf(fields, "generator");
  addition.name = TextOf(fields, "name");
  addition.source = TextOf(fields, "source");
  if (const Value answers = fields.Get("answers"); answers.IsDict()) {
    addition.answers = answers.AsDict();
  }
  if (const Value files = fields.Get("files"); files.IsDict()) {
    for (const Dict::Entry& entry : files.AsDict()) {
      addition.files[Str(entry.key)] = Str(entry.value);
    }
  }
  if (const Value inserts = fields.Get("inserts"); inserts.IsList()) {
    for (const Value& row : inserts.AsList()) {
      if (!row.IsDict()) continue;
      addition.inserts.push_back({TextOf(row.AsDict(), "file"), TextOf(row.AsDict(), "region"),
                                  TextOf(row.AsDict(), "text")});
    }
  }
  return addition;
}

std::vector<Addition> ReadAdditions(const Source& source, const Value& rows,
                                    const yaml::SpanNode* place) {
  std::vector<Addition> additions;
  if (rows.IsNone()) return additions;
  if (!rows.IsList()) Refuse(source, place, "'additions' is not a list");
  for (const Value& row : rows.AsList()) {
    if (!row.IsDict()) Refuse(source, place, "'additions' must hold mappings");
    additions.push_back(ReadAddition(row.AsDict()));
  }
  return additions;
}

}  // namespace

std::string FormatState(const State& state) {
  Dict fields;
  fields.Set("version", Value(kVersion));
  fields.Set("chosen", NameList(state.chosen));
  Dict modules;
  for (const auto& [id, names] : state.modules) modules.Set(id, NameList(names));
  if (!modules.empty()) fields.Set("modules", Value(std::move(modules)));
  List additions;
  for (const Addition& addition : state.additions) additions.push_back(FormatAddition(addition));
  if (!additions.empty()) fields.Set("additions", Value(std::move(additions)));
  if (state.only_additions) fields.Set("only_additions", Value(true));
  if (!state.commit_hash.empty()) {
    fields.Set("source", Value(state.source));
    fields.Set("commit", Value(state.commit));
    fields.Set("commit_hash", Value(state.commit_hash));
  }
  yaml::DumpOptions options;
  options.sort_keys = false;
  return std::string(kHeader) + yaml::Dump(Value(std::move(fields)), options);
}

State ParseState(const Source& source) {
  const yaml::Document document = yaml::LoadDocument(source);
  if (document.value.IsNone()) return {};
  if (!document.value.IsDict()) Refuse(source, &document.spans, "the state is not a mapping");
  const Dict& fields = document.value.AsDict();
  const Value version = fields.Get("version");
  if (!version.IsInt() || version.AsInt() < 1) {
    Refuse(source, document.spans.Find("version"), "the state has no version");
  }
  if (version.AsInt() > kVersion) {
    Refuse(source, document.spans.Find("version"),
           "the state was written by a newer scaffold (version " + Str(version) + ")");
  }
  State state;
  state.chosen = ReadNames(source, fields.Get("chosen"), document.spans.Find("chosen"), "chosen");
  if (const Value modules = fields.Get("modules"); modules.IsDict()) {
    for (const Dict::Entry& entry : modules.AsDict()) {
      state.modules[Str(entry.key)] =
          ReadNames(source, entry.value, document.spans.Find("modules"), "modules");
    }
  } else if (!modules.IsNone()) {
    Refuse(source, document.spans.Find("modules"), "'modules' is not a mapping");
  }
  state.additions =
      ReadAdditions(source, fields.Get("additions"), document.spans.Find("additions"));
  const Value only_additions = fields.Get("only_additions");
  state.only_additions = only_additions.IsBool() && only_additions.AsBool();
  for (const auto& [key, field] :
       {std::pair("source", &State::source), std::pair("commit", &State::commit),
        std::pair("commit_hash", &State::commit_hash)}) {
    const Value value = fields.Get(key);
    if (value.IsString()) {
      state.*field = value.AsString();
    } else if (!value.IsNone()) {
      Refuse(source, document.spans.Find(key), "'" + std::string(key) + "' is not a text");
    }
  }
  return state;
}

}  // namespace scaffold
