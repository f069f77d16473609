// The `urlize` filter: links for what looks like a URL or a mail address.

#include <algorithm>
#include <set>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/markup.h"
#include "value/operators.h"
#include "value/unicode.h"

namespace scaffold::jinja {
namespace {

using Text = std::u32string;

Text Decode(std::string_view utf8) {
  Text text;
  for (size_t pos = 0; pos < utf8.size();) text += DecodeUtf8(utf8, &pos);
  return text;
}

// Case folding of Python's re.IGNORECASE, as far as ASCII letters are concerned.
char32_t Fold(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  if (c == 0x130 || c == 0x131) return 'i';
  if (c == 0x17F) return 's';
  if (c == 0x212A) return 'k';
  return c;
}

bool IsFoldedLetter(char32_t c) { return c >= 'a' && c <= 'z'; }
bool IsHexDigit(char32_t c) { return IsDecimal(c) || (c >= 'a' && c <= 'f'); }
bool IsLabelCharacter(char32_t c) { return IsReWord(c) || c == '%' || c == '-'; }

// Port, path, query and fragment: what may follow the host at `pos`.
bool IsUrlRest(const Text& text, size_t pos) {
  if (pos < text.size() && text[pos] == ':') {
    size_t digits = 0;
    while (pos + 1 + digits < text.size() && IsDecimal(text[pos + 1 + digits])) ++digits;
    if (digits < 1 || digits > 5) return false;
    pos += 1 + digits;
  }
  return pos == text.size() || text[pos] == '/' || text[pos] == '?' || text[pos] == '#';
}

size_t SkipPrefix(const Text& text, std::u32string_view prefix) {
  return text.starts_with(prefix) ? prefix.size() : 0;
}

// The labels of the host at `begin`, and where it ends. Empty labels stay.
std::vector<Text> SplitHost(const Text& text, size_t begin, size_t* end) {
  std::vector<Text> labels(1);
  for (*end = begin; *end < text.size(); ++*end) {
    const char32_t c = text[*end];
    if (c == '.') {
      labels.emplace_back();
    } else if (IsLabelCharacter(c)) {
      labels.back() += c;
    } else {
      break;
    }
  }
  return labels;
}

bool IsTopLevelDomain(const Text& label) {
  if (label.size() >= 2 && label.size() <= 63 &&
      std::all_of(label.begin(), label.end(), IsFoldedLetter)) {
    return true;
  }
  if (!label.starts_with(U"xn--")) return false;
  const Text rest = label.substr(4);
  return rest.size() >= 2 && rest.size() <= 59 && rest.find(U'-') == Text::npos;
}

// "http://sub.example.anything", "www.example.anything"
bool IsNamedHost(const Text& text) {
  size_t begin = SkipPrefix(text, U"https://");
  if (begin == 0) begin = SkipPrefix(text, U"http://");
  if (begin == 0) begin = SkipPrefix(text, U"www.");
  if (begin == 0) return false;
  size_t end = 0;
  const std::vector<Text> labels = SplitHost(text, begin, &end);
  if (!IsUrlRest(text, end) || !IsTopLevelDomain(labels.back())) return false;
  return std::none_of(labels.begin(), labels.end(),
                      [](const Text& label) { return label.empty(); });
}

// "example.com" and other hosts of the old top-level domains, without a scheme
bool IsPlainHost(const Text& text) {
  static const std::set<Text> kDomains = {U"com", U"net", U"int",  U"edu",
                                          U"gov", U"org", U"info", U"mil"};
  size_t end = 0;
  const std::vector<Text> labels = SplitHost(text, 0, &end);
  if (labels.size() < 2 || !IsUrlRest(text, end) || kDomains.count(labels.back()) == 0) {
    return false;
  }
  return std::all_of(labels.begin(), labels.end() - 1,
                     [](const Text& label) { return label.size() >= 2 && label.size() <= 63; });
}

size_t SkipIpv4(const Text& text, size_t pos) {
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (pos >= text.size() || text[pos++] != '.')) return 0;
    size_t digits = 0;
    while (digits < 3 && pos + digits < text.size() && IsDecimal(text[pos + digits])) ++digits;
    if (digits == 0) return 0;
    pos += digits;
  }
  return pos;
}

