#include "terminal/confirm_field.h"

#include "gtest/gtest.h"
#include "tests/terminal/field_test_support.h"

namespace scaffold::terminal {
namespace {

TEST(ConfirmField, EnterTakesTheDefault) {
  ConfirmField yes({.title = "Sure?"}, true);
  EXPECT_EQ(Show(yes), "? Sure?\n  ❯ Yes     No\n  y or n · Enter accept\n");
  EXPECT_EQ(Press(&yes, "\r"), FieldState::kDone);
  EXPECT_TRUE(yes.yes());
  EXPECT_EQ(ShowAnswered(yes), "? Sure?  Yes\n");
  ConfirmField no({.title = "Sure?"}, false);
  EXPECT_EQ(Press(&no, "\r"), FieldState::kDone);
  EXPECT_FALSE(no.yes());
  EXPECT_EQ(ShowAnswered(no), "? Sure?  No\n");
}

TEST(ConfirmField, OneLetterAnswers) {
  for (const char* key : {"y", "Y"}) {
    ConfirmField field({.title = "Sure?"}, false);
    EXPECT_EQ(Press(&field, key), FieldState::kDone);
    EXPECT_TRUE(field.yes());
  }
  for (const char* key : {"n", "N"}) {
    ConfirmField field({.title = "Sure?"}, true);
    EXPECT_EQ(Press(&field, key), FieldState::kDone);
    EXPECT_FALSE(field.yes());
  }
}

TEST(ConfirmField, ArrowsMoveThePointer) {
  ConfirmField field({.title = "Sure?"}, true);
  EXPECT_EQ(Press(&field, kRight), FieldState::kOpen);
  EXPECT_EQ(Show(field), "? Sure?\n    Yes   ❯ No\n  y or n · Enter accept\n");
  Press(&field, kLeft);
  EXPECT_TRUE(field.yes());
  Press(&field, "\t");
  EXPECT_FALSE(field.yes());
  Press(&field, " ");
  EXPECT_TRUE(field.yes());
}

TEST(ConfirmField, OtherKeysDoNothing) {
  ConfirmField field({.title = "Sure?"}, true);
  EXPECT_EQ(Press(&field, "x日\x1b[5~\x7f\x1bn"), FieldState::kOpen);
  EXPECT_TRUE(field.yes());
}

}  // namespace
}  // namespace scaffold::terminal
