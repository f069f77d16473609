// Files that the program carries, as cmake/Embed.cmake puts them there.

#pragma once

#include <string_view>
#include <vector>

namespace scaffold {

// A row of the table; the last one has no path.
struct EmbeddedRow {
  const char* path;
  const char* begin;
  const char* end;
};

struct EmbeddedFile {
  std::string_view path;  // below the folder that was embedded
  std::string_view bytes;
};

std::vector<EmbeddedFile> EmbeddedFiles(const EmbeddedRow* table);

}  // namespace scaffold
