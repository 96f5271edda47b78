/* What happens when memory runs out, and that it happens wherever memory is asked for. */
#include "base/mem.h"
#include <errno.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

void mem_exhausted(void)
{
    static const char line[] = "level=error event=out_of_memory\n";
    ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
    (void)ignored;
    _exit(EX_OSERR);
}

void *mem_check(void *ptr)
{
    if (!ptr)
        mem_exhausted();
    return ptr;
}

/* ---- the C library's allocator ---- */

/* It stands before every library in the process. SQLite knows what to do when there is no memory,
 * and talloc's callers ask; but json-c (0.16) crashes or leaves out what it had no room for, and
 * libfcgi and GLib abort. Half of a message must not be kept as if it were whole.
 *
 * Sanitizers bring an allocator of their own. Other C libraries' are left as they are. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||                         \
    __has_feature(thread_sanitizer)
#define ALLOCATOR_IS_ANOTHER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define ALLOCATOR_IS_ANOTHER
#endif

#ifndef ALLOCATOR_IS_ANOTHER

/* glibc's own, behind the names that may be replaced (its manual: "Replacing malloc"). What is left
 * of those names is as it was, and gives back what these took. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size)
{
    return mem_check(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return mem_check(__libc_calloc(count, size));
}

/* A size of 0 gives the block back. */
void *realloc(void *block, size_t size)
{
    void *moved = __libc_realloc(block, size);
    return size == 0 && block ? moved : mem_check(moved);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
        return EINVAL;
    *block = mem_check(__libc_memalign(alignment, size));
    return 0;
}

#endif
