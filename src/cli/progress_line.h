// ProgressLine: one line on a terminal that says what takes long, and that goes away without trace.
//
// Nothing is drawn before a while has passed. Everything else that is written to the same stream
// meanwhile goes through Write, which takes the line away first.

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>

namespace scaffold::cli {

class ProgressLine {
 public:
  // How the line ends its life.
  enum class Style : uint8_t {
    kRewritten,  // with the time that has passed; taken away by End
    kStays,      // one plain line, for work during which another program may ask on the terminal
  };

  explicit ProgressLine(std::ostream& out) : out_(out) {}
  ~ProgressLine() { End(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Ends what was begun before.
  void Begin(std::string text, Style style);
  void End();
  // Calls `write` with nothing of the line on the screen.
  void Write(const std::function<void()>& write);

 private:
  void Draw(std::chrono::steady_clock::duration passed);
  void Erase();
  void Run();

  std::ostream& out_;
  std::string text_;
  Style style_ = Style::kRewritten;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool running_ = false;
  bool drawn_ = false;
  std::thread thread_;
};

}  // namespace scaffold::cli
