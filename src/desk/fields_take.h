/* Between fields.c and the rules for texts: one value on its way into a record. */
#ifndef AR_DESK_FIELDS_TAKE_H
#define AR_DESK_FIELDS_TAKE_H

#include "desk/fields.h"

struct taking {
    void *mem; /* what the record keeps goes here */
    const struct field *field;
    void *record;
    struct faults *faults;
};

/* Adds the fault that the value is none of the field's type. */
enum err take_refuse(const struct taking *taking);

/* Each checks the text and puts it into the record. */
enum err take_plain(const struct taking *taking, const char *text) AR_MUST_USE;
enum err take_word(const struct taking *taking, const char *text) AR_MUST_USE;
enum err take_phone(const struct taking *taking, const char *text) AR_MUST_USE;
enum err take_clock(const struct taking *taking, const char *text) AR_MUST_USE;
enum err take_date(const struct taking *taking, const char *text) AR_MUST_USE;
enum err take_zone(const struct taking *taking, const char *text) AR_MUST_USE;
enum err take_instant(const struct taking *taking, const char *text) AR_MUST_USE;

#endif
