#include "project/addition.h"

#include <algorithm>

#include "extensions/digest.h"
#include "extensions/transliterate.h"
#include "generators/builtin_generators.h"
#include "generators/name_words.h"
#include "generators/python_names.h"
#include "generators/regions.h"
#include "manifest/casting.h"
#include "manifest/render_text.h"
#include "project/matching_files.h"
#include "support/text.h"
#include "tree/read_tree.h"
#include "value/operators.h"

namespace scaffold {
namespace {

bool IsWord(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

void CheckName(const GeneratorManifest& manifest, const std::string& generator,
               const std::string& name) {
  const std::vector<std::string> words = SplitWords(name);
  const std::string snake = InCase(words, NameCase::kSnake);
  std::string problem;
  if (!IsWord(snake) || name.find_first_of("/\\") != std::string::npos) {
    problem = "makes no identifier";
  } else if (manifest.names_are_python && IsPythonKeyword(snake)) {
    problem = "is a word of Python's own";
  } else if (manifest.names_are_python && IsPythonModule(snake)) {
    problem = "is a module of Python's standard library";
  }
  if (problem.empty()) return;
  throw Error(ErrorKind::kUsage, "the name '" + name + "' " + problem)
      .WithHelp("take '" + ProposeAdditionName(generator, name) + "'");
}

// What templates of a generator see beside its own answers.
Dict MakeVariables(const AdditionRequest& request) {
  Dict variables;
  for (const Dict::Entry& entry : request.project_answers) {
    if (!Str(entry.key).starts_with('_')) variables.Set(entry.key, entry.value);
  }
  const std::vector<std::string> words = SplitWords(request.name);
  variables.Set("name", Value(request.name));
  for (const auto& [suffix, name_case] :
       {std::pair("snake", NameCase::kSnake), std::pair("kebab", NameCase::kKebab),
        std::pair("pascal", NameCase::kPascal), std::pair("camel", NameCase::kCamel),
        std::pair("upper", NameCase::kUpper), std::pair("title", NameCase::kTitle)}) {
    variables.Set("name_" + std::string(suffix), Value(InCase(words, name_case)));
  }
  for (const Dict::Entry& entry : request.options->data) variables.Set(entry.key, entry.value);
  return variables;
}

// One run of a generator, which is a session without a template's own place.
class AdditionRun {
 public:
  AdditionRun(const Host& host, const AdditionRequest& request, Reporter& reporter)
      : request_(request),
        generator_(LoadGeneratorManifest(request.generator->tree, request.generator->place)),
        options_(*request.options),
        session_{.host = host, .options = options_, .reporter = reporter} {
    session_.destination = AbsolutePath(host.working_directory, options_.destination);
    options_.data = MakeVariables(request);
    for (const GeneratorRead& read : generator_.reads) {
      if (options_.data.Has(read.variable)) continue;
      options_.data.Set(read.variable, ReadMatchingFiles(session_.destination, read.patterns));
    }
    session_.last_answers = request.last_answers;
    session_.manifest = generator_.manifest;
    session_.checkout.source = request.generator->place;
    session_.checkout.tree = request.generator->tree;
    session_.checkout.path = request.generator->place;
    for (const std::string& warning : session_.manifest.warnings) reporter.Warn(warning);
  }

  RenderedAddition Run(Prompter& prompter) {
    CheckName(generator_, request_.generator->name, request_.name);
    PrepareSession(&session_);
    CheckRequirements();
    AskQuestions(&session_, prompter);
    RenderedAddition result;
    result.record = {.generator = request_.generator->name,
                     .name = request_.name,
                     .source = std::string(GeneratorOriginName(request_.generator->origin)),
                     .answers = RecordedAnswers(session_.manifest, session_.answers, {})};
    RenderFiles(&result);
    RenderInserts(&result);
    return result;
  }

 private:
  std::string Render(const std::string& text, const ManifestPlace& place, Phase phase) {
    return RenderManifestText(*session_.renderer, text, place,
                              Value(session_.context->Build(session_.answers, phase)));
  }

  bool Holds(const Value& condition, const ManifestPlace& place, Phase phase) {
    if (!condition.IsString()) return CastToBool(condition);
    return CastToBool(Value(Render(condition.AsString(), place, phase)));
  }

  void CheckRequirements() {
    session_.answers.sources.init = options_.data;
    for (const GeneratorRequirement& requirement : generator_.requirements) {
      if (Holds(requirement.condition, requirement.place, Phase::kPrompt)) continue;
      throw Error(ErrorKind::kUser, Render(requirement.message, requirement.place, Phase::kPrompt))
          .At(requirement.place.Locate())
          .AddNote("for the generator '" + request_.generator->name + "'");
    }
  }

  void RenderFiles(RenderedAddition* result) {
    if (!IsFolder(session_.checkout.tree, session_.manifest.subdirectory)) return;
    RenderResult rendered = RenderSession(session_);
    result->files = std::move(rendered.tree);
    for (const auto& [path, entry] : result->files) {
      if (entry.kind != EntryKind::kDirectory) {
        result->record.files[path] = FileDigest(entry.bytes);
      }
    }
  }

  void RenderInserts(RenderedAddition* result) {
    for (const GeneratorInsert& insert : generator_.inserts) {
      if (!Holds(insert.when, insert.place, Phase::kRender)) continue;
      const std::string file = NormalizePath(Render(insert.file, insert.place, Phase::kRender));
      if (!IsSafeTreePath(file)) {
        throw Error(ErrorKind::kForbiddenPath, "\"" + file + "\" is forbidden")
            .At(insert.place.Locate());
      }
      result->record.inserts.push_back({file, Render(insert.region, insert.place, Phase::kRender),
                                        Render(insert.text, insert.place, Phase::kRender)});
    }
  }

  const AdditionRequest& request_;
  GeneratorManifest generator_;
  CopyOptions options_;
  Session session_;
};

// The folder of generators below the project, as a tree with that path in front.
Tree ReadProjectGenerators(const Host& host, const std::filesystem::path& project) {
  Tree tree;
  const std::filesystem::path folder = project / kProjectGenerators;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return tree;
  for (const auto& [path, entry] : ReadTree(host, folder)) {
    tree.Add(std::string(kProjectGenerators) + "/" + path, entry);
  }
  return tree;
}

// Those of the program are for Django. Its startproject writes this file, and nothing else knows
// the variable.
bool IsDjangoProject(const std::filesystem::path& project) {
  const Value files = ReadMatchingFiles(project, {"manage.py", "*/manage.py"});
  for (const Value& file : files.AsList()) {
    const std::string text = Str(file.AsDict().Get("text"));
    if (text.find("DJANGO_SETTINGS_MODULE") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::optional<Generator> FindGeneratorIn(const Tree& tree, const std::string& folder,
                                         const std::string& name, GeneratorOrigin origin) {
  const std::string path = folder + "/" + name;
  if (!IsSafeTreePath(path) || tree.Find(path + "/" + kGeneratorFile) == nullptr) {
    return std::nullopt;
  }
  return Generator{.name = name, .origin = origin, .tree = Subtree(tree, path), .place = path};
}

std::vector<Generator> GeneratorsIn(const Tree& tree, const std::string& folder,
                                    GeneratorOrigin origin) {
  std::vector<Generator> generators;
  const std::string prefix = folder + "/", suffix = std::string("/") + kGeneratorFile;
  for (const auto& [path, entry] : tree) {
    if (!path.starts_with(prefix) || !path.ends_with(suffix)) continue;
    const std::string name =
        path.substr(prefix.size(), path.size() - prefix.size() - suffix.size());
    if (name.find('/') != std::string::npos) continue;
    if (auto generator = FindGeneratorIn(tree, folder, name, origin)) {
      generators.push_back(std::move(*generator));
    }
  }
  return generators;
}

std::map<std::string, Generator> AllGenerators(const Host& host,
                                               const std::filesystem::path& project,
                                               const Tree* template_tree) {
  std::map<std::string, Generator> all;
  const auto add = [&](const Tree& tree, const std::string& folder, GeneratorOrigin origin) {
    for (Generator& generator : GeneratorsIn(tree, folder, origin)) {
      std::string name = generator.name;
      all.try_emplace(std::move(name), std::move(generator));
    }
  };
  add(ReadProjectGenerators(host, project), kProjectGenerators, GeneratorOrigin::kProject);
  if (template_tree != nullptr) {
    add(*template_tree, kTemplateGenerators, GeneratorOrigin::kTemplate);
  }
  if (IsDjangoProject(project)) {
    add(BuiltinGenerators(), kBuiltinGenerators, GeneratorOrigin::kBuiltIn);
  }
  return all;
}

RenderedAddition RenderAddition(const Host& host, const AdditionRequest& request,
                                Prompter& prompter, Reporter& reporter) {
  return AdditionRun(host, request, reporter).Run(prompter);
}

void AddEntries(const std::vector<Addition::Insert>& inserts, Tree* tree) {
  for (const Addition::Insert& insert : inserts) {
    const TreeEntry* found = tree->Find(insert.file);
    if (found == nullptr || found->kind != EntryKind::kFile) continue;
    if (auto text = AddEntry(found->bytes, insert.region, insert.text)) {
      TreeEntry entry = *found;
      entry.bytes = std::move(*text);
      tree->Add(insert.file, std::move(entry));
    }
  }
}

std::string ProposeAdditionName(const std::string& generator, const std::string& name) {
  std::vector<std::string> proposal;
  for (const std::string& word : SplitWords(Transliterate(DecomposeText(name)))) {
    std::string plain;
    for (const char c : word) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
    }
    if (!plain.empty()) proposal.push_back(plain);
  }
  std::string kind = SplitWords(generator).empty() ? "item" : SplitWords(generator).back();
  if (!proposal.empty() && proposal.back() == kind) kind = "two";
  const bool begins_wrong = !proposal.empty() && proposal[0][0] >= '0' && proposal[0][0] <= '9';
  proposal.insert(begins_wrong ? proposal.begin() : proposal.end(), kind);
  return InCase(proposal, NameCase::kSnake);
}

std::string FileDigest(const std::string& bytes) { return ToHex(*Digest("sha256", bytes)); }

}  // namespace scaffold
