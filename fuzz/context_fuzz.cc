// A context from the input and a template behind it: JSON up to the first line `---`, then the
// template. It renders, natively as well, or throws an Error, within small limits; the registry's
// extensions are on.

#include <string>
#include <string_view>

#include "extensions/registry.h"
#include "scaffold/jinja.h"
#include "value/json.h"

namespace {

constexpr std::string_view kSeparator = "\n---\n";

scaffold::Value ReadContext(std::string_view text) {
  try {
    scaffold::Value context = scaffold::ParseJson(text);
    return context.IsDict() ? context : scaffold::Value();
  } catch (const scaffold::Error&) {
    return {};
  }
}

void Render(std::string_view text, const scaffold::Value& context, bool native) {
  using namespace scaffold;
  static const std::vector<std::string> kExtensions = {
      "jinja2.ext.do",
      "jinja2.ext.loopcontrols",
      "jinja2.ext.i18n",
      "jinja2_ansible_filters.AnsibleCoreFiltersExtension",
      "jinja2_strcase.StrcaseExtension",
      "cookiecutter.extensions.JsonifyExtension",
      "cookiecutter.extensions.SlugifyExtension",
      "cookiecutter.extensions.TimeExtension",
  };
  jinja::Options options;
  options.sandbox = jinja::Sandbox::kOn;
  options.native = native;
  options.limits = {
      .steps = 20'000, .bytes = 1 << 22, .depth = 50, .range = 1'000, .milliseconds = 2'000};
  options.loader = [text](std::string_view name) -> std::optional<std::string> {
    if (name != "self") return std::nullopt;
    return std::string(text);
  };
  try {
    ConfigureExtensions(kExtensions, &options);
    jinja::Environment environment(options);
    InstallExtensions(kExtensions, &environment);
    environment.FromString(std::string(text)).RenderNative(context);
  } catch (const Error&) {
    // Refusing is a result like any other.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t separator = input.find(kSeparator);
  if (separator == std::string_view::npos) return 0;
  const scaffold::Value context = ReadContext(input.substr(0, separator));
  const std::string_view text = input.substr(separator + kSeparator.size());
  Render(text, context, false);
  Render(text, context, true);
  return 0;
}
