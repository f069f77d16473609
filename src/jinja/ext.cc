#include "jinja/ext.h"

#include "jinja/evaluator.h"
#include "jinja/native_function.h"

namespace scaffold::jinja {
namespace {

void ParseDo(Parser& parser, std::vector<Stmt*>* statements) {
  const Token tag = parser.Next();
  auto* node = parser.Make<ExprStmt>(NodeKind::kExprStmt, tag.span, tag.line);
  node->node = parser.ParseTuple();
  node->span = parser.SpanFrom(tag.span.begin);
  statements->push_back(node);
}

void ParseLoopControl(Parser& parser, std::vector<Stmt*>* statements) {
  const Token tag = parser.Next();
  const NodeKind kind = tag.text == "break" ? NodeKind::kBreak : NodeKind::kContinue;
  statements->push_back(parser.Make<LoopControl>(kind, tag.span, tag.line));
}

// The text of a debug tag: all variables, and the names of filters and tests.
Value RenderDebug(CallContext& context, const Args&) {
  auto& evaluator = static_cast<Evaluator&>(context);
  const Environment::Rep& environment = evaluator.environment().rep();
  const auto names = [](const std::vector<std::string_view>& from) {
    List list;
    for (std::string_view name : from) list.push_back(Value(name));
    return Value(std::move(list));
  };
  Dict result;
  result.Set("context", Value(evaluator.context()->GetAll()));
  result.Set("filters", names(environment.FilterNames()));
  result.Set("tests", names(environment.TestNames()));
  return evaluator.CallFilter("pprint", Value(std::move(result)), Args{});
}

void ParseDebug(Parser& parser, std::vector<Stmt*>* statements) {
  const Token tag = parser.Next();
  Expr* callee = parser.MakeConst(MakeFunction("_render", RenderDebug), tag.span, tag.line);
  callee->foldable = false;
  statements->push_back(
      parser.MakeOutput(parser.MakeCall(callee, {}, tag.span, tag.line), tag.span, tag.line));
}

}  // namespace

void InstallExtensions(Environment::Rep* environment) {
  const Extensions& wanted = environment->options.extensions;
  if (wanted.do_statement) environment->tags["do"] = ParseDo;
  if (wanted.loop_controls) {
    environment->tags["break"] = ParseLoopControl;
    environment->tags["continue"] = ParseLoopControl;
  }
  if (wanted.debug) environment->tags["debug"] = ParseDebug;
  if (wanted.i18n) InstallI18n(environment);
}

}  // namespace scaffold::jinja
