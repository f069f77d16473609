#include "project/trust_store.h"

#include <algorithm>

#include "extensions/digest.h"
#include "project/settings.h"
#include "scaffold/error.h"
#include "source/source_name.h"
#include "support/file.h"
#include "support/text.h"
#include "tasks/trust.h"
#include "value/operators.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kPrivateFile = 0600;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Length first, so that no two lists of fields give the same bytes.
void AppendField(std::string_view field, std::string* bytes) {
  *bytes += std::to_string(field.size()) + ":";
  *bytes += field;
}

std::string DigestOf(const Checkout& checkout) {
  std::string bytes;
  AppendField(checkout.source, &bytes);
  AppendField(checkout.commit_hash.value_or(""), &bytes);
  for (const auto& [path, entry] : checkout.tree) {
    AppendField(path, &bytes);
    AppendField(std::to_string(static_cast<int>(entry.kind)) + (entry.executable() ? "x" : "-"),
                &bytes);
    AppendField(*Digest("sha256", entry.bytes), &bytes);
  }
  return ToHex(*Digest("sha256", bytes));
}

// The folder of a new file, readable for its owner only.
void MakePrivateFolder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return;
  fs::create_directories(folder, error);
  if (error) {
    throw Error(ErrorKind::kIo, "cannot create '" + folder.string() + "': " + error.message());
  }
  fs::permissions(folder, fs::perms::owner_all, error);
}

std::string QuoteYaml(std::string_view text) { return "'" + ReplaceAll(text, "'", "''") + "'"; }

// Where the line of `at` begins, and where the next one begins.
size_t LineBegin(std::string_view text, size_t at) {
  const size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}
size_t LineEnd(std::string_view text, size_t at) {
  const size_t newline = text.find('\n', at);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

std::string InsertLine(std::string_view text, size_t at, std::string_view line) {
  const std::string newline = text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
  const bool open = at > 0 && text[at - 1] != '\n';
  return std::string(text.substr(0, at)) + (open ? newline : "") + ReplaceAll(line, "\n", newline) +
         newline + std::string(text.substr(at));
}

// `[a, b]`: before its bracket.
std::string AddToFlowList(std::string_view text, Span list, const std::string& entry) {
  const size_t bracket = list.end - 1;
  const std::string_view inside =
      StripBlanks(text.substr(list.begin + 1, bracket - list.begin - 1));
  const std::string comma = inside.empty() || inside.ends_with(',') ? "" : ", ";
  return std::string(text.substr(0, bracket)) + comma + entry + std::string(text.substr(bracket));
}

// A text that should have the entry; the caller checks that it has.
std::string EditTrustList(std::string_view text, const yaml::Document& document,
                          const std::string& entry) {
  const yaml::SpanNode* list = document.spans.Find("trust");
  if (list == nullptr) return InsertLine(text, text.size(), "trust:\n  - " + entry);
  if (list->span.begin < list->span.end && text[list->span.begin] == '[') {
    return AddToFlowList(text, list->span, entry);
  }
  if (list->items.empty()) {
    return InsertLine(text, LineEnd(text, list->key.begin), "  - " + entry);
  }
  const Span last = list->items.back().span;
  const size_t begin = LineBegin(text, last.begin);
  const size_t dash = text.find('-', begin);
  return InsertLine(text, LineEnd(text, std::max(last.begin + 1, last.end) - 1),
                    std::string(text.substr(begin, dash - begin)) + "- " + entry);
}

Value LoadText(std::string_view text) {
  const Source source("settings", std::string(text));
  return yaml::LoadDocument(source).value;
}

// Whether the texts say the same but for the new last entry of the list.
bool DiffersByEntry(const Value& before, const Value& after, std::string_view entry) {
  if (!after.IsDict()) return false;
  Dict expected = before.IsDict() ? before.AsDict() : Dict();
  const Value* old = expected.Find("trust");
  List list = old != nullptr && old->IsList() ? old->AsList() : List();
  list.push_back(Value(entry));
  expected.Set("trust", Value(std::move(list)));
  return Equal(Value(std::move(expected)), after);
}

bool HasControlCharacter(std::string_view text) {
  return EscapeForTerminal(text) != text || text.find_first_of("\n\t") != std::string_view::npos;
}

}  // namespace

fs::path CommitTrustPath(const Host& host) {
  const fs::path configured = host.Variable("XDG_STATE_HOME").value_or("");
  // A relative path means nothing there, says the specification of these variables.
  const fs::path folder =
      configured.is_absolute() ? configured : host.HomeDirectory() / ".local" / "state";
  return folder / "scaffold" / "trust";
}

bool IsCommitTrusted(const Host& host, const Checkout& checkout) {
  if (!checkout.commit_hash) return false;
  const std::optional<std::string> text = ReadFileIfExists(CommitTrustPath(host));
  if (!text) return false;
  const std::string digest = DigestOf(checkout);
  for (const std::string_view line : Split(*text, '\n')) {
    if (line.substr(0, line.find(' ')) == digest) return true;
  }
  return false;
}

void TrustCommit(const Host& host, const Checkout& checkout) {
  const fs::path path = CommitTrustPath(host);
  MakePrivateFolder(path.parent_path());
  std::string text = ReadFileIfExists(path).value_or("");
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  const std::string names =
      StripCredentials(checkout.source) + " " + checkout.commit.value_or(*checkout.commit_hash);
  text += DigestOf(checkout) + " " + ReplaceAll(EscapeForTerminal(names), "\n", " ") + "\n";
  WriteFileAtomically(path, text, kPrivateFile);
}

bool CanTrustSource(const Host& host, std::string_view source) {
  if (source.empty() || source.ends_with('/') || HasControlCharacter(source)) return false;
  if (StripCredentials(source) != source) return false;
  const SourceName name = ParseSourceName(host, source);
  if (name.kind == SourceKind::kBundled) return false;
  if (name.kind == SourceKind::kPath && !source.starts_with('/') && !source.starts_with("~/") &&
      source.find("://") == std::string_view::npos) {
    return false;
  }
  return IsTrusted({std::string(source)}, source, host.HomeDirectory());
}

std::optional<std::string> AddToTrustList(std::string_view settings, std::string_view entry) {
  const Source source("settings", std::string(settings));
  const yaml::Document document = yaml::LoadDocument(source);
  std::string edited = EditTrustList(settings, document, QuoteYaml(entry));
  try {
    if (DiffersByEntry(document.value, LoadText(edited), entry)) return edited;
  } catch (const Error&) {
    // The edit does not fit the way that this file is written.
  }
  return std::nullopt;
}

void TrustSource(const Host& host, const std::string& source) {
  fs::path path = SettingsPath(host);
  std::error_code error;
  // Settings are often a link into a repository of them; the link stays.
  if (fs::exists(path, error)) path = fs::canonical(path);
  const std::string bytes = ReadFileIfExists(path).value_or("");
  std::string_view text = bytes;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::optional<std::string> edited;
  if (yaml::DecodeText(bytes, path.string()) == text) edited = AddToTrustList(text, source);
  if (!edited) {
    throw Error(ErrorKind::kConfig, "cannot add to the trust list of '" + path.string() + "'")
        .WithHelp("add it by hand, below 'trust:': - " + QuoteYaml(source));
  }
  MakePrivateFolder(path.parent_path());
  edited->insert(0, bytes.substr(0, bytes.size() - text.size()));
  WriteFileAtomically(path, *edited);
}

}  // namespace scaffold
