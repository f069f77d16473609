// Uses only what `find_package(scaffold)` installs: renders the built-in template in memory terms.

#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "scaffold/scaffold.h"

namespace {

// Nothing is asked with Asking::kDefaults.
class NoPrompter : public scaffold::Prompter {
 public:
  scaffold::PromptReply Ask(const scaffold::Prompt&, const scaffold::PromptValidator&,
                            std::string_view) override {
    return {.action = scaffold::PromptReply::Action::kEndOfInput, .text = {}, .value = {}};
  }
  std::optional<bool> ConfirmOverwrite(std::string_view) override { return std::nullopt; }
};

}  // namespace

int main() {
  std::string folder =
      (std::filesystem::temp_directory_path() / "scaffold-consumer-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;

  scaffold::NewOptions options;
  options.copy.source = "bundled:python";
  options.copy.destination = folder + "/demo";
  options.copy.asking = scaffold::Asking::kDefaults;
  options.git = false;

  int status = 1;
  try {
    NoPrompter prompter;
    scaffold::Reporter reporter;
    const scaffold::NewResult result =
        scaffold::New(scaffold::Host::FromProcess(), options, prompter, reporter);
    status = std::filesystem::exists(result.copy.destination / "pyproject.toml") ? 0 : 1;
    std::cout << result.copy.counts.created << " files\n";
  } catch (const scaffold::Error& error) {
    std::cerr << error.message() << "\n";
  }
  std::filesystem::remove_all(folder);
  return status;
}
