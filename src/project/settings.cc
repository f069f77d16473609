#include "project/settings.h"

#include "support/file.h"
#include "value/operators.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

fs::path DefaultSettingsPath(const Host& host) {
  const std::string configured = host.Variable("XDG_CONFIG_HOME").value_or("");
  const fs::path folder =
      configured.empty() ? host.HomeDirectory() / ".config" : fs::path(configured);
  return folder / "copier" / "settings.yml";
}

Error SettingsError(const Source& source, const yaml::SpanNode* node, std::string message) {
  Error error(ErrorKind::kConfig, std::move(message));
  if (node != nullptr) error.At(source.Locate(node->span));
  return error;
}

Settings ParseSettings(const Source& source) {
  const yaml::Document document = yaml::LoadDocument(source);
  Settings settings;
  if (document.value.IsNone()) return settings;
  if (!document.value.IsDict()) {
    throw SettingsError(source, &document.spans, "settings are not a mapping")
        .WithHelp("write 'defaults:' and 'trust:' at the top level");
  }
  const Dict& all = document.value.AsDict();
  if (const Value* defaults = all.Find("defaults"); defaults != nullptr && !defaults->IsNone()) {
    if (!defaults->IsDict()) {
      throw SettingsError(source, document.spans.Find("defaults"), "'defaults' is not a mapping")
          .WithHelp("write one 'question: default' a line below it");
    }
    settings.defaults = defaults->AsDict();
  }
  if (const Value* trust = all.Find("trust"); trust != nullptr && !trust->IsNone()) {
    const bool is_list = trust->IsList();
    for (const Value& entry : is_list ? trust->AsList() : List{Value()}) {
      if (!entry.IsString()) {
        throw SettingsError(source, document.spans.Find("trust"),
                            "'trust' is not a list of strings")
            .WithHelp("write one '- https://host/path/' a line below it");
      }
      settings.trust.push_back(entry.AsString());
    }
  }
  return settings;
}

}  // namespace

Source ReadYamlSource(const fs::path& path) {
  return Source(path.string(), yaml::DecodeText(ReadFile(path), path.string()));
}

fs::path SettingsPath(const Host& host) {
  const std::optional<std::string> named = host.Variable("COPIER_SETTINGS_PATH");
  return named ? AbsolutePath(host.working_directory, *named) : DefaultSettingsPath(host);
}

Settings ReadSettings(const Host& host, Reporter& reporter) {
  const std::optional<std::string> named = host.Variable("COPIER_SETTINGS_PATH");
  const fs::path path = SettingsPath(host);
  std::error_code error;
  if (!fs::exists(path, error)) {
    if (named) reporter.Warn("Settings file not found at " + *named);
    return {};
  }
  return ParseSettings(ReadYamlSource(path));
}

Dict LoadDataFile(const Host& host, const fs::path& path) {
  const Source source = ReadYamlSource(AbsolutePath(host.working_directory, path));
  const yaml::Document document = yaml::LoadDocument(source);
  if (document.value.IsNone()) return {};
  if (!document.value.IsDict()) {
    throw SettingsError(source, &document.spans, "the data file is not a mapping")
        .WithHelp("write one 'question: answer' a line");
  }
  return document.value.AsDict();
}

}  // namespace scaffold
