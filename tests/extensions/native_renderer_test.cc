#include <gtest/gtest.h>

#include "extensions/string_renderer.h"
#include "scaffold/error.h"

namespace scaffold {
namespace {

Value Items(std::initializer_list<const char*> texts) {
  List items;
  for (const char* text : texts) items.emplace_back(text);
  Dict dict;
  dict.Set("items", Value(std::move(items)));
  return Value(std::move(dict));
}

std::string MessageOf(const RendererOptions& options) {
  try {
    MakeNativeRenderer(options);
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

RendererOptions WithEnvops(std::initializer_list<std::pair<const char*, Value>> settings) {
  Dict envops;
  for (const auto& [name, value] : settings) envops.Set(name, value);
  RendererOptions options;
  options.envops = Value(std::move(envops));
  return options;
}

TEST(NativeRenderer, KeepsTheLastLineEnd) {
  EXPECT_EQ(MakeNativeRenderer({})->Render(Source("f", "{{ 1 }}\n"), Value()), "1\n");
}

TEST(NativeRenderer, NormalisesLineEndsOfPlainTexts) {
  EXPECT_EQ(MakeNativeRenderer({})->Render(Source("f", "a\r\nb\r\n"), Value()), "a\nb\n");
}

TEST(NativeRenderer, TakesDelimitersFromEnvops) {
  const auto renderer = MakeNativeRenderer(WithEnvops({{"block_start_string", Value("[%")},
                                                       {"block_end_string", Value("%]")},
                                                       {"variable_start_string", Value("[[")},
                                                       {"variable_end_string", Value("]]")}}));
  EXPECT_EQ(renderer->Render(Source("f", "[% if true %][[ 1 ]]{{ 2 }}[% endif %]"), Value()),
            "1{{ 2 }}");
}

TEST(NativeRenderer, RefusesEnvopsAsCopierDoes) {
  EXPECT_EQ(MessageOf(WithEnvops({{"undefined", Value("foo")}})),
            "Unsupported envops.undefined value specified: foo.\nSupported values are "
            "\"jinja2.Undefined\" and \"jinja2.StrictUndefined\".");
  EXPECT_EQ(MessageOf(WithEnvops({{"foo", Value(1)}})),
            "Environment.__init__() got an unexpected keyword argument 'foo'");
  EXPECT_EQ(MessageOf(WithEnvops({{"newline_sequence", Value("x")}})),
            "'newline_sequence' must be one of '\\n', '\\r\\n', or '\\r'.");
  EXPECT_EQ(MessageOf(WithEnvops({{"block_start_string", Value("{{")}})),
            "block, variable and comment start strings must be different.");
  EXPECT_EQ(MessageOf(WithEnvops({{"block_start_string", Value(5)}})),
            "object of type 'int' has no len()");
}

TEST(NativeRenderer, NamesTheMissingModuleOfAnUnknownExtension) {
  RendererOptions options;
  options.extensions = {"nope.sub.Ext"};
  EXPECT_EQ(MessageOf(options),
            "Copier could not load some Jinja extensions:\nNo module named 'nope'\nMake sure to "
            "install these extensions alongside Copier itself.\nSee the docs at "
            "https://copier.readthedocs.io/en/latest/configuring/#jinja_extensions");
  options.extensions = {"jinja2.ext.nope"};
  EXPECT_EQ(MessageOf(options), "module 'jinja2.ext' has no attribute 'nope'");
}

TEST(NativeRenderer, YieldsOneItemAnElement) {
  const auto renderer = MakeNativeRenderer({});
  const auto items = renderer->RenderPathPart(
      Source("p", "{% yield x from items %}{{ x }}.txt{% endyield %}"), Items({"a", "b"}));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].text, "a.txt");
  EXPECT_EQ(items[1].text, "b.txt");
  EXPECT_EQ(items[1].name, "x");
  EXPECT_EQ(Str(items[1].value), "b");
}

TEST(NativeRenderer, YieldsNothingForAnEmptyList) {
  const auto renderer = MakeNativeRenderer({});
  EXPECT_TRUE(renderer
                  ->RenderPathPart(Source("p", "{% yield x from items %}{{ x.y.z }}{% endyield %}"),
                                   Items({}))
                  .empty());
}

TEST(NativeRenderer, RefusesTwoYieldsInOnePart) {
  const auto renderer = MakeNativeRenderer({});
  const std::string part =
      "{% yield x from items %}a{% endyield %}{% yield y from items %}b{% endyield %}";
  try {
    renderer->RenderPathPart(Source("p", part), Items({"q"}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(),
              "Attempted to parse the yield tag twice. Only one yield tag is allowed per path "
              "name.\nA yield tag with the name: \"x\" and iterable: \"['q']\" already exists.");
  }
}

TEST(NativeRenderer, RendersAPartWithoutYieldOnce) {
  const auto renderer = MakeNativeRenderer({});
  const auto items = renderer->RenderPathPart(Source("p", "{{ items[0] }}"), Items({"a"}));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].text, "a");
  EXPECT_TRUE(items[0].name.empty());
}

TEST(NativeRenderer, LoadsTemplatesThroughTheLoader) {
  RendererOptions options;
  options.loader = [](std::string_view name) -> std::optional<std::string> {
    if (name != "inc.txt") return std::nullopt;
    return "[{{ items|length }}]";
  };
  const auto renderer = MakeNativeRenderer(options);
  EXPECT_EQ(renderer->Render(Source("f", "{% include 'inc.txt' %}"), Items({"a", "b"})), "[2]");
}

TEST(NativeRenderer, PlacesErrorsInTheSource) {
  try {
    MakeNativeRenderer({})->Render(Source("file.txt", "a\n{{ nope.x }}"), Value());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "'nope' is undefined");
    EXPECT_EQ(error.location().file, "file.txt");
    EXPECT_EQ(error.location().line, 2u);
  }
}

}  // namespace
}  // namespace scaffold
