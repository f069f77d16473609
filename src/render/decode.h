// What Python says about bytes that are no UTF-8.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

// The text of Python's UnicodeDecodeError, or nullopt when the bytes are UTF-8.
std::optional<std::string> DescribeInvalidUtf8(std::string_view bytes);

}  // namespace scaffold
