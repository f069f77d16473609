// A question as the Prompt that is put to a person.

#pragma once

#include "questionnaire/question_evaluator.h"
#include "scaffold/prompt.h"

namespace scaffold {

// Throws for errors in any part of the question that shows, its default included.
Prompt MakePrompt(QuestionEvaluator* question);

}  // namespace scaffold
