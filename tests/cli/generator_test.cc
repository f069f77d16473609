// add and remove with generators.

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

constexpr const char* kWorker =
    "title: Background worker\n"
    "names: python\n"
    "requires:\n"
    "  - if: \"{{ tasks != 'disabled' }}\"\n"
    "    message: \"a worker needs a task queue, and there is {{ tasks }}\"\n"
    "inserts:\n"
    "  - file: compose.yml\n"
    "    region: workers\n"
    "    text: |\n"
    "      {{ name_kebab }}:\n"
    "        command: worker -q {{ queue }}\n"
    "queue: {type: str, default: default}\n";

class GeneratorTest : public ::testing::Test {
 protected:
  GeneratorTest() {
    test_
        .File("t/copier.yml",
              "_subdirectory: files\n"
              "tasks: {type: str, default: celery, choices: [disabled, celery]}\n")
        .File("t/files/{{ _copier_conf.answers_file }}.jinja",
              "{{ _copier_answers|to_nice_yaml -}}\n")
        .File("t/files/compose.yml",
              "services:\n  # scaffold:begin workers\n  # scaffold:end workers\n  db: {}\n")
        .File("t/generators/worker/generator.yml", kWorker)
        .File("t/generators/worker/files/src/{{ name_snake }}.py.jinja",
              "class {{ name_pascal }}:\n    queue = \"{{ queue }}\"\n");
    test_.Commit("t", "1");
    test_.Git("t", {"tag", "v1"});
    test_.Run({"new", "-l", "t", "p"}, 0);
  }

  CliTest test_;
};

TEST_F(GeneratorTest, AddsFilesAndEntriesAndTakesThemOutAgain) {
  test_.Run({"add", "worker", "send-mail", "-l", "p"}, 0);
  EXPECT_EQ(test_.err(),
            "create  src/send_mail.py\nchange  .scaffold/state.yml\nchange  compose.yml\n");
  EXPECT_EQ(test_.Read("p/src/send_mail.py"), "class SendMail:\n    queue = \"default\"\n");
  EXPECT_EQ(test_.Read("p/compose.yml"),
            "services:\n  # scaffold:begin workers\n  send-mail:\n    command: worker -q default\n"
            "  # scaffold:end workers\n  db: {}\n");
  test_.Run({"add", "worker", "archive", "-d", "queue=slow", "p"}, 0);
  EXPECT_NE(test_.Read("p/compose.yml").find("archive:\n    command: worker -q slow\n  send-mail:"),
            std::string::npos);
  test_.Run({"list", "p"}, 0);
  EXPECT_EQ(test_.out(),
            "generator  worker  template  Background worker\n"
            "added      worker send-mail\n"
            "added      worker archive\n");
  test_.Run({"remove", "worker", "send-mail", "p"}, 0);
  test_.Run({"remove", "worker", "archive", "p"}, 0);
  EXPECT_EQ(test_.Git("p", {"status", "--short"}), "");
}

TEST_F(GeneratorTest, OverwritesNothing) {
  test_.File("p/src/mail.py", "mine\n").Run({"add", "worker", "mail", "-l", "p"}, 1);
  EXPECT_EQ(test_.err(),
            "error: 'src/mail.py' is there already\n"
            "help: take another name, as 'mail_worker'; nothing is overwritten\n");
  EXPECT_EQ(test_.Read("p/src/mail.py"), "mine\n");
  test_.Run({"add", "worker", "post", "-l", "p"}, 0);
  test_.Run({"add", "worker", "Post", "-l", "p"}, 1);
  EXPECT_NE(test_.err().find("'worker post' is there already"), std::string::npos);
  EXPECT_NE(test_.err().find("as 'post_worker', or remove it first"), std::string::npos);
}

TEST_F(GeneratorTest, APackageDoesNotHideAModule) {
  test_.File("p/.scaffold/generators/part/generator.yml", "")
      .File("p/.scaffold/generators/part/files/src/{{ name }}/a.py", "")
      .File("p/src/mail.py", "mine\n")
      .Run({"add", "part", "mail", "p"}, 1);
  EXPECT_EQ(test_.err(),
            "error: 'src/mail.py' is there already\n"
            "help: take another name, as 'mail_part'; nothing is overwritten\n");
  test_.Run({"add", "part", "mail_part", "p"}, 0);
  EXPECT_TRUE(test_.Exists("p/src/mail_part/a.py"));
}

