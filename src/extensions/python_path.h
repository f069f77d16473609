// Python's os.path for both families of systems, and PurePath joining: text only.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scaffold {

// posixpath
std::string PosixBasename(std::string_view path);
std::string PosixDirname(std::string_view path);
std::pair<std::string, std::string> PosixSplitExtension(std::string_view path);
std::string PosixNormalize(std::string_view path);
std::string PosixRelative(const std::string& path, const std::string& start,
                          const std::string& working_directory);

// ntpath
std::pair<std::string, std::string> WindowsSplitDrive(std::string_view path);
std::string WindowsBasename(std::string_view path);
std::string WindowsDirname(std::string_view path);

// str(PurePosixPath(*parts)) and str(PureWindowsPath(*parts)).
std::string JoinPosixPath(const std::vector<std::string>& parts);
std::string JoinWindowsPath(const std::vector<std::string>& parts);

}  // namespace scaffold