// \[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}]
size_t SkipIpv6(const Text& text, size_t pos) {
  if (pos >= text.size() || text[pos] != '[') return 0;
  const size_t close = text.find(U']', pos);
  if (close == Text::npos) return 0;
  ++pos;
  size_t groups = 0;  // of at most four digits, each with or without a colon
  size_t digits = 0;
  size_t colons = 0;
  for (; pos < close; ++pos) {
    if (text[pos] == ':') {
      if (colons < 2 && digits > 4) return 0;
      if (colons >= 2) groups += std::max<size_t>(1, (digits + 3) / 4);
      ++colons;
      digits = 0;
    } else if (IsHexDigit(text[pos])) {
      ++digits;
    } else {
      return 0;
    }
  }
  groups += (digits + 3) / 4;
  return colons >= 2 && groups <= 6 ? close + 1 : 0;
}

bool IsNumericHost(const Text& text) {
  size_t begin = SkipPrefix(text, U"https://");
  if (begin == 0) begin = SkipPrefix(text, U"http://");
  if (begin == 0) return false;
  size_t end = SkipIpv4(text, begin);
  if (end == 0) end = SkipIpv6(text, begin);
  return end != 0 && IsUrlRest(text, end);
}

bool IsUrl(const std::string& word) {
  Text text = Decode(word);
  std::transform(text.begin(), text.end(), text.begin(), Fold);
  return IsNamedHost(text) || IsPlainHost(text) || IsNumericHost(text);
}

// ^\S+@\w[\w.-]*\.\w+$
bool IsMailAddress(std::string_view word) {
  const Text text = Decode(word);
  const size_t at = text.rfind(U'@');
  if (at == Text::npos || at == 0) return false;
  const Text host = text.substr(at + 1);
  const size_t dot = host.rfind(U'.');
  if (dot == Text::npos || dot == 0 || dot + 1 == host.size() || !IsReWord(host[0])) {
    return false;
  }
  return std::all_of(host.begin(), host.end(),
                     [](char32_t c) { return IsReWord(c) || c == '.' || c == '-'; }) &&
         std::all_of(host.begin() + static_cast<std::ptrdiff_t>(dot) + 1, host.end(), IsReWord);
}

size_t CountOf(std::string_view text, std::string_view what) {
  size_t count = 0;
  for (size_t pos = text.find(what); pos != std::string_view::npos;
       pos = text.find(what, pos + what.size())) {
    ++count;
  }
  return count;
}

// A word without the punctuation around it that does not belong to a link.
struct Word {
  std::string head;
  std::string middle;
  std::string tail;
};

Word SplitWord(std::string_view text) {
  Word word;
  size_t begin = 0;
  while (begin < text.size()) {
    if (text[begin] == '(' || text[begin] == '<') {
      ++begin;
    } else if (text.substr(begin).starts_with("&lt;")) {
      begin += 4;
    } else {
      break;
    }
  }
  word.head = text.substr(0, begin);
  size_t end = text.size();
  while (end > begin) {
    const std::string_view rest = text.substr(begin, end - begin);
    if (std::string_view(")>.,\n").find(rest.back()) != std::string_view::npos) {
      --end;
    } else if (rest.ends_with("&gt;")) {
      end -= 4;
    } else {
      break;
    }
  }
  word.middle = text.substr(begin, end - begin);
  word.tail = text.substr(end);
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}};
  for (const auto& [open, close] : kPairs) {
    const size_t opened = CountOf(word.middle, open);
    if (opened <= CountOf(word.middle, close)) continue;
    // Closing brackets behind the word belong to the opening ones inside it.
    const size_t moves = std::min(opened, CountOf(word.tail, close));
    for (size_t i = 0; i < moves; ++i) {
      const size_t cut = word.tail.find(close) + close.size();
      word.middle += word.tail.substr(0, cut);
      word.tail.erase(0, cut);
    }
  }
  return word;
}

struct LinkStyle {
  Value limit;             // of the shown text; None: whole
  std::string attributes;  // rel and target
  Value extra_schemes;
};

std::string ShownUrl(const std::string& url, const Value& limit) {
  if (limit.IsNone()) return url;
  if (!Compare(Comparison::kGreater, Value(CountCodePoints(url)), limit)) return url;
  return Subscript(Value(url), MakeSlice(Value(), limit, Value())).AsString() + "...";
}

