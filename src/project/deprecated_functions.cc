#include "project/deprecated_functions.h"

#include <ctime>
#include <memory>
#include <random>

#include "extensions/digest.h"
#include "value/date_time.h"

namespace scaffold {
namespace {

constexpr size_t kSecretBytes = 48;

// Warns once, however many files of the template call the function.
class WarnOnce {
 public:
  WarnOnce(Reporter& reporter, std::string text) : reporter_(reporter), text_(std::move(text)) {}
  void operator()() {
    if (!warned_) reporter_.Warn(text_);
    warned_ = true;
  }

 private:
  Reporter& reporter_;
  std::string text_;
  bool warned_ = false;
};

std::shared_ptr<WarnOnce> MakeWarning(Reporter& reporter, const std::string& function,
                                      const std::string& instead) {
  return std::make_shared<WarnOnce>(
      reporter, "'" + function + "' will be removed in a future release of Copier. Use {{ " +
                    instead + " }} in its place.");
}

Value UtcTime(int64_t seconds) {
  const auto time = static_cast<time_t>(seconds);
  std::tm parts = {};
  gmtime_r(&time, &parts);
  return MakeDateTime(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                      parts.tm_min, parts.tm_sec, 0, /*utc_offset=*/0);
}

Value MakeSecret() {
  std::random_device device;
  std::string bytes;
  for (size_t i = 0; i < kSecretBytes; ++i) bytes += static_cast<char>(device() & 0xFF);
  return Value(ToHex(*Digest("sha512", bytes)));
}

}  // namespace

void AddDeprecatedFunctions(const Host& host, Reporter& reporter, ContextInputs* inputs) {
  inputs->now = [warn = MakeWarning(reporter, "now", "'%Y-%m-%d %H:%M:%S' | strftime"),
                 clock = host.now] {
    (*warn)();
    return UtcTime(clock());
  };
  inputs->make_secret =
      [warn = MakeWarning(reporter, "make_secret", "(2 ** 128) | ans_random | hash('sha512')")] {
        (*warn)();
        return MakeSecret();
      };
}

}  // namespace scaffold
