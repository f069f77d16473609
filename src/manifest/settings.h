// The settings of a manifest (the keys with a leading '_'), checked and with their defaults.

#pragma once

#include <vector>

#include "manifest/manifest.h"
#include "manifest/manifest_files.h"

namespace scaffold {

// Sets the field of `manifest` that belongs to the entry, whose key begins with '_'. Unknown
// settings become warnings, wrong types errors with their place.
void ReadSetting(const ManifestEntry& entry, Manifest* manifest);

// "FILE:LINE:COLUMN: WHAT 'name'; did you mean 'other'?"
std::string UnknownNameWarning(std::string_view what, std::string_view name,
                               const ManifestPlace& place,
                               const std::vector<std::string_view>& known);

}  // namespace scaffold
