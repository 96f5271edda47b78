#include "desk/fields_take.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/text.h"
#include "heard/phone.h"
#include <string.h>

/* Whether a control character other than tab and line break is in valid UTF-8 (C0, DEL, C1). */
static bool has_control(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if ((*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f ||
            (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0))
            return true;
    return false;
}

static const char *plain_fault(void *mem, const struct field *field, const char *text)
{
    if (!text_utf8_valid(text, strlen(text)))
        return "is not valid UTF-8";
    if (has_control(text))
        return "must not hold control characters";
    /* What JSON parsing leaves of NULs and lone surrogates: a text that did not come whole. */
    if (strstr(text, "\xef\xbf\xbd"))
        return "must not hold NUL, half a surrogate pair or U+FFFD";
    if (field->min > 0 && text_blank(text))
        return "must not be blank";
    int64_t length = (int64_t)text_utf8_length(text);
    if (length < field->min)
        return mem_printf(mem, "must have at least %s", number_of(mem, field->min, "character"));
    if (field->max && length > field->max)
        return mem_printf(mem, "must have at most %s", number_of(mem, field->max, "character"));
    return NULL;
}

static void text_keep(const struct taking *taking, const char *text)
{
    *field_text(taking->field, taking->record) = mem_strdup(taking->mem, text);
}

enum err take_plain(const struct taking *taking, const char *text)
{
    const char *fault = plain_fault(taking->faults->mem, taking->field, text);
    if (fault)
        return fault_add(taking->faults, field_label(taking->field), "%s", fault);
    text_keep(taking, text);
    return ERR_NONE;
}

enum err take_word(const struct taking *taking, const char *text)
{
    const struct field *field = taking->field;
    int word = words_find(field->words, text);
    if (word == WORD_NONE)
        return fault_add(taking->faults, field_label(field), "must be %s",
                         words_listed(taking->faults->mem, field->words));
    *field_word(field, taking->record) = word;
    return ERR_NONE;
}

/* A number that is written with its plus is taken at its word, so that one may also enter numbers
 * that no numbering plan knows yet; only North America's are sure to have eleven digits. */
static bool is_settled(const char *text)
{
    return phone_is_e164(text) && (!text_starts_with(text, "+1") || strlen(text) == 12);
}

/* Whether text is a number as people write it; what may also be words is for callers' speech alone.
 */
static bool is_written(const char *text)
{
    return text[strspn(text, "+0123456789 ()-./")] == '\0';
}

enum err take_phone(const struct taking *taking, const char *text)
{
    char number[PHONE_TEXT];
    if (is_settled(text))
        text_keep(taking, text);
    else if (is_written(text) && phone_hear(text, "US", number) == PHONE_E164)
        text_keep(taking, number);
    else
        return take_refuse(taking);
    return ERR_NONE;
}

static bool is_clock(const char *text)
{
    if (strlen(text) != 5 || text[2] != ':' || strspn(text, "0123456789") != 2 ||
        strspn(text + 3, "0123456789") != 2)
        return false;
    return (text[0] - '0') * 10 + text[1] - '0' < 24 && text[3] < '6';
}

enum err take_clock(const struct taking *taking, const char *text)
{
    if (!is_clock(text))
        return take_refuse(taking);
    text_keep(taking, text);
    return ERR_NONE;
}

enum err take_date(const struct taking *taking, const char *text)
{
    int64_t days;
    if (!date_parse(text, &days))
        return take_refuse(taking);
    text_keep(taking, text);
    return ERR_NONE;
}

enum err take_zone(const struct taking *taking, const char *text)
{
    if (!zone_find(text))
        return take_refuse(taking);
    text_keep(taking, text);
    return ERR_NONE;
}

enum err take_instant(const struct taking *taking, const char *text)
{
    if (instant_parse(text, field_int(taking->field, taking->record)))
        return take_refuse(taking);
    return ERR_NONE;
}
