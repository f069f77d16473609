# The installed form: the program, and one shared library with the public headers for
# `find_package(scaffold)`. The library is built on demand (target scaffold_shared).

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

add_library(scaffold_shared SHARED EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/cmake/shared.cc)
set_target_properties(scaffold_shared PROPERTIES OUTPUT_NAME scaffold EXPORT_NAME scaffold
                                                 VERSION ${PROJECT_VERSION} SOVERSION 0)
target_include_directories(scaffold_shared
                           INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(scaffold_shared INTERFACE cxx_std_20)
# Whatever a public header declares must be in the library, used by the operations or not.
target_link_libraries(scaffold_shared PRIVATE scaffold_project)
set_target_properties(
  scaffold_shared
  PROPERTIES LINK_LIBRARY_OVERRIDE
             "WHOLE_ARCHIVE,scaffold_project,scaffold_jinja,scaffold_value,scaffold_support")

install(TARGETS scaffold RUNTIME COMPONENT program)

# The program writes its own manual page and completions when it is installed.
function(scaffold_install_output file folder)
  install(CODE "execute_process(COMMAND \"$<TARGET_FILE:scaffold>\" ${ARGN}
                                OUTPUT_FILE \"${CMAKE_BINARY_DIR}/installed/${file}\"
                                COMMAND_ERROR_IS_FATAL ANY)" COMPONENT program)
  install(FILES ${CMAKE_BINARY_DIR}/installed/${file} DESTINATION ${folder} COMPONENT program)
endfunction()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/installed)
scaffold_install_output(scaffold.1 ${CMAKE_INSTALL_MANDIR}/man1 man)
scaffold_install_output(scaffold ${CMAKE_INSTALL_DATADIR}/bash-completion/completions completion
                        bash)
scaffold_install_output(_scaffold ${CMAKE_INSTALL_DATADIR}/zsh/site-functions completion zsh)
scaffold_install_output(scaffold.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d completion
                        fish)
install(TARGETS scaffold_shared EXPORT scaffold LIBRARY COMPONENT library OPTIONAL)
install(DIRECTORY include/scaffold TYPE INCLUDE COMPONENT library)
install(EXPORT scaffold NAMESPACE scaffold:: FILE scaffold-targets.cmake COMPONENT library
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/scaffold)
file(WRITE ${CMAKE_BINARY_DIR}/scaffold-config.cmake
     "include(\"\${CMAKE_CURRENT_LIST_DIR}/scaffold-targets.cmake\")\n")
write_basic_package_version_file(${CMAKE_BINARY_DIR}/scaffold-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/scaffold-config.cmake
              ${CMAKE_BINARY_DIR}/scaffold-config-version.cmake
        COMPONENT library DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/scaffold)
