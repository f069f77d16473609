// Counts the calls of one process that change the disk, and at one of them kills the process or
// makes the call fail. Loaded with LD_PRELOAD; programs that the process starts are left alone.
//
// FAULT_AT     number of the call, from 1; 0 only counts
// FAULT_KIND   "kill", "short" (a write of half the bytes, then ENOSPC), or an errno
// FAULT_COUNT  file that gets the number of calls at the end
// FAULT_UNLINK "0": calls that only remove are neither counted nor touched

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static long fault_at;
static int fault_errno, is_short, ignores_removals;
static atomic_int is_full;
static char count_file[4096];

__attribute__((constructor)) static void Begin(void) {
  const char* at = getenv("FAULT_AT");
  const char* kind = getenv("FAULT_KIND");
  const char* count = getenv("FAULT_COUNT");
  const char* removals = getenv("FAULT_UNLINK");
  fault_at = at ? atol(at) : 0;
  is_short = kind && strcmp(kind, "short") == 0;
  fault_errno = kind ? atoi(kind) : 0;
  ignores_removals = removals && strcmp(removals, "0") == 0;
  if (count) snprintf(count_file, sizeof count_file, "%s", count);
  unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void End(void) {
  if (!count_file[0]) return;
  fault_at = -1;
  FILE* file = fopen(count_file, "w");
  if (!file) return;
  fprintf(file, "%ld\n", (long)calls);
  fclose(file);
}

// Whether this call has to fail; errno is set then.
static int Fault(void) {
  if (fault_at < 0) return 0;
  if (++calls != fault_at) return 0;
  if (is_short) return 0;
  if (fault_errno == 0) kill(getpid(), SIGKILL);
  errno = fault_errno;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(name, parameters, arguments)    \
  int name parameters {                      \
    if (Fault()) return -1;                  \
    return REAL(name) arguments;             \
  }
#define WRAP_REMOVAL(name, parameters, arguments)      \
  int name parameters {                                \
    if (!ignores_removals && Fault()) return -1;       \
    return REAL(name) arguments;                       \
  }

WRAP(rename, (const char* a, const char* b), (a, b))
WRAP(renameat, (int a, const char* b, int c, const char* d), (a, b, c, d))
WRAP(renameat2, (int a, const char* b, int c, const char* d, unsigned e), (a, b, c, d, e))
WRAP(link, (const char* a, const char* b), (a, b))
WRAP(linkat, (int a, const char* b, int c, const char* d, int e), (a, b, c, d, e))
WRAP_REMOVAL(unlink, (const char* a), (a))
WRAP_REMOVAL(unlinkat, (int a, const char* b, int c), (a, b, c))
WRAP_REMOVAL(rmdir, (const char* a), (a))
WRAP_REMOVAL(remove, (const char* a), (a))
WRAP(mkdir, (const char* a, mode_t b), (a, b))
WRAP(mkdirat, (int a, const char* b, mode_t c), (a, b, c))
WRAP(symlink, (const char* a, const char* b), (a, b))
WRAP(symlinkat, (const char* a, int b, const char* c), (a, b, c))
WRAP(ftruncate, (int a, off_t b), (a, b))
WRAP(chmod, (const char* a, mode_t b), (a, b))
WRAP(fchmod, (int a, mode_t b), (a, b))
WRAP(fchmodat, (int a, const char* b, mode_t c, int d), (a, b, c, d))

// Only what goes into a file: the terminal and pipes are not the disk.
static int IsFile(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  if (fd > 2 && IsFile(fd)) {
    if (is_full) {
      is_full = 0;
      errno = ENOSPC;
      return -1;
    }
    if (Fault()) return -1;
    if (is_short && calls == fault_at && size > 1) {
      is_full = 1;
      size /= 2;
    }
  }
  return REAL(write)(fd, bytes, size);
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  if (IsFile(fd) && Fault()) return -1;
  return REAL(pwrite)(fd, bytes, size, offset);
}

static int Changes(const char* path, int flags) {
  if (strncmp(path, "/dev/", 5) == 0 && strncmp(path, "/dev/shm/", 9) != 0) return 0;
  return (flags & (O_CREAT | O_TRUNC)) != 0 || (flags & O_ACCMODE) != O_RDONLY;
}

#define MODE_ARGUMENT                       \
  mode_t mode = 0;                          \
  if (flags & (O_CREAT | __O_TMPFILE)) {    \
    va_list list;                           \
    va_start(list, flags);                  \
    mode = va_arg(list, mode_t);            \
    va_end(list);                           \
  }

int open(const char* path, int flags, ...) {
  MODE_ARGUMENT
  if (Changes(path, flags) && Fault()) return -1;
  return REAL(open)(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  MODE_ARGUMENT
  if (Changes(path, flags) && Fault()) return -1;
  return REAL(open64)(path, flags, mode);
}
int openat(int fd, const char* path, int flags, ...) {
  MODE_ARGUMENT
  if (Changes(path, flags) && Fault()) return -1;
  return REAL(openat)(fd, path, flags, mode);
}
int openat64(int fd, const char* path, int flags, ...) {
  MODE_ARGUMENT
  if (Changes(path, flags) && Fault()) return -1;
  return REAL(openat64)(fd, path, flags, mode);
}
