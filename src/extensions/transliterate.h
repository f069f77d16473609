// Letters beyond ASCII written in ASCII, as slugs want them.

#pragma once

#include <string>
#include <string_view>

namespace scaffold {

// The compatibility decomposition (NFKD) of the text, and its composed form (NFKC).
std::string DecomposeText(std::string_view text);
std::string ComposeText(std::string_view text);

// Latin, Greek and Cyrillic letters and common signs by their usual ASCII forms; accents and
// everything else beyond ASCII vanish.
std::string Transliterate(std::string_view text);

}  // namespace scaffold
