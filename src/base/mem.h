/* Memory: everything a request needs hangs on that request's talloc context and goes with it.
 *
 * Rules: a function that allocates takes the context as its first parameter, `void *mem`, and what
 * it returns belongs to that context.  Borrowed pointers are `const`.  Nobody frees a piece by hand
 * unless a loop would grow without it.  These wrappers never return NULL: when memory is exhausted
 * the process logs one line and exits with 71 (EX_OSERR); the open transaction rolls back, the web
 * server answers for the request and starts a new process.  So it is wherever memory is asked for,
 * in every library (mem_exhausted.c).  Bounded input keeps that remote. */
#ifndef AR_BASE_MEM_H
#define AR_BASE_MEM_H

#include "base/err.h"
#include <stdarg.h>
#include <stddef.h>
#include <talloc.h>

/* Ends the process as described above. Also for other libraries' allocation failures. */
_Noreturn void mem_exhausted(void);

/* Returns ptr, or does not return if it is NULL. */
void *mem_check(void *ptr);

/* A fresh context; parent NULL makes a top-level one, to be given to mem_free. */
void *mem_context(void *parent);

/* Frees ptr and all that hangs on it; NULL is fine. */
void mem_free(void *ptr);

/* A zeroed `type`, and a zeroed array of `count` of them. */
#define mem_new(mem, type) ((type *)mem_check(talloc_zero(mem, type)))
#define mem_new_array(mem, type, count)                                                            \
    ((type *)mem_check(talloc_zero_array(mem, type, (unsigned)(count))))
/* Resizing to nothing would free instead. */
static inline unsigned mem_some(size_t count)
{
    return count > 0 ? (unsigned)count : 1;
}
/* The array grown or shrunk to count members; new ones are not initialised. */
#define mem_resize(mem, array, type, count)                                                        \
    ((type *)mem_check(talloc_realloc(mem, array, type, mem_some(count))))

/* len bytes, not initialised. */
char *mem_bytes(void *mem, size_t len);
char *mem_strdup(void *mem, const char *text);
char *mem_strndup(void *mem, const char *text, size_t len);
void *mem_memdup(void *mem, const void *bytes, size_t len);
char *mem_printf(void *mem, const char *format, ...) AR_PRINTF(2, 3);
char *mem_vprintf(void *mem, const char *format, va_list args) AR_PRINTF(2, 0);

/* Appends formatted text to *text, which must be a talloc string (or NULL: begins one on mem). */
void mem_append(void *mem, char **text, const char *format, ...) AR_PRINTF(3, 4);

#endif
