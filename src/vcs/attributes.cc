#include "vcs/attributes.h"

#include <algorithm>

#include "support/file.h"
#include "support/text.h"

namespace scaffold {
namespace {

constexpr char kSystemAttributes[] = "/etc/gitattributes";

void Merge(const AttributeUse& more, AttributeUse* use) {
  use->filters |= more.filters;
  use->line_ends |= more.line_ends;
  use->writes_crlf |= more.writes_crlf;
}

void ScanFile(const std::filesystem::path& path, AttributeUse* use) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return;
  if (const auto text = ReadFileIfExists(path)) Merge(ScanAttributes(*text), use);
}

bool HasCarriageReturns(const Tree& tree) {
  return std::any_of(tree.begin(), tree.end(), [](const auto& item) {
    return item.second.kind == EntryKind::kFile &&
           item.second.bytes.find("\r\n") != std::string::npos;
  });
}

}  // namespace

AttributeUse ScanAttributes(std::string_view text) {
  AttributeUse use;
  const std::string plain = ReplaceAll(ReplaceAll(text, "\t", " "), "\r", " ");
  for (std::string_view line : Split(plain, '\n')) {
    line = StripBlanks(line);
    if (line.empty() || line.front() == '#') continue;
    // The first word is the pattern; a quoted one with blanks only adds words nobody knows.
    for (const std::string_view word : Split(line, ' ')) {
      use.filters |= word.starts_with("filter=") || word.starts_with("working-tree-encoding=") ||
                     word == "ident";
      use.line_ends |= word == "text" || word.starts_with("text=") || word == "crlf" ||
                       word.starts_with("crlf=") || word.starts_with("eol=");
      use.writes_crlf |= word == "eol=crlf";
    }
  }
  return use;
}

AttributeUse AttributesOf(const Host& host, const GitConfig& config, const Tree& tree) {
  AttributeUse use;
  ScanFile(kSystemAttributes, &use);
  ScanFile(UserAttributesFile(host, config), &use);
  for (const auto& [path, entry] : tree) {
    if (path == ".gitattributes" || path.ends_with("/.gitattributes")) {
      Merge(ScanAttributes(entry.bytes), &use);
    }
  }
  return use;
}

bool CheckoutConverts(const Host& host, const GitConfig& config, const Tree& tree) {
  if (config.FindBool("core.autocrlf") == true) return true;
  const AttributeUse use = AttributesOf(host, config, tree);
  if (use.filters || use.writes_crlf) return true;
  return use.line_ends && ToLowerAscii(config.Find("core.eol").value_or("")) == "crlf";
}

bool AddConverts(const Host& host, const GitConfig& config, const Tree& tree) {
  const AttributeUse use = AttributesOf(host, config, tree);
  if (use.filters) return true;
  const bool autocrlf = config.Find("core.autocrlf").value_or("false") != "false" &&
                        config.FindBool("core.autocrlf") != false;
  return (use.line_ends || autocrlf) && HasCarriageReturns(tree);
}

}  // namespace scaffold
