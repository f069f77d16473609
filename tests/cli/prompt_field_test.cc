#include "cli/prompt_field.h"

#include "gtest/gtest.h"
#include "value/operators.h"

namespace scaffold::cli {
namespace {

using terminal::FieldState;

std::unique_ptr<terminal::Field> Make(const Prompt& prompt) {
  return MakeField(prompt, {}, "/", terminal::kUnicodeGlyphs);
}

std::string Show(const terminal::Field& field) {
  return terminal::FrameToText(field.Render({.columns = 80, .rows = 20}));
}

FieldState Press(terminal::Field* field, std::string_view bytes) {
  FieldState state = FieldState::kOpen;
  for (const terminal::Key& key : terminal::KeyDecoder().Feed(bytes)) state = field->HandleKey(key);
  return state;
}

TEST(PromptField, TextRepliesAsTyped) {
  const Prompt prompt = {.name = "n", .message = "n\n  ", .qmark = "🎤", .initial_text = "bar"};
  const auto field = Make(prompt);
  EXPECT_EQ(Show(*field), "? n\n  › bar\n  Enter accept\n");
  EXPECT_EQ(Press(field.get(), "x\r"), FieldState::kDone);
  const PromptReply reply = ReplyOf(prompt, *field);
  EXPECT_EQ(reply.action, PromptReply::Action::kText);
  EXPECT_EQ(reply.text, "barx");
}

TEST(PromptField, ATemplatesOwnMarkIsKept) {
  EXPECT_EQ(MarkOf({.qmark = "🕵️"}), "?");
  EXPECT_EQ(MarkOf({.qmark = ""}), "?");
  EXPECT_EQ(MarkOf({.qmark = ">>"}), ">>");
}

TEST(PromptField, ConfirmRepliesWithABool) {
  const Prompt prompt = {.kind = PromptKind::kConfirm, .message = "n", .initial_confirm = true};
  const auto field = Make(prompt);
  EXPECT_EQ(Press(field.get(), "\r"), FieldState::kDone);
  EXPECT_EQ(Repr(ReplyOf(prompt, *field).value), "True");
}

TEST(PromptField, SelectRepliesWithTheChoicesValue) {
  Prompt prompt = {.kind = PromptKind::kSelect, .message = "n", .initial_choice = 1};
  prompt.choices = {{.title = "A", .value = Value("a")}, {.title = "B", .value = Value("b")}};
  const auto field = Make(prompt);
  EXPECT_EQ(Press(field.get(), "\r"), FieldState::kDone);
  EXPECT_EQ(Repr(ReplyOf(prompt, *field).value), "'b'");
}

TEST(PromptField, MultiselectRepliesWithAList) {
  Prompt prompt = {.kind = PromptKind::kMultiselect, .message = "n"};
  prompt.choices = {{.title = "A", .value = Value("a")},
                    {.title = "B", .value = Value("b")},
                    {.title = "C", .value = Value("c"), .checked = true}};
  const auto field = Make(prompt);
  EXPECT_EQ(Press(field.get(), " \r"), FieldState::kDone);
  EXPECT_EQ(Repr(ReplyOf(prompt, *field).value), "['a', 'c']");
}

TEST(PromptField, AReviewShowsQuestionsAndAnswers) {
  const auto field = MakeReviewField({{.name = "a", .question = "What?\nhelp", .text = "x\ny"},
                                      {.name = "token", .question = "token", .secret = true}},
                                     80, terminal::kUnicodeGlyphs);
  EXPECT_EQ(Show(*field),
            "? Are these answers right?\n  ❯ Yes, go on\n    What?  x y\n    token  (hidden)\n"
            "  Enter go on, or change the answer · type to filter · Ctrl+B back\n");
}

TEST(PromptField, ARefusalDoesNotNameTheQuestionAgain) {
  const Prompt prompt = {.name = "n"};
  EXPECT_EQ(FormatRefusal(prompt, "Validation error for question 'n': bad"), "bad");
  EXPECT_EQ(FormatRefusal(prompt, "Invalid input"), "Invalid input");
}

}  // namespace
}  // namespace scaffold::cli
