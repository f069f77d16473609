// Templates as text; the output is that of real Copier (tests/oracle/make_render_cases.py).

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gtest/gtest.h"
#include "render/context.h"
#include "render/render.h"
#include "support/text.h"
#include "support/utf8.h"
#include "tests/testing/cases.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

using testing::Case;

// The `b'...'` of Python; only `\xNN`, `\n` and `\r` are used.
std::string BytesLiteral(std::string_view literal) {
  std::string bytes;
  literal = literal.substr(2, literal.size() - 3);
  for (size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] != '\\') {
      bytes += literal[i];
      continue;
    }
    const char kind = literal[++i];
    if (kind == 'x') {
      bytes += static_cast<char>(std::stoi(std::string(literal.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      bytes += kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind;
    }
  }
  return bytes;
}

uint32_t ParseMode(const std::string& digits) {
  return static_cast<uint32_t>(std::stoul(digits, nullptr, 8));
}

// What stands in the sections whose names begin with a kind of entry.
Tree TemplateTree(const Case& test_case) {
  Tree tree;
  for (const auto& [name, text] : test_case.sections) {
    TreeEntry entry;
    std::string_view rest = name;
    const std::string kind(rest.substr(0, rest.find(' ')));
    if (kind != "file" && kind != "bytes" && kind != "link" && kind != "folder") continue;
    rest.remove_prefix(kind.size() + 1);
    if (kind == "link") {
      entry.kind = EntryKind::kSymlink;
      entry.bytes = text;
    } else if (kind == "folder") {
      entry.kind = EntryKind::kDirectory;
    } else {
      entry.mode = ParseMode(std::string(rest.substr(0, 3)));
      rest.remove_prefix(4);
      entry.bytes = kind == "bytes" ? BytesLiteral(text) : text + "\n";
    }
    tree.Add(std::string(rest), std::move(entry));
  }
  return tree;
}

std::string FormatTree(const Tree& tree) {
  std::string text;
  for (const auto& [path, entry] : tree) {
    if (!text.empty()) text += "\n";
    switch (entry.kind) {
      case EntryKind::kDirectory:
        text += "folder " + path;
        break;
      case EntryKind::kSymlink:
        text += "link " + path + " -> " + entry.bytes;
        break;
      case EntryKind::kFile: {
        char mode[8];
        std::snprintf(mode, sizeof(mode), "%o", static_cast<unsigned>(entry.mode));
        const bool is_text = FindInvalidUtf8(entry.bytes) == std::string_view::npos;
        text += "file " + std::string(mode) + " " + path + " " +
                Repr(is_text ? Value(entry.bytes) : Value::Bytes(entry.bytes));
        break;
      }
    }
  }
  return text;
}

// Folders that only come to be because something is written into them.
Tree WithImpliedFolders(Tree tree) {
  Tree whole = tree;
  for (const auto& [path, entry] : tree) {
    for (size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      if (whole.Find(std::string_view(path).substr(0, slash)) != nullptr) continue;
      whole.Add(path.substr(0, slash), {.kind = EntryKind::kDirectory, .bytes = {}, .origin = {}});
    }
  }
  return whole;
}

class CaseRun {
 public:
  explicit CaseRun(const Case& test_case) : case_(test_case), tree_(TemplateTree(test_case)) {}

  std::string Run() {
    try {
      manifest_ = LoadManifest(tree_);
      MakeRenderer();
      return FormatTree(WithImpliedFolders(Render()));
    } catch (const Error& error) {
      return "error " + Repr(Value(error.message()));
    }
  }

 private:
  void MakeRenderer() {
    RendererOptions options;
    options.envops = Value(manifest_.envops);
    options.loader = [this](std::string_view name) -> std::optional<std::string> {
      const TreeEntry* entry = tree_.Find(name);
      if (entry == nullptr) return std::nullopt;
      return entry->bytes;
    };
    renderer_ = MakeNativeRenderer(std::move(options));
  }

  Answers MakeAnswers() const {
    Answers answers;
    if (!case_.Has("answers")) return answers;
    const Value given = yaml::Load(Source("answers", case_.Section("answers")));
    answers.sources.init = given.AsDict();
    for (const Question& question : manifest_.questions) {
      if (const Value* value = given.AsDict().Find(question.name)) {
        answers.user.Set(question.name, *value);
      } else {
        answers.hidden.insert(question.name);
      }
    }
    return answers;
  }

  void ApplyOptions(ContextInputs* inputs, RenderRequest* request) const {
    if (!case_.Has("options")) return;
    for (std::string_view line : Split(case_.Section("options"), '\n')) {
      const std::string value(line.substr(std::min(line.find(' ') + 1, line.size())));
      if (line.starts_with("exclude ")) request->exclude.push_back(value);
      if (line.starts_with("skip ")) request->skip_if_exists.push_back(value);
      if (line.starts_with("answers-file ")) inputs->answers_file = value;
      if (line == "update") request->operation = "update";
      if (line == "git") {
        request->from_git = true;
        inputs->commit = "v1.0.0";
      }
    }
    inputs->exclude = request->exclude;
    inputs->skip_if_exists = request->skip_if_exists;
  }

  Tree Render() {
    ContextInputs inputs;
    inputs.manifest = &manifest_;
    inputs.renderer = renderer_.get();
    inputs.src_url = "template";
    inputs.dst_path = "project";
    inputs.folder_name = "project";
    inputs.defaults = inputs.overwrite = inputs.quiet = inputs.unsafe = true;
    inputs.read_external = [this](const std::string& path) {
      if (!case_.Has("dest " + path)) return Value(Dict());
      return yaml::Load(Source(path, case_.Section("dest " + path)));
    };
    RenderRequest request;
    request.template_tree = &tree_;
    request.manifest = &manifest_;
    request.renderer = renderer_.get();
    ApplyOptions(&inputs, &request);
    const Answers answers = MakeAnswers();
    inputs.data = answers.sources.init;
    const ContextBuilder builder(std::move(inputs));
    request.context = builder.Build(answers, Phase::kRender);
    request.answers_file = builder.AnswersFile(answers);
    return RenderTemplate(request).tree;
  }

  const Case& case_;
  Tree tree_;
  Manifest manifest_;
  std::unique_ptr<StringRenderer> renderer_;
};

class RenderCases : public ::testing::TestWithParam<Case> {};

TEST_P(RenderCases, MatchesCopier) {
  EXPECT_EQ(CaseRun(GetParam()).Run(), GetParam().Section("output"));
}

INSTANTIATE_TEST_SUITE_P(Cases, RenderCases, ::testing::ValuesIn(testing::LoadCases("render")),
                         testing::CaseName);

}  // namespace
}  // namespace scaffold
