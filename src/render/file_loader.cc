#include "render/file_loader.h"

#include <algorithm>
#include <utility>

#include "render/decode.h"
#include "scaffold/error.h"
#include "support/text.h"
#include "value/operators.h"

namespace scaffold {

std::string LoadTemplateText(
    std::string_view name, std::string_view root,
    const std::function<std::optional<std::string>(std::string_view name)>& read) {
  const auto segments = Split(name, '/');
  if (std::find(segments.begin(), segments.end(), "..") != segments.end()) {
    throw Error(ErrorKind::kTemplateNotFound, std::string(name))
        .WithHelp("names of templates begin at the top of the template and have no '..'");
  }
  std::optional<std::string> text = read(name);
  if (!text) {
    const std::string place = root.empty() ? "the template" : "search path: " + Repr(Value(root));
    throw Error(ErrorKind::kTemplateNotFound, Repr(Value(name)) + " not found in " + place);
  }
  if (std::optional<std::string> problem = DescribeInvalidUtf8(*text)) {
    throw Error(ErrorKind::kUnicode, *std::move(problem) + " of " + Repr(Value(name)))
        .WithHelp("templates are UTF-8");
  }
  return *std::move(text);
}

}  // namespace scaffold
