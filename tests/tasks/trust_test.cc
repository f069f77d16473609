#include "tasks/trust.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "support/file.h"
#include "support/text.h"
#include "support/utf8.h"

namespace scaffold {
namespace {

// A Python string literal of ASCII characters, as ascii() writes it.
std::string Unquote(std::string_view literal) {
  std::string text;
  literal = literal.substr(1, literal.size() - 2);
  for (size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] != '\\') {
      text += literal[i];
      continue;
    }
    const char kind = literal[++i];
    const size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 0;
    if (digits > 0) {
      AppendUtf8(&text, static_cast<char32_t>(
                            std::stoul(std::string(literal.substr(i + 1, digits)), nullptr, 16)));
      i += digits;
    } else {
      text += kind == 'n' ? '\n' : kind == 't' ? '\t' : kind == 'r' ? '\r' : kind;
    }
  }
  return text;
}

// trust_table.txt is what Copier says (tests/oracle/make_trust_table.py).
class TrustTable {
 public:
  TrustTable() {
    const std::string text =
        ReadFile(std::string(SCAFFOLD_SOURCE_DIR) + "/tests/tasks/trust_table.txt");
    std::set<std::string>* covered = nullptr;
    bool in_sources = false;
    for (std::string_view line : Split(text, '\n')) {
      if (line.empty()) continue;
      if (line == "sources") {
        in_sources = true;
      } else if (!line.starts_with("  ")) {
        covered = &entries[Unquote(line)];
      } else if (in_sources) {
        sources.push_back(Unquote(line.substr(2)));
      } else {
        covered->insert(Unquote(line.substr(2)));
      }
    }
  }
  std::map<std::string, std::set<std::string>> entries;
  std::vector<std::string> sources;
};

TEST(Trust, CoversWhatCopierCovers) {
  const TrustTable table;
  ASSERT_GT(table.entries.size(), 100u);
  for (const auto& [entry, covered] : table.entries) {
    for (const std::string& source : table.sources) {
      EXPECT_EQ(IsTrusted({entry}, source, "/home/me"), covered.count(source) != 0)
          << "entry '" << entry << "' and source '" << source << "'";
    }
  }
}

TEST(Trust, OneOfManyEntriesIsEnough) {
  EXPECT_TRUE(IsTrusted({"gh:a/", "gl:b/", "gh:c/d"}, "gh:c/d", "/home/me"));
  EXPECT_FALSE(IsTrusted({}, "gh:c/d", "/home/me"));
}

TEST(Trust, HostInBracketsIsOnlyTrustedLetterByLetter) {
  EXPECT_TRUE(IsTrusted({"https://[::1]/x/"}, "https://[::1]/x/", "/home/me"));
  EXPECT_FALSE(IsTrusted({"https://[::1]/x/"}, "https://[::1]/x/y", "/home/me"));
}

TEST(UnsafeFeatures, AreSortedAndCountWhatWouldRun) {
  Manifest manifest;
  EXPECT_TRUE(UnsafeFeatures({.manifest = &manifest}).empty());
  manifest.tasks.resize(1);
  manifest.jinja_extensions = {"x.Y"};
  EXPECT_EQ(UnsafeFeatures({.manifest = &manifest, .migrations = true}),
            (std::vector<std::string>{"jinja_extensions", "migrations", "tasks"}));
  EXPECT_EQ(UnsafeFeatures({.manifest = &manifest, .skip_tasks = true}),
            (std::vector<std::string>{"jinja_extensions"}));
}

TEST(UnsafeFeatures, SkippingTasksDoesNotExemptTheOldTemplate) {
  Manifest manifest, old;
  old.tasks.resize(1);
  EXPECT_EQ(UnsafeFeatures({.manifest = &manifest, .skip_tasks = true, .old_manifest = &old}),
            (std::vector<std::string>{"tasks"}));
}

TEST(ThrowUnsafe, NamesTheFeaturesAsCopierDoes) {
  try {
    ThrowUnsafe({"migrations", "tasks"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUnsafe);
    EXPECT_EQ(error.message(), "Template uses potentially unsafe features: migrations, tasks.");
  }
}

}  // namespace
}  // namespace scaffold
