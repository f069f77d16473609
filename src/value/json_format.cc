// json.dumps, byte for byte.

#include <cmath>
#include <vector>

#include "support/utf8.h"
#include "value/json.h"
#include "value/limits.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/sort.h"

namespace scaffold {
namespace {

constexpr size_t kMaxDepth = 990;  // CPython's recursion limit is 1000 frames

class JsonWriter {
 public:
  explicit JsonWriter(const JsonFormat& format) : format_(format) {
    if (format.indent_text) {
      indent_ = *format.indent_text;
      pretty_ = true;
    } else if (format.indent) {
      if (*format.indent > 0) {
        ChargeBytes(static_cast<uint64_t>(*format.indent));
        indent_.assign(static_cast<size_t>(*format.indent), ' ');
      }
      pretty_ = true;
    }
    item_separator_ = format.item_separator.value_or(pretty_ ? "," : ", ");
  }

  std::string Write(const Value& value) {
    WriteValue(value);
    return std::move(out_);
  }

 private:
  void WriteValue(const Value& value) {
    switch (value.kind()) {
      case Kind::kNone:
        out_ += "null";
        return;
      case Kind::kBool:
        out_ += value.AsBool() ? "true" : "false";
        return;
      case Kind::kInt:
      case Kind::kBigInt:
        AppendRepr(&out_, value);
        return;
      case Kind::kFloat:
        out_ += FloatText(value.AsFloat());
        return;
      case Kind::kString:
      case Kind::kMarkup:
        WriteText(value.AsString());
        return;
      case Kind::kList:
      case Kind::kTuple:
        WriteList(value);
        return;
      case Kind::kDict:
        WriteDict(value);
        return;
      case Kind::kUndefined:
      case Kind::kComplex:
      case Kind::kBytes:
      case Kind::kSet:
      case Kind::kRange:
      case Kind::kDate:
      case Kind::kDateTime:
      case Kind::kTime:
      case Kind::kTimeDelta:
      case Kind::kObject:
        WriteOther(value);
        return;
    }
  }

  void WriteOther(const Value& value) {
    std::optional<Value> instead;
    if (format_.fallback) instead = format_.fallback(value);
    if (!instead) {
      throw Error(ErrorKind::kType,
                  "Object of type " + std::string(TypeName(value)) + " is not JSON serializable");
    }
    Enter(value);
    WriteValue(*instead);
    open_.pop_back();
  }

  std::string FloatText(double number) const {
    if (std::isfinite(number)) return FormatFloat(number);
    if (!format_.allow_nan) {
      // CPython's two encoders, with and without an indent, differ in this text.
      throw Error(ErrorKind::kValue, "Out of range float values are not JSON compliant" +
                                         (pretty_ ? ": " + FormatFloat(number) : ""));
    }
    return std::isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity";
  }

  void WriteText(std::string_view text) {
    ChargeBytes(text.size());
    out_ += '"';
    for (size_t pos = 0; pos < text.size();) {
      const size_t begin = pos;
      while (pos < text.size() && IsPlain(text[pos])) ++pos;
      out_.append(text, begin, pos - begin);
      if (pos == text.size()) break;
      const char32_t c = DecodeUtf8(text, &pos);
      if (c >= 0x10000) {
        AppendEscape(0xD800 + ((c - 0x10000) >> 10));
        AppendEscape(0xDC00 + ((c - 0x10000) & 0x3FF));
      } else {
        WriteEscaped(c);
      }
    }
    out_ += '"';
  }

  bool IsPlain(char c) const {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || c == '"' || c == '\\') return false;
    return byte < 0x7F || !format_.ensure_ascii;
  }

  void WriteEscaped(char32_t c) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        return;
      case '\\':
        out_ += "\\\\";
        return;
      case '\n':
        out_ += "\\n";
        return;
      case '\r':
        out_ += "\\r";
        return;
      case '\t':
        out_ += "\\t";
        return;
      case '\f':
        out_ += "\\f";
        return;
      case '\b':
        out_ += "\\b";
        return;
      default:
        AppendEscape(c);
    }
  }

  void AppendEscape(char32_t unit) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out_ += kHex[(unit >> shift) & 15];
  }

  // A container must not hold itself, and must not nest too deep.
  void Enter(const Value& container) {
    for (const Payload* outer : open_) {
      if (outer == container.payload() && outer != nullptr) {
        throw Error(ErrorKind::kValue, "Circular reference detected");
      }
    }
    if (open_.size() >= kMaxDepth) {
      throw Error(ErrorKind::kRecursion,
                  "maximum recursion depth exceeded while encoding a JSON object");
    }
    open_.push_back(container.payload());
  }

  void NewLine() {
    if (!pretty_) return;
    ChargeBytes(level_ * indent_.size() + 1);
    out_ += '\n';
    for (size_t i = 0; i < level_; ++i) out_ += indent_;
  }

  void WriteList(const Value& list) {
    if (list.AsList().empty()) {
      out_ += "[]";
      return;
    }
    Enter(list);
    out_ += '[';
    ++level_;
    bool first = true;
    for (const Value& item : list.AsList()) {
      if (!first) out_ += item_separator_;
      first = false;
      NewLine();
      WriteValue(item);
    }
    open_.pop_back();
    --level_;
    NewLine();
    out_ += ']';
  }

  void WriteDict(const Value& value) {
    const Dict& dict = value.AsDict();
    if (dict.empty()) {
      out_ += "{}";
      return;
    }
    Enter(value);
    out_ += '{';
    ++level_;
    NewLine();  // also when every key is going to be skipped
    bool first = true;
    if (format_.sort_keys) {
      for (const SortEntry& entry : SortedEntries(dict)) WriteEntry(entry.key, entry.item, &first);
    } else {
      for (const Dict::Entry& entry : dict) WriteEntry(entry.key, entry.value, &first);
    }
    open_.pop_back();
    --level_;
    NewLine();
    out_ += '}';
  }

  static std::vector<SortEntry> SortedEntries(const Dict& dict) {
    std::vector<SortEntry> entries;
    entries.reserve(dict.size());
    for (const Dict::Entry& entry : dict) entries.push_back({entry.key, entry.value});
    SortPython(&entries, false);
    return entries;
  }

  void WriteEntry(const Value& key, const Value& value, bool* first) {
    const std::optional<std::string> text = KeyText(key);
    if (!text) return;
    if (!*first) {
      out_ += item_separator_;
      NewLine();
    }
    *first = false;
    WriteText(*text);
    out_ += format_.key_separator;
    WriteValue(value);
  }

  // nullopt: a key to be skipped.
  std::optional<std::string> KeyText(const Value& key) const {
    if (key.IsString()) return key.AsString();
    if (key.IsFloat()) return FloatText(key.AsFloat());
    if (key.IsNone()) return "null";
    if (key.IsBool()) return key.AsBool() ? "true" : "false";
    if (IsInteger(key)) return Repr(key);
    if (format_.skip_keys) return std::nullopt;
    throw Error(ErrorKind::kType,
                "keys must be str, int, float, bool or None, not " + std::string(TypeName(key)));
  }

  const JsonFormat& format_;
  std::string indent_;
  std::string item_separator_;
  bool pretty_ = false;
  std::string out_;
  std::vector<const Payload*> open_;  // the containers around what is being written
  size_t level_ = 0;                  // of indentation
};

}  // namespace

std::string FormatJson(const Value& value, const JsonFormat& format) {
  return JsonWriter(format).Write(value);
}

}  // namespace scaffold
