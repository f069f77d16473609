#include "terminal/key.h"

#include <algorithm>
#include <utility>

#include "support/text.h"

namespace scaffold::terminal {
namespace {

constexpr char kEsc = '\x1b';
constexpr std::string_view kPasteEnd = "\x1b[201~";

// The bytes of the UTF-8 character that starts with `lead`; 1 for a malformed one.
size_t CharacterLength(unsigned char lead) {
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0) return lead < 0xf0 ? 3 : 1;
  return lead >= 0xc2 ? 2 : 1;
}

Key ControlKey(unsigned char byte, bool alt) {
  switch (byte) {
    case '\r':
    case '\n':
      return {.code = KeyCode::kEnter, .alt = alt};
    case '\t':
      return {.code = KeyCode::kTab, .alt = alt};
    case 0x08:
    case 0x7f:
      return {.code = KeyCode::kBackspace, .alt = alt};
    default:
      return {.code = KeyCode::kControl,
              .text = std::string(1, static_cast<char>(byte | 0x60)),
              .alt = alt};
  }
}

KeyCode CodeOfLetter(char final) {
  switch (final) {
    case 'A':
      return KeyCode::kUp;
    case 'B':
      return KeyCode::kDown;
    case 'C':
      return KeyCode::kRight;
    case 'D':
      return KeyCode::kLeft;
    case 'H':
      return KeyCode::kHome;
    case 'F':
      return KeyCode::kEnd;
    case 'Z':
      return KeyCode::kBackTab;
    case 'M':  // the keypad's Enter
      return KeyCode::kEnter;
    default:
      return KeyCode::kUnknown;
  }
}

KeyCode CodeOfNumber(int number) {
  switch (number) {
    case 1:
    case 7:
      return KeyCode::kHome;
    case 4:
    case 8:
      return KeyCode::kEnd;
    case 3:
      return KeyCode::kDelete;
    case 5:
      return KeyCode::kPageUp;
    case 6:
      return KeyCode::kPageDown;
    default:
      return KeyCode::kUnknown;
  }
}

// A key that a terminal with extended keys sends as the number of its character.
Key KeyOfCharacter(int number, int modifiers) {
  Key key;
  key.alt = (modifiers & 2) != 0;
  const bool ctrl = (modifiers & 4) != 0;
  if (number == 27) {
    key.code = KeyCode::kEscape;
  } else if (number == 9 && (modifiers & 1) != 0) {
    key.code = KeyCode::kBackTab;
  } else if (number == 13 || number == 9 || number == 8 || number == 127) {
    return ControlKey(static_cast<unsigned char>(number), key.alt);
  } else if (ctrl && number >= 'a' && number <= 'z') {
    key.code = KeyCode::kControl;
    key.text = std::string(1, static_cast<char>(number));
  } else if (number >= ' ' && number < 127) {
    key.code = KeyCode::kText;
    key.text = std::string(1, static_cast<char>(number));
  }
  return key;
}

int ParseNumber(std::string_view text) {
  int number = 0;
  for (char c : text) {
    if (c < '0' || c > '9' || number > 100000) return 0;
    number = number * 10 + (c - '0');
  }
  return number;
}

Key KeyOfSequence(std::string_view parameters, char final) {
  const std::vector<std::string_view> parts = Split(parameters, ';');
  const auto number = [&](size_t i) { return i < parts.size() ? ParseNumber(parts[i]) : 0; };
  const int modifiers = std::max(0, number(1) - 1);
  if (final == 'u') return KeyOfCharacter(number(0), modifiers);
  if (final == '~' && number(0) == 27) return KeyOfCharacter(number(2), modifiers);
  return {.code = final == '~' ? CodeOfNumber(number(0)) : CodeOfLetter(final),
          .alt = (modifiers & 2) != 0,
          .ctrl = (modifiers & 4) != 0};
}

}  // namespace

std::vector<Key> KeyDecoder::Feed(std::string_view bytes) {
  pending_ += bytes;
  std::vector<Key> keys;
  while (!pending_.empty() && TakeOne(&keys)) {
  }
  return keys;
}

