#include "cli/program.h"

namespace scaffold::cli {

Program ProgramNamed(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name == "copier" ? Program::kCopier : Program::kScaffold;
}

std::string_view ProgramName(Program program) {
  return program == Program::kCopier ? "copier" : "scaffold";
}

}  // namespace scaffold::cli
