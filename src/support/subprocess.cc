#include "support/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace scaffold {
namespace {

constexpr int kPollMilliseconds = 50;
constexpr int kGraceRounds = 40;  // 2 s between SIGTERM and SIGKILL

class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_, O_CLOEXEC) != 0) {
      throw Error(ErrorKind::kIo, std::string("cannot open a pipe: ") + std::strerror(errno));
    }
  }
  ~Pipe() {
    CloseRead();
    CloseWrite();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void CloseRead() { CloseEnd(0); }
  void CloseWrite() { CloseEnd(1); }

 private:
  void CloseEnd(int which) {
    if (ends_[which] >= 0) close(ends_[which]);
    ends_[which] = -1;
  }
  int ends_[2] = {-1, -1};
};

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  posix_spawn_file_actions_t* get() { return &actions_; }
  void Duplicate(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }

 private:
  posix_spawn_file_actions_t actions_;
};

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The program's path by the host's PATH, as execvp finds it.
std::string FindProgram(const Host& host, const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const std::string path = host.Variable("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = path.find(':', begin);
    if (end == std::string::npos) end = path.size();
    const std::string candidate = path.substr(begin, end - begin) + "/" + name;
    if (end > begin && access(candidate.c_str(), X_OK) == 0) return candidate;
    begin = end + 1;
  }
  return {};
}

pid_t Spawn(const Host& host, const Command& command, SpawnActions* actions) {
  std::vector<std::string> arguments = command.arguments;
  std::map<std::string, std::string> variables = host.environment;
  for (const auto& [name, value] : command.extra_environment) variables[name] = value;
  std::vector<std::string> environment;
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);

  const std::filesystem::path folder =
      command.working_directory.empty() ? host.working_directory : command.working_directory;
  posix_spawn_file_actions_addchdir_np(actions->get(), folder.c_str());

  const std::string program = FindProgram(host, command.arguments.front());
  std::vector<char*> argv = Pointers(arguments);
  std::vector<char*> envp = Pointers(environment);
  pid_t child = 0;
  const int failure = program.empty() ? ENOENT
                                      : posix_spawn(&child, program.c_str(), actions->get(),
                                                    nullptr, argv.data(), envp.data());
  if (failure != 0) {
    throw Error(ErrorKind::kIo,
                "cannot run '" + command.arguments.front() + "': " + std::strerror(failure))
        .WithHelp("install it, or add its folder to PATH");
  }
  return child;
}

// Feeds stdin and collects stdout and stderr until both are closed.
class Exchange {
 public:
  Exchange(const std::string& input, CommandResult* result) : input_(input), result_(result) {}

  void Run(const Host& host, pid_t child, Pipe* in, Pipe* out, Pipe* err) {
    if (in != nullptr) fcntl(in->write_end(), F_SETFL, O_NONBLOCK);
    while (out->read_end() >= 0 || err->read_end() >= 0) {
      if (in != nullptr && written_ == input_.size()) in->CloseWrite();
      std::array<pollfd, 3> polled = {pollfd{out->read_end(), POLLIN, 0},
                                      pollfd{err->read_end(), POLLIN, 0},
                                      pollfd{in != nullptr ? in->write_end() : -1, POLLOUT, 0}};
      poll(polled.data(), polled.size(), kPollMilliseconds);
      StopWhenCancelled(host, child);
      if (polled[0].revents != 0) Drain(out, &result_->output);
      if (polled[1].revents != 0) Drain(err, &result_->error_output);
      if (polled[2].revents != 0) Feed(in);
    }
  }

 private:
  static void Drain(Pipe* pipe, std::string* into) {
    std::array<char, 65536> buffer;
    const ssize_t got = read(pipe->read_end(), buffer.data(), buffer.size());
    if (got > 0) into->append(buffer.data(), static_cast<size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) pipe->CloseRead();
  }

  void Feed(Pipe* pipe) {
    const ssize_t put =
        write(pipe->write_end(), input_.data() + written_, input_.size() - written_);
    if (put > 0) written_ += static_cast<size_t>(put);
    // The child does not read it all: that is its own decision.
    if (put < 0 && errno != EINTR && errno != EAGAIN) written_ = input_.size();
  }

  void StopWhenCancelled(const Host& host, pid_t child) {
    if (host.cancelled == nullptr || !host.cancelled->load(std::memory_order_relaxed)) return;
    if (rounds_ == 0) kill(child, SIGTERM);
    if (++rounds_ == kGraceRounds) kill(child, SIGKILL);
  }

  const std::string& input_;
  CommandResult* result_;
  size_t written_ = 0;
  int rounds_ = 0;
};

int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

CommandResult RunCommand(const Host& host, const Command& command) {
  host.CheckCancelled();
  CommandResult result;
  SpawnActions actions;
  if (command.inherit_output) {
    if (!command.inherit_stdin) {
      posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0);
    }
    if (command.output_to_errors) actions.Duplicate(STDERR_FILENO, STDOUT_FILENO);
    result.exit_status = WaitFor(Spawn(host, command, &actions));
    host.CheckCancelled();
    return result;
  }

  // A child that closes its stdin early must not end us.
  signal(SIGPIPE, SIG_IGN);
  Pipe in, out, err;
  if (!command.inherit_stdin) actions.Duplicate(in.read_end(), 0);
  actions.Duplicate(out.write_end(), 1);
  actions.Duplicate(err.write_end(), 2);
  const pid_t child = Spawn(host, command, &actions);
  in.CloseRead();
  out.CloseWrite();
  err.CloseWrite();
  Exchange(command.input, &result)
      .Run(host, child, command.inherit_stdin ? nullptr : &in, &out, &err);
  result.exit_status = WaitFor(child);
  host.CheckCancelled();
  return result;
}

}  // namespace scaffold
