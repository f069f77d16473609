// Checkout: a template at one version, wherever it came from.
//
// Sources are folders, local and remote git repositories, git bundles and the template in the box.
// Nothing that a template repository contains is ever run: neither its hooks nor its filters nor
// the file system monitor that its configuration may name.

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "source/version.h"
#include "support/host.h"
#include "tree/tree.h"

namespace scaffold {

struct SourceRequest {
  std::string source;  // path, URL, gh:/gl: shortcut, SOURCE//folder; "" is the bundled one
  std::optional<std::string> ref;  // tag, branch, commit or "HEAD"; newest version when absent
  bool prereleases = false;        // whether the newest version may be one
};

// A Tree written to a temporary folder that goes with this object.
class TemporaryCopy {
 public:
  TemporaryCopy(const Host& host, const Tree& tree, std::filesystem::path path);
  ~TemporaryCopy();
  TemporaryCopy(const TemporaryCopy&) = delete;
  TemporaryCopy& operator=(const TemporaryCopy&) = delete;

 private:
  std::filesystem::path path_;
};

struct Checkout {
  std::string source;                      // as given: recorded as _src_path
  Tree tree;                               // the whole template, links as links
  std::optional<std::string> commit;       // as `git describe --tags --always` names it: _commit
  std::optional<std::string> commit_hash;  // in full
  std::optional<Version> version;
  // The template's folder on disk: the folder itself for local folders; for all others a place that
  // exists only after Materialize.
  std::filesystem::path path;
  std::vector<std::string> notes;     // "No git tags found in template; using HEAD as ref"
  std::vector<std::string> warnings;  // "Dirty template changes included automatically."

  std::unique_ptr<TemporaryCopy> copy;  // null until Materialize needs one

  // Makes sure that the template lies at `path`, for tasks that use `_copier_conf.src_path`.
  void Materialize(const Host& host);
};

// Throws Error with Copier's texts: "Local template must be a directory.", "Unknown revision: 'x'".
Checkout FetchTemplate(const Host& host, const SourceRequest& request);

}  // namespace scaffold
