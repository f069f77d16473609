// CliTest: the whole program in one process, with a folder, input and environment of its own.

#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"
#include "gtest/gtest.h"
#include "support/file.h"

namespace scaffold::testing {

class CliTest {
 public:
  CliTest();

  const std::filesystem::path& folder() const { return temp_.path(); }
  // A file below the folder, with its parents.
  CliTest& File(const std::string& path, const std::string& text);
  CliTest& Input(std::string text);
  CliTest& Variable(const std::string& name, const std::string& value);
  // The name that the program is called by from here on.
  CliTest& CalledAs(std::string_view path);
  // All three streams are a terminal from here on, one that shows lines only.
  CliTest& OnTerminal();
  // Runs and compares the exit code.
  CliTest& Run(std::vector<std::string> arguments, int expected_exit);

  const std::string& out() const { return out_; }
  const std::string& err() const { return err_; }
  std::string Read(const std::string& path) const;
  bool Exists(const std::string& path) const;
  // Runs git in a sub-folder and gives its output without the last newline.
  std::string Git(const std::string& folder, std::vector<std::string> arguments) const;

  // Commits all of a sub-folder, in a repository that is made when it is missing.
  void Commit(const std::string& folder, const std::string& message) const;

 private:
  TempDir temp_;
  Host host_;
  std::string input_, out_, err_;
  bool on_terminal_ = false;
  cli::Program program_ = cli::Program::kScaffold;
};

}  // namespace scaffold::testing
