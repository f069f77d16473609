// str.encode and bytes.decode: the codecs that Python names and its error handlers.

#pragma once

#include <string>
#include <string_view>

namespace scaffold {

// LookupError "unknown encoding: x"; UnicodeEncodeError with Python's text.
std::string EncodeText(std::string_view text, std::string_view encoding, std::string_view errors);
std::string DecodeText(std::string_view bytes, std::string_view encoding, std::string_view errors);

}  // namespace scaffold
