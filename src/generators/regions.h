// Marked regions: where generators put entries into files that many of them share.
//
//   # scaffold:begin workers
//   mail
//   search
//   # scaffold:end workers
//
// The markers stand in lines of their own, in whatever comments the file has. An entry is a line
// with the more indented lines that follow it; entries are sorted, and get the markers'
// indentation.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

bool HasRegion(std::string_view text, std::string_view region);

// The text with the entry, sorted in; the same text when it is there already. Nullopt when there is
// no such region, or when an entry with the same first line stands there that says something else.
std::optional<std::string> AddEntry(std::string_view text, std::string_view region,
                                    std::string_view entry);
// The text without the entry; the same text when it is not there.
std::string RemoveEntry(std::string_view text, std::string_view region, std::string_view entry);

// The text without the lines that mark the region, or one that is left of them; entries stay.
std::string WithoutMarkers(std::string_view text, std::string_view region);

// The region with only this entry, markers in the comments of a file of that name: what a person
// puts where it belongs.
std::string FormatRegion(std::string_view file, std::string_view region, std::string_view entry);

}  // namespace scaffold
