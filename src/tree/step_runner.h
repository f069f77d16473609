// StepRunner: does and undoes single steps of a journal.

#pragma once

#include <string>

#include "tree/journal.h"

namespace scaffold {

class StepRunner {
 public:
  explicit StepRunner(const StepPlace& place) : place_(place) {}

  // Both may be called again for a step that is done, half done or undone.
  void Do(const Step& step, size_t number);
  void Undo(const Step& step, size_t number);

 private:
  bool IsStaged(const std::string& name) const;
  Error Failure(const Step& step, int error_number) const;
  // Remembers that a step on a folder was ours: a folder cannot be kept as a backup.
  void Mark(const Step& step, size_t number);
  void SetMode(int parent, const char* name, mode_t mode) const;

  void MakeDirectory(const Step& step, int parent, size_t number);
  void RemoveDirectory(const Step& step, int parent, size_t number);
  void Move(const Step& step, int parent, size_t number);
  void PutAside(const Step& step, int parent, size_t number);

  void UndoRemoveDirectory(const Step& step, int parent);
  void UndoMove(const Step& step, int parent, const std::string& backup);
  void UndoDelete(const Step& step, int parent, const std::string& backup);
  void PutBack(const Step& step, int parent, const std::string& backup);

  // Copies what stands at the step's path when somebody has edited it since the kill: it is neither
  // `expected` nor known to be ours.
  void KeepEdited(const Step& step, int parent, const std::string& expected);
  void Keep(const Step& step, int parent);

  StepPlace place_;
};

}  // namespace scaffold
