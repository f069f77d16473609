// The filters of Ansible that Copier's environment has: one table a family.

#pragma once

#include <span>

#include "jinja/filters.h"

namespace scaffold {

std::span<const jinja::FilterRow> AnsibleDataFilters();
std::span<const jinja::FilterRow> AnsiblePathFilters();
std::span<const jinja::FilterRow> AnsibleRandomFilters();
std::span<const jinja::FilterRow> AnsibleSerialFilters();
// Copier's own `to_json`, which also writes dates, sets and generators.
std::span<const jinja::FilterRow> CopierSerialFilters();
std::span<const jinja::FilterRow> AnsibleTextFilters();
std::span<const jinja::FilterRow> AnsibleTimeFilters();

}  // namespace scaffold
