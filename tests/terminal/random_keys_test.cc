// Any keys in any field: the frames fit, and the painter brings each to the screen as it is.

#include <memory>
#include <random>

#include "gtest/gtest.h"
#include "terminal/confirm_field.h"
#include "terminal/painter.h"
#include "terminal/select_field.h"
#include "terminal/text_field.h"
#include "tests/terminal/screen.h"

namespace scaffold::terminal {
namespace {

constexpr WindowSize kWindow = {.columns = 40, .rows = 9};

std::vector<std::string> Complete(std::string_view text) {
  return {std::string(text) + "a/", std::string(text) + "日", std::string(text) + "abc"};
}

std::optional<std::string> Validate(std::string_view text) {
  if (text.size() % 3 == 0) return std::nullopt;
  return "a number of bytes that 3 divides, or 日本語日本語日本語日本語日本語";
}

std::unique_ptr<Field> MakeRandomField(std::mt19937* random) {
  FieldLabel label = {
      .title = "A title\nand help 日本語 that is longer than one line of this window",
      .can_go_back = true};
  switch ((*random)() % 4) {
    case 0:
      return std::make_unique<ConfirmField>(label, true);
    case 1: {
      SelectFieldOptions options;
      for (size_t i = (*random)() % 30 + 1; i > 0; --i) {
        options.choices.push_back({.title = "日本 " + std::string(i * 2, 'a'),
                                   .disabled = i % 4 == 0 ? "not\tnow" : "",
                                   .checked = i % 3 == 0});
      }
      if ((*random)() % 2 == 0) options.how_many = HowMany::kMany;
      return std::make_unique<SelectField>(label, std::move(options));
    }
    default: {
      TextFieldOptions options = {.initial = "日本語", .placeholder = "type", .validate = Validate};
      options.masked = (*random)() % 3 == 0;
      options.multiline = (*random)() % 2 == 0;
      if ((*random)() % 2 == 0) options.complete = Complete;
      return std::make_unique<TextField>(label, std::move(options));
    }
  }
}

std::string RandomKey(std::mt19937* random) {
  static const std::vector<std::string> kKeys = {"a",        "1",
                                                 " ",        "日",
                                                 "e\u0301",  "👨‍👩‍👧",
                                                 "\r",       "\t",
                                                 "\x7f",     "\x1b[A",
                                                 "\x1b[B",   "\x1b[C",
                                                 "\x1b[D",   "\x1b[H",
                                                 "\x1b[F",   "\x1b[5~",
                                                 "\x1b[6~",  "\x01",
                                                 "\x12",     "\x15",
                                                 "\x17",     "\x1b\r",
                                                 "\x1b[3~",  "\x0b",
                                                 "\x1b\x1b", "\x1b[200~one\r\ttwo\x1b[201~"};
  return kKeys[(*random)() % kKeys.size()];
}

TEST(RandomKeys, TheScreenShowsWhatTheFieldIs) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    const std::unique_ptr<Field> field = MakeRandomField(&random);
    Painter painter(Colors::kOn);
    Screen screen(kWindow.columns, kWindow.rows);
    screen.Feed("before\r\n");
    KeyDecoder decoder;
    for (int step = 0; step < 60; ++step) {
      for (const Key& key : decoder.Feed(RandomKey(&random))) field->HandleKey(key);
      const Frame frame = field->Render(kWindow);
      ASSERT_LT(frame.lines.size(), kWindow.rows);
      screen.Feed(painter.Paint(frame, kWindow));
      Screen expected(kWindow.columns, kWindow.rows);
      expected.Feed("before\r\n");
      expected.Feed(Painter(Colors::kOff).Paint(frame, kWindow));
      ASSERT_EQ(screen.Text(), expected.Text()) << seed << " " << step;
      ASSERT_EQ(screen.shows_cursor(), frame.shows_cursor);
      if (!frame.shows_cursor) continue;
      ASSERT_EQ(screen.row(), expected.row());
      ASSERT_EQ(screen.column(), expected.column());
    }
    screen.Feed(painter.Erase());
    ASSERT_EQ(screen.Text(), "before\n");
  }
}

TEST(RandomKeys, AnyBytesAreSomeKeys) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    KeyDecoder decoder;
    LineEdit edit;
    for (int step = 0; step < 100; ++step) {
      std::string bytes;
      for (size_t i = random() % 6; i > 0; --i) {
        bytes += random() % 3 == 0 ? "\x1b[;Ou~2"[random() % 8] : static_cast<char>(random() % 256);
      }
      for (const Key& key : decoder.Feed(bytes)) edit.HandleKey(key);
      if (random() % 4 == 0) {
        for (const Key& key : decoder.Flush()) edit.HandleKey(key);
      }
      ASSERT_LE(edit.cursor(), edit.text().size());
    }
  }
}

}  // namespace
}  // namespace scaffold::terminal