std::string LinkWord(std::string middle, const LinkStyle& style) {
  if (IsUrl(middle)) {
    const bool scheme = middle.starts_with("https://") || middle.starts_with("http://");
    return "<a href=\"" + std::string(scheme ? "" : "https://") + middle + "\"" + style.attributes +
           ">" + ShownUrl(middle, style.limit) + "</a>";
  }
  if (middle.starts_with("mailto:") && IsMailAddress(std::string_view(middle).substr(7))) {
    return "<a href=\"" + middle + "\">" + middle.substr(7) + "</a>";
  }
  if (middle.find('@') != std::string::npos && !middle.starts_with("www.") &&
      !middle.starts_with("@") && middle.find(':') == std::string::npos && IsMailAddress(middle)) {
    return "<a href=\"mailto:" + middle + "\">" + middle + "</a>";
  }
  auto schemes = Iterate(style.extra_schemes);
  Value scheme;
  while (schemes->Next(&scheme)) {
    const std::string& prefix = scheme.AsString();
    if (middle != prefix && middle.starts_with(prefix)) {
      middle = "<a href=\"" + middle + "\"" + style.attributes + ">" + middle + "</a>";
    }
  }
  return middle;
}

// ^([\w.+-]{2,}:(/){0,2})$
bool IsSchemePrefix(std::string_view utf8) {
  Text text = Decode(utf8);
  for (int i = 0; i < 2 && text.ends_with(U'/'); ++i) text.pop_back();
  if (text.size() < 3 || text.back() != ':') return false;
  text.pop_back();
  return std::all_of(text.begin(), text.end(),
                     [](char32_t c) { return IsReWord(c) || c == '.' || c == '+' || c == '-'; });
}

void CheckSchemes(const Value& schemes) {
  auto iterator = Iterate(schemes);
  Value scheme;
  while (iterator->Next(&scheme)) {
    if (!scheme.IsString()) {
      throw Error(ErrorKind::kType, "expected string or bytes-like object, got '" +
                                        std::string(TypeName(scheme)) + "'");
    }
    if (!IsSchemePrefix(scheme.AsString())) {
      throw Error(ErrorKind::kFilterArgument, Repr(scheme) + " is not a valid URI scheme prefix.");
    }
  }
}

void AddWords(State& state, const Value& text, std::set<std::string>* words) {
  if (!Truth(text)) return;
  const Value split = CallPython(state, text, "split");
  for (const Value& word : split.AsList()) words->insert(word.AsString());
}

LinkStyle MakeLinkStyle(State& state, const BoundArgs& args) {
  LinkStyle style;
  style.limit = args.Or(1, Value());
  std::set<std::string> rel;
  AddWords(state, args.Or(4, Value()), &rel);
  if (Flag(args, 2, false)) rel.insert("nofollow");
  AddWords(state, Policy(state, "urlize.rel"), &rel);
  Value target = args.Or(3, Value());
  if (target.IsNone()) target = Policy(state, "urlize.target");
  style.extra_schemes = args.Or(5, Value());
  if (style.extra_schemes.IsNone()) style.extra_schemes = Policy(state, "urlize.extra_schemes");
  if (!Truth(style.extra_schemes)) style.extra_schemes = Value::Tuple({});
  CheckSchemes(style.extra_schemes);
  const std::string rel_text = Join({rel.begin(), rel.end()}, " ");
  if (!rel_text.empty()) {
    style.attributes = " rel=\"" + EscapeMarkup(Value(rel_text)).AsString() + "\"";
  }
  if (Truth(target)) style.attributes += " target=\"" + EscapeMarkup(target).AsString() + "\"";
  return style;
}

}  // namespace

Value Urlize(State& state, const Value& input, const BoundArgs& args) {
  const LinkStyle style = MakeLinkStyle(state, args);
  const std::string text = EscapeMarkup(input).AsString();
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    const bool space = IsSpace(DecodeUtf8(text, &end));
    for (size_t next = end; next < text.size(); end = next) {
      if (IsSpace(DecodeUtf8(text, &next)) != space) break;
    }
    if (space) {
      out.append(text, begin, end - begin);
    } else {
      Word word = SplitWord(std::string_view(text).substr(begin, end - begin));
      out += word.head + LinkWord(std::move(word.middle), style) + word.tail;
    }
    begin = end;
  }
  return state.autoescape() ? Value::Markup(std::move(out)) : Value(std::move(out));
}

}  // namespace scaffold::jinja
