#include "cli/pipe_keys.h"

#include "support/utf8.h"

namespace scaffold::cli {
namespace {

constexpr char kEscape = '\x1b';
constexpr char kDel = '\x7f';

PipePress Press(PipeKey key) { return {.key = key, .text = {}}; }

PipeKey KeyOfControl(char byte) {
  switch (byte) {
    case '\r':
    case '\n':
      return PipeKey::kEnter;
    case '\b':
    case kDel:
      return PipeKey::kBackspace;
    case '\x01':
      return PipeKey::kHome;
    case '\x02':
      return PipeKey::kLeft;
    case '\x03':
      return PipeKey::kInterrupt;
    case '\x04':
      return PipeKey::kEndOfInput;
    case '\x05':
      return PipeKey::kEnd;
    case '\x06':
      return PipeKey::kRight;
    case '\x0b':
      return PipeKey::kDeleteEnd;
    case '\x0e':
      return PipeKey::kDown;
    case '\x10':
      return PipeKey::kUp;
    case '\x15':
      return PipeKey::kDeleteStart;
    case '\x17':
      return PipeKey::kDeleteBlank;
    default:
      return PipeKey::kOther;
  }
}

// The last byte of an escape sequence, and the parameters before it.
PipeKey KeyOfSequence(const std::string& parameters, char last) {
  switch (last) {
    case 'A':
      return PipeKey::kUp;
    case 'B':
      return PipeKey::kDown;
    case 'C':
      return PipeKey::kRight;
    case 'D':
      return PipeKey::kLeft;
    case 'H':
      return PipeKey::kHome;
    case 'F':
      return PipeKey::kEnd;
    case '~':
      if (parameters == "1" || parameters == "7") return PipeKey::kHome;
      if (parameters == "4" || parameters == "8") return PipeKey::kEnd;
      if (parameters == "3") return PipeKey::kDelete;
      return PipeKey::kOther;
    default:
      return PipeKey::kOther;
  }
}

bool IsContinuation(int byte) {
  return byte != std::istream::traits_type::eof() && (byte & 0xc0) == 0x80;
}

}  // namespace

std::optional<PipePress> KeyReader::Read() {
  const int byte = in_.get();
  if (byte == std::istream::traits_type::eof()) return std::nullopt;
  const char first = static_cast<char>(byte);
  if (first == kEscape) return ReadEscape();
  if ((byte < 0x20) || first == kDel) return Press(KeyOfControl(first));
  return PipePress{.key = PipeKey::kText, .text = ReadCharacter(first)};
}

bool KeyReader::HasMore() { return in_.good() && in_.rdbuf()->in_avail() > 0; }

std::optional<PipePress> KeyReader::ReadEscape() {
  int byte = in_.get();
  while (byte == kEscape) byte = in_.get();
  if (byte == std::istream::traits_type::eof()) return std::nullopt;
  switch (static_cast<char>(byte)) {
    case '[':
    case 'O':
      return ReadSequence();
    case '\r':
    case '\n':
      return Press(PipeKey::kAccept);
    case '\b':
    case kDel:
      return Press(PipeKey::kDeleteWord);
    default:
      return Press(PipeKey::kOther);
  }
}

std::optional<PipePress> KeyReader::ReadSequence() {
  std::string parameters;
  while (true) {
    const int byte = in_.get();
    if (byte == std::istream::traits_type::eof()) return std::nullopt;
    if (byte >= 0x40 && byte <= 0x7e) {
      return Press(KeyOfSequence(parameters, static_cast<char>(byte)));
    }
    parameters += static_cast<char>(byte);
  }
}

std::string KeyReader::ReadCharacter(char first) {
  std::string bytes(1, first);
  const auto lead = static_cast<unsigned char>(first);
  const size_t wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  while (bytes.size() < wanted && IsContinuation(in_.peek())) {
    bytes += static_cast<char>(in_.get());
  }
  if (FindInvalidUtf8(bytes) == std::string::npos) return bytes;
  return "\xef\xbf\xbd";  // U+FFFD: an answer must be text
}

}  // namespace scaffold::cli
