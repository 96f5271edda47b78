#include "base/mem.h"

void *mem_context(void *parent)
{
    return mem_check(talloc_new(parent));
}

void mem_free(void *ptr)
{
    if (ptr)
        talloc_free(ptr);
}

char *mem_bytes(void *mem, size_t len)
{
    return mem_check(talloc_size(mem, len));
}

char *mem_strdup(void *mem, const char *text)
{
    return mem_check(talloc_strdup(mem, text));
}

char *mem_strndup(void *mem, const char *text, size_t len)
{
    return mem_check(talloc_strndup(mem, text, len));
}

void *mem_memdup(void *mem, const void *bytes, size_t len)
{
    return mem_check(talloc_memdup(mem, bytes, len));
}

char *mem_vprintf(void *mem, const char *format, va_list args)
{
    return mem_check(talloc_vasprintf(mem, format, args));
}

char *mem_printf(void *mem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = mem_vprintf(mem, format, args);
    va_end(args);
    return text;
}

void mem_append(void *mem, char **text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *text = *text ? mem_check(talloc_vasprintf_append_buffer(*text, format, args))
                  : mem_vprintf(mem, format, args);
    va_end(args);
}
