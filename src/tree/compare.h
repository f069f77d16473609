// Comparing an entry with what is on disk.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "tree/tree.h"

namespace scaffold {

enum class DiskState : uint8_t { kAbsent, kIdentical, kDifferent };

// Identical: same kind, same bytes (link text of links), and for files the same executable bits. A
// directory entry is identical to anything that is a directory, also through a link. Other file
// kinds (a directory where a file is wanted) are different. Throws Error(kIo) when it cannot be
// read.
DiskState CompareWithDisk(const std::filesystem::path& root, std::string_view path,
                          const TreeEntry& entry);

}  // namespace scaffold
