#include "terminal/painter.h"

#include <random>

#include "gtest/gtest.h"
#include "tests/terminal/screen.h"

namespace scaffold::terminal {
namespace {

constexpr WindowSize kWindow = {.columns = 40, .rows = 8};

Frame MakeFrame(const std::vector<std::string>& lines) {
  Frame frame;
  for (const std::string& line : lines) frame.lines.push_back({{line, Style::kPlain}});
  return frame;
}

Frame WithCursor(Frame frame, size_t row, size_t column) {
  frame.cursor_row = row;
  frame.cursor_column = column;
  frame.shows_cursor = true;
  return frame;
}

TEST(Painter, PaintsLinesBelowEachOther) {
  Painter painter(Colors::kOff);
  EXPECT_EQ(painter.Paint(MakeFrame({"one", "two"}), kWindow), "\x1b[?25lone\r\ntwo");
}

TEST(Painter, WritesNothingForTheSameFrame) {
  Painter painter(Colors::kOff);
  painter.Paint(MakeFrame({"one", "two"}), kWindow);
  EXPECT_EQ(painter.Paint(MakeFrame({"one", "two"}), kWindow), "");
}

TEST(Painter, WritesOnlyWhatDiffers) {
  Painter painter(Colors::kOff);
  painter.Paint(WithCursor(MakeFrame({"title", "> ab", "hint"}), 1, 4), kWindow);
  EXPECT_EQ(painter.Paint(WithCursor(MakeFrame({"title", "> abc", "hint"}), 1, 5), kWindow),
            "\x1b[?25lc\x1b[?25h");
  EXPECT_EQ(painter.Paint(WithCursor(MakeFrame({"title", "> abc", "hint"}), 1, 3), kWindow),
            "\x1b[2D");
  EXPECT_EQ(painter.Paint(WithCursor(MakeFrame({"title", "> a", "hint"}), 1, 3), kWindow),
            "\x1b[?25l\x1b[K\x1b[?25h");
  EXPECT_EQ(painter.Paint(WithCursor(MakeFrame({"title", "> a"}), 1, 3), kWindow),
            "\x1b[?25l\x1b[B\r\x1b[J\x1b[A\x1b[3C\x1b[?25h");
}

TEST(Painter, StylesOnlyWithColors) {
  Frame frame;
  frame.lines.push_back({{"a", Style::kBold}, {"b", Style::kAccent}, {"c", Style::kPlain}});
  EXPECT_EQ(Painter(Colors::kOn).Paint(frame, kWindow), "\x1b[?25l\x1b[1ma\x1b[m\x1b[36mb\x1b[mc");
  EXPECT_EQ(Painter(Colors::kOff).Paint(frame, kWindow), "\x1b[?25labc");
  EXPECT_EQ(Painter(Colors::kOn).FormatLine(frame.lines[0]), "\x1b[1ma\x1b[m\x1b[36mb\x1b[mc\r\n");
}

TEST(Painter, AStyleAloneIsAChange) {
  Painter painter(Colors::kOn);
  Frame frame = MakeFrame({"ab"});
  painter.Paint(frame, kWindow);
  frame.lines[0] = {{"a", Style::kPlain}, {"b", Style::kDim}};
  EXPECT_EQ(painter.Paint(frame, kWindow), "\x1b[D\x1b[2mb\x1b[m");
}

TEST(Painter, ErasesWithoutATrace) {
  Painter painter(Colors::kOn);
  Screen screen(40, 8);
  screen.Feed("before\r\n");
  screen.Feed(painter.Paint(MakeFrame({"one", "two", "three"}), kWindow));
  screen.Feed(painter.Erase());
  EXPECT_EQ(screen.Text(), "before\n");
  EXPECT_EQ(screen.row(), 1U);
  EXPECT_EQ(screen.column(), 0U);
  EXPECT_TRUE(screen.shows_cursor());
  EXPECT_EQ(painter.Erase(), "");
}

TEST(Painter, ErasesLinesAbove) {
  Painter painter(Colors::kOff);
  Screen screen(40, 8);
  screen.Feed("first\r\nsecond\r\n");
  screen.Feed(painter.Paint(MakeFrame({"one", "two"}), kWindow));
  screen.Feed(painter.EraseAbove(1));
  EXPECT_EQ(screen.Text(), "first\n");
  screen.Feed(painter.EraseAbove(1));
  EXPECT_EQ(screen.Text(), "\n");
}

TEST(Painter, FinishLeavesTheFrame) {
  Painter painter(Colors::kOff);
  Screen screen(40, 8);
  screen.Feed(painter.Paint(WithCursor(MakeFrame({"one", "two"}), 0, 1), kWindow));
  screen.Feed(painter.Finish());
  screen.Feed("after");
  EXPECT_EQ(screen.Text(), "one\ntwo\nafter\n");
}

TEST(Painter, StartsOverInANarrowerWindowWhoseLinesWereBroken) {
  Painter painter(Colors::kOff);
  painter.Paint(WithCursor(MakeFrame({std::string(30, 'x'), "ab", "hint"}), 1, 2), kWindow);
  // Three rows of ten columns stand above the cursor's now.
  const std::string bytes =
      painter.Paint(WithCursor(MakeFrame({"x", "ab"}), 1, 2), {.columns = 10, .rows = 8});
  EXPECT_EQ(bytes, "\x1b[?25l\r\x1b[3A\x1b[Jx\r\nab\x1b[?25h");
}

TEST(Painter, NeverLeavesTheWindowWhenItStartsOver) {
  Painter painter(Colors::kOff);
  painter.Paint(MakeFrame({"1", "2", "3", "4", "5", "6"}), kWindow);
  EXPECT_EQ(painter.Paint(MakeFrame({"1"}), {.columns = 40, .rows = 3}), "\r\x1b[2A\x1b[J1");
}

std::string RandomLine(std::mt19937* random) {
  static const std::vector<std::string> kPieces = {
      "a", "b", " ", "日", "é", "e\u0301", "👨‍👩‍👧", "xyz"};
  std::string line;
  for (size_t count = (*random)() % 8; count > 0; --count)
    line += kPieces[(*random)() % kPieces.size()];
  return line;
}

TEST(Painter, AnyFrameAfterAnyOtherIsOnTheScreenAsItIs) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    Painter painter(seed % 2 == 0 ? Colors::kOn : Colors::kOff);
    Screen screen(40, 8);
    screen.Feed("before\r\n");
    for (int step = 0; step < 40; ++step) {
      Frame frame;
      for (size_t count = random() % 7 + 1; count > 0; --count) {
        frame.lines.push_back({{RandomLine(&random), Style::kPlain},
                               {RandomLine(&random), static_cast<Style>(random() % 6)}});
      }
      if (random() % 2 == 0)
        frame = WithCursor(frame, random() % frame.lines.size(), random() % 30);
      screen.Feed(painter.Paint(frame, kWindow));
      Screen expected(40, 100);
      expected.Feed("before\r\n");
      expected.Feed(Painter(Colors::kOff).Paint(frame, kWindow));
      ASSERT_EQ(screen.Text(), expected.Text()) << seed << " " << step;
      ASSERT_EQ(screen.shows_cursor(), frame.shows_cursor);
      if (!frame.shows_cursor) continue;
      ASSERT_EQ(screen.row(), 1 + frame.cursor_row);
      ASSERT_EQ(screen.column(), frame.cursor_column);
    }
  }
}

}  // namespace
}  // namespace scaffold::terminal
