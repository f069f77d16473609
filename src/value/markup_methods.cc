// The methods of Markup. They are written in Python: other texts for wrong arguments, and what they
// take in is escaped (in the functions of text_*.cc).

#include <array>

#include "value/arguments.h"
#include "value/html_entities.h"
#include "value/markup.h"
#include "value/method_tables.h"
#include "value/signature.h"
#include "value/text_methods.h"

namespace scaffold {
namespace {

struct PythonMethod {
  std::string_view name;
  std::string_view signature;
};

constexpr PythonMethod kPythonMethods[] = {
    {"capitalize", "Markup.capitalize(self, /)"},
    {"casefold", "Markup.casefold(self, /)"},
    {"center", "Markup.center(self, width, fillchar=' ', /)"},
    {"expandtabs", "Markup.expandtabs(self, /, tabsize=8)"},
    {"join", "Markup.join(self, iterable, /)"},
    {"ljust", "Markup.ljust(self, width, fillchar=' ', /)"},
    {"lower", "Markup.lower(self, /)"},
    {"lstrip", "Markup.lstrip(self, chars=None, /)"},
    {"partition", "Markup.partition(self, sep, /)"},
    {"removeprefix", "Markup.removeprefix(self, prefix, /)"},
    {"removesuffix", "Markup.removesuffix(self, suffix)"},
    {"replace", "Markup.replace(self, old, new, count=-1, /)"},
    {"rjust", "Markup.rjust(self, width, fillchar=' ', /)"},
    {"rpartition", "Markup.rpartition(self, sep, /)"},
    {"rsplit", "Markup.rsplit(self, /, sep=None, maxsplit=-1)"},
    {"rstrip", "Markup.rstrip(self, chars=None, /)"},
    {"split", "Markup.split(self, /, sep=None, maxsplit=-1)"},
    {"splitlines", "Markup.splitlines(self, /, keepends=False)"},
    {"strip", "Markup.strip(self, chars=None, /)"},
    {"swapcase", "Markup.swapcase(self, /)"},
    {"title", "Markup.title(self, /)"},
    {"translate", "Markup.translate(self, table, /)"},
    {"upper", "Markup.upper(self, /)"},
    {"zfill", "Markup.zfill(self, width, /)"},
};
constexpr size_t kPythonCount = std::size(kPythonMethods);

MethodFunction FindStrMethod(std::string_view name) {
  for (const MethodRow& row : StrMethods()) {
    if (row.name == name) return row.function;
  }
  return nullptr;
}

// Checks the arguments as Python would, then calls the method of str.
template <size_t kIndex>
Value CallChecked(CallContext& context, const Value& self, const Args& args) {
  constexpr PythonMethod kMethod = kPythonMethods[kIndex];
  static const Signature signature(kMethod.signature);
  static const MethodFunction function = FindStrMethod(kMethod.name);
  const BoundArgs bound = signature.Bind(&self, args);
  // The only one whose keyword the method of str does not know.
  if (kMethod.name == "removesuffix") return function(context, self, {{bound[1], 1}, {}});
  return function(context, self, args);
}

template <size_t... kIndexes>
constexpr std::array<MethodRow, kPythonCount> MakePythonRows(std::index_sequence<kIndexes...>) {
  return {MethodRow{kPythonMethods[kIndexes].name, CallChecked<kIndexes>}...};
}

constexpr auto kPythonRows = MakePythonRows(std::make_index_sequence<kPythonCount>());

Value MarkupHtml(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "__html__", args);
  return self;
}

Value MarkupEscape(CallContext&, const Value&, const Args& args) {
  static const Signature signature("Markup.escape(@cls, s, /)");
  return EscapeMarkup(*signature.Bind(nullptr, args)[0]);
}

Value MarkupStripTags(CallContext&, const Value& self, const Args& args) {
  static const Signature signature("Markup.striptags(self, /)");
  signature.Bind(&self, args);
  return Value(StripTags(self.AsString()));
}

Value MarkupUnescape(CallContext&, const Value& self, const Args& args) {
  static const Signature signature("Markup.unescape(self, /)");
  signature.Bind(&self, args);
  return Value(UnescapeHtml(self.AsString()));
}

// Sorted by name.
constexpr std::array<MethodRow, kPythonCount + 4> MakeRows() {
  std::array<MethodRow, kPythonCount + 4> rows = {};
  const MethodRow own[] = {{"__html__", MarkupHtml},
                           {"escape", MarkupEscape},
                           {"striptags", MarkupStripTags},
                           {"unescape", MarkupUnescape}};
  size_t next_own = 0;
  size_t at = 0;
  for (const MethodRow& row : kPythonRows) {
    while (next_own < std::size(own) && own[next_own].name < row.name) rows[at++] = own[next_own++];
    rows[at++] = row;
  }
  while (next_own < std::size(own)) rows[at++] = own[next_own++];
  return rows;
}

constexpr auto kMarkupMethods = MakeRows();

}  // namespace

std::span<const MethodRow> MarkupMethods() { return kMarkupMethods; }

}  // namespace scaffold
