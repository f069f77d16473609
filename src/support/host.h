// Host: see the public header. Kept here so that modules name one place.

#pragma once

#include "scaffold/host.h"
