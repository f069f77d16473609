// What a hostile template may cost; each limit is an error that names it.

#include "gtest/gtest.h"
#include "scaffold/jinja.h"

namespace scaffold::jinja {
namespace {

std::string ErrorOf(const RenderLimits& limits, const std::string& text) {
  Options options;
  options.limits = limits;
  options.sandbox = Sandbox::kOn;
  Environment environment(options);
  try {
    return "rendered: " + environment.FromString(text).Render(Value());
  } catch (const Error& error) {
    return error.message();
  }
}

constexpr char kLoop[] =
    "{% for a in range(1000) %}{% for b in range(1000) %}{{ a * b }}{% endfor %}{% endfor %}";

TEST(Limits, Steps) { EXPECT_EQ(ErrorOf({.steps = 10'000}, kLoop), "step limit exceeded (10000)"); }

TEST(Limits, BytesOfValuesAndOutput) {
  EXPECT_EQ(ErrorOf({.bytes = 1 << 20}, kLoop), "memory limit exceeded (1048576)");
  EXPECT_EQ(ErrorOf({.bytes = 1 << 20},
                    "{% set ns = namespace(t='') %}{% for a in range(9999) %}"
                    "{% set ns.t = ns.t ~ 'some text' %}{% endfor %}"),
            "memory limit exceeded (1048576)");
}

TEST(Limits, ProcessorTime) {
  const std::string error = ErrorOf({.milliseconds = 20}, kLoop);
  EXPECT_EQ(error, "processor time limit exceeded (20 ms)");
}

// One step may look through much: it counts as many.
TEST(Limits, StepsThatLookThroughMuch) {
  for (const std::string look : {"t.count('ba')", "t|length", "'c' in t", "t is upper", "t == u",
                                 "[t] * 99 == [u] * 99", "7 in many", "many.count(7)"}) {
    EXPECT_EQ(ErrorOf({.steps = 10'000},
                      "{% set t = 'ab' * 29999 %}{% set u = 'a' ~ 'ba' * 29998 ~ 'b' %}"
                      "{% set many = [0] * 59999 %}"
                      "{% for i in range(1000) %}{% set x = " +
                          look + " %}{% endfor %}"),
              "step limit exceeded (10000)")
        << look;
  }
}

TEST(Limits, Range) {
  EXPECT_EQ(ErrorOf({.range = 10}, "{{ range(11)|list }}"),
            "Range too big. The sandbox blocks ranges larger than MAX_RANGE (10).");
}

TEST(Limits, Depth) {
  EXPECT_EQ(ErrorOf({.depth = 20}, "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}"),
            "maximum recursion depth exceeded");
}

TEST(Limits, ChainsOfOperators) {
  for (const std::string link : {"+1", "**1", "*x", " and x", ".a", "|string", "()", "[0]"}) {
    std::string source = "{{ 1";
    for (int i = 0; i < 50'000; ++i) source += link;
    EXPECT_EQ(ErrorOf({}, source + " }}"), "maximum recursion depth exceeded") << link;
  }
}

TEST(Limits, OneValue) {
  for (const std::string expression :
       {"'a' * 10**12", "[0] * 10**12", "'%*d' % (10**10, 1)", "'{:1000000000000}'.format(1)",
        "'a'.center(10**12)", "'a'.ljust(10**12)", "'x'|indent(10**12, true)", "'1'.zfill(10**12)",
        "'a'|center(10**12)"}) {
    EXPECT_EQ(ErrorOf({}, "{{ " + expression + " }}"), "value size limit exceeded (268435456)")
        << expression;
  }
  EXPECT_EQ(ErrorOf({}, "{{ 10 ** (10**9) }}"), "integer size limit exceeded (2097152 bytes)");
}

TEST(Limits, OneRenderDoesNotPayForAnother) {
  Options options;
  options.limits = {.steps = 20'000};
  Environment environment(options);
  const Template text = environment.FromString("{% for i in range(5000) %}x{% endfor %}");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(text.Render(Value()).size(), 5000u);
}

}  // namespace
}  // namespace scaffold::jinja
