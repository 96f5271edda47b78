/* A column's description, and the member of a record that it describes. */
#ifndef AR_STORE_FIELD_H
#define AR_STORE_FIELD_H

#include "store/words.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum field_type {
    FIELD_INT,     /* int64_t, min..max */
    FIELD_ID,      /* int64_t: another table's id */
    FIELD_BOOL,    /* bool */
    FIELD_TEXT,    /* const char *, min..max characters */
    FIELD_WORD,    /* int: index into words, or WORD_NONE */
    FIELD_CENTS,   /* int64_t cents, shown as dollars; max in dollars */
    FIELD_MICROS,  /* int64_t micro-dollars, shown as dollars */
    FIELD_REAL,    /* double, min..max */
    FIELD_INSTANT, /* int64_t milliseconds, shown as RFC 3339 */
    FIELD_PHONE,   /* const char *: E.164 */
    FIELD_CLOCK,   /* const char *: "HH:MM" */
    FIELD_DATE,    /* const char *: "YYYY-MM-DD" */
    FIELD_ZONE     /* const char *: an IANA time zone */
};

enum field_flag {
    FIELD_REQUIRED = 1,  /* a new record must give it; it is never null */
    FIELD_NOT_NULL = 2,  /* has a default; null is refused */
    FIELD_READ_ONLY = 4, /* kept by the program; clients only read it */
    FIELD_FIXED = 8,     /* given when made, never changed by clients */
    FIELD_HIDDEN = 16,   /* not shown to clients */
    FIELD_DERIVED = 32,  /* computed by the database; never written */
    FIELD_SEALED = 64    /* a text that is kept sealed (base/seal.h): said by or about a caller */
};

struct field {
    const char *name; /* of the column and of the JSON member */
    enum field_type type;
    unsigned flags;
    size_t offset;
    int64_t min, max;
    const struct words *words;
    const char *label; /* of the JSON member where it differs from the column */
    const char *about; /* for the documentation */
};

/* What a value is in C, by its type. */
enum field_value { VALUE_INT, VALUE_BOOL, VALUE_WORD, VALUE_REAL, VALUE_TEXT };
enum field_value field_value(enum field_type type);

/* The member's place in a record. */
int64_t *field_int(const struct field *field, const void *record);
bool *field_bool(const struct field *field, const void *record);
int *field_word(const struct field *field, const void *record);
double *field_real(const struct field *field, const void *record);
const char **field_text(const struct field *field, const void *record);
/* Makes it "not known" (a boolean false). */
void field_clear(const struct field *field, void *record);
/* Whether both records hold the same there. */
bool field_equal(const struct field *field, const void *a, const void *b);

#endif