TEST_F(GeneratorTest, AnEntryOfTwoGoesWithTheLast) {
  test_.File("p/list", "# scaffold:begin all\n# scaffold:end all\n")
      .File("p/.scaffold/generators/part/generator.yml",
            "inserts: [{file: list, region: all, text: same}]\n")
      .Run({"add", "part", "a", "p"}, 0);
  test_.Run({"add", "part", "b", "p"}, 0);
  test_.Run({"remove", "part", "a", "p"}, 0);
  EXPECT_EQ(test_.Read("p/list"), "# scaffold:begin all\nsame\n# scaffold:end all\n");
  test_.Run({"remove", "part", "b", "p"}, 0);
  EXPECT_EQ(test_.Read("p/list"), "# scaffold:begin all\n# scaffold:end all\n");
}

TEST_F(GeneratorTest, AMissingRegionYieldsAPatchThatGitApplies) {
  test_.File("p/compose.yml", "services:\n  db: {}\n");
  test_.Run({"add", "worker", "mail", "-l", "p"}, 3);
  EXPECT_EQ(test_.Read("p/compose.yml"), "services:\n  db: {}\n");
  EXPECT_TRUE(test_.Exists("p/src/mail.py"));
  test_.File("patch", test_.out());
  test_.Git("p", {"apply", "../patch"});
  EXPECT_EQ(test_.Read("p/compose.yml"),
            "services:\n  # scaffold:begin workers\n  mail:\n    command: worker -q default\n"
            "  # scaffold:end workers\n  db: {}\n");
}

// A person's own lines, an entry of another addition and half a region are no hindrance; two
// entries of one file are one patch.
TEST_F(GeneratorTest, AMissingRegionIsPutWhereTheTemplateHasIt) {
  test_.Run({"add", "worker", "archive", "-l", "p"}, 0);
  test_
      .File("p/compose.yml",
            "name: mine\nservices:\n  archive:\n    command: worker -q default\n"
            "  # scaffold:end workers\n  db: {}\n")
      .File("p/.scaffold/generators/two/generator.yml",
            "inserts:\n"
            "  - {file: compose.yml, region: workers, text: \"b: {}\"}\n"
            "  - {file: compose.yml, region: workers, text: \"a: {}\"}\n"
            "  - {file: compose.yml, region: others, text: \"x: {}\"}\n"
            "  - {file: compose.yml, region: others, text: \"y: {}\"}\n")
      .Run({"add", "two", "x", "p"}, 3);
  test_.File("patch", test_.out());
  test_.Git("p", {"apply", "../patch"});
  EXPECT_EQ(test_.Read("p/compose.yml"),
            "name: mine\nservices:\n  # scaffold:begin workers\n  a: {}\n"
            "  archive:\n    command: worker -q default\n  b: {}\n  # scaffold:end workers\n"
            "  db: {}\n# scaffold:begin others\nx: {}\ny: {}\n# scaffold:end others\n");
  test_.Run({"remove", "two", "x", "p"}, 0);
  EXPECT_EQ(test_.Read("p/compose.yml").find("b: {}\n  #"), std::string::npos);
}

TEST_F(GeneratorTest, AMissingFileOrAFileOfAnotherKindGetsTheRegionAtItsEnd) {
  test_.File("p/compose.yml", "quite: different\n").Run({"add", "worker", "mail", "-l", "p"}, 3);
  test_.File("patch", test_.out());
  test_.Git("p", {"apply", "../patch"});
  EXPECT_EQ(test_.Read("p/compose.yml"),
            "quite: different\n# scaffold:begin workers\nmail:\n  command: worker -q default\n"
            "# scaffold:end workers\n");
  test_.Git("p", {"rm", "--quiet", "--force", "compose.yml"});
  test_.Run({"add", "worker", "post", "-l", "p"}, 3);
  test_.File("patch", test_.out());
  test_.Git("p", {"apply", "../patch"});
  EXPECT_EQ(test_.Read("p/compose.yml"),
            "# scaffold:begin workers\npost:\n  command: worker -q default\n"
            "# scaffold:end workers\n");
}

TEST_F(GeneratorTest, WhatWasChangedIsNotRemoved) {
  test_.Run({"add", "worker", "mail", "-l", "p"}, 0);
  test_.File("p/src/mail.py", "mine\n").Run({"remove", "worker", "mail", "p"}, 1);
  EXPECT_EQ(test_.err(),
            "error: 'worker mail' was changed since it was added\n"
            "help: remove it by hand, or put these files back first\n"
            "note: changed: src/mail.py\n");
  EXPECT_EQ(test_.Read("p/src/mail.py"), "mine\n");
  test_.Run({"remove", "worker", "post", "p"}, 1);
  EXPECT_NE(test_.err().find("was never added"), std::string::npos);
}

