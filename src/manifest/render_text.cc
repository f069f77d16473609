#include "manifest/render_text.h"

#include "support/utf8.h"

namespace scaffold {
namespace {

// Where the line `location.line_text` of a YAML scalar stands in the file: escapes and folding may
// have changed it, then it is not found.
SourceLocation LocateInManifest(const ManifestPlace& place, const SourceLocation& location) {
  if (location.column == 0 || location.line_text.empty()) return place.Locate();
  const std::string_view scalar = place.file->Slice(place.span);
  const size_t line = scalar.find(location.line_text);
  if (line == std::string_view::npos ||
      scalar.find(location.line_text, line + 1) != std::string_view::npos) {
    return place.Locate();
  }
  const std::string_view text = location.line_text;
  const size_t begin = line + OffsetOfCodePoint(text, location.column - 1);
  const size_t end = line + OffsetOfCodePoint(text, location.column - 1 + location.length);
  return place.file->Locate({place.span.begin + static_cast<uint32_t>(begin),
                             place.span.begin + static_cast<uint32_t>(end)});
}

}  // namespace

std::string RenderManifestText(StringRenderer& renderer, const std::string& text,
                               const ManifestPlace& place, const Value& context) {
  const Source source(place.file ? place.file->name() : std::string(), text);
  try {
    return renderer.Render(source, context);
  } catch (Error& error) {
    // An error in an included file has its own place already.
    const bool here = !error.has_location() || error.location().file == source.name();
    if (here && place.file) error.At(LocateInManifest(place, error.location()));
    throw;
  }
}

}  // namespace scaffold
