#include "project/missing_regions.h"

#include "generators/regions.h"
#include "project/addition.h"
#include "scaffold/error.h"
#include "vcs/merge_text.h"

namespace scaffold {

std::optional<Tree> RenderAsRecorded(Session* session, const std::vector<Addition>& additions,
                                     Prompter& prompter) {
  try {
    CheckTrust(session, {.manifest = &session->manifest, .skip_tasks = true});
    PrepareSession(session);
    AskQuestions(session, prompter);
    Tree tree = RenderSession(*session).tree;
    for (const Addition& addition : additions) AddEntries(addition.inserts, &tree);
    return tree;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    return std::nullopt;
  }
}

std::optional<std::string> PutRegionBack(const std::string& text, const std::string& region,
                                         const std::string& rendered) {
  if (!HasRegion(rendered, region)) return std::nullopt;
  // The template's two marker lines are a change that the text has yet to get.
  const MergedText merged =
      MergeText(WithoutMarkers(rendered, region), WithoutMarkers(text, region), rendered,
                ConflictStyle::kMerge);
  if (merged.conflicts != 0 || !HasRegion(merged.text, region)) return std::nullopt;
  return merged.text;
}

}  // namespace scaffold
