# One module: a directory of src/ (one static library), and its tests (one binary).

include(GoogleTest)

set(SCAFFOLD_MODULES "" CACHE INTERNAL "")
# Sanitizers make a program up to fifty times slower.
if(SCAFFOLD_SANITIZE)
  set(SCAFFOLD_TEST_TIMEOUT 900)
else()
  set(SCAFFOLD_TEST_TIMEOUT 120)
endif()

function(scaffold_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc
       ${CMAKE_SOURCE_DIR}/src/${name}/*.S)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*_test.cc
       ${CMAKE_SOURCE_DIR}/tests/${name}/*_support.cc)

  if(sources)
    add_library(scaffold_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(scaffold_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(scaffold_${name} ${scope} ${CMAKE_SOURCE_DIR}/include
                                                       ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM ARG_DEPENDS PREPEND scaffold_ OUTPUT_VARIABLE depends)
  list(TRANSFORM ARG_LIBRARIES PREPEND scaffold::dep_ OUTPUT_VARIABLE libraries)
  target_link_libraries(scaffold_${name} ${scope} ${depends} ${libraries} Threads::Threads)
  if(sources)
    target_link_libraries(scaffold_${name} PRIVATE scaffold_options)
  endif()
  set(SCAFFOLD_MODULES ${SCAFFOLD_MODULES} scaffold_${name} CACHE INTERNAL "")

  if(tests AND BUILD_TESTING)
    add_executable(${name}_test ${tests})
    target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name}_test PRIVATE scaffold_${name} scaffold_testing scaffold_options
                                               GTest::gtest GTest::gtest_main)
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}:" DISCOVERY_TIMEOUT 60
                         PROPERTIES TIMEOUT ${SCAFFOLD_TEST_TIMEOUT})
  endif()
endfunction()
