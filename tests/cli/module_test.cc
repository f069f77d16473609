// add, remove and list.

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

constexpr const char* kModules =
    "modules:\n"
    "  api:\n"
    "    title: HTTP interface\n"
    "    enable: {api: true}\n"
    "    disable: {api: false}\n"
    "  database:\n"
    "    title: Database\n"
    "    enable: {database: postgresql}\n"
    "    disable: {database: disabled}\n"
    "    tests: uv run pytest tests/database\n"
    "  auth:\n"
    "    title: Accounts\n"
    "    maturity: experimental\n"
    "    enable: {auth: true}\n"
    "    disable: {auth: false}\n"
    "    requires: [api, database]\n"
    "  static:\n"
    "    title: Static pages\n"
    "    enable: {static: true}\n"
    "    disable: {static: false}\n"
    "    conflicts: [api]\n";

// A project with no module on; the template lies beside it in git.
class ModuleTest : public ::testing::Test {
 protected:
  ModuleTest() {
    test_.File("t/modules.yml", kModules)
        .File("t/copier.yml",
              "_exclude: [copier.yml, modules.yml]\n"
              "name: {type: str, default: demo}\n"
              "api: {type: bool, default: false}\n"
              "database: {type: str, default: disabled, choices: [disabled, postgresql, sqlite]}\n"
              "orm:\n  type: str\n  default: alchemy\n"
              "  when: \"{{ database != 'disabled' }}\"\n"
              "auth: {type: bool, default: false}\n"
              "static: {type: bool, default: false}\n")
        .File("t/{{ _copier_conf.answers_file }}.jinja", "{{ _copier_answers|to_nice_yaml -}}\n")
        .File("t/README.md.jinja",
              "# {{ name }}\n\n{% if database != 'disabled' %}Uses {{ database }} with {{ orm }}.\n"
              "{% endif %}\nText.\n")
        .File("t/{% if database != 'disabled' %}db.py{% endif %}.jinja", "# {{ database }}\n")
        .File("t/{% if api %}api.py{% endif %}", "# api\n");
    test_.Commit("t", "1");
    test_.Git("t", {"tag", "v1"});
    test_.Run({"new", "-l", "t", "p"}, 0);
  }

  CliTest test_;
};

TEST_F(ModuleTest, AreListedWithTheirState) {
  test_.Run({"list", "p"}, 0);
  EXPECT_EQ(test_.out(),
            "module     api       off       HTTP interface\n"
            "module     database  off       Database\n"
            "module     auth      off       Accounts (experimental)\n"
            "module     static    off       Static pages\n");
  test_.Run({"add", "module", "api", "p"}, 0);
  test_.Commit("p", "api");
  test_.Run({"list", "--json", "p"}, 0);
  EXPECT_NE(test_.out().find(R"({"name": "api", "title": "HTTP interface", "on": true)"),
            std::string::npos)
      << test_.out();
}

TEST_F(ModuleTest, IsAddedToWhatTheUserWroteAndRemovedWithoutATrace) {
  test_.File("p/README.md", "# demo\n\n\nText.\nMine.\n");
  test_.Commit("p", "mine");
  test_.Run({"add", "module", "database", "-l", "p"}, 0);
  EXPECT_EQ(test_.Read("p/README.md"), "# demo\n\nUses postgresql with alchemy.\n\nText.\nMine.\n");
  EXPECT_EQ(test_.Read("p/db.py"), "# postgresql\n");
  EXPECT_NE(test_.err().find("answer:  database: 'disabled' -> 'postgresql'\n"
                             "answer:  orm: (none) -> 'alchemy'\n"
                             "test:    uv run pytest tests/database\n"),
            std::string::npos)
      << test_.err();
  EXPECT_NE(test_.err().find("back:    git -C p restore"), std::string::npos) << test_.err();
  test_.Commit("p", "database");
  test_.Run({"remove", "module", "database", "p"}, 0);
  EXPECT_EQ(test_.Git("p", {"diff", "--stat", "HEAD~1"}), "") << test_.err();
}

TEST_F(ModuleTest, TakesOtherAnswersAndAsksWhatIsNew) {
  test_.OnTerminal().Input("storm\n").Run(
      {"add", "module", "database", "-d", "database=sqlite", "p"}, 0);
  EXPECT_EQ(test_.Read("p/db.py"), "# sqlite\n");
  EXPECT_NE(test_.Read("p/README.md").find("sqlite with storm"), std::string::npos);
}

