// KeyReader: bytes of a pipe as the keys that a terminal would have sent.

#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>

namespace scaffold::cli {

enum class PipeKey : uint8_t {
  kText,    // one character, in PipePress::text
  kEnter,   // \r or \n
  kAccept,  // Alt+Enter: ends an input of several lines
  kBackspace,
  kDelete,
  kDeleteWord,   // Alt+Backspace
  kDeleteBlank,  // Ctrl-W: back to the blank before
  kDeleteStart,  // Ctrl-U
  kDeleteEnd,    // Ctrl-K
  kLeft,
  kRight,
  kUp,
  kDown,
  kHome,
  kEnd,
  kInterrupt,   // Ctrl-C
  kEndOfInput,  // Ctrl-D
  kOther,       // known to be a key, of no use here
};

struct PipePress {
  PipeKey key = PipeKey::kOther;
  std::string text;
};

class KeyReader {
 public:
  explicit KeyReader(std::istream& in) : in_(in) {}

  // Waits for the next key; nullopt at the end of input. An escape begins a sequence whatever comes
  // after it and whenever: there is nobody who could press Esc alone.
  std::optional<PipePress> Read();
  // Whether a byte can be read without waiting.
  bool HasMore();

 private:
  std::optional<PipePress> ReadEscape();
  std::optional<PipePress> ReadSequence();
  std::string ReadCharacter(char first);

  std::istream& in_;
};

}  // namespace scaffold::cli
