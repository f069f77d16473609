// Ansible's random filters; with a seed they give what Python's random module gives.

#include "extensions/ansible_filters.h"
#include "extensions/python_random.h"
#include "extensions/regex.h"
#include "jinja/filters_support.h"
#include "support/text.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold {
namespace {

using jinja::State;

Error FilterError(std::string message) {
  return Error(ErrorKind::kFilterArgument, std::move(message));
}

Value AnsibleRandom(State&, const Value& input, const BoundArgs& args) {
  const Value start = args.Or(1, Value());
  const Value step = args.Or(2, Value());
  PythonRandom random(args.Or(3, Value()));
  if (IsInteger(input)) {
    return random.Range(Truth(start) ? start : Value(0), input, Truth(step) ? step : Value(1));
  }
  if (TryIterate(input) == nullptr) {
    throw FilterError("random can only be used on sequences and integers");
  }
  if (Truth(start) || Truth(step)) {
    throw FilterError("start and step can only be used with integer values");
  }
  return random.Choice(input);
}

Value Shuffle(State&, const Value& input, const BoundArgs& args) {
  if (TryIterate(input) == nullptr) return input;
  List items = ToList(input);
  PythonRandom(args.Or(1, Value())).Shuffle(&items);
  return Value(std::move(items));
}

// How many bytes the prefix of an address gives; throws when it is no such prefix.
size_t CountMacBytes(const std::string& prefix) {
  const std::string invalid = "Invalid value (" + prefix + ") for random_mac: ";
  const std::vector<std::string_view> parts = Split(prefix, ':');
  if (parts.size() > 5) throw FilterError(invalid + "5 colon(:) separated items max");
  for (const std::string_view part : parts) {
    if (part.empty()) throw FilterError(invalid + "empty item");
    // Ansible looks at the beginning of each item only.
    if (!Regex::Compile("[a-f0-9]{2}")->MatchPrefix(part)) {
      throw FilterError(invalid + std::string(part) + " not hexa byte");
    }
  }
  return parts.size();
}

Value RandomMac(State& state, const Value& input, const BoundArgs& args) {
  if (!input.IsString()) {
    throw FilterError("Invalid value type (<class '" + std::string(TypeName(input)) +
                      "'>) for random_mac (" + Str(input) + ")");
  }
  std::string address = jinja::CallPython(state, jinja::PlainStr(input), "lower").AsString();
  const size_t missing = 6 - CountMacBytes(address);
  // Ten hexadecimal digits, the first one not zero.
  constexpr int64_t kLowest = 0x1000000000;
  constexpr int64_t kEnd = 0x10000000000;
  PythonRandom random(args.Or(1, Value()));
  const int64_t number = random.Range(Value(kLowest), Value(kEnd), Value(1)).AsInt();
  for (size_t i = 0; i < missing; ++i) {
    static constexpr char kHex[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned>(number >> (32 - 8 * i) & 0xFF);
    address += {':', kHex[byte >> 4], kHex[byte & 15]};
  }
  return Value(std::move(address));
}

constexpr jinja::FilterRow kFilters[] = {
    {"ans_random", AnsibleRandom, "rand(@environment, end, start=None, step=None, seed=None)"},
    {"random_mac", RandomMac, "random_mac(value, seed=None)"},
    {"shuffle", Shuffle, "randomize_list(mylist, seed=None)"},
};

}  // namespace

std::span<const jinja::FilterRow> AnsibleRandomFilters() { return kFilters; }

}  // namespace scaffold
