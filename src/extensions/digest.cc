#include "extensions/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>

#include "scaffold/error.h"
#include "support/text.h"

namespace scaffold {
namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// hashlib's name in OpenSSL's words.
std::string OpensslName(std::string_view algorithm) {
  std::string name = ToLowerAscii(algorithm);
  if (name == "blake2b") return "BLAKE2b512";
  if (name == "blake2s") return "BLAKE2s256";
  if (name.starts_with("sha512_")) name[6] = '-';
  if (name.starts_with("sha3_")) name[4] = '-';
  if (name == "shake_128") return "SHAKE128";
  if (name == "shake_256") return "SHAKE256";
  return name;
}

const EVP_MD* FindDigest(std::string_view algorithm) {
  return algorithm.empty() ? nullptr : EVP_get_digestbyname(OpensslName(algorithm).c_str());
}

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

bool HasVariableLength(std::string_view algorithm) {
  const EVP_MD* digest = FindDigest(algorithm);
  return digest != nullptr && (EVP_MD_get_flags(digest) & EVP_MD_FLAG_XOF) != 0;
}

std::optional<std::string> Digest(std::string_view algorithm, std::string_view bytes) {
  const EVP_MD* digest = FindDigest(algorithm);
  if (digest == nullptr) return std::nullopt;
  const DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  // Algorithms that OpenSSL keeps apart as outdated fail here, as they do in hashlib.
  if (EVP_DigestInit_ex(context.get(), digest, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), out.data(), &size) != 1) {
    return std::nullopt;
  }
  return std::string(reinterpret_cast<const char*>(out.data()), size);
}

std::string ToHex(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

std::string FormatUuid(std::string_view bytes) {
  std::string text = ToHex(bytes);
  for (const size_t at : {8, 13, 18, 23}) text.insert(at, 1, '-');
  return text;
}

namespace {

std::string StampUuid(std::string bytes, unsigned version) {
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | (version << 4));
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  return FormatUuid(bytes);
}

}  // namespace

std::string MakeUuid5(std::string_view name_space, std::string_view name) {
  std::string bytes(name_space);
  bytes += name;
  return StampUuid(Digest("sha1", bytes)->substr(0, 16), 5);
}

std::string MakeUuid4() {
  std::random_device device;
  std::string bytes;
  for (int i = 0; i < 16; ++i) bytes += static_cast<char>(device() & 0xFF);
  return StampUuid(std::move(bytes), 4);
}

std::string EncodeBase64(std::string_view bytes) {
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view part = bytes.substr(i, 3);
    uint32_t bits = 0;
    for (size_t j = 0; j < 3; ++j) {
      bits = bits << 8 | (j < part.size() ? static_cast<unsigned char>(part[j]) : 0U);
    }
    for (size_t j = 0; j < 4; ++j) {
      out += j <= part.size() ? kAlphabet[bits >> (18 - 6 * j) & 63] : '=';
    }
  }
  return out;
}

std::string DecodeBase64(std::string_view text) {
  std::string out;
  uint32_t left = 0;    // bits that make no byte yet
  size_t position = 0;  // within a group of four
  size_t padding = 0;
  for (const char c : text) {
    if (c == '=') {
      // Padding where it may stand ends the data; elsewhere it is skipped.
      if (position >= 2 && position + ++padding >= 4) return out;
      continue;
    }
    const size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) continue;
    padding = 0;
    const auto bits = static_cast<uint32_t>(value);
    switch (position) {
      case 0:
        left = bits;
        break;
      case 1:
        out += static_cast<char>(left << 2 | bits >> 4);
        left = bits & 15;
        break;
      case 2:
        out += static_cast<char>(left << 4 | bits >> 2);
        left = bits & 3;
        break;
      default:
        out += static_cast<char>(left << 6 | bits);
        left = 0;
        break;
    }
    position = (position + 1) % 4;
  }
  if (position == 0) return out;
  if (position == 1) {
    throw Error(ErrorKind::kUser, "Invalid base64-encoded string: number of data characters (" +
                                      std::to_string(out.size() / 3 * 4 + 1) +
                                      ") cannot be 1 more than a multiple of 4");
  }
  throw Error(ErrorKind::kUser, "Incorrect padding");
}

}  // namespace scaffold
