#include "answers/state.h"

#include "gtest/gtest.h"
#include "scaffold/error.h"

namespace scaffold {
namespace {

using Names = std::set<std::string>;

std::string Message(const std::string& text) {
  try {
    ParseState(Source("state.yml", text));
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

TEST(State, ReadsWhatItWrites) {
  for (const Names& names : {Names{}, Names{"a"}, Names{"no", "b c", "a: b", "é"}}) {
    const State state = {.chosen = names,
                         .modules = {{"api", names}},
                         .source = "gh:o/t",
                         .commit = "v1",
                         .commit_hash = "0123"};
    EXPECT_EQ(FormatState(ParseState(Source("state.yml", FormatState(state)))), FormatState(state));
  }
}

TEST(State, TextIsSortedAndExplainsItself) {
  EXPECT_EQ(FormatState({.chosen = {"b", "a"},
                         .modules = {},
                         .additions = {},
                         .source = {},
                         .commit = {},
                         .commit_hash = {}}),
            "# Written by scaffold, for its updates; do not edit.\n"
            "# chosen: answers that were given rather than taken by default.\n"
            "version: 1\nchosen:\n- a\n- b\n");
}

TEST(State, EmptyFileHasNoNames) {
  EXPECT_EQ(FormatState(ParseState(Source("state.yml", ""))), FormatState(State()));
}

TEST(State, KeepsAdditions) {
  State state;
  Addition addition = {.generator = "worker", .name = "mail", .source = "template"};
  addition.answers.Set("queue", Value("slow"));
  addition.files["src/mail.py"] = "00ff";
  addition.inserts.push_back({"pyproject.toml", "workers", "mail\n"});
  state.additions = {addition, {.generator = "job", .name = "x"}};
  const State read = ParseState(Source("state.yml", FormatState(state)));
  EXPECT_EQ(FormatState(read), FormatState(state));
  ASSERT_EQ(read.additions.size(), 2u);
  EXPECT_EQ(read.additions[0].source, "template");
  EXPECT_EQ(read.additions[0].inserts[0].text, "mail\n");
}

TEST(State, RefusesWhatItDidNotWrite) {
  EXPECT_EQ(Message("[]"), "the state is not a mapping");
  EXPECT_EQ(Message("chosen: []"), "the state has no version");
  EXPECT_EQ(Message("version: 2"), "the state was written by a newer scaffold (version 2)");
  EXPECT_EQ(Message("version: 1"), "'chosen' is not a list");
  EXPECT_EQ(Message("version: 1\nchosen: []\ncommit: []"), "'commit' is not a text");
  EXPECT_EQ(Message("version: 1\nchosen: [1]"), "'chosen' must hold names of questions");
  EXPECT_EQ(Message("version: 1\nchosen: []\nmodules: []"), "'modules' is not a mapping");
  EXPECT_EQ(Message("version: 1\nchosen: []\nmodules: {a: 1}"), "'modules' is not a list");
}

}  // namespace
}  // namespace scaffold
