// The inside of Repository, for the files of this module that implement it.

#pragma once

#include "vcs/config.h"
#include "vcs/libgit2.h"
#include "vcs/repository.h"

namespace scaffold {

struct Repository::Rep {
  git::RepositoryHandle repository;
  GitConfig config;
  git_repository* get() const { return repository.get(); }
};

}  // namespace scaffold
