#include "cli/render_data.h"

#include <filesystem>
#include <iterator>
#include <string>

#include "cli/toml_data.h"
#include "support/file.h"
#include "support/source.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/json.h"
#include "value/operators.h"
#include "yaml/load.h"

namespace scaffold::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStandardInput = "-";

// JSON's own parser says where in the text it stopped by a line and a column in its message.
Value LoadJson(const Source& source) {
  try {
    return ParseJson(source.text());
  } catch (const Error& error) {
    throw Error(ErrorKind::kConfig, "'" + source.name() + "' is not JSON: " + error.message());
  }
}

Value LoadYaml(const std::string& name, std::string_view bytes) {
  const Source source(name, yaml::DecodeText(bytes, name));
  return yaml::Load(source);
}

Value LoadDataText(const std::string& name, std::string bytes) {
  const std::string extension = ToLowerAscii(fs::path(name).extension().string());
  if (extension != ".json" && extension != ".toml") return LoadYaml(name, bytes);
  if (FindInvalidUtf8(bytes) != std::string::npos) {
    throw Error(ErrorKind::kConfig, "'" + name + "' is not UTF-8");
  }
  const Source source(name, std::move(bytes));
  return extension == ".json" ? LoadJson(source) : LoadToml(source);
}

void AddFile(const Host& host, const Streams& streams, const std::string& name, Dict* data) {
  Value value;
  if (name == kStandardInput) {
    value = LoadYaml("standard input", std::string(std::istreambuf_iterator<char>(streams.in), {}));
  } else {
    value = LoadDataText(name, ReadFile(AbsolutePath(host.working_directory, name)));
  }
  if (value.IsNone()) return;
  if (!value.IsDict()) {
    throw Error(ErrorKind::kConfig, "the data in '" + name + "' is a " +
                                        std::string(TypeName(value)) + ", not a mapping")
        .WithHelp("the names of the variables are its keys");
  }
  for (const Dict::Entry& entry : value.AsDict()) data->Set(entry.key, entry.value);
}

void AddPair(const std::string& text, Dict* data) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorKind::kUsage, "'--data " + text + "' is not NAME=VALUE")
        .WithHelp("write it as --data NAME=VALUE");
  }
  const std::string_view view = text;
  data->Set(view.substr(0, equals),
            LoadYaml("--data " + text.substr(0, equals), view.substr(equals + 1)));
}

Value EnvironmentOf(const Host& host) {
  Dict variables;
  for (const auto& [name, value] : host.environment) variables.Set(name, Value(value));
  return Value(std::move(variables));
}

}  // namespace

Dict ReadRenderData(const Host& host, const Streams& streams, const Options& options) {
  Dict data;
  if (options.env) data.Set("env", EnvironmentOf(host));
  for (const std::string& name : options.data_files) AddFile(host, streams, name, &data);
  for (const std::string& text : options.data) AddPair(text, &data);
  return data;
}

}  // namespace scaffold::cli
