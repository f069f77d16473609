#include "support/embedded.h"

namespace scaffold {

std::vector<EmbeddedFile> EmbeddedFiles(const EmbeddedRow* table) {
  std::vector<EmbeddedFile> files;
  for (const EmbeddedRow* row = table; row->path != nullptr; ++row) {
    files.push_back({row->path, {row->begin, row->end}});
  }
  return files;
}

}  // namespace scaffold
