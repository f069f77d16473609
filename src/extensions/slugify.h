// python-slugify's slugify.

#pragma once

#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

struct SlugOptions {
  bool entities = true;
  bool decimal = true;
  bool hexadecimal = true;
  int64_t max_length = 0;
  bool word_boundary = false;
  std::string separator = "-";
  bool save_order = false;
  std::vector<std::string> stopwords;
  std::string regex_pattern;  // empty: the usual one
  bool lowercase = true;
  std::vector<std::pair<std::string, std::string>> replacements;
  bool allow_unicode = false;
};

std::string Slugify(std::string_view text, const SlugOptions& options = {});

}  // namespace scaffold
