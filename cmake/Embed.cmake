# Files that go into the program as they are.

# scaffold_embed(MODULE SYMBOL FOLDER PATTERN): the files at any depth below template/FOLDER that match,
# one row each in the table SYMBOL of the module: path below FOLDER, begin, end; the last row has no path.
function(scaffold_embed module symbol folder pattern)
  set(root ${CMAKE_SOURCE_DIR}/template/${folder})
  file(GLOB_RECURSE paths CONFIGURE_DEPENDS RELATIVE ${root} ${root}/${pattern})
  set(data "")
  set(table "")
  set(files "")
  foreach(path IN LISTS paths)
    list(LENGTH files number)
    list(APPEND files "${root}/${path}")
    set(label "file_${number}")
    string(APPEND data "${label}_path: .asciz \"${path}\"\n"
           "${label}: .incbin \"${root}/${path}\"\n${label}_end:\n")
    string(APPEND table ".quad ${label}_path, ${label}, ${label}_end\n")
  endforeach()
  set(source ${CMAKE_BINARY_DIR}/${symbol}.S)
  file(
    GENERATE
    OUTPUT ${source}
    CONTENT
      "// Made by cmake/Embed.cmake.
.section .rodata
${data}
.section .data.rel.ro,\"aw\"
.balign 8
.globl ${symbol}
${symbol}:
${table}.quad 0, 0, 0
.section .note.GNU-stack,\"\",%progbits
")
  set_source_files_properties(${source} PROPERTIES GENERATED TRUE OBJECT_DEPENDS "${files}")
  target_sources(scaffold_${module} PRIVATE ${source})
endfunction()
