// Download: a file from the web, for templates that are archives.

#pragma once

#include <string>

#include "support/host.h"

namespace scaffold {

// The bytes at an http or https URL, through the curl program: it knows the user's proxies,
// certificates and ~/.netrc. Throws Error(kIo) with curl's words, or with what to do without curl.
std::string Download(const Host& host, const std::string& url);

}  // namespace scaffold
