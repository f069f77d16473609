#include "vcs/library_fetch.h"

#include <array>

#include "vcs/libgit2.h"

namespace scaffold {
namespace {

constexpr char kCertificates[] = "/etc/ssl/certs/ca-certificates.crt";

using RemoteHandle = std::unique_ptr<git_remote, git::Freer<git_remote_free>>;

int StopWhenCancelled(const git_indexer_progress*, void* host) {
  const auto* cancelled = static_cast<const Host*>(host)->cancelled;
  return cancelled != nullptr && cancelled->load() ? GIT_EUSER : 0;
}

// HEAD as the remote has it, so that "HEAD" means its default branch.
void CopyHead(git_repository* repository, git_remote* remote) {
  git::Buffer branch;
  if (git_remote_default_branch(branch.get(), remote) == 0) {
    const std::string name(branch.view());
    git::Check(git_repository_set_head(repository, name.c_str()), "set HEAD");
  }
}

}  // namespace

void FetchWithLibrary(const Host& host, const std::string& url, const std::filesystem::path& path) {
  git::Initialize();
  git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, kCertificates, nullptr);
  std::error_code error;
  const auto repository =
      std::filesystem::exists(path / "HEAD", error)
          ? git::Take<git::RepositoryHandle>("open " + path.string(), git_repository_open_bare,
                                             path.c_str())
          : git::Take<git::RepositoryHandle>("create " + path.string(), git_repository_init,
                                             path.c_str(), 1u);
  git_remote_create_options address = GIT_REMOTE_CREATE_OPTIONS_INIT;
  address.repository = repository.get();
  // `insteadOf` rules are for the git program; libgit2 1.5 loses memory when it looks for them.
  address.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
  const auto remote = git::Take<RemoteHandle>("read the address", git_remote_create_with_opts,
                                              url.c_str(), &address);
  git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
  options.prune = GIT_FETCH_PRUNE;
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_ALL;
  options.callbacks.transfer_progress = StopWhenCancelled;
  options.callbacks.payload = const_cast<Host*>(&host);
  char heads[] = "+refs/heads/*:refs/heads/*";
  char tags[] = "+refs/tags/*:refs/tags/*";
  std::array<char*, 2> specs = {heads, tags};
  const git_strarray refspecs = {specs.data(), specs.size()};
  const int code = git_remote_fetch(remote.get(), &refspecs, &options, nullptr);
  host.CheckCancelled();
  git::Check(code, "fetch");
  const int connected =
      git_remote_connect(remote.get(), GIT_DIRECTION_FETCH, &options.callbacks, nullptr, nullptr);
  git::Check(connected, "fetch");
  CopyHead(repository.get(), remote.get());
}

}  // namespace scaffold
