#include "value/signature.h"

#include "scaffold/error.h"
#include "support/text.h"

namespace scaffold {
namespace {

std::string Plural(size_t count, std::string_view noun) {
  return std::string(noun) + (count == 1 ? "" : "s");
}

// 'a', 'b', and 'c' as Python lists names.
std::string ListNames(const std::vector<std::string_view>& names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += names.size() == 2 ? " and " : (i + 1 == names.size() ? ", and " : ", ");
    text += "'" + std::string(names[i]) + "'";
  }
  return text;
}

}  // namespace

Signature::Signature(std::string_view spec) {
  const size_t open = spec.find('(');
  name_ = spec.substr(0, open);
  const std::string_view inside = spec.substr(open + 1, spec.rfind(')') - open - 1);
  bool keyword_only = false;
  for (std::string_view part : Split(inside, ',')) {
    part = StripBlanks(part);
    if (part.empty()) continue;
    if (part.starts_with('@')) {
      ++hidden_;
    } else if (part == "/") {
      positional_only_ = parameters_.size();
    } else if (part.starts_with("**")) {
      kwargs_ = true;
    } else if (part.starts_with('*')) {
      varargs_ = part.size() > 1;
      keyword_only = true;
    } else {
      const size_t equals = part.find('=');
      parameters_.push_back({.name = part.substr(0, equals),
                             .required = equals == std::string_view::npos,
                             .keyword_only = keyword_only});
      if (parameters_.back().required) first_optional_ = parameters_.size();
    }
  }
}

void Signature::BindNamed(const Args& args, BoundArgs* bound) const {
  for (const NamedValue& named : args.named) {
    size_t index = kwargs_ ? positional_only_ : 0;
    while (index < parameters_.size() && parameters_[index].name != named.name) ++index;
    if (index == parameters_.size()) {
      if (!kwargs_) {
        throw Error(ErrorKind::kType, std::string(name_) +
                                          "() got an unexpected keyword argument '" +
                                          std::string(named.name) + "'");
      }
      bound->kwargs_.push_back(named);
      continue;
    }
    if (index < positional_only_) {
      throw Error(ErrorKind::kType,
                  std::string(name_) +
                      "() got some positional-only arguments passed as keyword arguments: '" +
                      std::string(named.name) + "'");
    }
    if (bound->slots_[index] != nullptr) {
      throw Error(ErrorKind::kType, std::string(name_) + "() got multiple values for argument '" +
                                        std::string(named.name) + "'");
    }
    bound->slots_[index] = &named.value;
  }
}

void Signature::CheckRequired(const BoundArgs& bound) const {
  for (const bool keyword_only : {false, true}) {
    std::vector<std::string_view> missing;
    for (size_t i = 0; i < parameters_.size(); ++i) {
      const Parameter& parameter = parameters_[i];
      if (parameter.required && parameter.keyword_only == keyword_only && !bound.Has(i)) {
        missing.push_back(parameter.name);
      }
    }
    if (missing.empty()) continue;
    throw Error(ErrorKind::kType,
                std::string(name_) + "() missing " + std::to_string(missing.size()) + " required " +
                    (keyword_only ? "keyword-only " : "positional ") +
                    Plural(missing.size(), "argument") + ": " + ListNames(missing));
  }
}

void Signature::ThrowTooMany(size_t given) const {
  size_t most = hidden_;
  size_t required = hidden_;
  given += hidden_;
  for (const Parameter& parameter : parameters_) {
    if (parameter.keyword_only) continue;
    ++most;
    required += parameter.required ? 1 : 0;
  }
  std::string takes = std::to_string(most);
  if (required < most) takes = "from " + std::to_string(required) + " to " + takes;
  throw Error(ErrorKind::kType, std::string(name_) + "() takes " + takes + " positional " +
                                    (required < most ? "arguments" : Plural(most, "argument")) +
                                    " but " + std::to_string(given) +
                                    (given == 1 ? " was given" : " were given"));
}

BoundArgs Signature::Bind(const Value* first, const Args& args) const {
  BoundArgs bound;
  for (size_t i = 0; i < parameters_.size(); ++i) bound.slots_[i] = nullptr;
  size_t next = 0;
  if (first != nullptr) bound.slots_[next++] = first;
  size_t used = 0;
  while (used < args.positional.size() && next < parameters_.size() &&
         !parameters_[next].keyword_only) {
    bound.slots_[next++] = &args.positional[used++];
  }
  const std::span<const Value> extra = args.positional.subspan(used);
  if (!args.named.empty()) BindNamed(args, &bound);
  if (!extra.empty() && !varargs_) {
    ThrowTooMany(args.positional.size() + (first != nullptr ? 1 : 0));
  }
  bound.varargs_ = extra;
  if (next < first_optional_) CheckRequired(bound);
  return bound;
}

}  // namespace scaffold
