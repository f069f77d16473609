#include "project/structure_check.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "scaffold/error.h"
#include "support/source.h"
#include "yaml/duplicate_keys.h"

namespace scaffold {
namespace {

// Takes the events of a JSON text apart to find a key that stands twice in one object.
class DuplicateFinder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }
  bool start_object(size_t) override {
    objects_.emplace_back();
    return true;
  }
  bool end_object() override {
    objects_.pop_back();
    return true;
  }
  bool key(string_t& name) override {
    if (objects_.back().insert(name).second) return true;
    problem_ = "the key \"" + name + "\" stands twice in one object";
    return false;
  }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception& error) override {
    problem_ = error.what();
    return false;
  }

  const std::string& problem() const { return problem_; }

 private:
  std::vector<std::set<std::string>> objects_;
  std::string problem_;
};

std::optional<std::string> CheckJson(std::string_view text) {
  DuplicateFinder finder;
  if (nlohmann::json::sax_parse(text, &finder)) return std::nullopt;
  return finder.problem();
}

std::optional<std::string> CheckToml(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return "line " + std::to_string(error.source().begin.line) + ": " +
           std::string(error.description());
  }
  return std::nullopt;
}

std::optional<std::string> CheckYaml(std::string_view path, std::string_view text) {
  try {
    return yaml::FindDuplicateKey(Source(std::string(path), std::string(text)));
  } catch (const Error& error) {
    return "line " + std::to_string(error.location().line) + ": " + error.message();
  }
}

}  // namespace

std::optional<std::string> FindStructureProblem(std::string_view path, std::string_view text) {
  if (path.ends_with(".json")) return CheckJson(text);
  if (path.ends_with(".toml")) return CheckToml(text);
  if (path.ends_with(".yml") || path.ends_with(".yaml")) return CheckYaml(path, text);
  return std::nullopt;
}

}  // namespace scaffold
