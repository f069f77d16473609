#include "project/update_additions.h"

#include <optional>
#include <utility>

#include "project/addition.h"
#include "project/cookiecutter_session.h"

namespace scaffold {
namespace {

std::optional<RenderedAddition> Render(const Addition& addition, const Session& session,
                                       Prompter& prompter) {
  const auto generator = FindGeneratorIn(session.checkout.tree, kTemplateGenerators,
                                         addition.generator, GeneratorOrigin::kTemplate);
  if (!generator) return std::nullopt;
  CopyOptions options = session.options;
  options.asking = Asking::kDefaults;
  options.data = {};
  AdditionRequest request;
  request.generator = &*generator;
  request.name = addition.name;
  request.project_answers = SessionAnswers(session);
  request.last_answers = addition.answers;
  request.options = &options;
  Reporter silent;
  return RenderAddition(session.host, request, prompter, silent);
}

void Overlay(const RenderedAddition& addition, Tree* tree) {
  for (const auto& [path, entry] : addition.files) {
    if (tree->Find(path) == nullptr) tree->Add(path, entry);
  }
  AddEntries(addition.record.inserts, tree);
}

}  // namespace

UpdateAdditions OverlayAdditions(const std::vector<Addition>& additions, const Session& before,
                                 const Session& after, Prompter& prompter, Tree* base,
                                 Tree* theirs) {
  UpdateAdditions result;
  for (const Addition& addition : additions) {
    result.records.push_back(addition);
    if (addition.source != GeneratorOriginName(GeneratorOrigin::kTemplate)) continue;
    const std::string what = "'" + addition.generator + " " + addition.name + "' stays as it is: ";
    try {
      const auto old_one = Render(addition, before, prompter);
      const auto new_one = Render(addition, after, prompter);
      if (!old_one || !new_one) {
        result.notes.push_back(what + "the template has its generator no more");
        continue;
      }
      Overlay(*old_one, base);
      Overlay(*new_one, theirs);
      result.records.back() = new_one->record;
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kInterrupted) throw;
      result.notes.push_back(what + error.message());
    }
  }
  return result;
}

}  // namespace scaffold
