#include "store/field.h"
#include "base/instant.h"
#include "base/text.h"
#include <math.h>

enum field_value field_value(enum field_type type)
{
    static const enum field_value values[] = {
        [FIELD_INT] = VALUE_INT,    [FIELD_ID] = VALUE_INT,     [FIELD_BOOL] = VALUE_BOOL,
        [FIELD_TEXT] = VALUE_TEXT,  [FIELD_WORD] = VALUE_WORD,  [FIELD_CENTS] = VALUE_INT,
        [FIELD_MICROS] = VALUE_INT, [FIELD_REAL] = VALUE_REAL,  [FIELD_INSTANT] = VALUE_INT,
        [FIELD_PHONE] = VALUE_TEXT, [FIELD_CLOCK] = VALUE_TEXT, [FIELD_DATE] = VALUE_TEXT,
        [FIELD_ZONE] = VALUE_TEXT,
    };
    return values[type];
}

static void *member(const struct field *field, const void *record)
{
    return (char *)(uintptr_t)record + field->offset;
}

int64_t *field_int(const struct field *field, const void *record)
{
    return member(field, record);
}

bool *field_bool(const struct field *field, const void *record)
{
    return member(field, record);
}

int *field_word(const struct field *field, const void *record)
{
    return member(field, record);
}

double *field_real(const struct field *field, const void *record)
{
    return member(field, record);
}

const char **field_text(const struct field *field, const void *record)
{
    return member(field, record);
}

void field_clear(const struct field *field, void *record)
{
    switch (field_value(field->type)) {
    case VALUE_BOOL:
        *field_bool(field, record) = false;
        break;
    case VALUE_WORD:
        *field_word(field, record) = WORD_NONE;
        break;
    case VALUE_REAL:
        *field_real(field, record) = NAN;
        break;
    case VALUE_TEXT:
        *field_text(field, record) = NULL;
        break;
    default:
        *field_int(field, record) = NO_VALUE;
    }
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
    switch (field_value(field->type)) {
    case VALUE_BOOL:
        return *field_bool(field, a) == *field_bool(field, b);
    case VALUE_WORD:
        return *field_word(field, a) == *field_word(field, b);
    case VALUE_REAL: {
        double x = *field_real(field, a), y = *field_real(field, b);
        return isnan(x) ? isnan(y) : x == y;
    }
    case VALUE_TEXT:
        return text_equal(*field_text(field, a), *field_text(field, b));
    default:
        return *field_int(field, a) == *field_int(field, b);
    }
}
