// JSON cases: renders templates that come as JSON lines, for conformance tests against Jinja2.
//
// One request a line on the way in (templates, environment, context), one answer a line on the way
// out: {"ok": text} or {"error": {"type", "message", "line", "template"}}. Values that JSON lacks
// are tagged: {"$tuple": [...]}, {"$dict": [[key, value], ...]}, {"$float": "nan"}, {"$markup":
// "..."},
// {"$range": [start, stop, step]}, {"$set": [...]}.

#pragma once

#include <istream>
#include <ostream>

namespace scaffold::cli {

// Reads to the end of the input; a case that fails is an answer. Returns 0.
int RunJsonCases(std::istream& in, std::ostream& out);

}  // namespace scaffold::cli
