// Git's hash of a text, as a name for it.

#pragma once

#include <string>
#include <string_view>

namespace scaffold {

// The object id of a blob that holds `text`, in hexadecimal.
std::string HashText(std::string_view text);

}  // namespace scaffold
