// ListParts of include/scaffold/parts.h.

#include "scaffold/parts.h"

#include "project/addition.h"
#include "project/module_catalog.h"
#include "project/update_checks.h"

namespace scaffold {
namespace {

std::vector<GeneratorInfo> Describe(const std::map<std::string, Generator>& generators) {
  std::vector<GeneratorInfo> infos;
  for (const auto& [name, generator] : generators) {
    const GeneratorManifest manifest = LoadGeneratorManifest(generator.tree, generator.place);
    infos.push_back({.name = name, .title = manifest.title, .origin = generator.origin});
  }
  return infos;
}

std::vector<AdditionInfo> Describe(const std::vector<Addition>& additions) {
  std::vector<AdditionInfo> infos;
  for (const Addition& addition : additions) {
    AdditionInfo info = {.generator = addition.generator, .name = addition.name, .files = {}};
    for (const auto& [path, digest] : addition.files) info.files.push_back(path);
    infos.push_back(std::move(info));
  }
  return infos;
}

}  // namespace

ProjectParts ListParts(const Host& host, const CopyOptions& options, Reporter& reporter) {
  CopyOptions request;
  const auto session = FetchRecordedIfAny(host, options, "list", &request, reporter);
  const std::filesystem::path project = AbsolutePath(host.working_directory, options.destination);
  ProjectParts parts;
  if (session) parts.modules = ReadModules(session->checkout.tree, session->last_answers);
  parts.generators =
      Describe(AllGenerators(host, project, session ? &session->checkout.tree : nullptr));
  if (const auto state = ReadState(project / kStateFile)) {
    parts.additions = Describe(state->additions);
  }
  return parts;
}

}  // namespace scaffold
