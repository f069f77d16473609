// Paths as text, by the rules of Python's PurePosixPath.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

// str(PurePosixPath(text)): no "." parts, no doubled or trailing slashes; ".." stays; "" is ".".
std::string PurePath(std::string_view text);
// `base / part`: an absolute part replaces the base. Not normalised.
std::string JoinPurePath(std::string_view base, std::string_view part);
// path.with_suffix("") of a last part: cuts the last extension, as Python sees it.
std::string_view WithoutSuffix(std::string_view name);

// PurePosixPath(text) as templates see it: prints as the path, has the attributes that read
// nothing.
Value MakePathValue(std::string_view text);

}  // namespace scaffold
