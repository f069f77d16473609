#include "questionnaire/questionnaire.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace scaffold {
namespace {

class QuestionnaireTest : public ::testing::Test {
 protected:
  Questionnaire Make(std::string yaml, AnswerSources sources = {},
                     QuestionnaireOptions options = {}) {
    Tree tree;
    tree.Add("copier.yml", {.bytes = std::move(yaml), .origin = {}});
    manifest_ = LoadManifest(tree);
    renderer_ = MakeNativeRenderer({.envops = {}, .extensions = {}, .loader = {}});
    options.context = [](const Answers& answers) { return answers.Combined({}); };
    return Questionnaire(manifest_, std::move(sources), *renderer_, std::move(options));
  }

  static std::string NameOf(const std::optional<Prompt>& prompt) {
    return prompt ? prompt->name : "<none>";
  }

  Manifest manifest_;
  std::unique_ptr<StringRenderer> renderer_;
};

constexpr char kThree[] =
    "a: x\n"
    "b: '{{ a }}-b'\n"
    "c: {type: str, choices: [one, two], when: \"{{ a == 'y' }}\"}\n";

TEST_F(QuestionnaireTest, NextGivesTheSamePromptUntilItIsAnswered) {
  Questionnaire questionnaire = Make(kThree);
  EXPECT_EQ(NameOf(questionnaire.Next()), "a");
  EXPECT_EQ(NameOf(questionnaire.Next()), "a");
  EXPECT_EQ(questionnaire.AnswerText("v"), std::nullopt);
  EXPECT_EQ(NameOf(questionnaire.Next()), "b");
}

TEST_F(QuestionnaireTest, PromptKnowsItsPosition) {
  Questionnaire questionnaire = Make(kThree);
  questionnaire.Next();
  questionnaire.AnswerText("y");
  const std::optional<Prompt> prompt = questionnaire.Next();
  EXPECT_EQ(prompt->index, 1u);
  EXPECT_EQ(prompt->total, 3u);
}

TEST_F(QuestionnaireTest, BackShowsTheEarlierAnswerAndForgetsItsConsequences) {
  Questionnaire questionnaire = Make(kThree);
  questionnaire.Next();
  questionnaire.AnswerText("y");
  EXPECT_EQ(questionnaire.Next()->initial_text, "y-b");
  EXPECT_TRUE(questionnaire.Back());
  EXPECT_TRUE(questionnaire.answers().user.empty());
  const std::optional<Prompt> again = questionnaire.Next();
  EXPECT_EQ(again->name, "a");
  EXPECT_EQ(again->initial_text, "y");
  EXPECT_EQ(Str(*again->default_value), "x");
  questionnaire.AnswerText("z");
  EXPECT_EQ(questionnaire.Next()->initial_text, "z-b");
}

TEST_F(QuestionnaireTest, BackFromTheFirstPromptIsRefused) {
  Questionnaire questionnaire = Make(kThree);
  EXPECT_FALSE(questionnaire.Back());
  questionnaire.Next();
  EXPECT_FALSE(questionnaire.Back());
  EXPECT_EQ(NameOf(questionnaire.Next()), "a");
}

TEST_F(QuestionnaireTest, BackAfterTheLastQuestionReturnsToIt) {
  Questionnaire questionnaire = Make(kThree);
  questionnaire.Next();
  questionnaire.AnswerText("y");
  questionnaire.Next();
  questionnaire.AnswerText("b");
  questionnaire.Next();
  questionnaire.AnswerValue(Value("two"));
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_TRUE(questionnaire.Back());
  const std::optional<Prompt> prompt = questionnaire.Next();
  EXPECT_EQ(prompt->name, "c");
  EXPECT_EQ(prompt->initial_choice, 1u);
}

TEST_F(QuestionnaireTest, BackSkipsQuestionsThatWereNotAsked) {
  AnswerSources sources;
  sources.init.Set("b", Value("given"));
  Questionnaire questionnaire = Make("a: x\nb: y\nc: z\n", std::move(sources));
  questionnaire.Next();
  questionnaire.AnswerText("1");
  EXPECT_EQ(NameOf(questionnaire.Next()), "c");
  EXPECT_TRUE(questionnaire.Back());
  EXPECT_EQ(NameOf(questionnaire.Next()), "a");
}

TEST_F(QuestionnaireTest, BackBringsARecordedAnswerBack) {
  AnswerSources sources;
  sources.last.Set("b", Value("recorded"));
  Questionnaire questionnaire =
      Make("a: x\nb: {default: y, when: \"{{ a == 'x' }}\"}\nc: '{{ b }}'\n", std::move(sources));
  questionnaire.Next();
  questionnaire.AnswerText("other");
  EXPECT_EQ(NameOf(questionnaire.Next()), "c");
  EXPECT_FALSE(questionnaire.answers().sources.last.Has("b"));
  questionnaire.Back();
  questionnaire.Next();
  questionnaire.AnswerText("x");
  EXPECT_EQ(questionnaire.Next()->initial_text, "recorded");
  EXPECT_TRUE(questionnaire.answers().hidden.empty());
}

TEST_F(QuestionnaireTest, ReviseAsksOneQuestionAndKeepsLaterAnswers) {
  Questionnaire questionnaire = Make("a: x\nb: y\nc: z\n");
  for (const char* answer : {"1", "2", "3"}) {
    questionnaire.Next();
    questionnaire.AnswerText(answer);
  }
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_EQ(questionnaire.asked(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(questionnaire.Revise("a"));
  const std::optional<Prompt> prompt = questionnaire.Next();
  EXPECT_EQ(prompt->name, "a");
  EXPECT_EQ(prompt->initial_text, "1");
  questionnaire.AnswerText("new");
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_EQ(Repr(Value(std::move(questionnaire).Result().user)),
            "{'a': 'new', 'b': '2', 'c': '3'}");
}

TEST_F(QuestionnaireTest, ReviseAsksWhatIsNewOrNoLongerGood) {
  Questionnaire questionnaire = Make(
      "a: x\n"
      "b: {type: str, validator: \"{% if b == a %}same{% endif %}\"}\n"
      "c: {type: str, when: \"{{ a == '2' }}\"}\n");
  questionnaire.Next();
  questionnaire.AnswerText("1");
  questionnaire.Next();
  questionnaire.AnswerText("2");
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_TRUE(questionnaire.Revise("a"));
  questionnaire.Next();
  questionnaire.AnswerText("2");
  const std::optional<Prompt> prompt = questionnaire.Next();
  EXPECT_EQ(prompt->name, "b");
  EXPECT_EQ(prompt->initial_text, "2");
  questionnaire.AnswerText("3");
  EXPECT_EQ(NameOf(questionnaire.Next()), "c");
}

TEST_F(QuestionnaireTest, ReviseKeepsJsonTextAndChoices) {
  Questionnaire questionnaire = Make(
      "a: x\n"
      "b: {type: json}\n"
      "c: {type: json, choices: [[A, '\"t\"'], [B, '[1]']]}\n"
      "d: {type: str, choices: [p, q, r], multiselect: true}\n"
      "e: {type: bool, default: true}\n");
  questionnaire.Next();
  questionnaire.AnswerText("1");
  questionnaire.Next();
  questionnaire.AnswerText("\"text\"");
  questionnaire.Next();
  questionnaire.AnswerValue(Value("\"t\""));
  questionnaire.Next();
  questionnaire.AnswerValue(Value(List{Value("r"), Value("p")}));
  questionnaire.Next();
  questionnaire.AnswerValue(Value(false));
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  questionnaire.Revise("a");
  questionnaire.Next();
  questionnaire.AnswerText("2");
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_EQ(Repr(Value(questionnaire.answers().user)),
            "{'a': '2', 'b': 'text', 'c': 't', 'd': ['p', 'r'], 'e': False}");
  for (size_t i = 0; i < 2; ++i) questionnaire.Back();
  const std::optional<Prompt> prompt = questionnaire.Next();
  EXPECT_EQ(prompt->name, "d");
  EXPECT_TRUE(prompt->choices[0].checked);
  EXPECT_FALSE(prompt->choices[1].checked);
}

TEST_F(QuestionnaireTest, BackFromARevisedQuestionKeepsItsAnswer) {
  Questionnaire questionnaire = Make("a: x\nb: y\nc: z\n");
  for (const char* answer : {"1", "2", "3"}) {
    questionnaire.Next();
    questionnaire.AnswerText(answer);
  }
  questionnaire.Next();
  questionnaire.Revise("b");
  EXPECT_TRUE(questionnaire.Next()->has_previous);
  EXPECT_TRUE(questionnaire.Back());
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_EQ(Repr(Value(std::move(questionnaire).Result().user)), "{'a': '1', 'b': '2', 'c': '3'}");
}

TEST_F(QuestionnaireTest, BackFromWhatARevisionOpenedLeadsToTheRevisedQuestion) {
  Questionnaire questionnaire =
      Make("a: x\nb: y\nc: {type: str, when: \"{{ a == 'new' }}\"}\nd: z\n");
  for (const char* answer : {"1", "2", "3"}) {
    questionnaire.Next();
    questionnaire.AnswerText(answer);
  }
  questionnaire.Next();
  questionnaire.Revise("a");
  questionnaire.Next();
  questionnaire.AnswerText("new");
  EXPECT_EQ(NameOf(questionnaire.Next()), "c");
  EXPECT_TRUE(questionnaire.Back());
  EXPECT_EQ(NameOf(questionnaire.Next()), "a");
  questionnaire.AnswerText("newer");
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_EQ(questionnaire.asked(), (std::vector<std::string>{"a", "b", "d"}));
}

TEST_F(QuestionnaireTest, OnlyTheFirstPromptHasNoPrevious) {
  Questionnaire questionnaire = Make("a: x\nb: y\n");
  EXPECT_FALSE(questionnaire.Next()->has_previous);
  questionnaire.AnswerText("1");
  EXPECT_TRUE(questionnaire.Next()->has_previous);
}

TEST_F(QuestionnaireTest, AskedAnswersAreShownAsTheyWereGiven) {
  Questionnaire questionnaire = Make(
      "a: {type: int, help: 'How many?'}\n"
      "b: {type: str, choices: [[First, x], [Second, y]]}\n"
      "c: {type: str, choices: [p, q, r], multiselect: true}\n"
      "d: {type: bool, default: true}\n"
      "e: {type: str, secret: true, default: x}\n"
      "f: {type: str, choices: [p], multiselect: true}\n"
      "g: {type: str, default: unseen}\n");
  questionnaire.Next();
  questionnaire.AnswerText(" 007 ");
  for (const Value& value : {Value("y"), Value(List{Value("r"), Value("p")}), Value(false)}) {
    questionnaire.Next();
    questionnaire.AnswerValue(value);
  }
  questionnaire.Next();
  questionnaire.AnswerText("hush");
  questionnaire.Next();
  questionnaire.AnswerValue(Value(List{}));
  std::string shown;
  for (const ReviewedAnswer& answer : questionnaire.AskedAnswers()) {
    shown += answer.name + "|" + answer.question + "|" + answer.text + (answer.secret ? "|*" : "") +
             "\n";
  }
  EXPECT_EQ(shown, "a|How many?| 007 \nb|b|Second\nc|c|p, r\nd|d|No\ne|e||*\nf|f|none\n");
}

TEST_F(QuestionnaireTest, ReviseOfAQuestionThatWasNotAskedIsRefused) {
  Questionnaire questionnaire = Make(kThree);
  questionnaire.Next();
  EXPECT_FALSE(questionnaire.Revise("c"));
  EXPECT_EQ(NameOf(questionnaire.Next()), "a");
}

TEST_F(QuestionnaireTest, ValidateDoesNotAccept) {
  Questionnaire questionnaire =
      Make("n: {type: int, validator: \"{% if n < 0 %}Must be +{% endif %}\"}\n");
  questionnaire.Next();
  EXPECT_EQ(questionnaire.Validate("x"), "Invalid input");
  EXPECT_EQ(questionnaire.Validate("-1"), "Validation error for question 'n': Must be +");
  EXPECT_EQ(questionnaire.Validate("1"), std::nullopt);
  EXPECT_EQ(NameOf(questionnaire.Next()), "n");
}

TEST_F(QuestionnaireTest, ADisabledChoiceIsRefused) {
  Questionnaire questionnaire =
      Make("a:\n  type: str\n  choices:\n    A: {value: a, validator: gone}\n    B: {value: b}\n");
  questionnaire.Next();
  EXPECT_EQ(questionnaire.AnswerValue(Value("a")), "Invalid input");
  EXPECT_EQ(questionnaire.AnswerValue(Value("b")), std::nullopt);
}

TEST_F(QuestionnaireTest, ResolveWithDefaultsListsWhatHasNone) {
  Questionnaire questionnaire = Make(
      "a: {type: str}\n"
      "b: from a default\n"
      "c: {type: int, help: How many}\n"
      "d: {type: int, default: '{{ a.x }}'}\n"
      "e: {type: bool}\n"
      "f: {type: str, when: false}\n");
  questionnaire.Next();
  const std::vector<MissingAnswer> missing = questionnaire.ResolveWithDefaults();
  ASSERT_EQ(missing.size(), 3u);
  EXPECT_EQ(missing[0].name, "a");
  EXPECT_EQ(missing[0].flag, "--data a=...");
  EXPECT_EQ(missing[0].place.Locate().line, 1u);
  EXPECT_EQ(missing[1].name, "c");
  EXPECT_EQ(missing[1].type, "int");
  EXPECT_EQ(missing[2].name, "e");
}

TEST_F(QuestionnaireTest, ResolveWithDefaultsFinishesWhatHasDefaults) {
  Questionnaire questionnaire = Make("a: {type: str}\nb: '{{ a }}!'\nc: {default: 3}\n");
  questionnaire.Next();
  questionnaire.AnswerText("given");
  questionnaire.Next();
  EXPECT_TRUE(questionnaire.ResolveWithDefaults().empty());
  EXPECT_EQ(questionnaire.Next(), std::nullopt);
  const Answers answers = std::move(questionnaire).Result();
  EXPECT_EQ(Repr(Value(answers.user)), "{'a': 'given', 'b': 'given!', 'c': 3}");
  EXPECT_EQ(answers.chosen, (std::set<std::string>{"a"}));
}

TEST_F(QuestionnaireTest, ChosenAreAnswersOfPersonsAndData) {
  AnswerSources sources;
  sources.init.Set("a", Value("1"));
  sources.settings_defaults.Set("b", Value("2"));
  Questionnaire questionnaire =
      Make("a: x\nb: y\nc: z\nd: {default: q, ask: false}\n", std::move(sources),
           {.defaults = true, .ask = {"c"}, .context = {}});
  EXPECT_EQ(NameOf(questionnaire.Next()), "c");
  questionnaire.AnswerText("z");
  EXPECT_EQ(NameOf(questionnaire.Next()), "<none>");
  EXPECT_EQ(std::move(questionnaire).Result().chosen, (std::set<std::string>{"a", "c"}));
}

TEST_F(QuestionnaireTest, ErrorsNameTheirPlaceAndQuestion) {
  Questionnaire questionnaire = Make("a: x\nslug: \"{{ a|upperr }}\"\n");
  questionnaire.Next();
  questionnaire.AnswerText("v");
  try {
    questionnaire.Next();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.location().file, "copier.yml");
    EXPECT_EQ(error.location().line, 2u);
    EXPECT_EQ(error.location().column, 13u);
    EXPECT_EQ(error.notes(), (std::vector<std::string>{"for question 'slug'"}));
  }
}

TEST_F(QuestionnaireTest, ErrorsInBlockTextsPointIntoTheBlock) {
  Questionnaire questionnaire = Make(
      "a:\n"
      "  type: str\n"
      "  default: |\n"
      "    first\n"
      "    {{ no.thing }}\n");
  try {
    questionnaire.Next();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "'no' is undefined");
    EXPECT_EQ(error.location().line, 5u);
    EXPECT_EQ(error.location().line_text, "    {{ no.thing }}");
  }
}

TEST_F(QuestionnaireTest, KeysOfAWrongTypeAreErrors) {
  for (const char* yaml : {"a: {type: str, help: 5}", "a: {type: 3}", "a: {default: x, when: null}",
                           "a: {default: x, secret: maybe}", "a: {default: x, choices: 5}",
                           "a: {default: x, validator: [y]}"}) {
    try {
      Questionnaire questionnaire = Make(yaml);
      questionnaire.Next();
      FAIL() << yaml;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig) << yaml;
      EXPECT_EQ(error.location().line, 1u) << yaml;
    }
  }
}

}  // namespace
}  // namespace scaffold
