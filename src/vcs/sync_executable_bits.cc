// Executable bits for work trees whose file system has none.

#include "support/text.h"
#include "vcs/work_tree_rep.h"

namespace scaffold {

void WorkTree::SyncExecutableBits(const std::map<std::string, bool>& bits) const {
  if (bits.empty()) return;
  const GitProgram& git = rep_->program;
  const auto file_mode =
      git.TryRun(rep_->root, {"config", "--type=bool", "--get", "core.fileMode"});
  if (!file_mode || file_mode->output != "false\n") return;
  std::string changes;
  for (const std::string& record : rep_->ListFiles({"--stage"})) {
    // "MODE ID STAGE\tPATH"
    const std::vector<std::string_view> parts = Split(record, '\t');
    const std::vector<std::string_view> fields = Split(parts.front(), ' ');
    if (parts.size() != 2 || fields.size() != 3 || fields[2] != "0") continue;
    const auto wanted = bits.find(std::string(parts[1]));
    if (wanted == bits.end() || !fields[0].starts_with("100")) continue;
    if ((fields[0] == "100755") == wanted->second) continue;
    changes += (wanted->second ? "100755 " : "100644 ") + std::string(fields[1]) + " 0\t" +
               rep_->FromRoot(wanted->first);
    changes += '\0';
  }
  if (changes.empty()) return;
  git.Output(rep_->root, {"update-index", "-z", "--index-info"}, changes);
}

}  // namespace scaffold
