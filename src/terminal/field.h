// Field: one prompt as a state machine, from keys to frames. It reads and writes nothing.
//
// The base class draws what all have in common: the title with its mark, the help below it, the
// complaint about the input and a line of hints. A frame always fits into its window.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "terminal/frame.h"
#include "terminal/key.h"

namespace scaffold::terminal {

enum class FieldState : uint8_t { kOpen, kDone, kBack };

struct FieldLabel {
  std::string mark = "?";
  std::string title;  // its first line is the question, the others are help
  bool can_go_back = false;
  Glyphs glyphs = kUnicodeGlyphs;
};

// An answered question; it stays on the screen as one line.
struct Answered {
  std::string mark;
  std::string question;
  std::string answer;
};
// The line in less than `columns`; the question gives way first, but for its first words.
FrameLine FormatAnswered(const Answered& answered, size_t columns);

// Why a text would be refused, or nullopt.
using TextValidator = std::function<std::optional<std::string>(std::string_view)>;

class Field {
 public:
  explicit Field(FieldLabel label);
  virtual ~Field() = default;

  // After kDone and kBack the field may still be used: it is open again.
  FieldState HandleKey(const Key& key);
  Frame Render(WindowSize window) const;
  Answered Collapse() const;
  // Shows why the answer was refused, until the input changes.
  void Refuse(std::string why) { complaint_ = std::move(why); }

 protected:
  virtual FieldState OnKey(const Key& key) = 0;
  // The part between help and complaint, in at most `columns` and `rows`; rows is at least 1.
  virtual Frame RenderBody(size_t columns, size_t rows) const = 0;
  virtual std::string Hint() const = 0;
  // The answer as it stands on the collapsed line.
  virtual std::string Summary() const = 0;

  const Glyphs& glyphs() const { return label_.glyphs; }
  const std::string& complaint() const { return complaint_; }

 private:
  std::string question() const;
  std::vector<FrameLine> RenderTitle(size_t columns) const;
  std::vector<FrameLine> RenderHelp(size_t columns) const;
  std::vector<FrameLine> RenderComplaint(size_t columns) const;

  FieldLabel label_;
  std::string complaint_;
};

}  // namespace scaffold::terminal
