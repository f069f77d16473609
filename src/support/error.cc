#include "scaffold/error.h"

namespace scaffold {

std::string_view PythonClassName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kSyntax:
      return "TemplateSyntaxError";
    case ErrorKind::kAssertion:
      return "TemplateAssertionError";
    case ErrorKind::kUndefined:
      return "UndefinedError";
    case ErrorKind::kTemplateNotFound:
      return "TemplateNotFound";
    case ErrorKind::kTemplatesNotFound:
      return "TemplatesNotFound";
    case ErrorKind::kTemplateRuntime:
      return "TemplateRuntimeError";
    case ErrorKind::kFilterArgument:
      return "FilterArgumentError";
    case ErrorKind::kSecurity:
      return "SecurityError";
    case ErrorKind::kType:
      return "TypeError";
    case ErrorKind::kValue:
      return "ValueError";
    case ErrorKind::kZeroDivision:
      return "ZeroDivisionError";
    case ErrorKind::kKey:
      return "KeyError";
    case ErrorKind::kIndex:
      return "IndexError";
    case ErrorKind::kAttribute:
      return "AttributeError";
    case ErrorKind::kLookup:
      return "LookupError";
    case ErrorKind::kName:
      return "NameError";
    case ErrorKind::kOverflow:
      return "OverflowError";
    case ErrorKind::kRecursion:
      return "RecursionError";
    case ErrorKind::kUnicode:
      return "UnicodeDecodeError";
    case ErrorKind::kUnicodeEncode:
      return "UnicodeEncodeError";
    case ErrorKind::kRuntime:
      return "RuntimeError";
    case ErrorKind::kStopIteration:
      return "StopIteration";
    case ErrorKind::kNotImplemented:
      return "NotImplementedError";
    case ErrorKind::kRegex:
      return "error";
    case ErrorKind::kAssertionFailed:
      return "AssertionError";
    case ErrorKind::kJson:
      return "JSONDecodeError";
    case ErrorKind::kLimit:
    case ErrorKind::kYaml:
    case ErrorKind::kConfig:
    case ErrorKind::kForbiddenPath:
    case ErrorKind::kUser:
    case ErrorKind::kUsage:
    case ErrorKind::kIo:
    case ErrorKind::kGit:
    case ErrorKind::kUnsafe:
    case ErrorKind::kTask:
    case ErrorKind::kInteractive:
    case ErrorKind::kInterrupted:
      return "Error";
  }
  return "Error";
}

Error::Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}

Error& Error::At(SourceLocation location) & {
  location_ = std::move(location);
  return *this;
}
Error&& Error::At(SourceLocation location) && { return std::move(At(std::move(location))); }

Error& Error::WithHelp(std::string help) & {
  help_ = std::move(help);
  return *this;
}
Error&& Error::WithHelp(std::string help) && { return std::move(WithHelp(std::move(help))); }

Error& Error::AddNote(std::string note) & {
  notes_.push_back(std::move(note));
  return *this;
}
Error&& Error::AddNote(std::string note) && { return std::move(AddNote(std::move(note))); }

}  // namespace scaffold
