#include "vapi/liquid.h"
#include "base/mem.h"
#include <stdbool.h>
#include <string.h>

/* Whether the two characters would open or close a tag. */
static bool is_tag(char first, char second)
{
    return (first == '{' && (second == '{' || second == '%')) ||
           (second == '}' && (first == '}' || first == '%'));
}

char *liquid_defuse(void *mem, const char *text)
{
    if (!text)
        return NULL;
    char *copy = mem_bytes(mem, 2 * strlen(text) + 1);
    char *out = copy;
    for (; *text; text++) {
        *out++ = *text;
        if (is_tag(text[0], text[1]))
            *out++ = ' ';
    }
    *out = '\0';
    return copy;
}
