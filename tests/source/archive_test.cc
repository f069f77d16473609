#include "source/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "support/file.h"
#include "support/subprocess.h"
#include "tests/tree/test_files.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::Scratch;

std::string Tar(Scratch& scratch, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "tar");
  Command tar;
  tar.arguments = std::move(arguments);
  return RunCommand(scratch.host(), tar).output;
}

void WriteTemplate(Scratch& scratch) {
  scratch.Write("t/a", "1", 0600);
  scratch.Write("t/d/run", "2", 0750);
  fs::create_directory(scratch / "t/empty");
  fs::create_symlink("a", scratch / "t/link");
}

constexpr char kTemplate[] = "644 a: 1\n755 d/run: 2\ndir empty\nlink link -> a\n";

// A zip file with one entry of `size` zero bytes.
std::string ZipOfZeros(const std::string& name, size_t size) {
  std::string bytes(size / 100 + 100'000, '\0');
  size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, name.c_str());
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, static_cast<la_int64_t>(size));
  archive_write_header(writer, entry);
  const std::string zeros(size_t{1} << 20, '\0');
  for (size_t done = 0; done < size; done += zeros.size()) {
    archive_write_data(writer, zeros.data(), std::min(zeros.size(), size - done));
  }
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

TEST(ReadArchive, KeepsModesLinksAndEmptyFolders) {
  Scratch scratch;
  WriteTemplate(scratch);
  const std::string folder = (scratch / "t").string();
  for (const char* option : {"-cf", "-czf"}) {
    EXPECT_EQ(Scratch::TreeText(ReadArchive(Tar(scratch, {"-C", folder, option, "-", "."}))),
              kTemplate);
  }
  const std::string archive = Tar(scratch, {"-C", folder, "-cf", "-", "."});
  EXPECT_THROW(ReadArchive(std::string_view(archive).substr(0, 700)), Error);
}

TEST(ReadArchive, ReadsZipFilesAndHardLinks) {
  Scratch scratch;
  EXPECT_EQ(ReadArchive(ZipOfZeros("f", 3)).Find("f")->bytes, std::string(3, '\0'));
  scratch.Write("t/a", "1");
  fs::create_hard_link(scratch / "t/a", scratch / "t/b");
  const std::string archive = Tar(scratch, {"-C", (scratch / "t").string(), "-cf", "-", "a", "b"});
  EXPECT_EQ(Scratch::TreeText(ReadArchive(archive)), "644 a: 1\n644 b: 1\n");
}

TEST(ReadArchive, RefusesPathsThatLeave) {
  Scratch scratch;
  scratch.Write("x", "1");
  scratch.Write("t/y", "1");
  EXPECT_THROW(
      ReadArchive(Tar(scratch, {"-C", (scratch / "t").string(), "-P", "-cf", "-", "../x"})), Error);
  EXPECT_THROW(ReadArchive(ZipOfZeros("../x", 1)), Error);
}

TEST(ReadArchive, StopsAtArchivesThatFillMemory) {
  try {
    ReadArchive(ZipOfZeros("f", 1'000'001), {.bytes = 1'000'000});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "the archive is too large for a template");
  }
}

TEST(ReadArchive, CountsEntries) {
  EXPECT_THROW(ReadArchive(ZipOfZeros("f", 1), {.entries = 0}), Error);
  EXPECT_EQ(ReadArchive(ZipOfZeros("f", 1), {.entries = 1}).size(), 1u);
}

TEST(ReadArchive, RefusesWhatIsNoArchive) {
  EXPECT_THROW(ReadArchive(std::string_view("hello")), Error);
}

TEST(WithoutTopFolder, TakesAwayOnlyALoneFolder) {
  Tree one;
  one.Add("repo-1.0/copier.yml", {.bytes = "a", .origin = {}});
  one.Add("repo-1.0/f/g", {.bytes = "b", .origin = {}});
  EXPECT_EQ(Scratch::TreeText(WithoutTopFolder(one)), "644 copier.yml: a\n644 f/g: b\n");
  one.Add("repo-1.0.txt", {.bytes = "c", .origin = {}});
  EXPECT_EQ(Scratch::TreeText(WithoutTopFolder(one)), Scratch::TreeText(one));
}

TEST(IsArchiveName, GoesByTheSuffix) {
  for (const char* name : {"a.tar", "b.tar.gz", "c.tgz", "d.zip", "e.tar.bz2", "f.tar.xz"}) {
    EXPECT_TRUE(IsArchiveName(name)) << name;
  }
  for (const char* name : {"tar", ".zip", "a.gz", "a.git", ""}) {
    EXPECT_FALSE(IsArchiveName(name)) << name;
  }
}

}  // namespace
}  // namespace scaffold
