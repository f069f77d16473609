// The settings of a manifest (the keys with a leading '_'), checked and with their defaults.

#pragma once

#include <vector>

#include "manifest/manifest.h"
#include "manifest/manifest_files.h"

namespace scaffold {

// Every setting that a manifest may have, without the '_'.
const std::vector<std::string_view>& SettingNames();

// Sets the field of `manifest` that belongs to the entry, whose key begins with '_'. Unknown
// settings become warnings, wrong types errors with their place.
void ReadSetting(const ManifestEntry& entry, Manifest* manifest);

// "LABEL 'name' is unknown at FILE:LINE; did you mean 'other'?"
std::string UnknownNameWarning(std::string_view label, std::string_view name,
                               const ManifestPlace& place,
                               const std::vector<std::string_view>& known);

}  // namespace scaffold
