#include "extensions/python_host.h"

#include <algorithm>
#include <utility>

#include "extensions/registry.h"
#include "support/spawn.h"
#include "support/text.h"
#include "value/json.h"
#include "value/operators.h"

// The Python program; ends with a zero byte.
extern const char scaffold_python_host_begin[];

namespace scaffold {
namespace {

// Published extensions by their top-level module. Only these are installed unasked: any other
// name could be that of somebody else's package.
constexpr std::pair<std::string_view, std::string_view> kPackages[] = {
    {"copier", "copier"},
    {"cookiecutter", "cookiecutter"},
    {"jinja2_getenv_extension", "jinja2-getenv-extension"},
    {"jinja2_git", "jinja2-git"},
    {"jinja2_git_dir", "jinja2-git-dir"},
    {"jinja2_pluralize", "jinja2-pluralize"},
    {"jinja2_shell_extension", "jinja2-shell-extension"},
    {"jinja2_slug", "jinja2-slug"},
    {"jinja2_strcase", "jinja2-strcase"},
    {"jinja2_time", "jinja2-time"},
};

std::string_view TopLevelModule(std::string_view import_path) {
  return import_path.substr(0, import_path.find_first_of(".:/"));
}

std::string PackageOf(std::string_view module) {
  for (const auto& [name, package] : kPackages) {
    if (name == module) return std::string(package);
  }
  return ReplaceAll(module, "_", "-");
}

std::string Text(const Dict& message, std::string_view key) {
  const Value value = message.Get(key);
  return value.IsString() ? value.AsString() : std::string();
}

List Texts(const std::vector<std::string>& texts) { return List(texts.begin(), texts.end()); }

PythonFailure ReadFailure(const Dict& failed) {
  const Value line = failed.Get("line");
  return {.class_name = Text(failed, "class"),
          .message = Text(failed, "message"),
          .template_name = Text(failed, "template"),
          .line = line.IsInt() ? static_cast<uint32_t>(line.AsInt()) : 0,
          .place = Text(failed, "place")};
}

Value EvaluateNatively(jinja::Environment* natives, const std::string& expression,
                       const Dict& question, const PythonValues& values, Value function) {
  Dict variables;
  variables.Set("function", std::move(function));
  variables.Set("args", values.Decode(question.Get("args")));
  variables.Set("kwargs", values.Decode(question.Get("kwargs")));
  return natives->CompileExpression(expression).Evaluate(Value(std::move(variables)));
}

}  // namespace

struct PythonHost::Interpreter {
  std::vector<std::string> command;  // without the program
  std::string before, after;         // with a package's name between them: how to install it
};

PythonHost::PythonHost(PythonHostOptions options, jinja::Environment* natives)
    : options_(std::move(options)), natives_(natives) {
  const std::vector<Interpreter> interpreters = FindInterpreters();
  for (const Interpreter& interpreter : interpreters) {
    if (Start(interpreter)) return;
  }
  ThrowMissing(interpreters.back());
}

std::vector<PythonHost::Interpreter> PythonHost::FindInterpreters() const {
  const Host& host = *options_.host;
  if (const std::optional<std::string> python = host.Variable("SCAFFOLD_PYTHON")) {
    return {{{*python}, *python + " -m pip install ", ""}};
  }
  std::vector<Interpreter> found;
  if (!FindProgram(host, "python3").empty()) {
    found.push_back({{"python3"},
                     "python3 -m pip install ",
                     "; or set SCAFFOLD_PYTHON to an interpreter that has it"});
  }
  if (!FindProgram(host, "uv").empty()) {
    Interpreter uv = {{"uv", "run", "--no-project", "--with", "jinja2>=3.1.6,<4"},
                      "uv venv env && uv pip install --python env jinja2 ",
                      " && export SCAFFOLD_PYTHON=$PWD/env/bin/python"};
    if (options_.flavor == RendererFlavor::kCookiecutter) {
      uv.command.insert(uv.command.end(), {"--with", "cookiecutter>=2.7.1,<3"});
    }
    for (const std::string& extension : options_.extensions) {
      const std::string_view module = TopLevelModule(extension);
      const auto row = std::find_if(std::begin(kPackages), std::end(kPackages),
                                    [&](const auto& package) { return package.first == module; });
      if (row == std::end(kPackages)) continue;
      uv.command.insert(uv.command.end(), {"--with", std::string(row->second)});
    }
    uv.command.emplace_back("python");
    found.push_back(std::move(uv));
  }
  if (!found.empty()) return found;
  throw Error(ErrorKind::kUser,
              "the template's Jinja extensions are Python, and there is no python3 in PATH")
      .WithHelp("install Python with jinja2, or uv, or set SCAFFOLD_PYTHON to an interpreter");
}

bool PythonHost::Start(const Interpreter& interpreter) {
  Command command;
  command.arguments = interpreter.command;
  command.arguments.insert(command.arguments.end(), {"-c", scaffold_python_host_begin});
  process_ = std::make_unique<LineProcess>(*options_.host, command);
  Dict request;
  request.Set("do", Value("start"));
  request.Set("cookiecutter", Value(options_.flavor == RendererFlavor::kCookiecutter));
  request.Set("root", Value(options_.root.string()));
  request.Set("folders", Value(Texts(options_.folders)));
  request.Set("envops", values_.Encode(options_.envops));
  request.Set("extensions", Value(Texts(options_.extensions)));
  request.Set("filters", Value(Texts(options_.own_filters)));
  const Dict answer = Exchange(request);
  const Value failed = answer.Get("failed");
  if (!failed.IsDict()) return true;
  missing_ = Text(failed.AsDict(), "missing");
  if (!missing_.empty()) return false;
  const PythonFailure failure = ReadFailure(failed.AsDict());
  Error error(ErrorKind::kUser, failure.class_name == "Refusal"
                                    ? failure.message
                                    : failure.class_name + ": " + failure.message);
  if (!failure.place.empty()) error.AddNote("at " + failure.place);
  throw error;
}

void PythonHost::ThrowMissing(const Interpreter& last) const {
  const std::string_view module = TopLevelModule(missing_);
  const std::string help = last.before + PackageOf(module) + last.after;
  if (module == "jinja2" || module == "markupsafe") {
    throw Error(ErrorKind::kUser, "the template's Jinja extensions are Python, and '" +
                                      last.command.front() + "' has no module '" + missing_ + "'")
        .WithHelp(help);
  }
  if (options_.flavor == RendererFlavor::kCopier) {
    throw MissingModuleError(missing_).WithHelp(help);
  }
  throw Error(ErrorKind::kUser, "Unable to load extension: No module named '" + missing_ + "'")
      .WithHelp(help);
}

void PythonHost::SetContext(const Value& context) {
  if (has_context_ && context_.IsSame(context)) return;
  context_ = context;
  has_context_ = true;
  is_context_new_ = true;
}

PythonHost::Answer PythonHost::Call(Dict request) {
  if (is_context_new_) request.Set("context", values_.Encode(context_));
  is_context_new_ = false;
  const Dict answer = Exchange(request);
  const Value failed = answer.Get("failed");
  if (!failed.IsDict()) return {answer.Get("done"), nullptr};
  const Value number = failed.AsDict().Get("native");
  if (number.IsInt() && static_cast<size_t>(number.AsInt()) < errors_.size()) {
    throw errors_[static_cast<size_t>(number.AsInt())];
  }
  return {Value(), std::make_unique<PythonFailure>(ReadFailure(failed.AsDict()))};
}

// Python asks back until it has its answer.
Dict PythonHost::Exchange(const Dict& request) {
  Dict message = request;
  while (true) {
    const bool written = process_->WriteLine(FormatJson(Value(std::move(message))));
    const std::optional<std::string> line =
        written ? process_->ReadLine() : std::optional<std::string>();
    if (!line) {
      throw Error(ErrorKind::kUser, "the Python process of the template's extensions has ended")
          .WithHelp("its own messages stand above");
    }
    const Value answer = ParseJson(*line);
    if (!answer.IsDict() || !answer.AsDict().Has("ask")) {
      return answer.IsDict() ? answer.AsDict() : Dict();
    }
    message = Serve(answer.AsDict());
  }
}

Dict PythonHost::Serve(const Dict& question) {
  Dict reply;
  try {
    reply.Set("done", values_.Encode(ServeQuestion(question)));
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    Dict failed;
    failed.Set("class", Value(PythonClassName(error.kind())));
    failed.Set("message", Value(error.message()));
    failed.Set("native", Value(errors_.size()));
    errors_.push_back(error);
    reply.Set("failed", Value(std::move(failed)));
  }
  return reply;
}

Value PythonHost::ServeQuestion(const Dict& question) {
  const std::string what = Text(question, "ask");
  if (what == "get") return Subscript(values_.object(question.Get("object")), question.Get("key"));
  if (what == "call") {
    return EvaluateNatively(natives_, "function(*args, **kwargs)", question, values_,
                            values_.object(question.Get("object")));
  }
  const std::string name = Text(question, "name");
  const bool known = name == "to_json" ||
                     std::find(options_.own_filters.begin(), options_.own_filters.end(), name) !=
                         options_.own_filters.end();
  if (what != "filter" || !known) {
    throw Error(ErrorKind::kValue, "the extension host asked for '" + what + " " + name + "'");
  }
  return EvaluateNatively(natives_, "args[0]|" + name + "(*args[1:], **kwargs)", question, values_,
                          Value());
}

}  // namespace scaffold
