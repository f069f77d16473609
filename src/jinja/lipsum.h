// lipsum(): paragraphs of filler text, different each time.

#pragma once

#include <cstdint>

#include "scaffold/value.h"

namespace scaffold::jinja {

// `count` paragraphs of between `min` and `max` words; marked up as <p> when `html`.
Value GenerateLoremIpsum(int64_t count, bool html, int64_t min, int64_t max);

}  // namespace scaffold::jinja
