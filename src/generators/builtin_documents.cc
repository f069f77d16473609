#include "generators/builtin_documents.h"

#include "support/embedded.h"

namespace scaffold {

extern "C" const EmbeddedRow scaffold_builtin_documents[];

std::vector<BuiltinDocument> BuiltinDocuments() {
  constexpr std::string_view kSuffix = ".md";
  std::vector<BuiltinDocument> documents;
  for (const EmbeddedFile& file : EmbeddedFiles(scaffold_builtin_documents)) {
    documents.push_back(
        {std::string(file.path.substr(0, file.path.size() - kSuffix.size())), file.bytes});
  }
  return documents;
}

}  // namespace scaffold
