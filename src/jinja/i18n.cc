// The i18n extension with null translations: texts come back as they are.

#include <algorithm>
#include <utility>

#include "jinja/ext.h"
#include "jinja/identifier.h"
#include "jinja/native_function.h"
#include "scaffold/error.h"
#include "support/text.h"
#include "value/operators.h"
#include "value/signature.h"

namespace scaffold::jinja {
namespace {

// --- The gettext functions -----------------------------------------------------------------------

// `_`: calls whatever gettext is in the context.
Value CallGettext(CallContext& context, const Args& args) {
  auto& state = static_cast<State&>(context);
  return state.Call(state.Resolve("gettext"), args);
}

struct GettextRow {
  std::string_view name;
  std::string_view old_signature;
  std::string_view new_signature;
  int singular;           // index of the parameter with the text
  int count;              // index of the number, or -1
  std::string_view adds;  // what the new style adds to the variables: "num", "context" or both
};

constexpr GettextRow kRows[] = {
    {"gettext", "NullTranslations.gettext(self, message)", "gettext(__string, **variables)", 0, -1,
     ""},
    {"ngettext", "NullTranslations.ngettext(self, msgid1, msgid2, n)",
     "ngettext(__singular, __plural, __num, **variables)", 0, 2, "num"},
    {"pgettext", "NullTranslations.pgettext(self, context, message)",
     "pgettext(__string_ctx, __string, **variables)", 1, -1, "context"},
    {"npgettext", "NullTranslations.npgettext(self, context, msgid1, msgid2, n)",
     "npgettext(__string_ctx, __singular, __plural, __num, **variables)", 1, 3, "context num"},
};

Value Choose(const BoundArgs& bound, size_t first, const GettextRow& row) {
  const auto singular = first + static_cast<size_t>(row.singular);
  if (row.count < 0) return *bound[singular];
  const Value& count = *bound[first + static_cast<size_t>(row.count)];
  return Equal(count, Value(1)) ? *bound[singular] : *bound[singular + 1];
}

Value MakeOldGettext(const GettextRow& row) {
  return MakeFunction(std::string(row.name), [&row, signature = Signature(row.old_signature)](
                                                 CallContext&, const Args& args) {
    const Value self;
    return Choose(signature.Bind(&self, args), 1, row);
  });
}

// New style: the text is always a format string.
Value CallNewGettext(const GettextRow& row, const Signature& signature, State& state,
                     const Args& args) {
  const BoundArgs bound = signature.Bind(nullptr, args);
  Dict variables;
  for (const NamedValue& named : bound.kwargs()) variables.Set(named.name, named.value);
  if (row.adds.starts_with("context") && !variables.Has("context")) {
    variables.Set("context", *bound[0]);
  }
  if (row.adds.ends_with("num") && !variables.Has("num")) {
    variables.Set("num", *bound[static_cast<size_t>(row.count)]);
  }
  Value text = Choose(bound, 0, row);
  if (state.autoescape() && !text.IsMarkup()) text = Value::Markup(Str(text));
  return Modulo(text, Value(std::move(variables)));
}

Value MakeNewGettext(const GettextRow& row) {
  return MakeFunction(std::string(row.name), [&row, signature = Signature(row.new_signature)](
                                                 CallContext& context, const Args& args) {
    return CallNewGettext(row, signature, static_cast<State&>(context), args);
  });
}

// --- The trans tag -------------------------------------------------------------------------------

class TransParser {
 public:
  TransParser(Parser& parser, bool newstyle, bool trimmed)
      : parser_(parser), newstyle_(newstyle), trimmed_(trimmed) {}

  void Parse(std::vector<Stmt*>* statements);

 private:
  struct Variable {
    std::string_view name;
    Expr* value;
  };

  void ParseVariables();
  void SetPlural(std::string_view name, Expr* value, Variable* variable);
  std::string ParseText(bool allow_pluralize, std::vector<std::string_view>* names);
  void ParsePluralHead();
  Expr* MakeCall();
  Output* MakeOutput();
  Variable* Find(std::string_view name);
  Expr* MakeLoad(std::string_view name) {
    return parser_.MakeName(name, NameContext::kLoad, tag_.span, tag_.line);
  }
  Const* MakeText(std::string_view text) {
    return parser_.MakeConst(Value(text), tag_.span, tag_.line);
  }

