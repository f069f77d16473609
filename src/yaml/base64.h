// Base64 as Python's base64 module writes and reads it for YAML's !!binary.

#pragma once

#include <string>
#include <string_view>

namespace scaffold::yaml {

// Lines of 76 characters, each with its "\n" (base64.encodebytes).
std::string EncodeBase64Lines(std::string_view bytes);

// Skips what is no base64 character (base64.decodebytes). False when the padding is wrong; `*out`
// is then Python's message.
bool DecodeBase64(std::string_view text, std::string* out);

}  // namespace scaffold::yaml
