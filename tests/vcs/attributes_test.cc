#include "vcs/attributes.h"

#include "gtest/gtest.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

using testing::File;
using testing::GitScratch;
using testing::MakeTree;

TEST(ScanAttributes, FindsWhatConverts) {
  EXPECT_TRUE(ScanAttributes("*.png filter=lfs diff=lfs -text\n").filters);
  EXPECT_TRUE(ScanAttributes("a\tident").filters);
  EXPECT_TRUE(ScanAttributes("*.txt working-tree-encoding=UTF-16").filters);
  EXPECT_TRUE(ScanAttributes("* text=auto\r\n").line_ends);
  EXPECT_FALSE(ScanAttributes("* text=auto\n").writes_crlf);
  EXPECT_TRUE(ScanAttributes("*.bat text eol=crlf\r\n").writes_crlf);
  const AttributeUse none = ScanAttributes("# filter=x\n*.a -diff linguist-generated\n\n");
  EXPECT_FALSE(none.filters || none.line_ends || none.writes_crlf);
}

TEST(CheckoutConverts, LooksAtConfigurationAndAttributes) {
  GitScratch scratch;
  const Tree plain = MakeTree({{"a", File("x")}, {"sub/.gitattributes", File("* text=auto\n")}});
  const Tree crlf = MakeTree({{"sub/.gitattributes", File("*.bat eol=crlf\n")}});
  EXPECT_FALSE(CheckoutConverts(scratch.host(), GitConfig::Load(scratch.host()), plain));
  EXPECT_TRUE(CheckoutConverts(scratch.host(), GitConfig::Load(scratch.host()), crlf));
  scratch.Configure("[core]\n\tautocrlf = true\n");
  EXPECT_TRUE(CheckoutConverts(scratch.host(), GitConfig::Load(scratch.host()), plain));
}

}  // namespace
}  // namespace scaffold
