#include "cli/raw_terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace scaffold::cli {
namespace {

// Keys that were pasted come between marks, so that their line breaks are no Enter.
constexpr std::string_view kPasteMarksOn = "\x1b[?2004h";
constexpr char kSane[] = "\x1b[?2004l\x1b[?25h";
// The same, and what is left of a frame from the cursor's line on is cleared.
constexpr char kAbandoned[] = "\r\x1b[J\x1b[?2004l\x1b[?25h";

// What the signal handler needs; written while `is_raw` is 0 only.
struct SavedTerminal {
  termios mode;
  int in;
  int out;
};
SavedTerminal saved;
volatile sig_atomic_t is_raw = 0;
volatile sig_atomic_t window_changed = 0;
struct sigaction saved_window_action;

void HandleWindowChange(int) { window_changed = 1; }

void Restore(const char* bytes, size_t size) noexcept {
  if (is_raw == 0) return;
  is_raw = 0;
  [[maybe_unused]] const ssize_t written = write(saved.out, bytes, size);
  tcsetattr(saved.in, TCSANOW, &saved.mode);
}

// Keeps signals away but for the time of the wait, so that none is lost just before it.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t held;
    sigemptyset(&held);
    for (int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH}) sigaddset(&held, number);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  const sigset_t& before() const { return before_; }

 private:
  sigset_t before_;
};

}  // namespace

void RestoreTerminal() noexcept { Restore(kAbandoned, sizeof kAbandoned - 1); }

void RawTerminal::Enter() {
  if (raw_ || tcgetattr(in_, &saved.mode) != 0) return;
  saved.in = in_;
  saved.out = out_;
  termios mode = saved.mode;
  mode.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IGNCR | IXON | ISTRIP);
  mode.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ECHONL | IEXTEN);
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  // These would stop or kill the program and leave the terminal as it is.
  mode.c_cc[VSUSP] = _POSIX_VDISABLE;
  mode.c_cc[VQUIT] = _POSIX_VDISABLE;
  const SignalsHeld held;
  if (tcsetattr(in_, TCSADRAIN, &mode) != 0) return;
  raw_ = true;
  is_raw = 1;
  struct sigaction action = {};
  action.sa_handler = HandleWindowChange;
  sigaction(SIGWINCH, &action, &saved_window_action);
  Write(kPasteMarksOn);
}

void RawTerminal::Leave() {
  if (!raw_) return;
  raw_ = false;
  Restore(kSane, sizeof kSane - 1);
  sigaction(SIGWINCH, &saved_window_action, nullptr);
}

void RawTerminal::Suspend() {
  Leave();
  raise(SIGTSTP);
  Enter();
}

RawTerminal::Event RawTerminal::Read(std::string* bytes, int timeout_milliseconds) {
  {
    const SignalsHeld held;
    // A signal that came before it was held has left only its mark.
    if (window_changed != 0 || (stopped_ != nullptr && *stopped_)) {
      window_changed = 0;
      return Event::kSignal;
    }
    pollfd wanted = {.fd = in_, .events = POLLIN, .revents = 0};
    const timespec limit = {.tv_sec = timeout_milliseconds / 1000,
                            .tv_nsec = timeout_milliseconds % 1000 * 1000000L};
    const int ready =
        ppoll(&wanted, 1, timeout_milliseconds < 0 ? nullptr : &limit, &held.before());
    if (ready == 0) return Event::kTimeout;
    if (ready < 0) {
      window_changed = 0;
      return errno == EINTR ? Event::kSignal : Event::kClosed;
    }
  }
  char buffer[4096];
  const ssize_t count = read(in_, buffer, sizeof buffer);
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return Event::kSignal;
  if (count <= 0) return Event::kClosed;
  bytes->assign(buffer, static_cast<size_t>(count));
  return Event::kBytes;
}

void RawTerminal::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(out_, bytes.data(), bytes.size());
    if (count < 0 && errno == EAGAIN) {
      pollfd wanted = {.fd = out_, .events = POLLOUT, .revents = 0};
      poll(&wanted, 1, -1);
    } else if (count < 0 && errno != EINTR) {
      return;  // the terminal is gone; the next Read says so
    }
    if (count > 0) bytes.remove_prefix(static_cast<size_t>(count));
  }
}

terminal::WindowSize RawTerminal::window() const {
  winsize size = {};
  if (ioctl(out_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
  return {.columns = size.ws_col, .rows = size.ws_row};
}

}  // namespace scaffold::cli
