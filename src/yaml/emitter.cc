#include "yaml/emitter.h"

#include "support/utf8.h"

namespace scaffold::yaml {
namespace {

constexpr size_t kMaxSimpleKey = 128;  // characters, properties included

class Restore {
 public:
  explicit Restore(int* value) : value_(value), saved_(*value) {}
  ~Restore() { *value_ = saved_; }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;

 private:
  int* value_;
  int saved_;
};

}  // namespace

Emitter::Emitter(const DumpOptions& options) : options_(options) {
  if (options.indent > 1 && options.indent < 10) best_indent_ = options.indent;
  if (options.width > best_indent_ * 2) best_width_ = options.width;
  if (options.line_break == "\r" || options.line_break == "\r\n") {
    line_break_ = options.line_break;
  }
}

std::string Emitter::EmitDocument(DumpNode* root) {
  if (options_.explicit_start || options_.canonical) {
    WriteIndent();
    WriteIndicator("---", Gap::kBefore);
    if (options_.canonical) WriteIndent();
  }
  EmitNode(root, Place::kRoot);
  WriteIndent();
  if (options_.explicit_end || open_ended_) {
    WriteIndicator("...", Gap::kBefore);
    WriteIndent();
  }
  return std::move(out_);
}

void Emitter::EmitNode(DumpNode* node, Place place) {
  if (node->written) {
    WriteIndicator("*" + node->anchor, Gap::kBefore);
    return;
  }
  node->written = true;
  if (!node->anchor.empty()) WriteIndicator("&" + node->anchor, Gap::kBefore);
  if (node->kind == DumpKind::kScalar) {
    const char style = ChooseStyle(*node, place);
    EmitTag(*node, style == '\0' ? node->plain_tag : node->quoted_tag);
    EmitScalar(*node, style, place);
    return;
  }
  EmitTag(*node, node->quoted_tag);
  const bool flow = flow_level_ > 0 || options_.canonical || node->flow || node->children.empty();
  const bool sequence = node->kind == DumpKind::kSequence;
  if (flow) {
    sequence ? EmitFlowSequence(*node) : EmitFlowMapping(*node);
  } else {
    sequence ? EmitBlockSequence(*node, place) : EmitBlockMapping(*node);
  }
}

void Emitter::EmitTag(const DumpNode& node, bool evident) {
  if (!evident || options_.canonical) WriteIndicator(node.tag, Gap::kBefore);
}

int Emitter::NestedIndent(bool flow) const {
  if (indent_ < 0) return flow ? best_indent_ : 0;
  return indent_ + best_indent_;
}

// Collections -------------------------------------------------------------------------------------

void Emitter::BreakLongFlowLine() {
  if (options_.canonical || column_ > best_width_) WriteIndent();
}

void Emitter::EmitFlowSequence(const DumpNode& node) {
  WriteOpening("[");
  ++flow_level_;
  {
    Restore indent(&indent_);
    indent_ = NestedIndent(true);
    for (size_t i = 0; i < node.children.size(); ++i) {
      if (i > 0) WriteIndicator(",", Gap::kNone);
      BreakLongFlowLine();
      EmitNode(node.children[i], Place::kItem);
    }
  }
  --flow_level_;
  if (options_.canonical && !node.children.empty()) {
    WriteIndicator(",", Gap::kNone);
    WriteIndent();
  }
  WriteIndicator("]", Gap::kNone);
}

void Emitter::EmitFlowMapping(const DumpNode& node) {
  WriteOpening("{");
  ++flow_level_;
  {
    Restore indent(&indent_);
    indent_ = NestedIndent(true);
    for (size_t i = 0; i < node.children.size(); i += 2) {
      if (i > 0) WriteIndicator(",", Gap::kNone);
      BreakLongFlowLine();
      if (!options_.canonical && IsSimpleKey(*node.children[i])) {
        EmitNode(node.children[i], Place::kSimpleKey);
        WriteIndicator(":", Gap::kNone);
      } else {
        WriteIndicator("?", Gap::kBefore);
        EmitNode(node.children[i], Place::kKey);
        BreakLongFlowLine();
        WriteIndicator(":", Gap::kBefore);
      }
      EmitNode(node.children[i + 1], Place::kMappingValue);
    }
  }
  --flow_level_;
  if (options_.canonical && !node.children.empty()) {
    WriteIndicator(",", Gap::kNone);
    WriteIndent();
  }
  WriteIndicator("}", Gap::kNone);
}

void Emitter::EmitBlockSequence(const DumpNode& node, Place place) {
  // A sequence that is a mapping's value is not indented further than its key.
  const bool in_mapping = place == Place::kMappingValue || place == Place::kKey;
  const bool indentless = in_mapping && !in_indentation_;
  Restore indent(&indent_);
  if (!indentless) indent_ = NestedIndent(false);
  for (DumpNode* item : node.children) {
    WriteIndent();
    WriteBlockIndicator("-");
    EmitNode(item, Place::kItem);
  }
}

void Emitter::EmitBlockMapping(const DumpNode& node) {
  Restore indent(&indent_);
  indent_ = NestedIndent(false);
  for (size_t i = 0; i < node.children.size(); i += 2) {
    WriteIndent();
    if (IsSimpleKey(*node.children[i])) {
      EmitNode(node.children[i], Place::kSimpleKey);
      WriteIndicator(":", Gap::kNone);
    } else {
      WriteBlockIndicator("?");
      EmitNode(node.children[i], Place::kKey);
      WriteIndent();
      WriteBlockIndicator(":");
    }
    EmitNode(node.children[i + 1], Place::kMappingValue);
  }
}

bool Emitter::IsSimpleKey(const DumpNode& node) const {
  size_t length = node.anchor.size();
  if (node.written) return length < kMaxSimpleKey;
  length += node.tag.size();
  if (node.kind != DumpKind::kScalar) return length < kMaxSimpleKey && node.children.empty();
  if (length + node.text.size() >= kMaxSimpleKey) return false;
  const ScalarAnalysis analysis = AnalyzeScalar(node.text, options_.allow_unicode);
  return !analysis.empty && !analysis.multiline;
}

// Scalars -----------------------------------------------------------------------------------------

char Emitter::ChooseStyle(const DumpNode& node, Place place) const {
  if (node.style == '"' || options_.canonical) return '"';
  const ScalarAnalysis analysis = AnalyzeScalar(node.text, options_.allow_unicode);
  const bool simple_key = place == Place::kSimpleKey;
  if (node.style == '\0' && node.plain_tag) {
    const bool fits_key = !simple_key || (!analysis.empty && !analysis.multiline);
    if (fits_key && (flow_level_ > 0 ? analysis.allow_flow_plain : analysis.allow_block_plain)) {
      return '\0';
    }
  }
  if (node.style == '|' || node.style == '>') {
    return flow_level_ == 0 && !simple_key && analysis.allow_block ? node.style : '"';
  }
  const bool quoted = analysis.allow_single_quoted && !(simple_key && analysis.multiline);
  return quoted ? '\'' : '"';
}

void Emitter::EmitScalar(const DumpNode& node, char style, Place place) {
  Restore indent(&indent_);
  indent_ = NestedIndent(true);
  const Split split = place == Place::kSimpleKey ? Split::kForbidden : Split::kAllowed;
  switch (style) {
    case '"':
      WriteDoubleQuoted(node.text, split);
      break;
    case '\'':
      WriteSingleQuoted(node.text, split);
      break;
    case '>':
      WriteFolded(node.text);
      break;
    case '|':
      WriteLiteral(node.text);
      break;
    default:
      if (place == Place::kRoot) open_ended_ = true;
      WritePlain(node.text, split);
  }
}

// Output ------------------------------------------------------------------------------------------

void Emitter::WriteIndicator(std::string_view text, Gap gap) {
  if (gap == Gap::kBefore && !after_blank_) WriteAscii(" ");
  WriteAscii(text);
  after_blank_ = false;
  in_indentation_ = false;
  open_ended_ = false;
}

void Emitter::WriteOpening(std::string_view text) {
  WriteIndicator(text, Gap::kBefore);
  after_blank_ = true;
}

void Emitter::WriteBlockIndicator(std::string_view text) {
  const bool in_indentation = in_indentation_;
  WriteIndicator(text, Gap::kBefore);
  in_indentation_ = in_indentation;
}

void Emitter::WriteIndent() {
  const int indent = indent_ < 0 ? 0 : indent_;
  if (!in_indentation_ || column_ > indent || (column_ == indent && !after_blank_)) {
    WriteLineBreak();
  }
  if (column_ < indent) {
    after_blank_ = true;
    WriteAscii(std::string(static_cast<size_t>(indent - column_), ' '));
  }
}

void Emitter::WriteLineBreak() {
  out_ += line_break_;
  after_blank_ = true;
  in_indentation_ = true;
  column_ = 0;
}

void Emitter::Write(std::u32string_view text) {
  for (const char32_t c : text) AppendUtf8(&out_, c);
  column_ += static_cast<int>(text.size());
}

void Emitter::WriteAscii(std::string_view text) {
  out_ += text;
  column_ += static_cast<int>(text.size());
}

}  // namespace scaffold::yaml
