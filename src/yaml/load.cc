#include "yaml/load.h"

#include <memory>
#include <utility>

#include "yaml/composer.h"
#include "yaml/constructor.h"
#include "yaml/decode.h"

namespace scaffold::yaml {
namespace {

enum class Spans : uint8_t { kWanted, kUnwanted };

SpanNode MakeSpans(const Child& child) {
  SpanNode spans;
  spans.span = child.place;
  // What an alias names has its places where it was written first.
  if (child.alias) return spans;
  for (const Child& item : child.node->items) spans.items.push_back(MakeSpans(item));
  for (const Pair& pair : child.node->pairs) {
    SpanNode value = MakeSpans(pair.value);
    value.key = pair.key.place;
    spans.children[Str(pair.key.node->value)] = std::move(value);
  }
  return spans;
}

// The documents of one text, one after the other.
class Loader {
 public:
  Loader(const Source& source, const LoadOptions& options, Spans spans)
      : decoded_(
            IsUtf16(source.text())
                ? std::make_unique<Source>(source.name(), DecodeText(source.text(), source.name()))
                : nullptr),
        source_(decoded_ ? *decoded_ : source),
        options_(options),
        spans_(spans) {
    CheckCharacters(source_, options.error_text);
    composer_.emplace(source_, options.error_text);
  }

  bool HasNext() { return composer_->HasDocument(); }
  Document Next() {
    NodeArena arena;
    return Construct(composer_->ComposeDocument(&arena));
  }
  // The only document; `root` is null when there is none.
  Child ComposeOnly(NodeArena* arena) {
    if (!HasNext()) return {};
    const Child root = composer_->ComposeDocument(arena);
    if (HasNext()) {
      throw MakeError(source_, options_.error_text,
                      {"expected a single document in the stream", root.node->begin,
                       "but found another document", composer_->NextDocumentBegin()});
    }
    return root;
  }
  Document Construct(const Child& root) {
    Document document;
    document.value = Constructor(source_, options_).ConstructDocument(root.node);
    if (spans_ == Spans::kWanted) document.spans = MakeSpans(root);
    return document;
  }
  std::string_view text() const { return source_.text(); }

 private:
  std::unique_ptr<Source> decoded_;
  const Source& source_;
  const LoadOptions& options_;
  Spans spans_;
  std::optional<Composer> composer_;
};

Document LoadOnly(const Source& source, const LoadOptions& options, Spans spans) {
  Loader loader(source, options, spans);
  NodeArena arena;
  const Child root = loader.ComposeOnly(&arena);
  return root.node == nullptr ? Document() : loader.Construct(root);
}

}  // namespace

const SpanNode* SpanNode::Find(std::string_view name) const {
  const auto child = children.find(std::string(name));
  return child == children.end() ? nullptr : &child->second;
}

Value Load(const Source& source, const LoadOptions& options) {
  return LoadOnly(source, options, Spans::kUnwanted).value;
}

Document LoadDocument(const Source& source, const LoadOptions& options) {
  return LoadOnly(source, options, Spans::kWanted);
}

std::vector<Document> LoadAll(const Source& source, const LoadOptions& options) {
  Loader loader(source, options, Spans::kWanted);
  std::vector<Document> documents;
  while (loader.HasNext()) documents.push_back(loader.Next());
  return documents;
}

std::optional<std::vector<RawItem>> LoadRawItems(const Source& source, const LoadOptions& options) {
  Loader loader(source, options, Spans::kUnwanted);
  NodeArena arena;
  const Child root = loader.ComposeOnly(&arena);
  if (root.node == nullptr || root.node->kind != NodeKind::kSequence) return std::nullopt;
  std::vector<RawItem> items;
  for (const Child& item : root.node->items) {
    // An alias stands for what it names, as it was written there.
    const Span span = item.node->span();
    items.push_back({std::string(loader.text().substr(span.begin, span.end - span.begin)),
                     item.node->kind == NodeKind::kScalar && item.node->tag == Tag::kStr});
  }
  return items;
}

}  // namespace scaffold::yaml
