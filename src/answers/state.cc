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

std::string FormatState(const std::set<std::string>& chosen) {
  List names;
  for (const std::string& name : chosen) names.emplace_back(name);
  Dict state;
  state.Set("version", Value(kVersion));
  state.Set("chosen", Value(std::move(names)));
  yaml::DumpOptions options;
  options.sort_keys = false;
  return std::string(kHeader) + yaml::Dump(Value(std::move(state)), options);
}

std::set<std::string> ParseState(const Source& source) {
  const yaml::Document document = yaml::LoadDocument(source);
  if (document.value.IsNone()) return {};
  if (!document.value.IsDict()) Refuse(source, &document.spans, "the state is not a mapping");
  const Dict& state = document.value.AsDict();
  const Value version = state.Get("version");
  if (!version.IsInt() || version.AsInt() < 1) {
    Refuse(source, document.spans.Find("version"), "the state has no version");
  }
  if (version.AsInt() > kVersion) {
    Refuse(source, document.spans.Find("version"),
           "the state was written by a newer scaffold (version " + Str(version) + ")");
  }
  std::set<std::string> chosen;
  const Value names = state.Get("chosen");
  if (!names.IsList()) Refuse(source, document.spans.Find("chosen"), "'chosen' is not a list");
  for (const Value& name : names.AsList()) {
    if (!name.IsString()) {
      Refuse(source, document.spans.Find("chosen"), "'chosen' must hold names of questions");
    }
    chosen.insert(name.AsString());
  }
  return chosen;
}

}  // namespace scaffold
