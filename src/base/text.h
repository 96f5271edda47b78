/* Strict readers and small makers of text. All texts are UTF-8 unless a function says otherwise. */
#ifndef AR_BASE_TEXT_H
#define AR_BASE_TEXT_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the bytes are well-formed UTF-8 (RFC 3629) without NUL. */
bool text_utf8_valid(const char *bytes, size_t len);
/* Number of characters (code points) in valid UTF-8. */
size_t text_utf8_length(const char *text);
/* A copy of at most max_chars characters, cut between characters. */
char *text_utf8_clip(void *mem, const char *text, size_t max_chars);

/* Whether text is NULL, empty or white space only. */
bool text_blank(const char *text);
/* A copy without leading and trailing ASCII white space. */
char *text_trim(void *mem, const char *text);
/* A copy in which line breaks (CR, LF, U+2028, U+2029), tabs and other controls are single spaces.
 * Vapi drops a tool result that has a line break (reference, section 3). */
char *text_one_line(void *mem, const char *text);
/* A copy in ASCII lower case; other characters stay. */
char *text_lower(void *mem, const char *text);
bool text_starts_with(const char *text, const char *prefix);
/* Compares without regard to ASCII case; NULL equals only NULL. */
bool text_equal_nocase(const char *a, const char *b);
/* NULL-safe equality. */
bool text_equal(const char *a, const char *b);

/* The whole text as a decimal integer within min..max; false otherwise (signs, spaces, overflow).
 */
bool text_to_int(const char *text, int64_t min, int64_t max, int64_t *value);

/* A decimal number ("-12.5") as an integer of 10^-digits units, exactly; false if it is not a plain
 * decimal, has more places than digits (unless they are zeros), or overflows. */
bool decimal_parse(const char *text, int digits, int64_t *value);
/* The inverse, in the shortest form: (85000050, 2) is "850000.5". */
char *decimal_format(void *mem, int64_t value, int digits);
/* 1234567 as "1,234,567". */
char *number_grouped(void *mem, int64_t value);
/* A count with its noun, which takes an s: "1 day", "1,200 days". */
char *number_of(void *mem, int64_t count, const char *noun);

#endif
