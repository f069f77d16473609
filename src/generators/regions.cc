#include "generators/regions.h"

#include <algorithm>
#include <vector>

#include "support/text.h"

namespace scaffold {
namespace {

// Lines, each with its end.
std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

size_t IndentationOf(std::string_view line) {
  const size_t indentation = line.find_first_not_of(" \t");
  return indentation == std::string_view::npos ? 0 : indentation;
}

bool IsMarker(std::string_view line, std::string_view kind, std::string_view region) {
  const std::string marker = "scaffold:" + std::string(kind) + " " + std::string(region);
  const size_t at = line.find(marker);
  if (at == std::string_view::npos) return false;
  const size_t end = at + marker.size();
  return end == line.size() || std::string_view(" \t\r\n*-").find(line[end]) < 6;
}

using Entry = std::vector<std::string>;  // its lines

struct Region {
  std::vector<std::string> before;  // with the opening marker
  std::vector<Entry> entries;
  std::vector<std::string> after;  // with the closing marker
  std::string indentation;
  std::string line_end = "\n";
};

std::optional<Region> FindRegion(std::string_view text, std::string_view name) {
  const std::vector<std::string> lines = SplitLines(text);
  const auto is = [&](const char* kind) {
    return [=, &name](const std::string& line) { return IsMarker(line, kind, name); };
  };
  const auto begin = std::find_if(lines.begin(), lines.end(), is("begin"));
  if (begin == lines.end()) return std::nullopt;
  const auto end = std::find_if(begin, lines.end(), is("end"));
  if (end == lines.end()) return std::nullopt;
  Region region;
  region.before.assign(lines.begin(), begin + 1);
  region.after.assign(end, lines.end());
  region.indentation = begin->substr(0, IndentationOf(*begin));
  if (begin->ends_with("\r\n")) region.line_end = "\r\n";
  for (auto line = begin + 1; line != end; ++line) {
    const bool goes_on =
        !region.entries.empty() &&
        (StripBlanks(*line).empty() || IndentationOf(*line) > region.indentation.size());
    if (!goes_on) region.entries.emplace_back();
    region.entries.back().push_back(*line);
  }
  return region;
}

Entry MakeEntry(const Region& region, std::string_view text) {
  Entry entry;
  for (std::string_view line : Split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (StripBlanks(line).empty() && entry.empty()) continue;
    entry.push_back((line.empty() ? "" : region.indentation) + std::string(line) + region.line_end);
  }
  while (!entry.empty() && StripBlanks(entry.back()).empty()) entry.pop_back();
  return entry;
}

std::string Join(const Region& region) {
  std::string text;
  for (const std::string& line : region.before) text += line;
  for (const Entry& entry : region.entries) {
    for (const std::string& line : entry) text += line;
  }
  for (const std::string& line : region.after) text += line;
  return text;
}

}  // namespace

bool HasRegion(std::string_view text, std::string_view region) {
  return FindRegion(text, region).has_value();
}

std::optional<std::string> AddEntry(std::string_view text, std::string_view name,
                                    std::string_view entry_text) {
  std::optional<Region> region = FindRegion(text, name);
  if (!region) return std::nullopt;
  const Entry entry = MakeEntry(*region, entry_text);
  if (entry.empty()) return std::string(text);
  const auto place =
      std::find_if(region->entries.begin(), region->entries.end(),
                   [&](const Entry& other) { return other.front() >= entry.front(); });
  if (place != region->entries.end() && place->front() == entry.front()) {
    if (*place == entry) return std::string(text);
    return std::nullopt;
  }
  region->entries.insert(place, entry);
  return Join(*region);
}

std::string RemoveEntry(std::string_view text, std::string_view name, std::string_view entry_text) {
  std::optional<Region> region = FindRegion(text, name);
  if (!region) return std::string(text);
  const Entry entry = MakeEntry(*region, entry_text);
  const auto place = std::find(region->entries.begin(), region->entries.end(), entry);
  if (place == region->entries.end()) return std::string(text);
  region->entries.erase(place);
  return Join(*region);
}

std::string WithoutMarkers(std::string_view text, std::string_view region) {
  std::string rest;
  for (const std::string& line : SplitLines(text)) {
    if (!IsMarker(line, "begin", region) && !IsMarker(line, "end", region)) rest += line;
  }
  return rest;
}

std::string FormatRegion(std::string_view file, std::string_view region, std::string_view entry) {
  const auto has = [&](std::string_view suffix) { return file.ends_with(suffix); };
  std::string open = "# ", close;
  if (has(".js") || has(".ts") || has(".tsx") || has(".c") || has(".cc") || has(".h") ||
      has(".go") || has(".rs") || has(".java") || has(".kt")) {
    open = "// ";
  } else if (has(".md") || has(".html") || has(".xml")) {
    open = "<!-- ", close = " -->";
  } else if (has(".sql") || has(".lua")) {
    open = "-- ";
  }
  const std::string name(region);
  std::string text = open + "scaffold:begin " + name + close + "\n" + std::string(entry);
  if (!text.ends_with('\n')) text += '\n';
  return text + open + "scaffold:end " + name + close + "\n";
}

}  // namespace scaffold
