// Rendering texts of the manifest so that errors point into the manifest.

#pragma once

#include <string>

#include "extensions/string_renderer.h"
#include "manifest/manifest.h"
#include "scaffold/value.h"

namespace scaffold {

// Renders `text`, which stands at `place`. An error inside it is reported at the very characters of
// the manifest file when they can be found there, else at `place`.
std::string RenderManifestText(StringRenderer& renderer, const std::string& text,
                               const ManifestPlace& place, const Value& context);

}  // namespace scaffold