TEST_F(ModuleTest, NeedsOthersAndIsNeeded) {
  test_.Run({"add", "module", "auth", "p"}, 1);
  EXPECT_EQ(test_.err(),
            "error: the module 'auth' needs 'api', 'database'\n"
            "help: first: scaffold add module api\n");
  test_.Run({"add", "module", "api", "p"}, 0);
  test_.Commit("p", "api");
  test_.Run({"add", "module", "static", "p"}, 1);
  EXPECT_NE(test_.err().find("does not go together with 'api'"), std::string::npos);
  test_.Run({"add", "module", "database", "-l", "p"}, 0);
  test_.Commit("p", "database");
  test_.Run({"add", "module", "auth", "p"}, 0);
  test_.Commit("p", "auth");
  test_.Run({"remove", "module", "api", "p"}, 1);
  EXPECT_EQ(test_.err(),
            "error: the module 'api' is needed by 'auth'\n"
            "help: first: scaffold remove module auth\n");
}

TEST_F(ModuleTest, IsNeitherAddedNorRemovedTwice) {
  test_.Run({"remove", "module", "api", "p"}, 1);
  EXPECT_NE(test_.err().find("'api' is not on"), std::string::npos);
  test_.Run({"add", "module", "api", "p"}, 0);
  test_.Commit("p", "api");
  test_.Run({"add", "module", "api", "p"}, 1);
  EXPECT_NE(test_.err().find("'api' is on already"), std::string::npos);
}

TEST_F(ModuleTest, FilesThatTheUserChangedAreInConflictWhenItGoes) {
  test_.Run({"add", "module", "database", "-l", "p"}, 0);
  test_.File("p/db.py", "# postgresql\nmine = 1\n");
  test_.Commit("p", "database");
  test_.Run({"remove", "module", "database", "p"}, 3);
  EXPECT_EQ(test_.Read("p/db.py"), "# postgresql\nmine = 1\n");
}

TEST_F(ModuleTest, PretendsAndTellsAsJson) {
  test_.Run({"add", "module", "api", "--plan", "p"}, 0);
  EXPECT_NE(test_.out().find("api.py"), std::string::npos);
  EXPECT_FALSE(test_.Exists("p/api.py"));
  test_.Run({"add", "module", "api", "--json", "p"}, 0);
  EXPECT_NE(test_.out().find("\"module\": \"api\", \"answers_changed\": [{\"question\": \"api\", "
                             "\"before\": \"False\", \"after\": \"True\"}]"),
            std::string::npos)
      << test_.out();
}

TEST_F(ModuleTest, WrongNamesAndCataloguesAreTold) {
  test_.Run({"add", "module", "databse", "p"}, 2);
  EXPECT_NE(test_.err().find("did you mean 'database'?"), std::string::npos) << test_.err();
  test_.Run({"add", "modul", "api", "p"}, 2);
  EXPECT_NE(test_.err().find("there is no generator 'modul'"), std::string::npos);
  test_.Run({"add", "module"}, 2);
  test_.File("t/modules.yml", "modules:\n  api:\n    title: x\n    enable: {api: true}\n");
  test_.Commit("t", "2");
  test_.Git("t", {"tag", "v2"});
  test_.Run({"update", "-l", "p"}, 0);
  test_.Commit("p", "2");
  test_.Run({"list", "p"}, 1);
  EXPECT_NE(
      test_.err().find("a module needs 'disable', a mapping of answers\n --> modules.yml:2:3"),
      std::string::npos)
      << test_.err();
}

TEST_F(ModuleTest, ACatalogMayHoldMore) {
  test_.File("t/modules.yml",
             "modules:\n"
             "  testing: {title: Testing, maturity: run}\n"
             "  api:\n"
             "    enable: {api: true}\n"
             "    disable: {api: false}\n"
             "    tests: [tests/a.py, tests/b.py]\n"
             "    documents: [x.md]\n");
  test_.Commit("t", "2");
  test_.Git("t", {"tag", "v2"});
  test_.Run({"update", "-l", "p"}, 0);
  test_.Commit("p", "2");
  test_.Run({"add", "module", "api", "p"}, 0);
  EXPECT_NE(test_.err().find("test:    uv run pytest tests/a.py tests/b.py\n"), std::string::npos);
  test_.Run({"add", "module", "testing", "p"}, 2);
}

TEST_F(ModuleTest, ATemplateMayHaveNone) {
  test_.File("u/copier.yml", "name: demo\n")
      .File("u/{{ _copier_conf.answers_file }}.jinja", "{{ _copier_answers|to_nice_yaml -}}\n");
  test_.Commit("u", "1");
  test_.Run({"new", "-l", "u", "q"}, 0);
  test_.Run({"list", "q"}, 0);
  EXPECT_EQ(test_.err(), "note: neither the project nor its template has any\n");
  test_.Run({"add", "module", "api", "q"}, 1);
  EXPECT_NE(test_.err().find("has no list of modules (modules.yml)"), std::string::npos)
      << test_.err();
}

}  // namespace
}  // namespace scaffold::testing
