# Language, warnings and instrumentation for every target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(SCAFFOLD_STATIC "Link every library but libc statically" OFF)
option(SCAFFOLD_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(SCAFFOLD_COVERAGE "Build with coverage counters" OFF)
option(SCAFFOLD_FUZZ "Build the libFuzzer targets (clang only)" OFF)
option(SCAFFOLD_WERROR "Treat warnings as errors" ON)

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(SCAFFOLD_CCACHE ccache)
  if(SCAFFOLD_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER ${SCAFFOLD_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${SCAFFOLD_CCACHE})
  endif()
endif()

add_library(scaffold_options INTERFACE)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms of g++ 12 when it optimises: `"text" + std::string` as an overlapping copy (GCC bug
  # 105651), a null payload behind a check of its kind as an access out of bounds.
  target_compile_options(scaffold_options INTERFACE -Wno-restrict -Wno-array-bounds)
endif()
# -Wall has -Wswitch: a switch without `default:` must name every enumerator.
# Designated initialisers leave the other fields at their defaults: that is what they are for.
target_compile_options(scaffold_options INTERFACE -Wall -Wextra -Wnon-virtual-dtor
                                                  -Woverloaded-virtual
                                                  -Wno-missing-field-initializers)
# Nobody replaces functions of the shared library at load time, so calls inside of one file may be
# inlined although the code is position independent.
target_compile_options(scaffold_options INTERFACE -fno-semantic-interposition)
if(SCAFFOLD_WERROR)
  target_compile_options(scaffold_options INTERFACE -Werror)
endif()
if(SCAFFOLD_STATIC)
  target_link_options(scaffold_options INTERFACE -static-libstdc++ -static-libgcc)
endif()
if(SCAFFOLD_SANITIZE)
  target_compile_options(scaffold_options INTERFACE -fsanitize=address,undefined
                                                    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(scaffold_options INTERFACE -fsanitize=address,undefined)
endif()
if(SCAFFOLD_COVERAGE)
  target_compile_options(scaffold_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(scaffold_options INTERFACE --coverage)
endif()
if(SCAFFOLD_FUZZ)
  target_compile_options(scaffold_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
