#include "base/text.h"
#include "base/mem.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Length of the well-formed sequence that starts at p (RFC 3629, section 4), or 0. */
static size_t utf8_sequence(const unsigned char *p, size_t left)
{
    static const struct {
        unsigned char first_min, first_max, second_min, second_max, len;
    } rows[] = {
        { 0x01, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
        { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
        { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (p[0] < rows[i].first_min || p[0] > rows[i].first_max)
            continue;
        if (rows[i].len > left)
            return 0;
        for (size_t k = 1; k < rows[i].len; k++) {
            unsigned char low = k == 1 ? rows[i].second_min : 0x80;
            unsigned char high = k == 1 ? rows[i].second_max : 0xbf;
            if (p[k] < low || p[k] > high)
                return 0;
        }
        return rows[i].len;
    }
    return 0;
}

bool text_utf8_valid(const char *bytes, size_t len)
{
    const unsigned char *p = (const unsigned char *)bytes;
    while (len > 0) {
        size_t step = *p - 1u < 0x7f ? 1 : utf8_sequence(p, len);
        if (step == 0)
            return false;
        p += step;
        len -= step;
    }
    return true;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t text_utf8_length(const char *text)
{
    size_t chars = 0;
    for (; *text; text++)
        chars += !is_continuation(*text);
    return chars;
}

char *text_utf8_clip(void *mem, const char *text, size_t max_chars)
{
    size_t chars = 0;
    const char *p = text;
    for (; *p; p++)
        if (!is_continuation(*p) && chars++ == max_chars)
            break;
    return mem_strndup(mem, text, (size_t)(p - text));
}

bool text_blank(const char *text)
{
    return !text || text[strspn(text, " \t\r\n\v\f")] == '\0';
}

char *text_trim(void *mem, const char *text)
{
    static const char space[] = " \t\r\n\v\f";
    text += strspn(text, space);
    size_t len = strlen(text);
    while (len > 0 && strchr(space, text[len - 1]))
        len--;
    return mem_strndup(mem, text, len);
}

/* Bytes taken by a control character or line separator at p; 0 if there is none. */
static size_t break_length(const char *p)
{
    if (strncmp(p, "\xe2\x80\xa8", 3) == 0 || strncmp(p, "\xe2\x80\xa9", 3) == 0)
        return 3;
    if (*p == '\xc2' && ((unsigned char)p[1] & 0xe0) == 0x80) /* C1; U+0085 ends a line */
        return 2;
    return (unsigned char)*p < 0x20 || *p == 0x7f ? 1 : 0;
}

char *text_one_line(void *mem, const char *text)
{
    size_t len = strlen(text);
    char *line = mem_bytes(mem, len + 1);
    char *out = line;
    for (const char *p = text; *p;) {
        size_t skip = break_length(p);
        if (skip == 0) {
            *out++ = *p++;
            continue;
        }
        if (out > line && out[-1] != ' ')
            *out++ = ' ';
        p += skip;
    }
    while (out > line && out[-1] == ' ')
        out--;
    *out = '\0';
    return line;
}

char *text_lower(void *mem, const char *text)
{
    char *copy = mem_strdup(mem, text);
    for (char *p = copy; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    return copy;
}

bool text_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_equal_nocase(const char *a, const char *b)
{
    return a && b ? strcasecmp(a, b) == 0 : a == b;
}

bool text_equal(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool text_to_int(const char *text, int64_t min, int64_t max, int64_t *value)
{
    return decimal_parse(text, 0, value) && !strchr(text, '.') && *value >= min && *value <= max;
}

/* Appends one digit to *value; false on overflow. Works on the negative side, which reaches
 * further. */
static bool push_digit(int64_t *value, int digit)
{
    return !__builtin_mul_overflow(*value, 10, value) &&
           !__builtin_sub_overflow(*value, digit, value);
}

bool decimal_parse(const char *text, int digits, int64_t *value)
{
    bool negative = *text == '-';
    const char *p = text + negative;
    int64_t sum = 0;
    if (!isdigit((unsigned char)*p))
        return false;
    for (; isdigit((unsigned char)*p); p++)
        if (!push_digit(&sum, *p - '0'))
            return false;
    int places = 0;
    if (*p == '.' && isdigit((unsigned char)p[1]))
        for (p++; isdigit((unsigned char)*p); p++) {
            if (places == digits && *p != '0')
                return false;
            if (places < digits && (places++, !push_digit(&sum, *p - '0')))
                return false;
        }
    for (; places < digits; places++)
        if (!push_digit(&sum, 0))
            return false;
    if (*p != '\0' || sum == INT64_MIN)
        return false;
    *value = negative ? sum : -sum;
    return true;
}

char *decimal_format(void *mem, int64_t value, int digits)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t unit = 1;
    for (int i = 0; i < digits; i++)
        unit *= 10;
    uint64_t whole = rest / unit;
    uint64_t part = rest % unit;
    while (digits > 0 && part % 10 == 0) {
        part /= 10;
        digits--;
    }
    const char *sign = value < 0 ? "-" : "";
    if (digits <= 0)
        return mem_printf(mem, "%s%llu", sign, (unsigned long long)whole);
    return mem_printf(mem, "%s%llu.%0*llu", sign, (unsigned long long)whole, digits,
                      (unsigned long long)part);
}

char *number_grouped(void *mem, int64_t value)
{
    char *plain = decimal_format(mem, value, 0);
    size_t len = strlen(plain);
    char *out = mem_strdup(mem, "");
    for (size_t i = 0; i < len; i++) {
        size_t left = len - i;
        bool comma = i > 0 && left % 3 == 0 && plain[i - 1] != '-';
        mem_append(mem, &out, comma ? ",%c" : "%c", plain[i]);
    }
    return out;
}

char *number_of(void *mem, int64_t count, const char *noun)
{
    return mem_printf(mem, "%s %s%s", number_grouped(mem, count), noun, count == 1 ? "" : "s");
}
