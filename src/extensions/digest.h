// Digests and Base64.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

// The digest of `bytes` by an algorithm of Python's hashlib.new ("sha256", "md5", "blake2b",
// "sha3-256"); nullopt when there is none of that name.
std::optional<std::string> Digest(std::string_view algorithm, std::string_view bytes);
// Whether the algorithm's output has no length of its own (SHAKE).
bool HasVariableLength(std::string_view algorithm);
std::string ToHex(std::string_view bytes);

// A UUID's text from its 16 bytes, and Python's uuid.uuid5.
std::string FormatUuid(std::string_view bytes);
std::string MakeUuid5(std::string_view name_space, std::string_view name);
std::string MakeUuid4();

std::string EncodeBase64(std::string_view bytes);
// binascii.a2b_base64: characters outside the alphabet are skipped; throws with its texts.
std::string DecodeBase64(std::string_view text);

}  // namespace scaffold
