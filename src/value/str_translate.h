// str.translate and str.maketrans.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// `table` maps code points to code points, texts or None (delete); others stay.
std::string TranslateText(std::string_view text, const Value& table);
// The dict that maketrans makes. REQUIRES: one to three arguments.
Value MakeTranslation(std::span<const Value> args);

}  // namespace scaffold
