// Ext: Jinja2's own extensions (ext.py), as tags of the parser and globals of the environment.

#pragma once

#include "jinja/environment.h"

namespace scaffold::jinja {

// Whatever the environment's options ask for.
void InstallExtensions(Environment::Rep* environment);

// The i18n extension: `trans`, `_` and the gettext functions (i18n.cc).
void InstallI18n(Environment::Rep* environment);

}  // namespace scaffold::jinja