std::vector<Key> KeyDecoder::Flush() {
  std::vector<Key> keys;
  if (!has_pending()) return keys;
  const std::string left = std::exchange(pending_, "");
  if (left == std::string(1, kEsc)) {
    keys.push_back({.code = KeyCode::kEscape});
  } else if (left.size() == 2 && left[0] == kEsc && left[1] >= ' ') {
    keys.push_back({.code = KeyCode::kText, .text = left.substr(1), .alt = true});
  } else {
    keys.push_back({.code = KeyCode::kUnknown});
  }
  return keys;
}

void KeyDecoder::Emit(std::vector<Key>* keys, Key key, size_t length) {
  pending_.erase(0, length);
  keys->push_back(std::move(key));
}

bool KeyDecoder::TakeOne(std::vector<Key>* keys) {
  if (pasting_) return TakePaste(keys);
  if (pending_[0] == kEsc) return TakeEscape(keys);
  return TakeCharacter(keys, 0, false);
}

bool KeyDecoder::TakePaste(std::vector<Key>* keys) {
  const size_t end = pending_.find(kPasteEnd);
  if (end == std::string::npos) return false;
  pasting_ = false;
  Key key = {.code = KeyCode::kPaste, .text = pending_.substr(0, end)};
  Emit(keys, std::move(key), end + kPasteEnd.size());
  return true;
}

bool KeyDecoder::TakeEscape(std::vector<Key>* keys) {
  if (pending_.size() == 1) return false;
  switch (pending_[1]) {
    case kEsc:
      Emit(keys, {.code = KeyCode::kEscape}, 1);
      return true;
    case '[':
      return TakeControlSequence(keys);
    case 'O':
      if (pending_.size() < 3) return false;
      Emit(keys, {.code = CodeOfLetter(pending_[2])}, 3);
      return true;
    case ']':
    case 'P':
      return TakeString(keys);
    default:
      return TakeCharacter(keys, 1, true);
  }
}

bool KeyDecoder::TakeControlSequence(std::vector<Key>* keys) {
  size_t end = 2;
  // The Linux console's function keys: ESC [ [ letter.
  if (end < pending_.size() && pending_[end] == '[') ++end;
  while (end < pending_.size() && pending_[end] >= ' ' && pending_[end] < '@') ++end;
  if (end == pending_.size()) return false;
  const char final = pending_[end];
  if (final < '@' || final > '~') {  // broken off: the byte starts something new
    Emit(keys, {.code = KeyCode::kUnknown}, end);
    return true;
  }
  const std::string parameters = pending_.substr(2, end - 2);
  if (final == '~' && parameters == "200") {
    pending_.erase(0, end + 1);
    pasting_ = true;
    return true;
  }
  Key key;
  if (!parameters.starts_with('[')) key = KeyOfSequence(parameters, final);
  Emit(keys, std::move(key), end + 1);
  return true;
}

// A terminal's report (OSC, DCS) up to BEL or ST.
bool KeyDecoder::TakeString(std::vector<Key>* keys) {
  const size_t bell = pending_.find('\a');
  const size_t terminator = pending_.find("\x1b\\", 2);
  if (bell == std::string::npos && terminator == std::string::npos) return false;
  const size_t length = bell < terminator ? bell + 1 : terminator + 2;
  Emit(keys, {.code = KeyCode::kUnknown}, length);
  return true;
}

bool KeyDecoder::TakeCharacter(std::vector<Key>* keys, size_t offset, bool alt) {
  const auto lead = static_cast<unsigned char>(pending_[offset]);
  if (lead < 0x20 || lead == 0x7f) {
    Emit(keys, ControlKey(lead, alt), offset + 1);
    return true;
  }
  const size_t length = CharacterLength(lead);
  for (size_t i = 1; i < length; ++i) {
    if (offset + i >= pending_.size()) return false;
    if ((static_cast<unsigned char>(pending_[offset + i]) & 0xc0) != 0x80) {
      Emit(keys, {.code = KeyCode::kUnknown}, offset + i);
      return true;
    }
  }
  if (length == 1 && lead >= 0x80) {
    Emit(keys, {.code = KeyCode::kUnknown}, offset + 1);
    return true;
  }
  Key key = {.code = KeyCode::kText, .text = pending_.substr(offset, length), .alt = alt};
  Emit(keys, std::move(key), offset + length);
  return true;
}

}  // namespace scaffold::terminal
