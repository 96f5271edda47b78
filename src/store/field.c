#include "store/field.h"
#include "base/instant.h"
#include "base/text.h"
#include <math.h>

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
    switch (field->type) {
    case FIELD_BOOL:
        *field_bool(field, record) = false;
        break;
    case FIELD_WORD:
        *field_word(field, record) = WORD_NONE;
        break;
    case FIELD_REAL:
        *field_real(field, record) = NAN;
        break;
    case FIELD_TEXT:
    case FIELD_PHONE:
    case FIELD_CLOCK:
    case FIELD_DATE:
    case FIELD_ZONE:
        *field_text(field, record) = NULL;
        break;
    default:
        *field_int(field, record) = NO_VALUE;
    }
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
    switch (field->type) {
    case FIELD_BOOL:
        return *field_bool(field, a) == *field_bool(field, b);
    case FIELD_WORD:
        return *field_word(field, a) == *field_word(field, b);
    case FIELD_REAL: {
        double x = *field_real(field, a), y = *field_real(field, b);
        return isnan(x) ? isnan(y) : x == y;
    }
    case FIELD_TEXT:
    case FIELD_PHONE:
    case FIELD_CLOCK:
    case FIELD_DATE:
    case FIELD_ZONE:
        return text_equal(*field_text(field, a), *field_text(field, b));
    default:
        return *field_int(field, a) == *field_int(field, b);
    }
}
