// Trust that a person has given and that outlives the run: for a commit, in a file of our own, and
// for a source, in the user's settings.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "source/checkout.h"
#include "support/host.h"

namespace scaffold {

// $XDG_STATE_HOME/scaffold/trust, else ~/.local/state/scaffold/trust: a digest a line, of a source,
// a commit and every file of the template at it, and behind it the names for people.
std::filesystem::path CommitTrustPath(const Host& host);
bool IsCommitTrusted(const Host& host, const Checkout& checkout);
// REQUIRES: the checkout has a commit.
void TrustCommit(const Host& host, const Checkout& checkout);

// Whether an entry of the trust list can stand for just this source, wherever it is read: not a
// relative path, not a URL with a password, nothing that would also match other sources.
bool CanTrustSource(const Host& host, std::string_view source);

// The settings with `entry` as the last one of `trust`, everything else byte for byte; nullopt when
// they are written in a way that does not let us.
std::optional<std::string> AddToTrustList(std::string_view settings, std::string_view entry);
// Throws Error(kConfig) when the file cannot take the entry; it is then as it was.
void TrustSource(const Host& host, const std::string& source);

}  // namespace scaffold
