// The `pprint` filter: the layout of Python's pprint.pformat with its default settings.

#include <algorithm>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "support/utf8.h"
#include "value/operators.h"
#include "value/sort.h"

namespace scaffold::jinja {
namespace {

// `level` counts the containers around a value; only a top-level text gets parentheses when split.
struct Place {
  size_t indent = 0;
  size_t allowance = 0;  // columns that closing brackets and commas behind the value need
  int level = 0;
};

class PrettyPrinter {
 public:
  explicit PrettyPrinter(State& state) : state_(state) {}

  std::string Run(const Value& value) {
    Format(value, Place{});
    return std::move(out_);
  }

 private:
  static constexpr size_t kWidth = 80;
  static constexpr size_t kMaxDepth = 200;

  void Format(const Value& value, Place place);
  void FormatItems(const List& items, Place place);
  void FormatDict(const Value& value, Place place);
  void FormatText(const Value& value, Place place);
  void FormatBytes(const std::string& bytes, Place place);
  void WriteChunks(const std::vector<std::string>& chunks, Place place);
  std::vector<std::string> SplitText(const Value& value, Place place, std::string* last);
  std::string SafeRepr(const Value& value);
  std::string SafeReprOfItems(const Value& value);

  bool IsOpen(const Value& value) const {
    return std::find(open_.begin(), open_.end(), value.payload()) != open_.end();
  }
  void Open(const Value& value) {
    if (open_.size() >= kMaxDepth) {
      throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded");
    }
    open_.push_back(value.payload());
  }
  void Close() { open_.pop_back(); }

  State& state_;
  std::string out_;
  std::vector<const Payload*> open_;  // containers being printed: for cycles
};

// The pairs of `groupby` are tuples with a __repr__ of their own, which pprint does not lay out.
bool IsPlainTuple(const Value& value) {
  return value.IsTuple() && !static_cast<const ListRep*>(value.payload())->is_group;
}

bool IsContainer(const Value& value) {
  return value.IsList() || IsPlainTuple(value) || value.IsDict() || value.kind() == Kind::kSet;
}

std::string Recursion(const Value& value) {
  return "<Recursion on " + std::string(TypeName(value)) +
         " with id=" + std::to_string(reinterpret_cast<uintptr_t>(value.payload())) + ">";
}

// pprint's _safe_key: values that cannot be compared are ordered by their classes.
bool SafeLess(const Value& a, const Value& b) {
  try {
    return Compare(Comparison::kLess, a, b);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kType) throw;
    return TypeName(a) < TypeName(b);
  }
}

std::vector<SortEntry> SortedEntries(const Value& dict) {
  std::vector<SortEntry> entries;
  for (const Dict::Entry& entry : dict.AsDict()) entries.push_back({entry.key, entry.value});
  SortPython(&entries, false, SafeLess);
  return entries;
}

std::string PrettyPrinter::SafeReprOfItems(const Value& value) {
  std::string out;
  for (const Value& item : value.AsList()) {
    if (!out.empty()) out += ", ";
    out += SafeRepr(item);
  }
  if (value.IsList()) return "[" + out + "]";
  return "(" + out + (value.AsList().size() == 1 ? ",)" : ")");
}

std::string PrettyPrinter::SafeRepr(const Value& value) {
  if (!value.IsList() && !IsPlainTuple(value) && !value.IsDict()) return Repr(value);
  if (IsOpen(value)) return Recursion(value);
  Open(value);
  std::string out;
  if (!value.IsDict()) {
    out = SafeReprOfItems(value);
  } else {
    for (const SortEntry& entry : SortedEntries(value)) {
      if (!out.empty()) out += ", ";
      out += SafeRepr(entry.key) + ": " + SafeRepr(entry.item);
    }
    out = "{" + out + "}";
  }
  Close();
  return out;
}

void PrettyPrinter::Format(const Value& value, Place place) {
  if (IsContainer(value) && IsOpen(value)) {
    out_ += Recursion(value);
    return;
  }
  const std::string repr = SafeRepr(value);
  if (CountCodePoints(repr) + place.indent + place.allowance <= kWidth) {
    out_ += repr;
    return;
  }
  ++place.level;
  if (value.kind() == Kind::kString) return FormatText(value, place);
  if (value.kind() == Kind::kBytes) return FormatBytes(value.AsString(), place);
  if (!IsContainer(value)) {
    out_ += repr;
    return;
  }
  Open(value);
  if (value.IsDict()) {
    FormatDict(value, place);
  } else if (value.IsList()) {
    out_ += '[';
    FormatItems(value.AsList(), {place.indent, place.allowance + 1, place.level});
    out_ += ']';
  } else if (value.IsTuple()) {
    const std::string_view end = value.AsList().size() == 1 ? ",)" : ")";
    out_ += '(';
    FormatItems(value.AsList(), {place.indent, place.allowance + end.size(), place.level});
    out_ += end;
  } else {
    std::vector<SortEntry> entries;
    for (Value& item : ToList(value)) entries.push_back({item, item});
    SortPython(&entries, false, SafeLess);
    List items;
    for (SortEntry& entry : entries) items.push_back(std::move(entry.item));
    out_ += '{';
    FormatItems(items, {place.indent, place.allowance + 1, place.level});
    out_ += '}';
  }
  Close();
}

void PrettyPrinter::FormatItems(const List& items, Place place) {
  ++place.indent;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out_ += ",\n" + std::string(place.indent, ' ');
    const bool last = i + 1 == items.size();
    Format(items[i], {place.indent, last ? place.allowance : 1, place.level});
  }
}

