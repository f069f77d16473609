#include "support/error_report.h"

#include "gtest/gtest.h"
#include "support/source.h"

namespace scaffold {
namespace {

TEST(FormatError, ShowsPlaceCaretHelpAndNotes) {
  const Source source("copier.yml", "a: 1\nslug: \"{{ name|upperr }}\"\n");
  const Error error = Error(ErrorKind::kAssertion, "unknown filter 'upperr'")
                          .At(source.Locate({20, 26}))
                          .WithHelp("did you mean 'upper'?")
                          .AddNote("for question 'slug'");
  EXPECT_EQ(FormatError(error),
            "error: unknown filter 'upperr'\n"
            " --> copier.yml:2:16\n"
            "  |\n"
            "2 | slug: \"{{ name|upperr }}\"\n"
            "  |                ^^^^^^\n"
            "help: did you mean 'upper'?\n"
            "note: for question 'slug'\n");
}

TEST(FormatError, NeedsNoPlace) {
  EXPECT_EQ(FormatError(Error(ErrorKind::kIo, "cannot read 'x'")), "error: cannot read 'x'\n");
}

TEST(FormatError, PutsCaretsBelowWideCharacters) {
  const Source source("t", "日本 x");
  const std::string report =
      FormatError(Error(ErrorKind::kSyntax, "bad").At(source.Locate({7, 8})));
  EXPECT_NE(report.find("1 | 日本 x\n  |      ^\n"), std::string::npos) << report;
}

TEST(FormatError, CutsVeryLongLines) {
  const Source source("t", std::string(5000, 'a') + "X" + std::string(5000, 'b'));
  const std::string report =
      FormatError(Error(ErrorKind::kSyntax, "bad").At(source.Locate({5000, 5001})));
  EXPECT_LT(report.size(), 600u);
  EXPECT_NE(report.find("aX"), std::string::npos);
}

TEST(FormatError, EscapesUntrustedText) {
  const std::string report = FormatError(Error(ErrorKind::kUser, "bad \x1b]0;title\x07 name"));
  EXPECT_EQ(report.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace scaffold