  Parser& parser_;
  bool newstyle_;
  bool trimmed_;
  Token tag_;
  std::optional<std::string> context_;
  std::vector<Variable> variables_;
  std::vector<std::string_view> referenced_;
  Expr* plural_expr_ = nullptr;
  Assign* plural_assignment_ = nullptr;
  bool num_called_num_ = false;
  bool has_plural_ = false;
  std::string singular_;
  std::string plural_;
};

// Jinja2: re.sub(r"\s*\n\s*", " ", text.strip())
std::string TrimText(std::string_view text) {
  text = StripEnd(text);
  size_t begin = 0;
  while (begin < text.size() && StripEnd(text.substr(0, begin + 1)).empty()) ++begin;
  text = text.substr(begin);
  std::string result;
  size_t pos = 0;
  while (true) {
    const size_t newline = text.find('\n', pos);
    if (newline == std::string_view::npos) return result + std::string(text.substr(pos));
    result += StripEnd(text.substr(pos, newline - pos));
    result += ' ';
    pos = newline + 1;
    while (pos < text.size() && StripEnd(text.substr(pos, 1)).empty()) ++pos;
  }
}

TransParser::Variable* TransParser::Find(std::string_view name) {
  for (Variable& variable : variables_) {
    if (variable.name == name) return &variable;
  }
  return nullptr;
}

void TransParser::Parse(std::vector<Stmt*>* statements) {
  tag_ = parser_.Next();
  if (parser_.IsAt(TokenKind::kString)) context_ = std::string(parser_.Next().text);
  ParseVariables();
  parser_.Expect(TokenKind::kBlockEnd);
  singular_ = ParseText(true, &referenced_);
  if (!referenced_.empty() && plural_expr_ == nullptr) {
    plural_expr_ = MakeLoad(referenced_[0]);
    num_called_num_ = referenced_[0] == "num";
  }
  if (parser_.IsAtName("pluralize")) {
    ParsePluralHead();
    plural_ = ParseText(false, &referenced_);
  }
  parser_.Next();
  for (std::string_view name : referenced_) {
    if (Find(name) == nullptr) variables_.push_back({name, MakeLoad(name)});
  }
  if (!has_plural_) {
    plural_expr_ = nullptr;
  } else if (plural_expr_ == nullptr) {
    parser_.Fail("pluralize without variables", tag_.line, tag_.span);
  }
  if (trimmed_) {
    singular_ = TrimText(singular_);
    plural_ = TrimText(plural_);
  }
  if (plural_assignment_ != nullptr) statements->push_back(plural_assignment_);
  statements->push_back(MakeOutput());
}

void TransParser::ParseVariables() {
  bool seen_trimmed = false;
  while (!parser_.IsAt(TokenKind::kBlockEnd)) {
    if (!variables_.empty()) parser_.Expect(TokenKind::kComma);
    if (parser_.SkipIf(TokenKind::kColon)) break;
    const Token name = parser_.Expect(TokenKind::kName);
    if (Find(name.text) != nullptr) {
      parser_.Fail("translatable variable " + Repr(Value(name.text)) + " defined twice.", name.line,
                   name.span, ErrorKind::kAssertion);
    }
    Expr* value = nullptr;
    if (parser_.SkipIf(TokenKind::kAssign)) {
      value = parser_.ParseExpression();
    } else if (!seen_trimmed && (name.text == "trimmed" || name.text == "notrimmed")) {
      seen_trimmed = true;
      trimmed_ = name.text == "trimmed";
      continue;
    } else {
      value = MakeLoad(name.text);
    }
    variables_.push_back({name.text, value});
    if (plural_expr_ == nullptr) SetPlural(name.text, value, &variables_.back());
  }
}

// The first variable decides between singular and plural; a call is made once, for both uses.
void TransParser::SetPlural(std::string_view name, Expr* value, Variable* variable) {
  num_called_num_ = name == "num";
  if (value->kind != NodeKind::kCall) {
    plural_expr_ = value;
    return;
  }
  plural_expr_ = MakeLoad("_trans");
  variable->value = plural_expr_;
  plural_assignment_ = parser_.Make<Assign>(NodeKind::kAssign, tag_.span, tag_.line);
  plural_assignment_->target =
      parser_.MakeName("_trans", NameContext::kStore, tag_.span, tag_.line);
  plural_assignment_->node = value;
}

void TransParser::ParsePluralHead() {
  has_plural_ = true;
  parser_.Next();
  if (!parser_.IsAt(TokenKind::kBlockEnd)) {
    const Token name = parser_.Expect(TokenKind::kName);
    const Variable* variable = Find(name.text);
    if (variable == nullptr) {
      parser_.Fail("unknown variable " + Repr(Value(name.text)) + " for pluralization", name.line,
                   name.span, ErrorKind::kAssertion);
    }
    plural_expr_ = variable->value;
    num_called_num_ = name.text == "num";
  }
  parser_.Expect(TokenKind::kBlockEnd);
}

// The text up to `endtrans` or `pluralize`, which is the current token afterwards, as a format
// string.
std::string TransParser::ParseText(bool allow_pluralize, std::vector<std::string_view>* names) {
  std::string text;
  while (true) {
    if (parser_.IsAt(TokenKind::kData)) {
      text += ReplaceAll(parser_.Next().text, "%", "%%");
    } else if (parser_.IsAt(TokenKind::kVariableBegin)) {
      parser_.Next();
      const Token name = parser_.Expect(TokenKind::kName);
      names->push_back(name.text);
      text += "%(" + std::string(name.text) + ")s";
      parser_.Expect(TokenKind::kVariableEnd);
    } else if (parser_.IsAt(TokenKind::kBlockBegin)) {
      parser_.Next();
      const bool is_name = parser_.IsAt(TokenKind::kName);
      const std::string name(is_name ? parser_.current().text : "None");
      if (is_name && (name == "endtrans" || (name == "pluralize" && allow_pluralize))) return text;
      if (is_name && name == "pluralize") {
        parser_.Fail("a translatable section can have only one pluralize section");
      }
      if (is_name && name == "trans") {
        parser_.Fail("trans blocks can't be nested; did you mean `endtrans`?");
      }
      parser_.Fail("control structures in translatable sections are not allowed; saw `" + name +
                   "`");
    } else {
      parser_.Fail("unclosed translation block");
    }
  }
}

Expr* TransParser::MakeCall() {
  if (referenced_.empty() && !newstyle_) {
    singular_ = ReplaceAll(singular_, "%%", "%");
    plural_ = ReplaceAll(plural_, "%%", "%");
  }
  std::string function = "gettext";
  std::vector<Expr*> arguments;
  if (context_) {
    arguments.push_back(MakeText(*context_));
    function = "p" + function;
  }
  arguments.push_back(MakeText(singular_));
  if (plural_expr_ != nullptr) {
    function = "n" + function;
    arguments.push_back(MakeText(plural_));
    arguments.push_back(plural_expr_);
  }
  Expr* callee = MakeLoad(parser_.code().arena().Copy(std::string_view(function)));
  CallExpr* call = parser_.MakeCall(callee, arguments, tag_.span, tag_.line);
  if (newstyle_) {
    std::vector<Keyword> named;
    for (const Variable& variable : variables_) {
      if (num_called_num_ && has_plural_ && variable.name == "num") continue;
      named.push_back({variable.name, variable.value});
    }
    call->arguments.named = parser_.code().arena().Copy(named);
  }
  return call;
}

Output* TransParser::MakeOutput() {
  Expr* node = MakeCall();
  if (!newstyle_) {
    auto* safe = parser_.Make<UnaryExpr>(NodeKind::kMarkSafeIfAutoescape, tag_.span, tag_.line);
    safe->node = node;
    node = safe;
    if (!variables_.empty()) {
      std::vector<Pair> items;
      for (const Variable& variable : variables_) {
        items.push_back({MakeText(variable.name), variable.value});
      }
      auto* dict = parser_.Make<DictExpr>(NodeKind::kDict, tag_.span, tag_.line);
      dict->items = parser_.code().arena().Copy(items);
      auto* format = parser_.Make<BinExpr>(NodeKind::kMod, tag_.span, tag_.line);
      format->left = node;
      format->right = dict;
      node = format;
    }
  }
  return parser_.MakeOutput(node, tag_.span, tag_.line);
}

}  // namespace

void InstallI18n(Environment::Rep* environment) {
  const bool newstyle = environment->options.translations == Translations::kNullNew;
  environment->globals.Set("_", MakeFunction("_gettext_alias", CallGettext));
  if (environment->options.translations != Translations::kNone) {
    for (const GettextRow& row : kRows) {
      environment->globals.Set(row.name, newstyle ? MakeNewGettext(row) : MakeOldGettext(row));
    }
  }
  environment->tags["trans"] = [environment, newstyle](Parser& parser,
                                                       std::vector<Stmt*>* statements) {
    const Value* trimmed = environment->policies.Find("ext.i18n.trimmed");
    TransParser(parser, newstyle, trimmed != nullptr && Truth(*trimmed)).Parse(statements);
  };
}

}  // namespace scaffold::jinja
