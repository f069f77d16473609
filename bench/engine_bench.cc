// engine_bench: how fast templates render, in CPU microseconds.
//
//   engine_bench bench-engine workloads.json expected.json
//
// Each workload is a set of templates and a context. Three modes: warm (render templates that are
// compiled already), cold (compile and render once), compile. One line for each with median and
// minimum; the output is checked against the expected texts before anything is measured. With
// `--rounds N` every mode runs exactly N times, for profilers; `--mode M` runs one mode alone.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "scaffold/error.h"
#include "scaffold/jinja.h"
#include "scaffold/value.h"
#include "value/json.h"

namespace scaffold {
namespace {

double CpuMicroseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

Value ReadJson(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) {
    std::fprintf(stderr, "engine_bench: cannot read '%s'\n", path);
    std::exit(1);
  }
  return ParseJson(text.str());
}

struct Workload {
  std::string name;
  std::vector<std::pair<std::string, std::string>> templates;
  std::vector<std::string> mains;
  Value context;
};

Workload ReadWorkload(const Dict::Entry& entry) {
  Workload workload;
  workload.name = entry.key.AsString();
  const Dict& fields = entry.value.AsDict();
  for (const Dict::Entry& source : fields.Get("templates").AsDict()) {
    workload.templates.emplace_back(source.key.AsString(), source.value.AsString());
  }
  for (const Value& main : fields.Get("mains").AsList()) workload.mains.push_back(main.AsString());
  workload.context = fields.Get("context");
  return workload;
}

jinja::Options MakeOptions(const Workload& workload) {
  jinja::Options options;
  options.syntax.keep_trailing_newline = true;
  options.loader = [&workload](std::string_view name) -> std::optional<std::string> {
    for (const auto& [key, source] : workload.templates) {
      if (key == name) return source;
    }
    return std::nullopt;
  };
  return options;
}

// Runs for 1.5 seconds, or `rounds` times when not 0.
template <typename F>
void Measure(const Workload& workload, const char* mode, int rounds, F&& run) {
  run();
  std::vector<double> times;
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(1500);
  const auto goes_on = [&] {
    if (rounds > 0) return times.size() < static_cast<size_t>(rounds);
    return std::chrono::steady_clock::now() < end || times.size() < 7;
  };
  while (goes_on()) {
    const double begin = CpuMicroseconds();
    run();
    times.push_back(CpuMicroseconds() - begin);
  }
  std::sort(times.begin(), times.end());
  std::printf("%-22s %-9s %-8s median %10.1f us  min %10.1f us  n=%zu\n", "scaffold",
              workload.name.c_str(), mode, times[times.size() / 2], times[0], times.size());
}

size_t sink = 0;  // keeps results alive

// Runs the mode `only`, or all when it is empty.
void RunWorkload(const Workload& workload, const List& expected, int rounds,
                 const std::string& only) {
  jinja::Environment environment(MakeOptions(workload));
  std::vector<jinja::Template> templates;
  for (size_t i = 0; i < workload.mains.size(); ++i) {
    templates.push_back(environment.GetTemplate(workload.mains[i]));
    if (templates[i].Render(workload.context) == expected.at(i).AsString()) continue;
    std::fprintf(stderr, "engine_bench: '%s' renders to another text\n", workload.mains[i].c_str());
    std::exit(1);
  }
  const auto measure = [&](const char* mode, auto&& run) {
    if (only.empty() || only == mode) Measure(workload, mode, rounds, run);
  };
  measure("warm", [&] {
    for (const jinja::Template& text : templates) sink += text.Render(workload.context).size();
  });
  measure("cold", [&] {
    for (const std::string& main : workload.mains) {
      environment.ClearCache();
      sink += environment.GetTemplate(main).Render(workload.context).size();
    }
  });
  measure("compile", [&] {
    for (const std::string& main : workload.mains) {
      environment.ClearCache();
      environment.GetTemplate(main);
    }
  });
}

}  // namespace
}  // namespace scaffold

int main(int argc, char** argv) {
  if (argc < 4 || std::string(argv[1]) != "bench-engine") {
    std::fputs(
        "usage: engine_bench bench-engine workloads.json expected.json [--rounds N] "
        "[--mode M] [WORKLOAD]\n",
        stderr);
    return 2;
  }
  int rounds = 0;
  std::string only;
  std::string mode;
  for (int i = 4; i < argc; ++i) {
    if (std::string(argv[i]) == "--rounds" && i + 1 < argc) {
      rounds = std::atoi(argv[++i]);
    } else if (std::string(argv[i]) == "--mode" && i + 1 < argc) {
      mode = argv[++i];
    } else {
      only = argv[i];
    }
  }
  try {
    const scaffold::Value workloads = scaffold::ReadJson(argv[2]);
    const scaffold::Value expected = scaffold::ReadJson(argv[3]);
    for (const scaffold::Dict::Entry& entry : workloads.AsDict()) {
      const scaffold::Workload workload = scaffold::ReadWorkload(entry);
      if (!only.empty() && workload.name != only) continue;
      scaffold::RunWorkload(workload, expected.AsDict().Get(workload.name).AsList(), rounds, mode);
    }
  } catch (const scaffold::Error& error) {
    std::fprintf(stderr, "engine_bench: %s\n", error.message().c_str());
    return 1;
  }
  return 0;
}
