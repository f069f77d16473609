// Emitter: DumpNodes to text, laid out as PyYAML's emitter lays it out.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "yaml/dump.h"
#include "yaml/dump_node.h"
#include "yaml/scalar_analysis.h"

namespace scaffold::yaml {

class Emitter {
 public:
  explicit Emitter(const DumpOptions& options);

  // The text of a stream that holds one document.
  std::string EmitDocument(DumpNode* root);

 private:
  // Where a node stands; a simple key is written without '?'.
  enum class Place : uint8_t { kRoot, kItem, kKey, kSimpleKey, kMappingValue };
  enum class Gap : uint8_t { kNone, kBefore };  // is a blank wanted in front?

  void EmitNode(DumpNode* node, Place place);
  void EmitTag(const DumpNode& node, bool evident);
  void EmitScalar(const DumpNode& node, char style, Place place);
  void EmitFlowSequence(const DumpNode& node);
  void EmitFlowMapping(const DumpNode& node);
  void EmitBlockSequence(const DumpNode& node, Place place);
  void EmitBlockMapping(const DumpNode& node);
  void BreakLongFlowLine();
  bool IsSimpleKey(const DumpNode& node) const;
  char ChooseStyle(const DumpNode& node, Place place) const;

  int NestedIndent(bool flow) const;
  void WriteIndicator(std::string_view text, Gap gap);
  void WriteOpening(std::string_view text);         // the next token needs no blank
  void WriteBlockIndicator(std::string_view text);  // '-', '?' or ':' counts as indentation
  void WriteIndent();
  void WriteLineBreak();
  void Write(std::u32string_view text);
  void WriteAscii(std::string_view text);

  // emit_scalar.cc
  enum class Split : uint8_t { kAllowed, kForbidden };
  void WritePlain(std::u32string_view text, Split split);
  void WriteSingleQuoted(std::u32string_view text, Split split);
  void WriteDoubleQuoted(std::u32string_view text, Split split);
  void WriteFolded(std::u32string_view text);
  void WriteLiteral(std::u32string_view text);
  void WriteBlockHeader(char style, std::u32string_view text);
  void WriteBreaks(std::u32string_view breaks);
  bool IsPrintable(char32_t c) const;

  const DumpOptions& options_;
  int best_indent_ = 2;
  int best_width_ = 80;
  std::string line_break_ = "\n";

  std::string out_;
  int column_ = 0;
  int indent_ = -1;  // -1 outside of every collection
  int flow_level_ = 0;
  bool after_blank_ = true;     // the last character was white space
  bool in_indentation_ = true;  // only indentation and block indicators since the line began
  bool open_ended_ = false;     // only '...' can show where the document ends
};

}  // namespace scaffold::yaml
