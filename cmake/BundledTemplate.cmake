# Embeds the released versions of the bundled template, one table entry for each archive in
# template/releases, into the module `source`.

file(GLOB releases CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/template/releases/*.tar)
set(data "")
set(table "")
foreach(release IN LISTS releases)
  get_filename_component(version ${release} NAME)
  string(REGEX REPLACE "\\.tar$" "" version ${version})
  string(MAKE_C_IDENTIFIER "release_${version}" label)
  string(APPEND data "${label}_name: .asciz \"${version}\"\n"
         "${label}: .incbin \"${release}\"\n${label}_end:\n")
  string(APPEND table ".quad ${label}_name, ${label}, ${label}_end\n")
endforeach()
set(bundled ${CMAKE_BINARY_DIR}/bundled.S)
file(
  GENERATE
  OUTPUT ${bundled}
  CONTENT
    "// Made by cmake/BundledTemplate.cmake.
.section .rodata
${data}
.section .data.rel.ro,\"aw\"
.balign 8
.globl scaffold_bundled_releases
scaffold_bundled_releases:
${table}.quad 0, 0, 0
.section .note.GNU-stack,\"\",%progbits
")
set_source_files_properties(${bundled} PROPERTIES GENERATED TRUE OBJECT_DEPENDS "${releases}")
target_sources(scaffold_source PRIVATE ${bundled})
