#include "extensions/cookiecutter_extensions.h"

#include <random>

#include "extensions/digest.h"
#include "extensions/slugify.h"
#include "jinja/environment.h"
#include "jinja/filters_support.h"
#include "value/json.h"
#include "value/limits.h"
#include "value/operators.h"

namespace scaffold {
namespace {

using jinja::State;

Value Jsonify(State&, const Value& input, const BoundArgs& args) {
  Dict options;
  options.Set("sort_keys", Value(true));
  options.Set("indent", args.Or(1, Value(4)));
  return Value(FormatJson(input, jinja::MakeJsonFormat(options)));
}

Value RandomAsciiString(CallContext&, const Args& args) {
  static const Signature signature("random_ascii_string(length, punctuation=False)");
  const BoundArgs bound = signature.Bind(nullptr, args);
  std::string corpus = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (jinja::Flag(bound, 1, false)) corpus += "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  const int64_t length = jinja::ToIndex(*bound[0]);
  if (length > 0) ChargeBytes(static_cast<uint64_t>(length));
  std::random_device device;
  std::uniform_int_distribution<size_t> distribution(0, corpus.size() - 1);
  std::string text;
  for (int64_t i = 0; i < length; ++i) text += corpus[distribution(device)];
  return Value(std::move(text));
}

Value Uuid4(CallContext&, const Args& args) {
  static const Signature signature("uuid4()");
  signature.Bind(nullptr, args);
  return Value(MakeUuid4());
}

SlugOptions ReadSlugOptions(const BoundArgs& args) {
  SlugOptions options;
  options.entities = jinja::Flag(args, 1, true);
  options.decimal = jinja::Flag(args, 2, true);
  options.hexadecimal = jinja::Flag(args, 3, true);
  if (args.Has(4)) options.max_length = jinja::ToIndex(*args[4]);
  options.word_boundary = jinja::Flag(args, 5, false);
  if (args.Has(6)) options.separator = jinja::TextOf(*args[6]);
  options.save_order = jinja::Flag(args, 7, false);
  if (args.Has(8)) {
    for (const Value& word : ToList(*args[8])) options.stopwords.push_back(jinja::TextOf(word));
  }
  if (args.Has(9) && Truth(*args[9])) options.regex_pattern = jinja::TextOf(*args[9]);
  options.lowercase = jinja::Flag(args, 10, true);
  if (args.Has(11)) {
    for (const Value& pair : ToList(*args[11])) {
      options.replacements.emplace_back(jinja::TextOf(Subscript(pair, Value(0))),
                                        jinja::TextOf(Subscript(pair, Value(1))));
    }
  }
  options.allow_unicode = jinja::Flag(args, 12, false);
  return options;
}

Value SlugifyFilter(State&, const Value& input, const BoundArgs& args) {
  if (!input.IsString() && input.kind() != Kind::kBytes) {
    throw Error(ErrorKind::kType,
                "text must be str, bytes or bytearray, not " + std::string(TypeName(input)));
  }
  return Value(Slugify(input.AsString(), ReadSlugOptions(args)));
}

constexpr jinja::FilterRow kJsonify[] = {{"jsonify", Jsonify, "jsonify(obj, indent=4)"}};

constexpr jinja::FilterRow kSlugify[] = {
    {"slugify", SlugifyFilter,
     "slugify(value, entities=True, decimal=True, hexadecimal=True, max_length=0, "
     "word_boundary=False, separator='-', save_order=False, stopwords=(), regex_pattern=None, "
     "lowercase=True, replacements=(), allow_unicode=False)"},
};

jinja::FilterTable MakeTable(std::span<const jinja::FilterRow> rows) {
  jinja::FilterTable table;
  jinja::AddFilters(&table, rows);
  return table;
}

}  // namespace

void AddJsonify(jinja::Environment* environment) {
  static const jinja::FilterTable table = MakeTable(kJsonify);
  jinja::AddFilterTable(*environment, &table);
}

void AddRandomString(jinja::Environment* environment) {
  environment->AddGlobal("random_ascii_string", jinja::Function(RandomAsciiString));
}

void AddSlugify(jinja::Environment* environment) {
  static const jinja::FilterTable table = MakeTable(kSlugify);
  jinja::AddFilterTable(*environment, &table);
}

void AddUuid(jinja::Environment* environment) {
  environment->AddGlobal("uuid4", jinja::Function(Uuid4));
}

}  // namespace scaffold
