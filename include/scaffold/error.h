// Error: the one exception type of scaffold.
//
// An Error says what is wrong (message), where (location), what to do (help) and what was going on
// (notes). The message is a fact; where Copier or Jinja2 has a text for the case, it is that text,
// unchanged. `FormatError` in support/error_report.h lays it out for people.

#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace scaffold {

// The kinds that Python code would see as exception classes come first; PythonClassName gives the
// class. The rest are scaffold's own and decide the exit code.
enum class ErrorKind : uint8_t {
  kSyntax,             // TemplateSyntaxError
  kAssertion,          // TemplateAssertionError (unknown filter, test, tag in the compiler)
  kUndefined,          // UndefinedError
  kTemplateNotFound,   // TemplateNotFound
  kTemplatesNotFound,  // TemplatesNotFound
  kTemplateRuntime,    // TemplateRuntimeError
  kFilterArgument,     // FilterArgumentError
  kSecurity,           // SecurityError
  kType,               // TypeError
  kValue,              // ValueError
  kZeroDivision,       // ZeroDivisionError
  kKey,                // KeyError
  kIndex,              // IndexError
  kAttribute,          // AttributeError
  kLookup,             // LookupError (unknown codec)
  kName,               // NameError
  kOverflow,           // OverflowError
  kRecursion,          // RecursionError
  kUnicode,            // UnicodeDecodeError
  kUnicodeEncode,      // UnicodeEncodeError
  kRuntime,            // RuntimeError
  kStopIteration,      // StopIteration
  kNotImplemented,     // NotImplementedError
  kRegex,              // re.error
  kAssertionFailed,    // AssertionError
  kJson,               // json.JSONDecodeError
  kLimit,              // a resource limit of scaffold (fuel, output, memory); no Python class
  kYaml,               // malformed YAML
  kConfig,             // a manifest, settings or answers file that cannot be used
  kForbiddenPath,      // a path that leaves the destination or the template
  kUser,               // any other failure whose cause is the input (Copier's UserMessageError)
  kUsage,              // a wrong command line
  kIo,                 // the file system said no
  kGit,                // git or libgit2 said no
  kUnsafe,             // the template needs trust
  kTask,               // a command of the template failed
  kInteractive,        // input ended where an answer was needed
  kInterrupted,        // Ctrl-C
};

// "TemplateSyntaxError", "ValueError", ...; scaffold's own kinds give "Error".
std::string_view PythonClassName(ErrorKind kind);

// A place in a text, ready to be shown: the line is a copy, so that it outlives the Source.
struct SourceLocation {
  std::string file;       // as the user knows it; may be empty for an unnamed text
  uint32_t line = 0;      // 1-based; 0 = unknown
  uint32_t column = 0;    // 1-based, in code points; 0 = unknown
  uint32_t length = 0;    // code points to underline, at least 1 when column is known
  std::string line_text;  // the line without its end
};

class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message);

  // Chainable while throwing: `throw Error(...).At(...).WithHelp(...)`.
  Error& At(SourceLocation location) &;
  Error&& At(SourceLocation location) &&;
  Error& WithHelp(std::string help) &;
  Error&& WithHelp(std::string help) &&;
  Error& AddNote(std::string note) &;
  Error&& AddNote(std::string note) &&;

  ErrorKind kind() const { return kind_; }
  const std::string& message() const { return message_; }
  const SourceLocation& location() const { return location_; }
  bool has_location() const { return location_.line != 0; }
  const std::string& help() const { return help_; }
  const std::vector<std::string>& notes() const { return notes_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
  SourceLocation location_;
  std::string help_;
  std::vector<std::string> notes_;
};

}  // namespace scaffold
