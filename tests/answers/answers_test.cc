#include "answers/answers.h"

#include "gtest/gtest.h"

namespace scaffold {
namespace {

Dict MakeDict(std::initializer_list<std::pair<const char*, Value>> pairs) {
  Dict dict;
  for (const auto& [key, value] : pairs) dict.Set(std::string_view(key), value);
  return dict;
}

TEST(Answers, HighestSourceGivesTheValueAndLowestTheOrder) {
  Answers answers;
  answers.user = MakeDict({{"a", 1}, {"new", 1}});
  answers.sources.init = MakeDict({{"b", 2}, {"a", 2}});
  answers.sources.last = MakeDict({{"c", 4}, {"b", 4}, {"_src_path", "old"}});
  answers.sources.user_defaults = MakeDict({{"d", 5}, {"c", 5}});
  const Dict metadata = MakeDict({{"_src_path", "gh:a/b"}});
  // Python: dict(ChainMap(user, init, metadata, last, user_defaults)).
  EXPECT_EQ(Repr(Value(answers.Combined(metadata))),
            "{'d': 5, 'c': 4, 'b': 2, '_src_path': 'gh:a/b', 'a': 1, 'new': 1}");
}

TEST(Answers, PrivateKeysOfTheAnswersFileAreLeftOut) {
  Answers answers;
  answers.sources.last = MakeDict({{"_commit", "v1"}, {"_other", 1}, {"a", 1}});
  answers.sources.init = MakeDict({{"_given", 2}});
  EXPECT_EQ(Repr(Value(answers.Combined(Dict()))), "{'_commit': 'v1', 'a': 1, '_given': 2}");
}

TEST(AnswersFile, IsAMappingOrEmpty) {
  EXPECT_EQ(Repr(Value(ParseAnswersFile(Source("f", "# c\n_commit: v1\na: 010\n")))),
            "{'_commit': 'v1', 'a': 8}");
  EXPECT_TRUE(ParseAnswersFile(Source("f", "")).empty());
  EXPECT_TRUE(ParseAnswersFile(Source("f", "# only a comment\n")).empty());
}

TEST(AnswersFile, OtherTypesAreErrorsWithTheirPlace) {
  try {
    ParseAnswersFile(Source("answers.yml", "\n- a\n"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_EQ(error.message(), "the answers file must be a mapping, not list");
    EXPECT_EQ(error.location().line, 2u);
  }
}

}  // namespace
}  // namespace scaffold
