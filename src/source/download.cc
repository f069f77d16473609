#include "source/download.h"

#include "scaffold/error.h"
#include "source/source_name.h"
#include "support/file.h"
#include "support/subprocess.h"
#include "support/text.h"

namespace scaffold {
namespace {

constexpr char kMaxBytes[] = "1073741824";
constexpr char kMaxSeconds[] = "600";

}  // namespace

std::string Download(const Host& host, const std::string& url) {
  const TempDir folder(host.temp_directory, "scaffold-download-");
  const std::string file = (folder.path() / "file").string();
  Command command;
  command.arguments = {"curl",
                       "--fail",
                       "--silent",
                       "--show-error",
                       "--location",
                       "--max-redirs",
                       "10",
                       "--proto",
                       "=https,http",
                       "--proto-redir",
                       "=https,http",
                       "--netrc-optional",
                       "--max-filesize",
                       kMaxBytes,
                       "--max-time",
                       kMaxSeconds,
                       "--output",
                       file,
                       "--",
                       url};
  CommandResult result;
  try {
    result = RunCommand(host, command);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    throw Error(ErrorKind::kIo, "cannot download '" + StripCredentials(url) + "' without curl")
        .WithHelp("install the curl program, or download the file and give its path");
  }
  if (result.exit_status != 0) {
    throw Error(ErrorKind::kIo, "cannot download '" + StripCredentials(url) +
                                    "': " + std::string(StripBlanks(result.error_output)));
  }
  return ReadFile(file);
}

}  // namespace scaffold
