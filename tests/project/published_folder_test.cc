// What a failing run may take away: what it has put there itself.

#include <unistd.h>

#include "gtest/gtest.h"
#include "scaffold/scaffold.h"
#include "support/file.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

class NobodyAsks : public Prompter {
 public:
  PromptReply Ask(const Prompt&, const PromptValidator&, std::string_view) override { return {}; }
  std::optional<bool> ConfirmOverwrite(std::string_view) override { return std::nullopt; }
};

// Another run that finishes first: it makes the destination while ours is about to write.
class OtherRun : public Reporter {
 public:
  explicit OtherRun(fs::path destination) : destination_(std::move(destination)) {}
  void Path(PathAction, std::string_view) override {
    fs::create_directories(destination_);
    WriteFile(destination_ / "theirs.txt", "theirs");
  }

 private:
  fs::path destination_;
};

class PublishedFolderTest : public ::testing::Test {
 protected:
  PublishedFolderTest() : temp_(fs::temp_directory_path(), "scaffold-project-test-") {
    fs::create_directories(temp_.path() / "t");
    WriteFile(temp_.path() / "t/ours.txt", "ours");
    host_ = Host::FromProcess();
    host_.working_directory = temp_.path();
    host_.temp_directory = temp_.path();
    host_.environment = {
        {"PATH", "/usr/bin:/bin"}, {"HOME", temp_.path().string()}, {"GIT_CONFIG_NOSYSTEM", "1"}};
    options_.source = "t";
    options_.destination = "p";
    options_.trust = Trust::kAlways;
  }
  void UseTask(const std::string& command) {
    WriteFile(temp_.path() / "t/copier.yml", "_tasks: ['" + command + "']\n");
  }
  std::string Read(const std::string& path) const {
    return ReadFileIfExists(temp_.path() / path).value_or("<missing>");
  }

  TempDir temp_;
  Host host_;
  CopyOptions options_;
  NobodyAsks prompter_;
};

TEST_F(PublishedFolderTest, CopyLeavesWhatAnotherRunHasMade) {
  OtherRun other(temp_.path() / "p");
  EXPECT_THROW(Copy(host_, options_, prompter_, other), Error);
  EXPECT_EQ(Read("p/theirs.txt"), "theirs");
  EXPECT_EQ(Read("p/ours.txt"), "<missing>");
}

TEST_F(PublishedFolderTest, NewLeavesWhatAnotherRunHasMade) {
  for (const char* task : {"", "true"}) {
    if (*task != '\0') UseTask(task);
    OtherRun other(temp_.path() / "p");
    NewOptions options;
    options.copy = options_;
    EXPECT_THROW(New(host_, options, prompter_, other), Error);
    EXPECT_EQ(Read("p/theirs.txt"), "theirs");
    fs::remove_all(temp_.path() / "p");
  }
}

TEST_F(PublishedFolderTest, AFailingTaskTakesAwayOurFolderOnly) {
  Reporter reporter;
  UseTask("exit 1");
  EXPECT_THROW(Copy(host_, options_, prompter_, reporter), Error);
  EXPECT_FALSE(fs::exists(temp_.path() / "p"));
  // Somebody has put another folder in its place.
  UseTask("mv ../p ../old && mkdir ../p && touch ../p/theirs.txt && exit 1");
  EXPECT_THROW(Copy(host_, options_, prompter_, reporter), Error);
  EXPECT_EQ(Read("p/theirs.txt"), "");
}

}  // namespace
}  // namespace scaffold
