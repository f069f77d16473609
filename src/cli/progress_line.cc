#include "cli/progress_line.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "terminal/text_layout.h"

namespace scaffold::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPatience(300);
constexpr std::chrono::seconds kInterval(1);
constexpr size_t kUsualColumns = 80;

size_t Columns() {
  winsize window = {};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col == 0) return kUsualColumns;
  return window.ws_col;
}

// Signals are for the thread that does the work, whose system calls they must interrupt.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &saved_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &saved_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t saved_;
};

}  // namespace

void ProgressLine::Begin(std::string text, Style style) {
  End();
  text_ = std::move(text);
  style_ = style;
  running_ = true;
  const SignalsBlocked blocked;
  try {
    thread_ = std::thread([this] { Run(); });
  } catch (const std::system_error&) {
    running_ = false;  // no thread to be had: the work matters, the line does not
  }
}

void ProgressLine::End() {
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
  Erase();
}

void ProgressLine::Write(const std::function<void()>& write) {
  const std::lock_guard lock(mutex_);
  Erase();
  write();
}

void ProgressLine::Draw(steady_clock::duration passed) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(passed).count();
  std::string text = terminal::ShownText(text_);
  if (style_ == Style::kStays) {
    out_ << text << "\n" << std::flush;
    return;
  }
  if (seconds > 0) text += " (" + std::to_string(seconds) + " s)";
  // A full row would move the cursor to the next one on some terminals.
  out_ << "\r" << terminal::CutToColumns(text, Columns() - 1) << "\x1b[K" << std::flush;
  drawn_ = true;
}

void ProgressLine::Erase() {
  if (!drawn_) return;
  out_ << "\r\x1b[K" << std::flush;
  drawn_ = false;
}

void ProgressLine::Run() {
  const steady_clock::time_point begin = steady_clock::now();
  std::unique_lock lock(mutex_);
  steady_clock::duration wait = kPatience;
  while (!ended_.wait_for(lock, wait, [this] { return !running_; })) {
    Draw(steady_clock::now() - begin);
    if (style_ == Style::kStays) return;
    wait = kInterval;
  }
}

}  // namespace scaffold::cli
