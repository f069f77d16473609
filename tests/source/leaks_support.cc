// What the leak sanitizer shall not tell: libgit2 1.5 loses a reference when it resolves one whose
// object is missing, as in a damaged mirror. Only the slow unwinder sees the function's name
// through libgit2.

extern "C" const char* __lsan_default_suppressions() { return "leak:git_reference__alloc\n"; }
extern "C" const char* __asan_default_options() { return "fast_unwind_on_malloc=0"; }
