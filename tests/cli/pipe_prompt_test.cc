#include "cli/pipe_prompt.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/pipe_text.h"
#include "scaffold/value.h"

namespace scaffold::cli {
namespace {

using Status = PipePrompt::Status;

constexpr const char* kUp = "\x1b[A";
constexpr const char* kDown = "\x1b[B";
constexpr const char* kAltBackspace = "\x1b\x08";
constexpr const char* kAltEnter = "\x1b\r";

// Presses every key of `bytes`; the last status.
Status PressAll(PipePrompt* prompt, const std::string& bytes) {
  std::istringstream in(bytes);
  KeyReader keys(in);
  Status status = Status::kOpen;
  while (const std::optional<PipePress> press = keys.Read()) status = prompt->Press(*press);
  return status;
}

std::string Edit(std::string text, const std::string& bytes) {
  std::istringstream in(bytes);
  KeyReader keys(in);
  PipeText input(std::move(text));
  while (const std::optional<PipePress> press = keys.Read()) input.Press(*press);
  return input.text();
}

Prompt TextPrompt(PromptKind kind, std::string initial) {
  Prompt prompt;
  prompt.kind = kind;
  prompt.initial_text = std::move(initial);
  return prompt;
}

Prompt ChoicePrompt(PromptKind kind) {
  Prompt prompt;
  prompt.kind = kind;
  prompt.choices = {
      {.title = "One", .value = Value(1), .disabled = {}},
      {.title = "Two", .value = Value(2), .disabled = "not today"},
      {.title = "Three", .value = Value(3), .disabled = {}},
  };
  return prompt;
}

std::optional<std::string> AcceptAll(std::string_view) { return std::nullopt; }
std::optional<std::string> AtLeastThree(std::string_view text) {
  if (text.size() < 3) return "too short";
  return std::nullopt;
}

TEST(KeyReader, ReadsKeysOfATerminal) {
  std::istringstream in("a\r\n\x08\x7f\x03\x1b[3~\x1b[1;5C\x1bOF\x1b\x1b\n\x1b\x7fü\x04");
  KeyReader keys(in);
  std::vector<PipeKey> read;
  while (const auto press = keys.Read()) read.push_back(press->key);
  const std::vector<PipeKey> expected = {
      PipeKey::kText,      PipeKey::kEnter,     PipeKey::kEnter,      PipeKey::kBackspace,
      PipeKey::kBackspace, PipeKey::kInterrupt, PipeKey::kDelete,     PipeKey::kRight,
      PipeKey::kEnd,       PipeKey::kAccept,    PipeKey::kDeleteWord, PipeKey::kText,
      PipeKey::kEndOfInput};
  EXPECT_EQ(read, expected);
}

TEST(KeyReader, MakesTextOfBrokenBytes) {
  std::istringstream in("\xc3(\xff\xe2\x82");
  KeyReader keys(in);
  std::string text;
  while (const auto press = keys.Read()) text += press->text;
  EXPECT_EQ(text, "\uFFFD(\uFFFD\uFFFD");
}

TEST(PipeText, EditsAtTheCursor) {
  EXPECT_EQ(Edit("bar", "x"), "barx");
  EXPECT_EQ(Edit("bar", "\x1b[Hx"), "xbar");
  EXPECT_EQ(Edit("bar", "\x1b[D\x1b[Dx\x1b[C\x1b[Fy"), "bxary");
  EXPECT_EQ(Edit("bär", "\x08\x08"), "b");
  EXPECT_EQ(Edit("bar", "\x1b[D\x1b[3~"), "ba");
  EXPECT_EQ(Edit("", "\x08\x1b[3~\x1b[D\x1b[C"), "");
  EXPECT_EQ(Edit("one two", "\x1b[D\x1b[D\x15"), "wo");
  EXPECT_EQ(Edit("one two", "\x01\x0b"), "");
}

TEST(PipeText, DeletesWords) {
  EXPECT_EQ(Edit("wrong your_age", std::string(kAltBackspace)), "wrong ");
  EXPECT_EQ(Edit("wrong your_age", std::string(kAltBackspace) + kAltBackspace), "");
  EXPECT_EQ(Edit("a--b", std::string(kAltBackspace) + kAltBackspace), "a");
  EXPECT_EQ(Edit("x a--b  ", "\x17"), "x ");
  EXPECT_EQ(Edit("baz\u00FC-", std::string(kAltBackspace)), "baz");
}

TEST(PipeText, MovesBetweenLines) {
  EXPECT_EQ(Edit("long line\nab\nthird", std::string(kUp) + "x"), "long line\nabx\nthird");
  EXPECT_EQ(Edit("ab\nlong", std::string(kUp) + kUp + kDown + "\x08"), "ab\nlng");
  EXPECT_EQ(Edit("ab\ncd", "\x1b[Hx\x1b[Fy"), "ab\nxcdy");
  EXPECT_EQ(Edit("ab\ncd", "\x1b[H\x1b[Dx"), "ab\nxcd") << "Left stays in the line";
  EXPECT_EQ(Edit("ab\ncd", std::string(kUp) + "\x1b[C\x1b[Cx"), "abx\ncd");
  EXPECT_EQ(Edit("ab\ncd", "\x15\x15"), "ab");
  EXPECT_EQ(Edit("ab\ncd", std::string(kUp) + "\x0b"), "abcd");
}

TEST(PipePrompt, TextStartsWithTheDefault) {
  auto prompt = PipePrompt::Make(TextPrompt(PromptKind::kText, "bar"), AcceptAll);
  EXPECT_EQ(prompt->OpenBody(), "bar");
  EXPECT_EQ(PressAll(prompt.get(), "x\r"), Status::kAnswered);
  EXPECT_EQ(prompt->Reply().text, "barx");
  EXPECT_EQ(prompt->AnsweredBody(), "barx");
}

TEST(PipePrompt, TextShowsThePlaceholderWhileEmpty) {
  Prompt text = TextPrompt(PromptKind::kText, "");
  text.placeholder = "such as this";
  auto prompt = PipePrompt::Make(text, AcceptAll);
  EXPECT_EQ(prompt->OpenBody(), "such as this");
  PressAll(prompt.get(), "a");
  EXPECT_EQ(prompt->OpenBody(), "a");
  EXPECT_EQ(PressAll(prompt.get(), "\x08\n"), Status::kAnswered);
  EXPECT_EQ(prompt->AnsweredBody(), "");
}

TEST(PipePrompt, TextIsValidatedWhileTyping) {
  auto prompt = PipePrompt::Make(TextPrompt(PromptKind::kText, ""), AtLeastThree);
  EXPECT_EQ(prompt->Complaint(), "") << "nothing was typed yet";
  PressAll(prompt.get(), "ab");
  EXPECT_EQ(prompt->Complaint(), "too short");
  EXPECT_EQ(PressAll(prompt.get(), "\n"), Status::kOpen);
  PressAll(prompt.get(), "c");
  EXPECT_EQ(prompt->Complaint(), "");
  EXPECT_EQ(PressAll(prompt.get(), "\n"), Status::kAnswered);
}

TEST(PipePrompt, RefusedTextIsEditedAtItsEnd) {
  auto prompt = PipePrompt::Make(TextPrompt(PromptKind::kText, "ab"), AtLeastThree);
  EXPECT_EQ(PressAll(prompt.get(), "\x1b[D\n"), Status::kOpen);
  EXPECT_EQ(PressAll(prompt.get(), "c\n"), Status::kAnswered);
  EXPECT_EQ(prompt->Reply().text, "abc");
}

TEST(PipePrompt, PathEndsWithoutASlash) {
  auto prompt = PipePrompt::Make(TextPrompt(PromptKind::kPath, "a"), AcceptAll);
  PressAll(prompt.get(), "//b//\r");
  EXPECT_EQ(prompt->Reply().text, "a/b");
  prompt = PipePrompt::Make(TextPrompt(PromptKind::kPath, ""), AcceptAll);
  PressAll(prompt.get(), "/\r");
  EXPECT_EQ(prompt->Reply().text, "/");
}

TEST(PipePrompt, EndOfInputKeyCountsWhenNothingIsTyped) {
  auto prompt = PipePrompt::Make(TextPrompt(PromptKind::kText, "a"), AcceptAll);
  EXPECT_EQ(PressAll(prompt.get(), "\x04"), Status::kOpen);
  EXPECT_EQ(PressAll(prompt.get(), "\x08\x04"), Status::kEnded);
}

TEST(PipePrompt, PasswordIsStars) {
  auto prompt = PipePrompt::Make(TextPrompt(PromptKind::kPassword, "hü"), AcceptAll);
  EXPECT_EQ(prompt->OpenBody(), "**");
  EXPECT_EQ(PressAll(prompt.get(), "x\r"), Status::kAnswered);
  EXPECT_EQ(prompt->AnsweredBody(), "***");
  EXPECT_EQ(prompt->Reply().text, "hüx");
}

TEST(PipePrompt, MultilineTakesEnterAsText) {
  auto prompt = PipePrompt::Make(TextPrompt(PromptKind::kMultiline, "a"), AcceptAll);
  EXPECT_EQ(PressAll(prompt.get(), "\nb\n"), Status::kOpen);
  EXPECT_EQ(prompt->OpenBody(), " (Finish with 'Alt+Enter' or 'Esc then Enter')\n> a\n  b\n  ");
  EXPECT_EQ(PressAll(prompt.get(), kAltEnter), Status::kAnswered);
  EXPECT_EQ(prompt->Reply().text, "a\nb\n");
}

TEST(PipePrompt, ConfirmTakesOneKey) {
  Prompt confirm;
  confirm.kind = PromptKind::kConfirm;
  auto prompt = PipePrompt::Make(confirm, AcceptAll);
  EXPECT_EQ(prompt->OpenBody(), "(y/N) ");
  EXPECT_EQ(PressAll(prompt.get(), "x"), Status::kOpen);
  EXPECT_EQ(PressAll(prompt.get(), "Y"), Status::kAnswered);
  EXPECT_EQ(prompt->AnsweredBody(), "Yes");
  EXPECT_TRUE(prompt->Reply().value.AsBool());

  confirm.initial_confirm = true;
  prompt = PipePrompt::Make(confirm, AcceptAll);
  EXPECT_EQ(prompt->OpenBody(), "(Y/n) ");
  EXPECT_EQ(PressAll(prompt.get(), "\n"), Status::kAnswered);
  EXPECT_TRUE(prompt->Reply().value.AsBool());
}

TEST(PipePrompt, SelectJumpsOverDisabledChoices) {
  auto prompt = PipePrompt::Make(ChoicePrompt(PromptKind::kSelect), AcceptAll);
  EXPECT_EQ(prompt->OpenBody(), "(Use arrow keys)\n » One\n   - Two (not today)\n   Three\n");
  PressAll(prompt.get(), kDown);
  EXPECT_EQ(prompt->OpenBody(), "(Use arrow keys)\n   One\n   - Two (not today)\n » Three\n");
  PressAll(prompt.get(), kDown);
  PressAll(prompt.get(), "k");
  EXPECT_EQ(PressAll(prompt.get(), "\r"), Status::kAnswered);
  EXPECT_EQ(prompt->AnsweredBody(), "Three");
  EXPECT_EQ(prompt->Reply().value.AsInt(), 3);
}

TEST(PipePrompt, SelectStartsOnAnEnabledChoice) {
  Prompt choice = ChoicePrompt(PromptKind::kSelect);
  choice.initial_choice = 1;
  auto prompt = PipePrompt::Make(choice, AcceptAll);
  EXPECT_EQ(PressAll(prompt.get(), "\r"), Status::kAnswered);
  EXPECT_EQ(prompt->Reply().value.AsInt(), 3);
}

TEST(PipePrompt, SelectOfDisabledChoicesCannotBeAnswered) {
  Prompt choice = ChoicePrompt(PromptKind::kSelect);
  for (PromptChoice& each : choice.choices) each.disabled = "no";
  auto prompt = PipePrompt::Make(choice, AcceptAll);
  EXPECT_EQ(PressAll(prompt.get(), "\x1b[B\r"), Status::kOpen);
}

TEST(PipePrompt, MultiselectTogglesAndInverts) {
  auto prompt = PipePrompt::Make(ChoicePrompt(PromptKind::kMultiselect), AcceptAll);
  PressAll(prompt.get(), " ");
  EXPECT_EQ(prompt->OpenBody(),
            "(Use arrow keys to move, <space> to select, <a> to toggle, <i> to invert)\n"
            " » ● One\n   - Two (not today)\n   ○ Three\n");
  EXPECT_EQ(prompt->AnsweredBody(), "[One]");
  PressAll(prompt.get(), "i");
  EXPECT_EQ(prompt->AnsweredBody(), "[Three]");
  PressAll(prompt.get(), "a");
  EXPECT_EQ(prompt->AnsweredBody(), "done (2 selections)");
  EXPECT_EQ(Repr(prompt->Reply().value), "[1, 3]");
  PressAll(prompt.get(), "a");
  EXPECT_EQ(prompt->AnsweredBody(), "done");
  EXPECT_EQ(PressAll(prompt.get(), "\n"), Status::kAnswered);
  EXPECT_EQ(Repr(prompt->Reply().value), "[]");
}

}  // namespace
}  // namespace scaffold::cli
