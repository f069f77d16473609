// TemplateCode: a compiled template: its source, its nodes and what they own.
//
// Shared by the environment's cache, by running renders and by the macros that it defined. It keeps
// no reference to an environment or to values made while rendering.

#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/nodes.h"
#include "scaffold/value.h"
#include "support/arena.h"
#include "support/source.h"

namespace scaffold::jinja {

class TemplateCode : public std::enable_shared_from_this<TemplateCode> {
 public:
  // `name` is Jinja2's name of the template, nullopt for one made from a string; `display_name` is
  // what errors show.
  TemplateCode(std::optional<std::string> name, std::string display_name, std::string source)
      : source_(std::move(display_name), std::move(source)),
        name_(std::move(name)),
        arena_(std::clamp<size_t>(source_.text().size() * kNodeBytes, 4096, 32768)) {}
  ~TemplateCode();
  TemplateCode(const TemplateCode&) = delete;
  TemplateCode& operator=(const TemplateCode&) = delete;

  const Source& source() const { return source_; }
  const std::optional<std::string>& name() const { return name_; }
  Arena& arena() { return arena_; }

  // A value that lives as long as the template.
  Value* Own(Value value);

  // The place of an error: the line of `line` (a byte offset), underlining `span` if it is there.
  SourceLocation Locate(uint32_t line, Span span) const;

  Body body;
  Expr* expression = nullptr;  // of CompileExpression
  FunctionCode* function = nullptr;
  ScopeCode* scope = nullptr;
  bool uses_self = false;
  NameRef self_ref;
  bool has_extends = false;
  bool has_scoped_blocks = false;
  std::vector<Block*> blocks;   // in the order of the source
  ScopeCode* scopes = nullptr;  // all of them, in a list

 private:
  // Nodes take about as many bytes for a byte of a source that has many tags.
  static constexpr size_t kNodeBytes = 16;

  struct Owned {
    Value value;
    Owned* next;
  };

  Source source_;
  std::optional<std::string> name_;
  Arena arena_;
  Owned* owned_ = nullptr;
};

// Of an expression with more than kMaxExpressionDepth levels.
[[noreturn]] void ThrowTooDeep(const TemplateCode& code, const Node& node);

}  // namespace scaffold::jinja
