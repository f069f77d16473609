// The functions `now` and `make_secret` of Copier's templates: deprecated there, and still used.

#pragma once

#include "render/context.h"
#include "scaffold/scaffold.h"
#include "support/host.h"

namespace scaffold {

// Each warns at its first call; `host` and `reporter` must outlive the context.
void AddDeprecatedFunctions(const Host& host, Reporter& reporter, ContextInputs* inputs);

}  // namespace scaffold
