// YAML text: whatever loads must dump, and load again to the same text.

#include <cstdlib>

#include "yaml/dump.h"
#include "yaml/load.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::string first;
  try {
    first = scaffold::yaml::Dump(scaffold::yaml::Load(scaffold::Source("fuzz", text)));
  } catch (const scaffold::Error&) {
    return 0;
  }
  const std::string again =
      scaffold::yaml::Dump(scaffold::yaml::Load(scaffold::Source("again", first)));
  if (first != again) std::abort();
  return 0;
}
