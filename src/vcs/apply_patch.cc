#include "vcs/apply_patch.h"

#include "support/file.h"
#include "vcs/git_program.h"
#include "vcs/patch.h"

namespace scaffold {

PatchedText ApplyPatch(const Host& host, const PatchRequest& request, int context) {
  GitProgram git(host, GitTrust::kForeign);
  if (!git.IsAvailable()) {
    throw Error(ErrorKind::kGit, "rejected changes need the git program, which is not installed")
        .WithHelp("install git, or leave --conflict rej out");
  }
  const TempDir folder(host.temp_directory, "scaffold-patch-");
  // Inside of somebody's repository the paths would mean files of that one.
  git.SetVariable("GIT_CEILING_DIRECTORIES",
                  std::filesystem::canonical(folder.path().parent_path()).string());
  const std::filesystem::path file = folder.path() / request.path;
  std::filesystem::create_directories(file.parent_path());
  WriteFile(file, request.target);
  const TreeEntry before = {.bytes = request.before, .origin = {}};
  const TreeEntry after = {.bytes = request.after, .origin = {}};
  const std::string patch = FormatPatch(
      {.path = request.path, .before = &before, .new_path = {}, .after = &after}, context);
  // Its exit status says that something was rejected; what, stands in the file.
  git.Run(folder.path(), {"apply", "--reject", "-"}, patch);
  return {.text = ReadFile(file),
          .rejected = ReadFileIfExists(file.string() + ".rej").value_or("")};
}

}  // namespace scaffold
