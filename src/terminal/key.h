// Key: what a person pressed, decoded from the bytes that a terminal sends.
//
// KeyDecoder takes bytes as they come, in any pieces. A lone Escape cannot be told from the start
// of a sequence until some time has passed; the caller calls Flush() when nothing more came.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scaffold::terminal {

enum class KeyCode : uint8_t {
  kText,     // `text` is one character
  kPaste,    // `text` is what was pasted
  kControl,  // `text` is the lower case letter
  kEnter,
  kTab,
  kBackTab,
  kBackspace,
  kDelete,
  kEscape,
  kUp,
  kDown,
  kLeft,
  kRight,
  kHome,
  kEnd,
  kPageUp,
  kPageDown,
  kUnknown,  // a sequence that means nothing here
};

struct Key {
  KeyCode code = KeyCode::kUnknown;
  std::string text;
  bool alt = false;
  bool ctrl = false;  // of a named key such as kLeft

  bool IsControl(char letter) const {
    return code == KeyCode::kControl && text.size() == 1 && text[0] == letter;
  }
  bool operator==(const Key&) const = default;
};

class KeyDecoder {
 public:
  // The keys that are complete now.
  std::vector<Key> Feed(std::string_view bytes);
  // Takes what is left as it stands: a lone Escape, or a cut sequence.
  std::vector<Key> Flush();
  // Bytes wait for more. Nothing is to be flushed inside of a paste.
  bool has_pending() const { return !pending_.empty() && !pasting_; }

 private:
  bool TakeOne(std::vector<Key>* keys);
  bool TakePaste(std::vector<Key>* keys);
  bool TakeEscape(std::vector<Key>* keys);
  bool TakeControlSequence(std::vector<Key>* keys);
  bool TakeString(std::vector<Key>* keys);
  bool TakeCharacter(std::vector<Key>* keys, size_t offset, bool alt);
  void Emit(std::vector<Key>* keys, Key key, size_t length);

  std::string pending_;
  bool pasting_ = false;
};

}  // namespace scaffold::terminal
