#include "extensions/time_zone.h"

#include <cstdlib>
#include <ctime>

#include "extensions/regex.h"
#include "support/file.h"
#include "value/date_time.h"

namespace scaffold {
namespace {

constexpr std::string_view kZoneFolder = "/usr/share/zoneinfo/";

// Big-endian numbers of a zone file (RFC 8536).
class ZoneFile {
 public:
  explicit ZoneFile(std::string bytes) : bytes_(std::move(bytes)) {}

  // The type that rules at `moment`.
  std::optional<ZoneOffset> Find(int64_t moment) const;

 private:
  struct Header {
    size_t begin = 0;  // of the data behind it
    size_t is_utc, is_standard, leaps, times, types, characters;
    size_t size(size_t time_size) const {
      return times * (time_size + 1) + types * 6 + characters + leaps * (time_size + 4) +
             is_standard + is_utc;
    }
  };

  std::optional<Header> ReadHeader(size_t at) const;
  int64_t Number(size_t at, size_t size) const {
    uint64_t number = static_cast<signed char>(bytes_[at]) < 0 ? ~uint64_t{0} : 0;
    for (size_t i = 0; i < size; ++i) {
      number = number << 8 | static_cast<unsigned char>(bytes_[at + i]);
    }
    return static_cast<int64_t>(number);
  }

  std::string bytes_;
};

std::optional<ZoneFile::Header> ZoneFile::ReadHeader(size_t at) const {
  constexpr size_t kHeaderSize = 44;
  if (bytes_.size() < at + kHeaderSize || bytes_.compare(at, 4, "TZif") != 0) return std::nullopt;
  Header header;
  header.begin = at + kHeaderSize;
  size_t* counts[] = {&header.is_utc, &header.is_standard, &header.leaps,
                      &header.times,  &header.types,       &header.characters};
  for (size_t i = 0; i < std::size(counts); ++i) {
    const int64_t count = Number(at + 20 + 4 * i, 4);
    if (count < 0 || count > 100'000) return std::nullopt;
    *counts[i] = static_cast<size_t>(count);
  }
  return header;
}

std::optional<ZoneOffset> ZoneFile::Find(int64_t moment) const {
  const std::optional<Header> first = ReadHeader(0);
  if (!first) return std::nullopt;
  // Version 2 repeats everything with 64-bit times.
  const std::optional<Header> header = ReadHeader(first->begin + first->size(4));
  if (!header || header->types == 0 || bytes_.size() < header->begin + header->size(8)) {
    return std::nullopt;
  }
  size_t type = 0;
  for (size_t i = 0; i < header->times; ++i) {
    if (Number(header->begin + 8 * i, 8) > moment) break;
    type = static_cast<unsigned char>(bytes_[header->begin + 8 * header->times + i]);
  }
  if (type >= header->types) return std::nullopt;
  const size_t types = header->begin + 9 * header->times;
  const size_t characters = types + 6 * header->types;
  const auto name = static_cast<unsigned char>(bytes_[types + 6 * type + 5]);
  if (name >= header->characters) return std::nullopt;
  return ZoneOffset{static_cast<int32_t>(Number(types + 6 * type, 4)),
                    bytes_.c_str() + characters + name};
}

std::optional<ZoneOffset> LocalOffset(int64_t moment) {
  const time_t seconds = moment;
  struct tm fields = {};
  if (localtime_r(&seconds, &fields) == nullptr) return std::nullopt;
  return ZoneOffset{static_cast<int32_t>(fields.tm_gmtoff), fields.tm_zone};
}

}  // namespace

std::optional<ZoneOffset> FindZoneOffset(std::string_view expression, int64_t moment) {
  if (expression == "local") return LocalOffset(moment);
  if (expression == "utc" || expression == "UTC" || expression == "Z") return ZoneOffset{0, "UTC"};
  const auto iso =
      Regex::Compile("(?:\\(UTC([\\+\\-]\\d{2}):(\\d{2})\\))?(\\+|\\-)?(\\d{2})(?:\\:?(\\d{2}))?$");
  if (const auto match = iso->MatchPrefix(expression)) {
    const auto number = [&](size_t group) {
      const auto& span = (*match)[group];
      return span ? std::atoi(std::string(expression.substr(span->begin, 2)).c_str()) : 0;
    };
    const auto& sign = (*match)[3];
    const int32_t seconds = number(4) * 3600 + number(5) * 60;
    const bool west = sign && expression[sign->begin] == '-';
    return ZoneOffset{west ? -seconds : seconds, ""};
  }
  if (expression.empty() || expression[0] == '/' ||
      expression.find("..") != std::string_view::npos) {
    return std::nullopt;
  }
  const auto bytes = ReadFileIfExists(std::string(kZoneFolder) + std::string(expression));
  return bytes ? ZoneFile(*bytes).Find(moment) : std::nullopt;
}

}  // namespace scaffold
