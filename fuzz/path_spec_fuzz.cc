// Patterns of the first line against the path of the second.

#include "scaffold/error.h"
#include "tree/path_spec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const size_t end = text.find('\n');
  if (end == std::string::npos) return 0;
  try {
    const scaffold::PathSpec spec({text.substr(0, end)});
    spec.Matches(text.substr(end + 1));
  } catch (const scaffold::Error&) {
    // A malformed pattern.
  }
  return 0;
}
