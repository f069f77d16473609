#include "vcs/pack_writer.h"

#include "gtest/gtest.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::GitScratch;

TEST(PackWriter, GitReadsEveryObject) {
  GitScratch scratch;
  scratch.Init("r");
  PackWriter pack;
  std::vector<std::string> texts = {"",
                                    "x",
                                    std::string(15, 'a'),
                                    std::string(16, 'b'),
                                    std::string(100000, 'c'),
                                    std::string("\0\1\2", 3)};
  for (int i = 0; i < 300; ++i) texts.push_back("text " + std::to_string(i));
  std::vector<std::string> ids;
  for (const std::string& text : texts) {
    ids.push_back(FormatObjectId(pack.Add(PackWriter::Type::kBlob, text)));
  }
  EXPECT_EQ(FormatObjectId(pack.Add(PackWriter::Type::kBlob, "x")), ids[1]);
  pack.Write(scratch / "r/.git/objects/pack");
  EXPECT_EQ(scratch.Run("r", {"fsck", "--full"}).exit_status, 0);
  for (const auto& entry : fs::directory_iterator(scratch / "r/.git/objects/pack")) {
    if (entry.path().extension() != ".idx") continue;
    const std::string verified = scratch.Git("r", {"verify-pack", "-v", entry.path().string()});
    EXPECT_NE(verified.find("non delta: " + std::to_string(texts.size()) + " objects"),
              std::string::npos);
  }
  for (size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(scratch.Run("r", {"cat-file", "blob", ids[i]}).output, texts[i]);
  }
}

}  // namespace
}  // namespace scaffold