TEST_F(GeneratorTest, NamesAreCheckedAndBetterOnesProposed) {
  const std::pair<const char*, const char*> cases[] = {
      {"class", "'class_worker'"}, {"email", "'email_worker'"}, {"2fast", "'worker_2fast'"},
      {"../x", "'x_worker'"},      {"é", "'e_worker'"},         {"日", "'worker'"},
  };
  for (const auto& [name, proposal] : cases) {
    test_.Run({"add", "worker", "-l", "--", name, "p"}, 2);
    EXPECT_NE(test_.err().find(std::string("take ") + proposal), std::string::npos) << test_.err();
  }
}

TEST_F(GeneratorTest, NeedsWhatItRequires) {
  test_.Run({"new", "-d", "tasks=disabled", "t", "q"}, 0);
  test_.Run({"add", "worker", "mail", "q"}, 1);
  EXPECT_NE(test_.err().find("error: a worker needs a task queue, and there is disabled\n"
                             " --> generators/worker/generator.yml:4:5"),
            std::string::npos)
      << test_.err();
}

TEST_F(GeneratorTest, PretendsDiffsAndTellsAsJson) {
  test_.Run({"add", "worker", "mail", "-l", "--diff", "p"}, 0);
  EXPECT_NE(test_.out().find("+++ b/src/mail.py"), std::string::npos) << test_.out();
  EXPECT_FALSE(test_.Exists("p/src/mail.py"));
  test_.Run({"add", "worker", "mail", "-l", "-n", "--json", "p"}, 0);
  EXPECT_EQ(test_.out(),
            "{\"created\": [\"src/mail.py\"], \"changed\": [\".scaffold/state.yml\", "
            "\"compose.yml\"], \"deleted\": [], \"patches\": \"\"}\n");
  EXPECT_EQ(test_.Git("p", {"status", "--short"}), "");
}

TEST_F(GeneratorTest, UpdatesCarryNewVersionsIntoWhatWasAdded) {
  test_.Run({"add", "worker", "mail", "-l", "p"}, 0);
  test_.File("p/src/mail.py", "# Mine.\nclass Mail:\n    queue = \"default\"\n");
  test_.Commit("p", "mail");
  test_
      .File("t/generators/worker/files/src/{{ name_snake }}.py.jinja",
            "class {{ name_pascal }}:\n    queue = \"{{ queue }}\"\n\n    retries = 3\n")
      .File("t/generators/worker/files/tests/test_{{ name_snake }}.py.jinja", "# {{ name }}\n");
  test_.Commit("t", "2");
  test_.Git("t", {"tag", "v2"});
  test_.Run({"update", "-l", "p"}, 0);
  EXPECT_EQ(test_.Read("p/src/mail.py"),
            "# Mine.\nclass Mail:\n    queue = \"default\"\n\n    retries = 3\n");
  EXPECT_EQ(test_.Read("p/tests/test_mail.py"), "# mail\n");
  EXPECT_NE(test_.Read("p/compose.yml").find("mail:\n    command: worker -q default\n"),
            std::string::npos);
  test_.Commit("p", "2");
  test_.File("p/src/mail.py", "class Mail:\n    queue = \"default\"\n\n    retries = 3\n");
  test_.Run({"remove", "worker", "mail", "p"}, 0);
  EXPECT_FALSE(test_.Exists("p/src"));
  EXPECT_FALSE(test_.Exists("p/tests"));
}

TEST_F(GeneratorTest, AProjectsOwnHideThoseOfItsTemplate) {
  test_.File("p/.scaffold/generators/worker/generator.yml", "title: Mine\n")
      .File("p/.scaffold/generators/worker/files/{{ name }}.txt", "mine\n")
      .Run({"add", "--list", "p"}, 0);
  EXPECT_EQ(test_.out(), "generator  worker  project   Mine\n");
  test_.Run({"add", "worker", "x", "p"}, 0);
  EXPECT_EQ(test_.Read("p/x.txt"), "mine\n");
}

TEST_F(GeneratorTest, WorksInAnyFolder) {
  test_
      .File("q/.scaffold/generators/note/generator.yml", "_envops: {keep_trailing_newline: true}\n")
      .File("q/.scaffold/generators/note/files/notes/{{ name_kebab }}.md.jinja", "# {{ name }}\n")
      .Run({"add", "note", "First One", "q"}, 0);
  EXPECT_EQ(test_.Read("q/notes/first-one.md"), "# First One\n");
  EXPECT_TRUE(test_.Exists("q/.scaffold/state.yml"));
  test_.Run({"list", "q"}, 0);
  EXPECT_EQ(test_.out(), "generator  note  project   \nadded      note First One\n");
  test_.Run({"remove", "note", "first-one", "q"}, 0);
  EXPECT_FALSE(test_.Exists("q/.scaffold/state.yml"));
  EXPECT_FALSE(test_.Exists("q/notes"));
}

