// PathRenderer: the parts of a template path, rendered one by one from left to right.
//
// A part that renders to nothing drops the path; a `{% yield %}` part gives one path an item, and
// the item is then visible in deeper parts and in the file.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extensions/string_renderer.h"
#include "scaffold/value.h"

namespace scaffold {

// A path rendered up to some part.
struct RenderedPath {
  std::string path;              // the rendered parts joined as pathlib joins them, not normalised
  Value context;                 // dict: the variables with the items of its yield tags
  std::string yield_items;       // str() of the items, joined by '\x1f'
  bool is_answers_file = false;  // a part rendered to the answers file's path, which ends the path
};

class PathRenderer {
 public:
  // `answers_file` is normalised; both must outlive the renderer.
  PathRenderer(StringRenderer& renderer, const std::string& answers_file);

  // What `part` makes of `prefix`. `template_path` are the unrendered parts so far, `part`
  // included, for error messages.
  std::vector<RenderedPath> Append(const RenderedPath& prefix, const std::string& part,
                                   const std::string& template_path);

  // Whether a part below the top rendered to the answers file's path, which Copier deprecates.
  bool saw_nested_answers_file() const { return saw_nested_answers_file_; }

 private:
  std::vector<YieldItem> RenderPart(const RenderedPath& prefix, const std::string& part,
                                    const std::string& template_path);
  RenderedPath Extend(const RenderedPath& prefix, YieldItem item);

  StringRenderer& renderer_;
  const std::string& answers_file_;
  bool saw_nested_answers_file_ = false;
  size_t paths_ = 0;  // made so far
};

}  // namespace scaffold
