// `scaffold render`: the template engine for people and shell scripts.

#include <filesystem>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/error_json.h"
#include "cli/json_case.h"
#include "cli/render_data.h"
#include "extensions/registry.h"
#include "render/file_loader.h"
#include "scaffold/jinja.h"
#include "support/file.h"
#include "value/json.h"

namespace scaffold::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStandardInput = "-";

// What templates of Copier and cookiecutter find without asking, and what they may ask for.
const std::vector<std::string>& EveryExtension() {
  static const std::vector<std::string> paths = {
      "jinja2.ext.do",
      "jinja2.ext.loopcontrols",
      "jinja2_ansible_filters.AnsibleCoreFiltersExtension",
      "jinja2_strcase.StrcaseExtension",
      "cookiecutter.extensions.JsonifyExtension",
      "cookiecutter.extensions.RandomStringExtension",
      "cookiecutter.extensions.SlugifyExtension",
      "cookiecutter.extensions.TimeExtension",
      "cookiecutter.extensions.UUIDExtension",
  };
  return paths;
}

// Other templates lie in the folder of the first one, or below it. Links are followed, but what
// they lead to outside of the folder is not there.
class TemplateFolder {
 public:
  explicit TemplateFolder(const fs::path& folder) : folder_(fs::weakly_canonical(folder)) {}

  std::optional<std::string> Read(std::string_view name) const {
    const fs::path path(name);
    if (path.is_absolute()) return std::nullopt;
    std::error_code error;
    const fs::path target = fs::canonical(folder_ / path, error);
    if (error || !IsWithin(target, folder_) || !fs::is_regular_file(target, error)) {
      return std::nullopt;
    }
    return ReadFileIfExists(target);
  }

  const fs::path& path() const { return folder_; }

 private:
  fs::path folder_;
};

jinja::Options MakeOptions(const Options& options, const TemplateFolder& folder) {
  jinja::Options engine;
  engine.syntax.keep_trailing_newline = true;
  engine.sandbox = jinja::Sandbox::kOn;
  if (options.strict) engine.undefined = UndefinedPolicy::kStrict;
  engine.loader = [&folder](std::string_view name) {
    return LoadTemplateText(name, folder.path().string(),
                            [&folder](std::string_view file) { return folder.Read(file); });
  };
  ConfigureExtensions(EveryExtension(), &engine);
  return engine;
}

void ListVariables(const jinja::Template& text, const Options& options, const Streams& streams) {
  List names;
  for (std::string& name : text.FindUndeclared()) {
    if (!options.json) streams.out << name << "\n";
    names.push_back(Value(std::move(name)));
  }
  if (options.json) streams.out << FormatJson(Value(std::move(names))) << "\n";
}

void RenderTemplate(const Host& host, const Streams& streams, const Options& options) {
  const std::string& name = options.arguments.front();
  const bool from_input = name == kStandardInput;
  const fs::path path = AbsolutePath(host.working_directory, name);
  const TemplateFolder folder(from_input ? host.working_directory : path.parent_path());
  std::string source =
      from_input ? std::string(std::istreambuf_iterator<char>(streams.in), {}) : ReadFile(path);
  jinja::Environment environment(MakeOptions(options, folder));
  InstallExtensions(EveryExtension(), &environment);
  const jinja::Template text =
      environment.FromString(std::move(source), from_input ? "standard input" : name);
  if (options.list_variables) {
    ListVariables(text, options, streams);
    return;
  }
  const std::string result = text.Render(Value(ReadRenderData(host, streams, options)));
  if (options.output) {
    WriteFileAtomically(AbsolutePath(host.working_directory, *options.output), result);
  } else {
    streams.out << result;
  }
}

void CheckArguments(const Options& options) {
  if (options.arguments.empty()) {
    throw Error(ErrorKind::kUsage, "nothing to render")
        .WithHelp("name a template file, or '-' for standard input");
  }
  size_t readers = options.arguments.front() == kStandardInput ? 1 : 0;
  for (const std::string& file : options.data_files) readers += file == kStandardInput ? 1 : 0;
  if (readers > 1) throw Error(ErrorKind::kUsage, "standard input can be read once only");
}

}  // namespace

ExitCode RunRender(const Host& host, const Streams& streams, const Options& options) {
  if (options.json_case) return static_cast<ExitCode>(RunJsonCases(streams.in, streams.out));
  try {
    CheckArguments(options);
    RenderTemplate(host, streams, options);
  } catch (const Error& error) {
    if (!options.json) throw;
    streams.err << FormatErrorJson(error) << "\n";
    return ExitCodeOf(error.kind());
  }
  return ExitCode::kDone;
}

}  // namespace scaffold::cli
