// What Jinja2's FileSystemLoader asks of names and texts, whatever the files lie in.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

// The text of the template `name` below `root`, which errors name unless it is empty. `read` gives
// the bytes of a file, nullopt when there is none. Throws Error(kTemplateNotFound), also for every
// name with a
// ".." in it, and Error(kUnicode) for a text that is no UTF-8.
std::string LoadTemplateText(
    std::string_view name, std::string_view root,
    const std::function<std::optional<std::string>(std::string_view name)>& read);

}  // namespace scaffold
