// The field of a prompt: what a Prompt is on a terminal, and the reply that the field holds.

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/prompt.h"
#include "terminal/field.h"

namespace scaffold::cli {

// What stands before the question: the template's own sign, or ours.
std::string MarkOf(const Prompt& prompt);

// `validate` is used for text. Relative paths are completed below `working_directory`.
std::unique_ptr<terminal::Field> MakeField(const Prompt& prompt, terminal::TextValidator validate,
                                           const std::filesystem::path& working_directory,
                                           const terminal::Glyphs& glyphs);
// REQUIRES: MakeField made the field for this prompt, and it is done.
PromptReply ReplyOf(const Prompt& prompt, const terminal::Field& field);

// All answers, and one line to go on with them: what is picked first is 0, then the answers.
std::unique_ptr<terminal::Field> MakeReviewField(const std::vector<ReviewedAnswer>& answers,
                                                 size_t columns, const terminal::Glyphs& glyphs);

// A refusal without the words that name the question, which is on the screen anyway.
std::string FormatRefusal(const Prompt& prompt, std::string_view refusal);

}  // namespace scaffold::cli
