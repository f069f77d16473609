#include "terminal/key.h"

#include "gtest/gtest.h"

namespace scaffold::terminal {
namespace {

Key Named(KeyCode code) { return {.code = code}; }
Key Text(std::string text) { return {.code = KeyCode::kText, .text = std::move(text)}; }

struct KeyCase {
  std::string bytes;
  Key key;
};

class OneKey : public ::testing::TestWithParam<KeyCase> {};

TEST_P(OneKey, IsDecodedWhole) {
  KeyDecoder decoder;
  EXPECT_EQ(decoder.Feed(GetParam().bytes), std::vector<Key>{GetParam().key});
  EXPECT_FALSE(decoder.has_pending());
}

TEST_P(OneKey, IsDecodedByteByByte) {
  KeyDecoder decoder;
  std::vector<Key> keys;
  for (char byte : GetParam().bytes) {
    for (Key& key : decoder.Feed(std::string_view(&byte, 1))) keys.push_back(std::move(key));
  }
  EXPECT_EQ(keys, std::vector<Key>{GetParam().key});
}

INSTANTIATE_TEST_SUITE_P(
    Keys, OneKey,
    ::testing::Values(
        KeyCase{"a", Text("a")}, KeyCase{"é", Text("é")}, KeyCase{"日", Text("日")},
        KeyCase{"😀", Text("😀")}, KeyCase{"\r", Named(KeyCode::kEnter)},
        KeyCase{"\n", Named(KeyCode::kEnter)}, KeyCase{"\t", Named(KeyCode::kTab)},
        KeyCase{"\x7f", Named(KeyCode::kBackspace)}, KeyCase{"\b", Named(KeyCode::kBackspace)},
        KeyCase{"\x02", {.code = KeyCode::kControl, .text = "b"}},
        KeyCase{"\x1b[A", Named(KeyCode::kUp)}, KeyCase{"\x1bOB", Named(KeyCode::kDown)},
        KeyCase{"\x1b[C", Named(KeyCode::kRight)}, KeyCase{"\x1b[D", Named(KeyCode::kLeft)},
        KeyCase{"\x1b[H", Named(KeyCode::kHome)}, KeyCase{"\x1b[4~", Named(KeyCode::kEnd)},
        KeyCase{"\x1b[1~", Named(KeyCode::kHome)}, KeyCase{"\x1b[F", Named(KeyCode::kEnd)},
        KeyCase{"\x1b[3~", Named(KeyCode::kDelete)}, KeyCase{"\x1b[5~", Named(KeyCode::kPageUp)},
        KeyCase{"\x1b[6~", Named(KeyCode::kPageDown)}, KeyCase{"\x1b[Z", Named(KeyCode::kBackTab)},
        KeyCase{"\x1b[1;5C", {.code = KeyCode::kRight, .ctrl = true}},
        KeyCase{"\x1b[1;3D", {.code = KeyCode::kLeft, .alt = true}},
        KeyCase{"\x1b\r", {.code = KeyCode::kEnter, .alt = true}},
        KeyCase{"\x1b\x7f", {.code = KeyCode::kBackspace, .alt = true}},
        KeyCase{"\x1b"
                "b",
                {.code = KeyCode::kText, .text = "b", .alt = true}},
        KeyCase{"\x1b[13;3u", {.code = KeyCode::kEnter, .alt = true}},
        KeyCase{"\x1b[27;5;98~", {.code = KeyCode::kControl, .text = "b"}},
        KeyCase{"\x1b[9;2u", Named(KeyCode::kBackTab)},
        KeyCase{"\x1b[27u", Named(KeyCode::kEscape)}, KeyCase{"\x1b[97u", Text("a")},
        KeyCase{"\x1bOM", Named(KeyCode::kEnter)}, KeyCase{"\x1b[[A", Named(KeyCode::kUnknown)},
        KeyCase{"\x1b[20~", Named(KeyCode::kUnknown)},
        KeyCase{"\x1b]11;rgb:00/00/00\a", Named(KeyCode::kUnknown)},
        KeyCase{"\x1b]11;rgb:00/00/00\x1b\\", Named(KeyCode::kUnknown)},
        KeyCase{"\x1b[200~a\r\nb\x1b[201~", {.code = KeyCode::kPaste, .text = "a\r\nb"}},
        KeyCase{"\xff", Named(KeyCode::kUnknown)}, KeyCase{"\x80", Named(KeyCode::kUnknown)}));

TEST(KeyDecoder, TakesManyKeysAtOnce) {
  KeyDecoder decoder;
  EXPECT_EQ(decoder.Feed("a\x1b[Bé\r"), (std::vector<Key>{Text("a"), Named(KeyCode::kDown),
                                                          Text("é"), Named(KeyCode::kEnter)}));
}

TEST(KeyDecoder, ALoneEscapeNeedsTime) {
  KeyDecoder decoder;
  EXPECT_TRUE(decoder.Feed("\x1b").empty());
  EXPECT_TRUE(decoder.has_pending());
  EXPECT_EQ(decoder.Flush(), std::vector<Key>{Named(KeyCode::kEscape)});
  EXPECT_FALSE(decoder.has_pending());
  EXPECT_TRUE(decoder.Flush().empty());
}

TEST(KeyDecoder, TwoEscapesAreTwoKeys) {
  KeyDecoder decoder;
  EXPECT_EQ(decoder.Feed("\x1b\x1b[A"),
            (std::vector<Key>{Named(KeyCode::kEscape), Named(KeyCode::kUp)}));
}

TEST(KeyDecoder, ACutSequenceIsOneUnknownKey) {
  KeyDecoder decoder;
  EXPECT_TRUE(decoder.Feed("\x1b[1;").empty());
  EXPECT_EQ(decoder.Flush(), std::vector<Key>{Named(KeyCode::kUnknown)});
}

TEST(KeyDecoder, AltWithABracketIsAKeyAfterSomeTime) {
  KeyDecoder decoder;
  EXPECT_TRUE(decoder.Feed("\x1b[").empty());
  EXPECT_EQ(decoder.Flush(),
            (std::vector<Key>{{.code = KeyCode::kText, .text = "[", .alt = true}}));
}

TEST(KeyDecoder, ABrokenSequenceLosesOnlyItself) {
  KeyDecoder decoder;
  EXPECT_EQ(decoder.Feed("\x1b[1\rx"),
            (std::vector<Key>{Named(KeyCode::kUnknown), Named(KeyCode::kEnter), Text("x")}));
  EXPECT_EQ(decoder.Feed("\xe6\x97z"), (std::vector<Key>{Named(KeyCode::kUnknown), Text("z")}));
}

TEST(KeyDecoder, APasteIsNeverFlushed) {
  KeyDecoder decoder;
  EXPECT_TRUE(decoder.Feed("\x1b[200~half").empty());
  EXPECT_FALSE(decoder.has_pending());
  EXPECT_TRUE(decoder.Flush().empty());
  EXPECT_EQ(decoder.Feed("\x1b[201~"),
            (std::vector<Key>{{.code = KeyCode::kPaste, .text = "half"}}));
}

}  // namespace
}  // namespace scaffold::terminal
