#include "manifest/generator_manifest.h"

#include <utility>

#include "manifest/manifest_files.h"
#include "value/operators.h"

namespace scaffold {
namespace {

std::string TextOf(const Value& value, const ManifestPlace& place, const std::string& what) {
  if (value.IsString()) return value.AsString();
  throw ManifestError(what + " must be a text, not " + DescribeKind(value), place);
}

ManifestPlace PlaceIn(const ManifestEntry& entry, const yaml::SpanNode& spans) {
  return {entry.file, spans.span};
}

// "condition", or [{if: "condition", message: "..."}]
std::vector<GeneratorRequirement> ReadRequirements(const ManifestEntry& entry) {
  const std::string plain = "the project does not have what this generator needs";
  if (!entry.value.IsList()) return {{entry.value, plain, entry.ValuePlace()}};
  std::vector<GeneratorRequirement> requirements;
  for (size_t i = 0; i < entry.value.AsList().size(); ++i) {
    const Value& item = entry.value.AsList()[i];
    const ManifestPlace place = PlaceIn(entry, entry.spans.items[i]);
    if (!item.IsDict()) {
      requirements.push_back({item, plain, place});
      continue;
    }
    const Value message = item.AsDict().Get("message");
    requirements.push_back({item.AsDict().Get("if"),
                            message.IsNone() ? plain : TextOf(message, place, "'message'"), place});
  }
  return requirements;
}

// [{file: pyproject.toml, region: scripts, text: "...", when: "..."}]
std::vector<GeneratorInsert> ReadInserts(const ManifestEntry& entry) {
  if (!entry.value.IsList()) {
    throw ManifestError("'inserts' must be a list, not " + DescribeKind(entry.value),
                        entry.ValuePlace());
  }
  std::vector<GeneratorInsert> inserts;
  for (size_t i = 0; i < entry.value.AsList().size(); ++i) {
    const Value& item = entry.value.AsList()[i];
    const ManifestPlace place = PlaceIn(entry, entry.spans.items[i]);
    if (!item.IsDict()) {
      throw ManifestError("an insert must be a mapping, not " + DescribeKind(item), place);
    }
    const Dict& keys = item.AsDict();
    GeneratorInsert insert;
    insert.file = TextOf(keys.Get("file"), place, "'file' of an insert");
    insert.region = TextOf(keys.Get("region"), place, "'region' of an insert");
    insert.text = TextOf(keys.Get("text"), place, "'text' of an insert");
    if (keys.Has("when")) insert.when = keys.Get("when");
    insert.place = place;
    inserts.push_back(std::move(insert));
  }
  return inserts;
}

// {settings: manage.py, apps: ["*/apps.py", "*/*/apps.py"]}
std::vector<GeneratorRead> ReadReads(const ManifestEntry& entry) {
  if (!entry.value.IsDict()) {
    throw ManifestError("'reads' must be a mapping, not " + DescribeKind(entry.value),
                        entry.ValuePlace());
  }
  std::vector<GeneratorRead> reads;
  for (const Dict::Entry& row : entry.value.AsDict()) {
    GeneratorRead read = {.variable = Str(row.key), .patterns = {}};
    const std::string what = "'" + read.variable + "' of 'reads'";
    const List patterns = row.value.IsList() ? row.value.AsList() : List{row.value};
    for (const Value& pattern : patterns) {
      read.patterns.push_back(TextOf(pattern, entry.ValuePlace(), what));
      if (!IsSafeTreePath(read.patterns.back())) {
        throw ManifestError(what + " leaves the project: '" + read.patterns.back() + "'",
                            entry.ValuePlace());
      }
    }
    reads.push_back(std::move(read));
  }
  return reads;
}

bool ReadNames(const ManifestEntry& entry) {
  if (entry.value.IsString() && entry.value.AsString() == "python") return true;
  throw ManifestError("'names' can only be python", entry.ValuePlace());
}

}  // namespace

GeneratorManifest LoadGeneratorManifest(const Tree& generator, const std::string& place) {
  ManifestFiles read = ReadManifestFiles(generator, place, kGeneratorFile);
  GeneratorManifest result;
  std::vector<ManifestEntry> rest;
  for (ManifestEntry& entry : read.entries) {
    if (entry.key == "requires") {
      result.requirements = ReadRequirements(entry);
    } else if (entry.key == "inserts") {
      result.inserts = ReadInserts(entry);
    } else if (entry.key == "reads") {
      result.reads = ReadReads(entry);
    } else if (entry.key == "title") {
      result.title = TextOf(entry.value, entry.ValuePlace(), "'title'");
    } else if (entry.key == "names") {
      result.names_are_python = ReadNames(entry);
    } else if (entry.key == "_tasks" || entry.key == "_migrations" ||
               entry.key == "_jinja_extensions") {
      throw ManifestError("a generator cannot run anything: '" + entry.key + "' is not for it",
                          entry.KeyPlace());
    } else {
      rest.push_back(std::move(entry));
    }
  }
  read.entries = std::move(rest);
  result.manifest = MakeManifest(std::move(read));
  result.manifest.subdirectory = "files";
  return result;
}

}  // namespace scaffold
