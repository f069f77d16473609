// Trust as a question: what a template without trust wants to run, and what a person says to it.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace scaffold {

struct TrustRequest {
  std::string source;                 // as given, without a password
  std::optional<std::string> commit;  // as `git describe` names it, and in full
  std::optional<std::string> commit_hash;
  // As the template writes them, nothing is rendered: texts of the template, not to be trusted.
  std::vector<std::string> commands;
  std::vector<std::string> extensions;
  bool can_trust_commit = false;
  bool can_trust_source = false;
};

enum class TrustReply : uint8_t {
  kNo,
  kThisRun,
  kThisCommit,  // remembered for exactly these files at this commit of this source
  kThisSource,  // written to the trust list of the user's settings
};

// Called before anything of the template is rendered or run.
using TrustAsker = std::function<TrustReply(const TrustRequest&)>;

}  // namespace scaffold
