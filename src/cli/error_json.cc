#include "cli/error_json.h"

#include <utility>

#include "scaffold/value.h"
#include "value/json.h"

namespace scaffold::cli {

std::string FormatErrorJson(const Error& error) {
  const SourceLocation& place = error.location();
  const bool known = error.has_location();
  const bool has_column = known && place.column != 0;
  List notes;
  for (const std::string& note : error.notes()) notes.push_back(Value(note));
  Dict fields;
  fields.Set("type", Value(PythonClassName(error.kind())));
  fields.Set("message", Value(error.message()));
  fields.Set("file", known && !place.file.empty() ? Value(place.file) : Value());
  fields.Set("line", known ? Value(place.line) : Value());
  fields.Set("column", has_column ? Value(place.column) : Value());
  fields.Set("length", has_column ? Value(place.length) : Value());
  fields.Set("source", has_column ? Value(place.line_text) : Value());
  fields.Set("help", error.help().empty() ? Value() : Value(error.help()));
  fields.Set("notes", Value(std::move(notes)));
  Dict report;
  report.Set("error", Value(std::move(fields)));
  return FormatJson(Value(std::move(report)), JsonFormat{.ensure_ascii = false});
}

}  // namespace scaffold::cli
