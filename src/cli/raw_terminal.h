// RawTerminal: a terminal that gives each key at once, and is put back whatever happens.
//
// Ctrl-C stays a signal, so that it also ends what hangs between two keys; the handler of the
// program must call RestoreTerminal() before it ends the process at once.

#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "terminal/frame.h"

namespace scaffold::cli {

// Puts the terminal back that a RawTerminal has changed, if any, and clears the cursor's line and
// all below. Safe in a signal handler.
void RestoreTerminal() noexcept;

class RawTerminal {
 public:
  enum class Event : uint8_t { kBytes, kTimeout, kSignal, kClosed };

  // `stopped` is what the program's signal handler sets; it may be null.
  RawTerminal(int in, int out, const std::atomic<bool>* stopped)
      : in_(in), out_(out), stopped_(stopped) {}
  ~RawTerminal() { Leave(); }
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

  // Both may be called in either state.
  void Enter();
  void Leave();
  // Stops the process as Ctrl-Z does; comes back in raw mode when it goes on.
  void Suspend();

  // Waits for bytes; a negative timeout waits for ever. kSignal: the window changed, or the
  // program was asked to stop. REQUIRES: Enter() was called.
  Event Read(std::string* bytes, int timeout_milliseconds);
  void Write(std::string_view bytes);
  terminal::WindowSize window() const;

 private:
  int in_;
  int out_;
  const std::atomic<bool>* stopped_;
  bool raw_ = false;
};

}  // namespace scaffold::cli
