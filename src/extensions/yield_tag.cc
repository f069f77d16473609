#include "extensions/yield_tag.h"

#include <vector>

#include "jinja/environment.h"
#include "jinja/parser.h"

namespace scaffold {
namespace {

// What the tag calls with the name, the iterable and its body as `caller`.
class YieldSupport : public Object {
 public:
  explicit YieldSupport(std::shared_ptr<YieldRequest> request) : request_(std::move(request)) {}

  std::string_view TypeName() const override { return "method"; }
  bool IsCallable() const override { return true; }

  Value Call(CallContext& context, const Args& args) override {
    if (request_->seen) {
      throw Error(ErrorKind::kUser,
                  "Attempted to parse the yield tag twice. Only one yield tag is allowed per path "
                  "name.\nA yield tag with the name: \"" +
                      request_->name + "\" and iterable: \"" + scaffold::Str(request_->iterable) +
                      "\" already exists.");
    }
    *request_ = {true, args.positional[0].AsString(), args.positional[1]};
    try {
      return context.Call(args.named[0].value, Args{});
    } catch (const Error& error) {
      // The loop variable is not set yet, so the body may well fail.
      if (error.kind() != ErrorKind::kUndefined) throw;
      return Value("");
    }
  }

 private:
  std::shared_ptr<YieldRequest> request_;
};

void ParseYield(jinja::Parser& parser, const Value& support,
                std::vector<jinja::Stmt*>* statements) {
  const jinja::Token tag = parser.Next();
  const jinja::Name* target = parser.ParseTargetName();
  const Value name(parser.code().source().Slice(target->span));
  parser.ExpectName("from");
  jinja::Expr* iterable = parser.ParseExpression();
  const Span span = parser.SpanFrom(tag.span.begin);
  auto* node = parser.Make<jinja::CallBlock>(jinja::NodeKind::kCallBlock, span, tag.line);
  node->macro.anonymous = true;
  node->macro.body = parser.ParseStatementsThrough("endyield");
  node->call =
      parser.MakeCall(parser.MakeConst(support, span, tag.line),
                      {parser.MakeConst(name, target->span, tag.line), iterable}, span, tag.line);
  statements->push_back(node);
}

}  // namespace

void AddYieldTag(jinja::Environment* environment, std::shared_ptr<YieldRequest> request) {
  const Value support = MakeObject<YieldSupport>(std::move(request));
  jinja::AddTag(*environment, "yield",
                [support](jinja::Parser& parser, std::vector<jinja::Stmt*>* statements) {
                  ParseYield(parser, support, statements);
                });
}

}  // namespace scaffold
