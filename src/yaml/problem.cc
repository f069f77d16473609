#include "yaml/problem.h"

#include "scaffold/value.h"
#include "support/utf8.h"
#include "yaml/characters.h"

namespace scaffold::yaml {
namespace {

// PyYAML shows at most this many characters of the line on each side of the mark.
constexpr size_t kSnippetReach = 36;
constexpr size_t kSnippetCut = 5;

bool EndsSnippet(std::string_view text, size_t offset) {
  return offset >= text.size() || BreakLength(text, offset) != 0;
}

size_t PreviousCharacter(std::string_view text, size_t offset) {
  do {
    --offset;
  } while (offset > 0 && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80);
  return offset;
}

std::string_view LastCharacters(std::string_view text, size_t count) {
  size_t offset = text.size();
  while (count-- > 0 && offset > 0) offset = PreviousCharacter(text, offset);
  return text.substr(offset);
}

// The line around the mark and a caret below it, as PyYAML draws them.
std::string Snippet(std::string_view text, const Mark& mark) {
  std::string head;
  size_t begin = mark.offset;
  size_t before = 0;
  while (begin > 0) {
    const size_t previous = PreviousCharacter(text, begin);
    if (BreakLength(text, previous) != 0) break;
    begin = previous;
    if (++before > kSnippetReach) {
      head = " ... ";
      before -= kSnippetCut;
      begin = mark.offset - LastCharacters(text.substr(begin, mark.offset - begin), before).size();
      break;
    }
  }
  std::string tail;
  size_t end = mark.offset;
  size_t after = 0;
  while (!EndsSnippet(text, end)) {
    DecodeUtf8(text, &end);
    if (++after > kSnippetReach) {
      tail = " ... ";
      const std::string_view shown = text.substr(mark.offset, end - mark.offset);
      end -= LastCharacters(shown, kSnippetCut).size();
      break;
    }
  }
  std::string out = "    " + head;
  out.append(text.substr(begin, end - begin));
  out += tail + "\n" + std::string(4 + before + head.size(), ' ') + "^";
  return out;
}

std::string FormatMark(const Source& source, const Mark& mark) {
  const std::string name = source.name().empty() ? "<unicode string>" : source.name();
  return "  in \"" + name + "\", line " + std::to_string(mark.line + 1) + ", column " +
         std::to_string(mark.column + 1) + ":\n" + Snippet(source.text(), mark);
}

bool SamePlace(const Mark& a, const Mark& b) { return a.line == b.line && a.column == b.column; }

}  // namespace

std::string CharacterRepr(std::string_view text, size_t offset) {
  if (offset >= text.size()) return "'\\x00'";
  size_t end = offset;
  DecodeUtf8(text, &end);
  return Repr(Value(text.substr(offset, end - offset)));
}

std::string FormatLikePython(const Source& source, const Problem& problem) {
  std::string out = problem.context;
  auto add_line = [&out](const std::string& line) {
    if (!out.empty()) out += '\n';
    out += line;
  };
  if (problem.context_mark && (!problem.mark || !SamePlace(*problem.context_mark, *problem.mark))) {
    add_line(FormatMark(source, *problem.context_mark));
  }
  add_line(problem.text);
  if (problem.mark) add_line(FormatMark(source, *problem.mark));
  return out;
}

Error MakeError(const Source& source, ErrorText style, const Problem& problem) {
  const bool python = style == ErrorText::kPython;
  Error error(ErrorKind::kYaml, python ? FormatLikePython(source, problem) : problem.text);
  const std::optional<Mark>& mark = problem.mark ? problem.mark : problem.context_mark;
  if (mark) error.At(source.Locate({mark->offset, mark->offset}));
  if (!python && !problem.context.empty()) {
    std::string note = problem.context;
    if (problem.context_mark && problem.mark && !SamePlace(*problem.context_mark, *problem.mark)) {
      note += " that begins at line " + std::to_string(problem.context_mark->line + 1) +
              ", column " + std::to_string(problem.context_mark->column + 1);
    }
    error.AddNote(std::move(note));
  }
  return error;
}

}  // namespace scaffold::yaml
