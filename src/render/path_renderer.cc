#include "render/path_renderer.h"

#include <utility>

#include "render/pure_path.h"

namespace scaffold {
namespace {

// What Jinja2 raises as a TemplateError, or Python as another error inside a template.
bool IsTemplateError(ErrorKind kind) { return kind < ErrorKind::kLimit; }

Error PathError(const Error& cause, const std::string& template_path) {
  Error error(ErrorKind::kUser,
              "Error rendering template path " + template_path + ": " + cause.message());
  if (cause.has_location()) error.At(cause.location());
  if (!cause.help().empty()) error.WithHelp(cause.help());
  for (const std::string& note : cause.notes()) error.AddNote(note);
  return error;
}

// Yield tags within yield tags multiply.
constexpr size_t kMaxPaths = 100'000;

}  // namespace

PathRenderer::PathRenderer(StringRenderer& renderer, const std::string& answers_file)
    : renderer_(renderer), answers_file_(answers_file) {}

std::vector<YieldItem> PathRenderer::RenderPart(const RenderedPath& prefix, const std::string& part,
                                                const std::string& template_path) {
  try {
    return renderer_.RenderPathPart(Source(template_path, part), prefix.context);
  } catch (Error& error) {
    if (IsTemplateError(error.kind())) throw PathError(error, template_path);
    throw;
  }
}

RenderedPath PathRenderer::Extend(const RenderedPath& prefix, YieldItem item) {
  RenderedPath result = {.path = {},
                         .context = prefix.context,
                         .yield_items = prefix.yield_items,
                         .is_answers_file = item.text == answers_file_};
  if (result.is_answers_file) {
    saw_nested_answers_file_ |= !prefix.path.empty();
    result.path = answers_file_;
  } else {
    result.path = JoinPurePath(prefix.path, item.text);
  }
  if (item.name.empty()) return result;
  if (!result.yield_items.empty()) result.yield_items += '\x1f';
  AppendStr(&result.yield_items, item.value);
  Dict context = prefix.context.AsDict();
  context.Set(item.name, std::move(item.value));
  result.context = Value(std::move(context));
  return result;
}

std::vector<RenderedPath> PathRenderer::Append(const RenderedPath& prefix, const std::string& part,
                                               const std::string& template_path) {
  if (prefix.is_answers_file) return {prefix};
  std::vector<RenderedPath> paths;
  for (YieldItem& item : RenderPart(prefix, part, template_path)) {
    if (++paths_ > kMaxPaths) {
      throw Error(ErrorKind::kLimit, "path limit exceeded (" + std::to_string(kMaxPaths) + ")")
          .AddNote("in the name of '" + template_path + "'");
    }
    if (!item.text.empty()) paths.push_back(Extend(prefix, std::move(item)));
  }
  return paths;
}

}  // namespace scaffold
