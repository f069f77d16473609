#include "cli/trust_prompt.h"

#include <algorithm>
#include <array>
#include <vector>

#include "support/text.h"
#include "support/utf8.h"

namespace scaffold::cli {
namespace {

struct CodeRange {
  char32_t first, last;
};

// Characters without a mark of their own, or that move others: controls, format characters, blanks
// but for U+0020, line separators, fillers, variation selectors, tags, private use.
constexpr std::array kHidden = {
    CodeRange{0x00, 0x1f},        CodeRange{0x7f, 0xa0},     CodeRange{0xad, 0xad},
    CodeRange{0x34f, 0x34f},      CodeRange{0x600, 0x605},   CodeRange{0x61c, 0x61c},
    CodeRange{0x6dd, 0x6dd},      CodeRange{0x70f, 0x70f},   CodeRange{0x115f, 0x1160},
    CodeRange{0x1680, 0x1680},    CodeRange{0x17b4, 0x17b5}, CodeRange{0x180b, 0x180f},
    CodeRange{0x2000, 0x200f},    CodeRange{0x2028, 0x202f}, CodeRange{0x205f, 0x206f},
    CodeRange{0x2800, 0x2800},    CodeRange{0x3000, 0x3000}, CodeRange{0x3164, 0x3164},
    CodeRange{0xe000, 0xf8ff},    CodeRange{0xfe00, 0xfe0f}, CodeRange{0xfeff, 0xfeff},
    CodeRange{0xffa0, 0xffa0},    CodeRange{0xfff0, 0xfffd}, CodeRange{0x1d173, 0x1d17a},
    CodeRange{0xe0000, 0x10ffff},
};

bool IsHidden(char32_t c) {
  return std::any_of(kHidden.begin(), kHidden.end(),
                     [c](const CodeRange& range) { return c >= range.first && c <= range.last; });
}

// The first line behind `first`, the rest behind a bar, so that no line of the template can pass
// for one of ours.
std::string FormatLines(std::string_view text, std::string_view first) {
  std::string out;
  for (const std::string_view line : Split(text, '\n')) {
    out += out.empty() ? std::string(first) : std::string(first.size() - 2, ' ') + "| ";
    out += ShowEverything(line) + "\n";
  }
  return out;
}

PromptChoice Choice(std::string title, TrustReply reply) {
  return {.title = std::move(title), .value = Value(static_cast<int64_t>(reply)), .disabled = {}};
}

}  // namespace

bool CanAskTrust(const Host& host, const Streams& streams, const Options& options) {
  const bool terminal =
      streams.in_is_terminal && streams.out_is_terminal && streams.err_is_terminal;
  return terminal && host.Variable("CI").value_or("").empty() &&
         options.program == Program::kScaffold && !options.defaults && !options.force &&
         !options.quiet && !options.json;
}

std::string ShowEverything(std::string_view line) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (size_t pos = 0; pos < line.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(line, &pos);
    if (!IsHidden(c)) {
      out.append(line.substr(begin, pos - begin));
      continue;
    }
    std::string digits;
    for (char32_t rest = c; rest != 0 || digits.size() < 2; rest >>= 4) {
      digits.insert(digits.begin(), kHex[rest & 15]);
    }
    out += "\\u{" + digits + "}";
  }
  return out;
}

std::string FormatTrustRequest(const TrustRequest& request) {
  std::string out = "This template is not trusted, and it wants to run code on this machine.\n";
  out += FormatLines(request.source, "  source: ");
  if (request.commit) {
    std::string commit = *request.commit;
    if (request.commit_hash && *request.commit_hash != commit) {
      commit += " (" + *request.commit_hash + ")";
    }
    out += FormatLines(commit, "  commit: ");
  }
  for (const std::string& extension : request.extensions) {
    out += FormatLines(extension, "  extension: ");
  }
  if (!request.commands.empty()) {
    out += request.commands.size() == 1 ? "  command:\n" : "  commands:\n";
  }
  for (size_t i = 0; i < request.commands.size(); ++i) {
    out += FormatLines(request.commands[i], "    " + std::to_string(i + 1) + ". ");
  }
  return out;
}

TrustReply AskTrust(const TrustRequest& request, const Streams& streams, Prompter& prompter) {
  streams.err << FormatTrustRequest(request) << std::flush;
  Prompt prompt;
  prompt.kind = PromptKind::kSelect;
  prompt.message = "Let it run them?";
  prompt.choices = {Choice("No", TrustReply::kNo),
                    Choice("Yes, in this run", TrustReply::kThisRun)};
  if (request.can_trust_commit) {
    prompt.choices.push_back(
        Choice("Yes, always for this commit of this template", TrustReply::kThisCommit));
  }
  if (request.can_trust_source) {
    prompt.choices.push_back(Choice("Yes, always for this source", TrustReply::kThisSource));
  }
  prompt.initial_choice = 0;
  prompt.default_value = prompt.choices.front().value;
  const PromptReply reply = prompter.Ask(
      prompt, [](std::string_view) { return std::optional<std::string>(); }, "");
  if (reply.action != PromptReply::Action::kValue) return TrustReply::kNo;
  return static_cast<TrustReply>(reply.value.AsInt());
}

}  // namespace scaffold::cli
