// What gitattributes ask of git beyond storing bytes.

#pragma once

#include <filesystem>
#include <string_view>

#include "support/host.h"
#include "tree/tree.h"
#include "vcs/config.h"

namespace scaffold {

struct AttributeUse {
  bool filters = false;      // filter=, working-tree-encoding= or ident: both ways
  bool line_ends = false;    // text or crlf: what is committed may have other line ends
  bool writes_crlf = false;  // eol=crlf: what is checked out may have other line ends
};

// Reads one .gitattributes text.
AttributeUse ScanAttributes(std::string_view text);
// Of every .gitattributes in the tree, and of the user's and the system's attributes files.
AttributeUse AttributesOf(const Host& host, const GitConfig& config, const Tree& tree);

// Whether checking `tree` out gives other bytes than the repository holds.
bool CheckoutConverts(const Host& host, const GitConfig& config, const Tree& tree);
// Whether adding `tree` to a repository stores other bytes than the tree has.
bool AddConverts(const Host& host, const GitConfig& config, const Tree& tree);

}  // namespace scaffold
