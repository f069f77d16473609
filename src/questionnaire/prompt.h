// Prompt is public: callers of the library draw it.

#pragma once

#include "scaffold/prompt.h"
