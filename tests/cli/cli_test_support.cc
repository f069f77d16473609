#include "tests/cli/cli_test_support.h"

#include "support/subprocess.h"

namespace scaffold::testing {

namespace fs = std::filesystem;

CliTest::CliTest() : temp_(fs::temp_directory_path(), "scaffold-cli-test-") {
  host_ = Host::FromProcess();
  host_.working_directory = folder();
  host_.temp_directory = folder();
  host_.umask = 022;
  host_.now = [] { return int64_t{1577934245}; };
  host_.environment = {{"PATH", host_.Variable("PATH").value_or("/usr/bin:/bin")},
                       {"HOME", (folder() / "home").string()},
                       {"GIT_CONFIG_NOSYSTEM", "1"},
                       {"NO_COLOR", "1"}};
  File("home/.gitconfig", "[user]\n\tname = Jane Doe\n\temail = jane@example.com\n");
}

CliTest& CliTest::File(const std::string& path, const std::string& text) {
  fs::create_directories((folder() / path).parent_path());
  WriteFile(folder() / path, text);
  return *this;
}

CliTest& CliTest::Input(std::string text) {
  input_ = std::move(text);
  return *this;
}

CliTest& CliTest::Variable(const std::string& name, const std::string& value) {
  host_.environment[name] = value;
  return *this;
}

CliTest& CliTest::CalledAs(std::string_view path) {
  program_ = cli::ProgramNamed(path);
  return *this;
}

CliTest& CliTest::OnTerminal() {
  on_terminal_ = true;
  return Variable("TERM", "dumb");
}

CliTest& CliTest::Run(std::vector<std::string> arguments, int expected_exit) {
  std::istringstream in(input_);
  std::ostringstream out, err;
  const cli::Streams streams = {.in = in,
                                .out = out,
                                .err = err,
                                .in_is_terminal = on_terminal_,
                                .out_is_terminal = on_terminal_,
                                .err_is_terminal = on_terminal_};
  const int code = cli::RunWith(host_, streams, arguments, program_);
  out_ = out.str();
  err_ = err.str();
  EXPECT_EQ(code, expected_exit) << "stdout:\n" << out_ << "stderr:\n" << err_;
  return *this;
}

std::string CliTest::Read(const std::string& path) const {
  return ReadFileIfExists(folder() / path).value_or("<missing>");
}

bool CliTest::Exists(const std::string& path) const {
  return fs::exists(fs::symlink_status(folder() / path));
}

std::string CliTest::Git(const std::string& in, std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "git");
  const CommandResult result =
      RunCommand(host_, {.arguments = arguments, .working_directory = folder() / in});
  EXPECT_EQ(result.exit_status, 0) << result.error_output;
  std::string output = result.output;
  if (output.ends_with('\n')) output.pop_back();
  return output;
}

void CliTest::Commit(const std::string& in, const std::string& message) const {
  if (!Exists(in + "/.git")) Git(in, {"init", "-q", "-b", "main"});
  Git(in, {"add", "-A"});
  Git(in, {"commit", "-qm", message});
}

}  // namespace scaffold::testing