void PrettyPrinter::FormatDict(const Value& value, Place place) {
  const std::vector<SortEntry> entries = SortedEntries(value);
  out_ += '{';
  ++place.indent;
  ++place.allowance;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) out_ += ",\n" + std::string(place.indent, ' ');
    const std::string key = SafeRepr(entries[i].key);
    out_ += key + ": ";
    const bool last = i + 1 == entries.size();
    Format(entries[i].item,
           {place.indent + CountCodePoints(key) + 2, last ? place.allowance : 1, place.level});
  }
  out_ += '}';
}

void PrettyPrinter::WriteChunks(const std::vector<std::string>& chunks, Place place) {
  const bool parentheses = place.level == 1;
  if (parentheses) out_ += '(';
  for (size_t i = 0; i < chunks.size(); ++i) {
    if (i > 0) out_ += "\n" + std::string(place.indent, ' ');
    out_ += chunks[i];
  }
  if (parentheses) out_ += ')';
}

// The next run of non-blanks and the blanks behind it: \S*\s*
std::string_view TakePart(std::string_view* rest) {
  size_t end = 0;
  bool blanks = false;
  for (size_t next = 0; next < rest->size(); end = next) {
    const bool blank = IsSpace(DecodeUtf8(*rest, &next));
    if (blanks && !blank) break;
    blanks = blank;
  }
  const std::string_view part = rest->substr(0, end);
  rest->remove_prefix(end);
  return part;
}

std::vector<std::string> PrettyPrinter::SplitText(const Value& value, Place place,
                                                  std::string* last) {
  const auto too_long = [](const std::string& repr, size_t indent, size_t allowance) {
    return CountCodePoints(repr) + indent + allowance > kWidth;
  };
  const Value keep_ends(true);
  const Value lines = CallPython(state_, value, "splitlines", {&keep_ends, 1});
  std::vector<std::string> chunks;
  for (size_t i = 0; i < lines.AsList().size(); ++i) {
    const bool last_line = i + 1 == lines.AsList().size();
    *last = Repr(lines.AsList()[i]);
    if (!too_long(*last, place.indent, last_line ? place.allowance : 0)) {
      chunks.push_back(*last);
      continue;
    }
    std::string_view rest = lines.AsList()[i].AsString();
    std::string current;
    while (!rest.empty()) {
      const std::string part(TakePart(&rest));
      const bool last_part = last_line && rest.empty();
      if (too_long(Repr(Value(current + part)), place.indent, last_part ? place.allowance : 0)) {
        if (!current.empty()) chunks.push_back(Repr(Value(current)));
        current = part;
      } else {
        current += part;
      }
    }
    if (!current.empty()) chunks.push_back(Repr(Value(current)));
  }
  return chunks;
}

void PrettyPrinter::FormatText(const Value& value, Place place) {
  if (place.level == 1) {
    ++place.indent;
    ++place.allowance;
  }
  std::string last;
  const std::vector<std::string> chunks = SplitText(value, place, &last);
  if (chunks.size() == 1) {
    out_ += last;
  } else {
    WriteChunks(chunks, place);
  }
}

void PrettyPrinter::FormatBytes(const std::string& bytes, Place place) {
  if (bytes.size() <= 4) {
    out_ += Repr(Value::Bytes(bytes));
    return;
  }
  if (place.level == 1) {
    ++place.indent;
    ++place.allowance;
  }
  size_t width = kWidth - std::min(kWidth, place.indent);
  std::vector<std::string> chunks;
  std::string current;
  for (size_t i = 0; i < bytes.size(); i += 4) {
    const std::string part = bytes.substr(i, 4);
    if (i == bytes.size() / 4 * 4) width -= std::min(width, place.allowance);
    if (Repr(Value::Bytes(current + part)).size() > width) {
      if (!current.empty()) chunks.push_back(Repr(Value::Bytes(current)));
      current = part;
    } else {
      current += part;
    }
  }
  if (!current.empty()) chunks.push_back(Repr(Value::Bytes(current)));
  WriteChunks(chunks, place);
}

}  // namespace

Value PrettyPrint(State& state, const Value& input, const BoundArgs&) {
  return Value(PrettyPrinter(state).Run(input));
}

}  // namespace scaffold::jinja
