// The Jinja2 extensions that scaffold knows, by their Python import paths.
//
// To add one: write a function that installs it into an Environment, and one row in registry.cc.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/error.h"
#include "scaffold/host.h"
#include "scaffold/jinja.h"

namespace scaffold {

bool IsKnownExtension(std::string_view import_path);
// Known, and of those that neither run a program nor read the environment.
bool IsPureExtension(std::string_view import_path);

// Copier's text for an extension whose module Python does not find.
Error MissingModuleError(const std::string& module);

// Settings of Jinja2's own extensions ("jinja2.ext.do"); call before the environment is made.
// Throws for an unknown path: Error(kUser) with Copier's text when Python would find no such
// module, Error(kAttribute) with Python's when it would find no such class.
void ConfigureExtensions(const std::vector<std::string>& import_paths, jinja::Options* options);
// Filters, globals and tags of the others. REQUIRES: the paths have passed ConfigureExtensions.
// Without a host, extensions that look at the machine are unknown; it must outlive the environment.
void InstallExtensions(const std::vector<std::string>& import_paths,
                       jinja::Environment* environment, const Host* host = nullptr);

// The five that cookiecutter's environment always has.
void InstallCookiecutterExtensions(jinja::Environment* environment);

// Ansible's filters, which Copier's environment always has.
void InstallAnsibleFilters(jinja::Environment* environment);
std::vector<std::string> AnsibleFilterNames();

}  // namespace scaffold
