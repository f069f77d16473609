#include "value/str_format.h"

#include <cstdio>

#include "support/utf8.h"
#include "value/append_bounded.h"
#include "value/ascii_repr.h"
#include "value/format_parser.h"
#include "value/markup.h"
#include "value/operators.h"
#include "value/text_methods.h"

namespace scaffold {
namespace {

[[noreturn]] void ThrowValue(std::string message) {
  throw Error(ErrorKind::kValue, std::move(message));
}

// Where fields get their values from.
struct FieldSource {
  const Args* args = nullptr;
  const Value* mapping = nullptr;  // of format_map
};

// One run of a format text. str.format is written in C, Markup.format is Python's string.Formatter:
// they number fields and report missing ones in their own ways.
class Formatter {
 public:
  Formatter(const FieldSource& source, const FieldLookups& lookups, bool markup)
      : source_(source), lookups_(lookups), markup_(markup) {}

  std::string Run(std::string_view text, int depth) {
    // string.Formatter expands the (empty) specification of a field two levels down, too.
    if (depth < 0 || (depth == 0 && !markup_)) ThrowValue("Max string recursion exceeded");
    std::string result;
    FormatParser parser(text);
    FormatPiece piece;
    while (parser.Next(&piece)) {
      AppendBounded(&result, piece.literal);
      if (!piece.has_field) continue;
      const Value value = Convert(LookUp(piece.field), piece.conversion);
      const bool expand = markup_ || piece.spec.find('{') != std::string_view::npos;
      const std::string spec = expand ? Run(piece.spec, depth - 1) : std::string(piece.spec);
      AppendBounded(&result, FormatField(value, spec));
    }
    return result;
  }

 private:
  Value LookUp(std::string_view field) {
    FieldPath path(field);
    const std::string_view first = path.first();
    const bool automatic = markup_ ? field.empty() : first.empty();
    const int64_t number = automatic ? NextNumber() : FieldNumber(first);
    // string.Formatter looks at the whole field.
    if (!automatic && (markup_ ? FieldNumber(field) : number) >= 0) UseManual();
    Value value = number >= 0 ? Positional(number) : Named(first);
    for (FieldPath::Step step; path.Next(&step);) {
      if (step.is_attribute) {
        value = lookups_.attribute(value, step.name);
        continue;
      }
      const int64_t index = FieldNumber(step.name);
      value = lookups_.item(value, index >= 0 ? Value(index) : Value(step.name));
    }
    return value;
  }

  int64_t NextNumber() {
    if (manual_) {
      ThrowValue("cannot switch from manual field specification to automatic field numbering");
    }
    return next_++;
  }

  void UseManual() {
    if (next_ > 0) {
      ThrowValue(markup_ ? "cannot switch from manual field specification to automatic field "
                           "numbering"
                         : "cannot switch from automatic field numbering to manual field "
                           "specification");
    }
    manual_ = true;
  }

  Value Positional(int64_t number) const {
    if (source_.args == nullptr && !markup_) {
      ThrowValue("Format string contains positional fields");
    }
    const size_t count = source_.args == nullptr ? 0 : source_.args->positional.size();
    if (number < static_cast<int64_t>(count)) {
      return source_.args->positional[static_cast<size_t>(number)];
    }
    throw Error(ErrorKind::kIndex, markup_ ? "tuple index out of range"
                                           : "Replacement index " + std::to_string(number) +
                                                 " out of range for positional args tuple");
  }

  Value Named(std::string_view name) const {
    if (source_.mapping != nullptr) return Subscript(*source_.mapping, Value(name));
    for (const NamedValue& named : source_.args->named) {
      if (named.name == name) return named.value;
    }
    throw Error(ErrorKind::kKey, Repr(Value(name)));
  }

  static Value Convert(const Value& value, std::string_view conversion) {
    if (conversion.empty()) return value;
    if (conversion == "s") return Value(Str(value));
    if (conversion == "r") return Value(Repr(value));
    if (conversion == "a") return Value(AsciiRepr(value));
    size_t pos = 0;
    const char32_t c = DecodeUtf8(conversion, &pos);
    if (c > 32 && c < 127) {
      ThrowValue("Unknown conversion specifier " + std::string(conversion));
    }
    char code[16];
    std::snprintf(code, sizeof(code), "\\x%x", static_cast<unsigned>(c));
    ThrowValue("Unknown conversion specifier " + std::string(code));
  }

  std::string FormatField(const Value& value, const std::string& spec) const {
    if (!markup_) return FormatValue(value, spec);
    if (!IsHtmlSafe(value)) return EscapeHtml(FormatValue(value, spec));
    if (!spec.empty()) ThrowValue("Unsupported format specification for Markup.");
    return Str(value);
  }

  FieldSource source_;
  const FieldLookups& lookups_;
  bool markup_;
  bool manual_ = false;
  int64_t next_ = 0;
};

}  // namespace

FieldLookups PlainLookups() {
  FieldLookups lookups;
  lookups.attribute = [](const Value& object, std::string_view name) {
    if (std::optional<Value> found = GetAttribute(object, name)) return *found;
    throw Error(ErrorKind::kAttribute, "'" + std::string(TypeNameInC(object)) +
                                           "' object has no attribute '" + std::string(name) + "'");
  };
  lookups.item = [](const Value& object, const Value& key) { return Subscript(object, key); };
  return lookups;
}

Value StrFormat(const Value& text, const Args& args, const FieldLookups& lookups) {
  Formatter formatter({.args = &args}, lookups, text.IsMarkup());
  return TextLike(text, formatter.Run(text.AsString(), 2));
}

Value StrFormatMap(const Value& text, const Value& mapping, const FieldLookups& lookups) {
  Formatter formatter({.mapping = &mapping}, lookups, text.IsMarkup());
  return TextLike(text, formatter.Run(text.AsString(), 2));
}

}  // namespace scaffold
