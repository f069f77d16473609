// `new` and `copy` with --json: one object on stdout and nothing else, one on stderr for an error.

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

constexpr std::string_view kManifest =
    "name: {type: str, default: \"J\xc3\xb6rg\"}\n"
    "count: {type: int, default: 3}\n"
    "token: {type: str, secret: true, default: hush}\n";

class ResultJson : public ::testing::Test {
 protected:
  ResultJson() {
    test_.File("t/copier.yml", std::string(kManifest))
        .File("t/a.txt.jinja", "{{ name }}")
        .File("t/b.txt", "b");
  }
  std::string Folder(const std::string& path) const { return (test_.folder() / path).string(); }

  CliTest test_;
};

TEST_F(ResultJson, NewTellsWhatItMade) {
  test_.Git(".", {"init", "-q", "t"});
  test_.Git("t", {"add", "-A"});
  test_.Git("t", {"commit", "-q", "-m", "x"});
  test_.Git("t", {"tag", "v1.2"});
  test_.Run({"new", "--defaults", "--json", "t", "p"}, 0);
  EXPECT_EQ(test_.out(), "{\"destination\": \"" + Folder("p") +
                             "\", \"template\": {\"source\": \"t\", \"version\": \"1.2\", "
                             "\"commit\": \"v1.2\"}, \"answers\": {\"name\": \"J\xc3\xb6rg\", "
                             "\"count\": 3}, \"files\": {\"created\": 3, \"overwritten\": 0, "
                             "\"identical\": 0, \"skipped\": 0}, \"pretend\": false, "
                             "\"warnings\": [], \"git\": {\"branch\": \"master\", \"committed\": "
                             "true}}\n");
  EXPECT_EQ(test_.err(), "");
}

TEST_F(ResultJson, CopyCountsWhatWasThere) {
  test_.File("p/a.txt", "other").File("p/b.txt", "b");
  test_.Run({"copy", "--force", "--json", "t", "p"}, 0);
  EXPECT_NE(test_.out().find("\"files\": {\"created\": 0, \"overwritten\": 1, \"identical\": 1, "
                             "\"skipped\": 0}"),
            std::string::npos)
      << test_.out();
  test_.File("p/a.txt", "mine").Run({"copy", "-l", "--skip", "a.txt", "--json", "t", "p"}, 0);
  EXPECT_NE(test_.out().find("\"identical\": 1, \"skipped\": 1}"), std::string::npos)
      << test_.out();
  EXPECT_EQ(test_.out().find("hush"), std::string::npos);
}

TEST_F(ResultJson, WarningsAreInTheObject) {
  test_.File("t/copier.yml", "_nonsense: 1\n").Run({"copy", "--json", "t", "p"}, 0);
  EXPECT_NE(test_.out().find("\"warnings\": [\""), std::string::npos) << test_.out();
  EXPECT_EQ(test_.err(), "");
}

TEST_F(ResultJson, QuestionsAreNotOnStandardOutput) {
  test_.Input("Ann\n5\nx\n").Run({"new", "--json", "t", "p"}, 0);
  EXPECT_EQ(test_.out().find("{\"destination\""), 0u) << test_.out();
  EXPECT_NE(test_.out().find("\"count\": 5"), std::string::npos);
  EXPECT_NE(test_.err().find("name"), std::string::npos);
  test_.Input("\r\r\r").Run({"copy", "--json", "t", "q"}, 0);
  EXPECT_EQ(test_.out().find("{\"destination\""), 0u) << test_.out();
}

TEST_F(ResultJson, AnErrorIsOneLine) {
  test_.Run({"copy", "--json", "nowhere", "p"}, 1);
  EXPECT_EQ(test_.out(), "");
  EXPECT_EQ(
      test_.err().find("{\"error\": {\"type\": \"ValueError\", \"message\": \"Local template"), 0u)
      << test_.err();
  EXPECT_EQ(test_.err().find('\n'), test_.err().size() - 1);
  test_.File("t/copier.yml", "_tasks: [touch x]\n").Run({"new", "--json", "t", "p"}, 4);
  EXPECT_EQ(test_.err().find("{\"error\": "), 0u) << test_.err();
  EXPECT_FALSE(test_.Exists("p"));
}

}  // namespace
}  // namespace scaffold::testing
