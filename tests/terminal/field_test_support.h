// Keys into a field, and what it looks like afterwards.

#pragma once

#include <string>
#include <string_view>

#include "terminal/field.h"

namespace scaffold::terminal {

inline constexpr std::string_view kUp = "\x1b[A";
inline constexpr std::string_view kDown = "\x1b[B";
inline constexpr std::string_view kPageDown = "\x1b[6~";
inline constexpr std::string_view kPageUp = "\x1b[5~";
inline constexpr std::string_view kHomeKey = "\x1b[H";
inline constexpr std::string_view kEndKey = "\x1b[F";
inline constexpr std::string_view kRight = "\x1b[C";
inline constexpr std::string_view kLeft = "\x1b[D";

// The state after the last of the keys that these bytes are.
inline FieldState Press(Field* field, std::string_view bytes) {
  KeyDecoder decoder;
  std::vector<Key> keys = decoder.Feed(bytes);
  for (Key& key : decoder.Flush()) keys.push_back(std::move(key));
  FieldState state = FieldState::kOpen;
  for (const Key& key : keys) state = field->HandleKey(key);
  return state;
}

inline std::string Show(const Field& field, size_t columns = 60, size_t rows = 20) {
  return FrameToText(field.Render({.columns = columns, .rows = rows}));
}

inline std::string ShowAnswered(const Field& field, size_t columns = 60) {
  return FrameToText({.lines = {FormatAnswered(field.Collapse(), columns)}});
}

}  // namespace scaffold::terminal
