#include "jinja/template_code.h"

#include <new>

#include "scaffold/error.h"

namespace scaffold::jinja {

TemplateCode::~TemplateCode() {
  for (Owned* owned = owned_; owned != nullptr;) {
    Owned* next = owned->next;
    owned->~Owned();
    owned = next;
  }
}

Value* TemplateCode::Own(Value value) {
  void* memory = arena_.Allocate(sizeof(Owned), alignof(Owned));
  owned_ = new (memory) Owned{std::move(value), owned_};
  return &owned_->value;
}

SourceLocation TemplateCode::Locate(uint32_t line, Span span) const {
  const uint32_t wanted = source_.LineOf(line);
  if (span.end > span.begin && source_.LineOf(span.begin) == wanted) return source_.Locate(span);
  return source_.Locate({line, line + 1});
}

void ThrowTooDeep(const TemplateCode& code, const Node& node) {
  throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded")
      .At(code.Locate(node.line, node.span));
}

}  // namespace scaffold::jinja
