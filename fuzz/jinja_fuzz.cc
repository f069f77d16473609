// A template and a context of its own: it renders or throws an Error, within small limits.

#include "scaffold/jinja.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scaffold;
  jinja::Options options;
  options.sandbox = jinja::Sandbox::kOn;
  options.extensions = {.do_statement = true, .loop_controls = true, .debug = false, .i18n = true};
  options.limits = {.steps = 20'000, .bytes = 1 << 22, .depth = 50, .range = 1'000};
  jinja::Environment environment(options);

  Dict nested;
  nested.Set("k", Value("v"));
  Dict context;
  context.Set("s", Value("text <b>é</b>"));
  context.Set("n", Value(7));
  context.Set("f", Value(1.5));
  context.Set("l", Value(List{Value(1), Value("b"), Value(), Value(true)}));
  context.Set("d", Value(std::move(nested)));
  try {
    environment.FromString(std::string(reinterpret_cast<const char*>(data), size))
        .Render(Value(std::move(context)));
  } catch (const Error&) {
    // Refusing is a result like any other.
  }
  return 0;
}
