#include "answers/answers.h"

#include <array>

#include "yaml/load.h"

namespace scaffold {
namespace {

// What the answers file says about its template; other keys with a leading '_' are its own
// business.
bool IsPrivate(const Value& key) {
  if (!key.IsString()) return false;
  const std::string& name = key.AsString();
  return name.starts_with('_') && name != "_src_path" && name != "_commit";
}

}  // namespace

// Python's dict(ChainMap(...)): the first map that has a key gives the value, but the order is that
// in which the keys appear from the last map to the first.
Dict Answers::Combined(const Dict& metadata) const {
  const std::array<const Dict*, 5> maps = {&sources.user_defaults, &sources.last, &metadata,
                                           &sources.init, &user};
  Dict combined;
  for (const Dict* map : maps) {
    for (const Dict::Entry& entry : *map) {
      if (map == &sources.last && IsPrivate(entry.key)) continue;
      combined.Set(entry.key, entry.value);
    }
  }
  return combined;
}

Dict ParseAnswersFile(const Source& source) {
  const yaml::Document document = yaml::LoadDocument(source);
  if (document.value.IsNone()) return {};
  if (document.value.IsDict()) return document.value.AsDict();
  throw Error(ErrorKind::kConfig,
              "the answers file must be a mapping, not " + std::string(TypeName(document.value)))
      .At(source.Locate(document.spans.span));
}

}  // namespace scaffold
