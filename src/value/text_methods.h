// Methods that str and bytes share: `self` is a kString, kMarkup or kBytes, and the units are code
// points or bytes.

#pragma once

#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

inline bool IsBytes(const Value& text) { return text.kind() == Kind::kBytes; }
size_t UnitCount(const Value& text);
// Byte offset of a unit, and back. REQUIRES: within the text.
size_t OffsetOfUnit(const Value& text, size_t index);
size_t UnitOfOffset(const Value& text, size_t offset);
// White space of str or of bytes at `*pos`; moves past the unit.
bool IsSpaceUnit(const Value& text, size_t* pos);

// A result of the kind of `self`, charged to the limits.
Value TextLike(const Value& self, std::string text);

// text_search.cc
Value TextFind(CallContext& context, const Value& self, const Args& args);
Value TextRFind(CallContext& context, const Value& self, const Args& args);
Value TextIndex(CallContext& context, const Value& self, const Args& args);
Value TextRIndex(CallContext& context, const Value& self, const Args& args);
Value TextCount(CallContext& context, const Value& self, const Args& args);
Value TextStartsWith(CallContext& context, const Value& self, const Args& args);
Value TextEndsWith(CallContext& context, const Value& self, const Args& args);
Value TextPartition(CallContext& context, const Value& self, const Args& args);
Value TextRPartition(CallContext& context, const Value& self, const Args& args);
Value TextReplace(CallContext& context, const Value& self, const Args& args);
Value TextRemovePrefix(CallContext& context, const Value& self, const Args& args);
Value TextRemoveSuffix(CallContext& context, const Value& self, const Args& args);

// text_split.cc
Value TextSplit(CallContext& context, const Value& self, const Args& args);
Value TextRSplit(CallContext& context, const Value& self, const Args& args);
Value TextSplitLines(CallContext& context, const Value& self, const Args& args);
Value TextStrip(CallContext& context, const Value& self, const Args& args);
Value TextLStrip(CallContext& context, const Value& self, const Args& args);
Value TextRStrip(CallContext& context, const Value& self, const Args& args);
Value TextJoin(CallContext& context, const Value& self, const Args& args);

// text_pad.cc
Value TextCenter(CallContext& context, const Value& self, const Args& args);
Value TextLJust(CallContext& context, const Value& self, const Args& args);
Value TextRJust(CallContext& context, const Value& self, const Args& args);
Value TextZFill(CallContext& context, const Value& self, const Args& args);
Value TextExpandTabs(CallContext& context, const Value& self, const Args& args);

}  // namespace scaffold
