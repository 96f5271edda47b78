#include "heard/address_fold.h"
#include "base/mem.h"
#include "heard/address.h"
#include <string.h>

/* The plain letters of U+00C0 to U+017F. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiJjJjKkkLlLlLlLlLl"
                            "NnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static const struct {
    uint32_t from;
    const char *to; /* at most two and a half times as many bytes as `from` takes */
} replacements[] = {
    { 0x00BD, " 1/2 " }, { 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" },
    { 0x2014, " , " },   { 0x2018, "'" }, { 0x2019, "'" }, { 0x02BC, "'" }, { 0x2116, " # " },
};

uint32_t fold_next(const char **at)
{
    unsigned char first = (unsigned char)*(*at)++;
    int more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    if (first < 0x80)
        return first;
    uint32_t value = first & (0x3Fu >> more);
    for (int i = 0; i < more; i++) {
        if (((unsigned char)**at & 0xC0) != 0x80)
            return ' ';
        value = value << 6 | ((unsigned char)*(*at)++ & 0x3Fu);
    }
    return more ? value : ' ';
}

char *fold_write(char *out, uint32_t character)
{
    if (character >= 0x300 && character < 0x370) /* combining accents */
        return out;
    for (size_t i = 0; i < sizeof replacements / sizeof replacements[0]; i++)
        if (replacements[i].from == character)
            return stpcpy(out, replacements[i].to);
    if (character < 0x80)
        *out = (char)character;
    else if (character >= 0xC0 && character < 0xC0 + sizeof latin - 1)
        *out = latin[character - 0xC0];
    else
        *out = ' ';
    return out + 1;
}

char *address_fold(void *mem, const char *text)
{
    char *bytes = mem_strndup(mem, text ? text : "", strnlen(text ? text : "", ADDRESS_TEXT));
    char *folded = mem_new_array(mem, char, 3 * strlen(bytes) + 1);
    char *out = folded;
    for (const char *at = bytes; *at;)
        out = fold_write(out, fold_next(&at));
    *out = '\0';
    mem_free(bytes);
    return folded;
}