TEST_F(GeneratorTest, LooksAtFilesOfTheProject) {
  test_
      .File("q/.scaffold/generators/note/generator.yml",
            "reads: {apps: [\"*/apps.py\"]}\n"
            "requires:\n"
            "  - if: \"{{ apps | length > 0 }}\"\n"
            "    message: there is no app\n"
            "app: {type: str, default: \"{{ apps[0].path | dirname }}\"}\n")
      .File("q/.scaffold/generators/note/files/{{ app }}/{{ name_snake }}.txt.jinja",
            "{{ apps | map(attribute='text') | list }}")
      .Run({"add", "note", "first", "-l", "q"}, 1);
  EXPECT_NE(test_.err().find("there is no app"), std::string::npos) << test_.err();
  test_.File("q/shop/apps.py", "S")
      .File("q/zoo/apps.py", "Z")
      .Run({"add", "note", "a", "-l", "q"}, 0);
  EXPECT_EQ(test_.Read("q/shop/a.txt"), "['S', 'Z']");
  test_.Run({"add", "note", "b", "-d", "app=zoo", "q"}, 0);
  EXPECT_TRUE(test_.Exists("q/zoo/b.txt"));
}

TEST_F(GeneratorTest, DjangoProjectsHaveThoseOfTheProgram) {
  test_.File("q/manage.py", "print(1)\n").Run({"add", "--list", "q"}, 0);
  EXPECT_EQ(test_.out(), "");
  test_
      .File("q/back/manage.py",
            "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n")
      .Run({"add", "--list", "q"}, 0);
  EXPECT_NE(test_.out().find("generator  cli-tool           built-in  "), std::string::npos)
      << test_.out();
  test_.File("q/.scaffold/generators/cli-tool/generator.yml", "title: Mine\n")
      .Run({"add", "--list", "q"}, 0);
  EXPECT_NE(test_.out().find("generator  cli-tool           project   Mine\n"), std::string::npos)
      << test_.out();
}

TEST_F(GeneratorTest, MayRunNothingAndWriteNowhereElse) {
  test_.File("p/.scaffold/generators/a/generator.yml", "_tasks: [touch x]\n")
      .Run({"add", "a", "x", "p"}, 1);
  EXPECT_NE(test_.err().find("a generator cannot run anything"), std::string::npos) << test_.err();
  test_
      .File("p/.scaffold/generators/a/generator.yml",
            "inserts: [{file: ../out, region: r, text: x}]\n")
      .Run({"add", "a", "x", "p"}, 1);
  EXPECT_NE(test_.err().find("\"../out\" is forbidden"), std::string::npos) << test_.err();
  test_.File("p/.scaffold/generators/a/generator.yml", "")
      .File("p/.scaffold/generators/a/files/{{ '..' }}/y", "")
      .Run({"add", "a", "x", "p"}, 1);
  EXPECT_NE(test_.err().find("forbidden"), std::string::npos) << test_.err();
}

TEST_F(GeneratorTest, WrongManifestsAreTold) {
  const std::pair<const char*, const char*> cases[] = {
      {"inserts: 1\n", "'inserts' must be a list, not 1"},
      {"inserts: [{file: a}]\n", "'region' of an insert must be a text, not null"},
      {"names: ruby\n", "'names' can only be python"},
      {"title: [a]\n", "'title' must be a text, not a list"},
      {"reads: 1\n", "'reads' must be a mapping, not 1"},
      {"reads: {a: [1]}\n", "'a' of 'reads' must be a text, not 1"},
      {"reads: {a: ../b}\n", "'a' of 'reads' leaves the project: '../b'"},
      {"reads: {a: /etc/passwd}\n", "'a' of 'reads' leaves the project: '/etc/passwd'"},
  };
  for (const auto& [text, message] : cases) {
    test_.File("p/.scaffold/generators/a/generator.yml", text).Run({"add", "a", "x", "p"}, 1);
    EXPECT_NE(test_.err().find(message), std::string::npos) << test_.err();
    EXPECT_NE(test_.err().find("--> .scaffold/generators/a/generator.yml:1:"), std::string::npos)
        << test_.err();
  }
}

}  // namespace
}  // namespace scaffold::testing
