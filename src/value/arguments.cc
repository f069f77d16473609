#include "value/arguments.h"

#include <algorithm>

#include "value/number.h"

namespace scaffold {
namespace {

std::string Qualified(const Value& self, std::string_view name) {
  return std::string(MethodOwner(self)) + "." + std::string(name) + "()";
}

std::string Count(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

[[noreturn]] void ThrowType(std::string message) {
  throw Error(ErrorKind::kType, std::move(message));
}

[[noreturn]] void ThrowNotIndex(const Value& value) {
  ThrowType("'" + std::string(TypeNameInC(value)) + "' object cannot be interpreted as an integer");
}

}  // namespace

std::string_view MethodOwner(const Value& self) {
  if (self.IsMarkup()) return "str";
  return self.IsBool() ? "int" : TypeName(self);
}

void CheckNoKeywords(const Value& self, std::string_view name, const Args& args) {
  if (!args.named.empty()) ThrowType(Qualified(self, name) + " takes no keyword arguments");
}

void CheckNoInheritedArguments(std::string_view owner, std::string_view name, const Args& args) {
  if (args.empty()) return;
  const std::string call = std::string(owner) + "." + std::string(name) + "()";
  if (!args.named.empty()) ThrowType(call + " takes no keyword arguments");
  ThrowType(call + " takes no arguments (" + std::to_string(args.positional.size()) + " given)");
}

void CheckNoArguments(const Value& self, std::string_view name, const Args& args) {
  CheckNoInheritedArguments(MethodOwner(self), name, args);
}

const Value& OneArgument(const Value& self, std::string_view name, const Args& args) {
  CheckNoKeywords(self, name, args);
  if (args.positional.size() != 1) {
    ThrowType(Qualified(self, name) + " takes exactly one argument (" +
              std::to_string(args.positional.size()) + " given)");
  }
  return args.positional[0];
}

void CheckCount(const Value& self, std::string_view name, const Args& args, size_t least,
                size_t most) {
  CheckNoKeywords(self, name, args);
  const size_t given = args.positional.size();
  if (given >= least && given <= most) return;
  const size_t bound = given < least ? least : most;
  const std::string_view how = least == most ? "" : given < least ? "at least " : "at most ";
  ThrowType(std::string(name) + " expected " + std::string(how) + Count(bound, "argument") +
            ", got " + std::to_string(given));
}

void CheckParsedCount(const Value& self, std::string_view name, const Args& args, size_t least,
                      size_t most) {
  CheckNoKeywords(self, name, args);
  const size_t given = args.positional.size();
  if (given >= least && given <= most) return;
  const size_t bound = given < least ? least : most;
  const std::string_view how = least == most   ? "exactly "
                               : given < least ? "at least "
                                               : "at most ";
  ThrowType(std::string(name) + "() takes " + std::string(how) + Count(bound, "argument") + " (" +
            std::to_string(given) + " given)");
}

KeywordArguments::KeywordArguments(std::string_view method,
                                   std::initializer_list<std::string_view> names, const Args& args,
                                   size_t keyword_only) {
  const size_t given = args.positional.size() + args.named.size();
  const size_t positional = names.size() - keyword_only;
  const std::string call = std::string(method) + "()";
  if (given > names.size()) {
    ThrowType(call + " takes at most " +
              Count(names.size(), args.positional.empty() ? "keyword argument" : "argument") +
              " (" + std::to_string(given) + " given)");
  }
  if (args.positional.size() > positional && positional == 0) {
    ThrowType(call + " takes no positional arguments");
  }
  if (args.positional.size() > positional) {
    ThrowType(call + " takes at most " + Count(positional, "positional argument") + " (" +
              std::to_string(args.positional.size()) + " given)");
  }
  for (size_t i = 0; i < args.positional.size(); ++i) slots_[i] = &args.positional[i];
  for (const NamedValue& named : args.named) {
    const auto* found = std::find(names.begin(), names.end(), named.name);
    if (found == names.end()) {
      ThrowType("'" + std::string(named.name) + "' is an invalid keyword argument for " + call);
    }
    const auto index = static_cast<size_t>(found - names.begin());
    if (slots_[index] != nullptr) {
      ThrowType("argument for " + call + " given by name ('" + std::string(named.name) +
                "') and position (" + std::to_string(index + 1) + ")");
    }
    slots_[index] = &named.value;
  }
}

int64_t IndexArgument(const Value& value) {
  if (value.IsInt() || value.IsBool()) return value.AsInt();
  if (value.kind() == Kind::kBigInt) {
    throw Error(ErrorKind::kOverflow, "Python int too large to convert to C ssize_t");
  }
  ThrowNotIndex(value);
}

int64_t IntArgument(const Value& value) {
  if (!IsInteger(value)) ThrowNotIndex(value);
  if (value.kind() == Kind::kBigInt || value.AsInt() > INT32_MAX || value.AsInt() < INT32_MIN) {
    throw Error(ErrorKind::kOverflow, "Python int too large to convert to C int");
  }
  return value.AsInt();
}

int64_t BoundArgument(const Value& value, int64_t fallback) {
  if (value.IsNone()) return fallback;
  if (!IsInteger(value)) {
    ThrowType("slice indices must be integers or None or have an __index__ method");
  }
  if (value.kind() == Kind::kBigInt) return ToBigInt(value).negative() ? INT64_MIN : INT64_MAX;
  return value.AsInt();
}

int64_t StrictBoundArgument(const Value& value) {
  if (!IsInteger(value)) ThrowType("slice indices must be integers or have an __index__ method");
  return BoundArgument(value, 0);
}

const std::string& TextArgument(const Value& value, std::string_view method,
                                std::string_view label) {
  if (!value.IsString()) {
    ThrowType(std::string(method) + "() " + std::string(label) + " must be str, not " +
              std::string(value.IsNone() ? "None" : TypeNameInC(value)));
  }
  return value.AsString();
}

size_t ClampIndex(int64_t index, size_t length) {
  const auto size = static_cast<int64_t>(length);
  if (index < 0) index = index < -size ? 0 : index + size;
  return static_cast<size_t>(std::min(index, size));
}

}  // namespace scaffold
