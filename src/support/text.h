// Text: what std::string lacks. Everything is byte-wise ASCII unless it says UTF-8.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scaffold {

std::vector<std::string_view> Split(std::string_view text, char separator);
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view StripBlanks(std::string_view text);  // space, \t, \n, \r, \f, \v at both ends
std::string ToLowerAscii(std::string_view text);
std::string ReplaceAll(std::string_view text, std::string_view from, std::string_view to);
// Control characters other than \n and \t become \xNN, so that untrusted text cannot drive a
// terminal.
std::string EscapeForTerminal(std::string_view text);
// POSIX shell quoting, as Python's shlex.quote does it.
std::string ShellQuote(std::string_view text);
// repr() of a Python str; non-ASCII characters stay as they are.
std::string PythonQuote(std::string_view text);
// The candidate nearest to `word` by edit distance, or empty when none is near enough: "did you
// mean".
std::string_view ClosestMatch(std::string_view word,
                              const std::vector<std::string_view>& candidates);

}  // namespace scaffold
