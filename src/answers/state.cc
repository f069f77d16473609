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

}  // namespace

std::string FormatState(const State& state) {
  List names;
  for (const std::string& name : state.chosen) names.emplace_back(name);
  Dict fields;
  fields.Set("version", Value(kVersion));
  fields.Set("chosen", Value(std::move(names)));
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
  const Value names = fields.Get("chosen");
  if (!names.IsList()) Refuse(source, document.spans.Find("chosen"), "'chosen' is not a list");
  for (const Value& name : names.AsList()) {
    if (!name.IsString()) {
      Refuse(source, document.spans.Find("chosen"), "'chosen' must hold names of questions");
    }
    state.chosen.insert(name.AsString());
  }
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
