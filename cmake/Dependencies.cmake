# Third-party libraries as `scaffold::dep_NAME`, shared by default, static with SCAFFOLD_STATIC.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(GTest REQUIRED)
pkg_check_modules(LIBGIT2 REQUIRED libgit2)
pkg_check_modules(PCRE2 REQUIRED libpcre2-8)
pkg_check_modules(LIBARCHIVE REQUIRED libarchive)
find_path(TOMMATH_INCLUDE_DIR tommath.h REQUIRED)

# Each argument after the name is a library: NAME:SHARED links shared even in a static build.
function(scaffold_dependency name)
  add_library(scaffold_dep_${name} INTERFACE)
  add_library(scaffold::dep_${name} ALIAS scaffold_dep_${name})
  foreach(library IN LISTS ARGN)
    if(SCAFFOLD_STATIC AND NOT library MATCHES ":SHARED$")
      set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
    else()
      set(CMAKE_FIND_LIBRARY_SUFFIXES .so .so.2 .a)
    endif()
    string(REPLACE ":SHARED" "" library ${library})
    find_library(SCAFFOLD_LIBRARY_${library} ${library} REQUIRED)
    target_link_libraries(scaffold_dep_${name} INTERFACE ${SCAFFOLD_LIBRARY_${library}})
  endforeach()
endfunction()

scaffold_dependency(utf8proc utf8proc)
scaffold_dependency(tommath tommath)
target_include_directories(scaffold_dep_tommath INTERFACE ${TOMMATH_INCLUDE_DIR})
scaffold_dependency(pcre2 pcre2-8)
scaffold_dependency(crypto crypto)
scaffold_dependency(mbedcrypto mbedcrypto)
scaffold_dependency(z z)
if(SCAFFOLD_STATIC)
  # The closure of what Debian's libarchive.a needs for tar and zip.
  scaffold_dependency(archive archive bz2 lzma zstd nettle z)
  # The closure of Debian's libgit2.a; Kerberos has no static library and is on every Debian 12.
  scaffold_dependency(git2 git2 pcre2-8 mbedtls mbedx509 mbedcrypto http_parser ssh2 crypto z
                      gssapi_krb5:SHARED)
  target_link_libraries(scaffold_dep_git2 INTERFACE ${CMAKE_DL_LIBS})
else()
  scaffold_dependency(archive archive)
  scaffold_dependency(git2 git2)
endif()

# The command line's own libraries; fmt and spdlog are header-only so that start-up stays short.
add_library(scaffold_dep_cli INTERFACE)
add_library(scaffold::dep_cli ALIAS scaffold_dep_cli)
target_link_libraries(scaffold_dep_cli INTERFACE CLI11::CLI11)
target_compile_definitions(scaffold_dep_cli INTERFACE SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY)
