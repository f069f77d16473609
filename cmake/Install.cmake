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
