// TerminalPrompter: questions in place on a terminal, key by key.
//
// An answered question becomes one line. Going back takes that line away again, and the review of
// all answers takes the place of the lines until it is accepted.

#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cli/raw_terminal.h"
#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"
#include "terminal/field.h"
#include "terminal/painter.h"

namespace scaffold::cli {

// Whether a TerminalPrompter can ask here: not on a terminal that cannot move its cursor
// (TERM=dumb), nor for people who have the screen read to them (ACCESSIBLE).
bool CanPromptInPlace(const Host& host, const Streams& streams);

class TerminalPrompter : public Prompter {
 public:
  // REQUIRES: CanPromptInPlace(host, streams).
  TerminalPrompter(const Host& host, const Streams& streams);
  // Takes an open question off the screen.
  ~TerminalPrompter() override;

  PromptReply Ask(const Prompt& prompt, const PromptValidator& validate,
                  std::string_view error) override;
  std::optional<size_t> Review(const std::vector<ReviewedAnswer>& answers) override;
  std::optional<bool> ConfirmOverwrite(std::string_view path) override;

 private:
  struct AnsweredLine {
    std::string name;
    terminal::FrameLine line;
  };

  // Until the field is done or left. Throws Error(kInterrupted) on Ctrl-C and when the terminal is
  // gone.
  terminal::FieldState Run(terminal::Field* field);
  void ReadKeys();
  // Between them what others write to standard error waits until the frame is off the screen.
  void Open();
  void Close();
  void ShowHeld();
  void Suspend();
  // The answered line of the field instead of its frame.
  void Settle(const terminal::Field& field, const std::string& name);
  // Takes the frame and the last `count` answered lines off the screen.
  void TakeBack(size_t count);
  size_t RowsOfLast(size_t count) const;
  void Write(const std::string& bytes);

  const Host& host_;
  Streams streams_;
  RawTerminal terminal_;
  terminal::Painter painter_;
  terminal::Glyphs glyphs_;
  terminal::KeyDecoder decoder_;
  std::deque<terminal::Key> keys_;  // typed ahead
  std::stringbuf held_;
  std::streambuf* error_stream_ = nullptr;  // the real one, while `held_` stands in for it

  std::unique_ptr<terminal::Field> field_;  // of the last Ask
  const Prompt* prompt_ = nullptr;          // during Ask
  const PromptValidator* validate_ = nullptr;
  std::vector<AnsweredLine> answered_;  // on the screen, the last one just above the cursor
  std::map<std::string, terminal::Answered> all_answered_;  // by name of the question
};

}  // namespace scaffold::cli
