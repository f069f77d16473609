// Casting: an answer as the question's type wants it, by Copier's rules.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

// bool, float, int, json, path, str or yaml.
bool IsAnswerType(std::string_view type);

// REQUIRES: IsAnswerType(type). What is no text passes json and yaml as it is. Throws Error(kValue)
// with Python's text where a text does not fit, Error(kType) where a value cannot be cast at all.
Value CastAnswer(std::string_view type, const Value& answer);

// A number is compared with 0, then yes/no words are looked for; anything else by Python's truth.
bool CastToBool(const Value& value);
// str, numbers and bytes; ValueError "Could not convert X to string" for the rest.
std::string CastToStr(const Value& value);

// YAML 1.1 text to a value; malformed text is Error(kValue) with PyYAML's own words.
Value ParseYamlAnswer(const std::string& text);

// The items of a YAML list as they are written, quotes taken off; TypeError "Not a YAML list:
// '...'".
std::vector<std::string> ParseYamlList(const std::string& text);

}  // namespace scaffold
