#include "heard/phone.h"
#include "base/mem.h"
#include "heard/phone_plan.h"
#include "heard/phone_words.h"
#include <stdio.h>
#include <string.h>

enum { E164_DIGITS = 15 };

bool phone_is_e164(const char *text)
{
    if (!text || text[0] != '+' || text[1] == '0')
        return false;
    size_t count = strspn(text + 1, "0123456789");
    return count >= 7 && count <= E164_DIGITS && text[1 + count] == '\0';
}

/* What carriers send for a withheld number: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE
 * on the keypad. */
static bool is_placeholder(const char *digits)
{
    static const char *const placeholders[] = { "266696687", "7378742833", "2562533",
                                                "8566696",   "8656696",    "86282452253" };
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (strcmp(digits, placeholders[i]) == 0)
            return true;
    return false;
}

/* ---- from digits to a number ---- */

static bool e164_write(const struct phone_plan *plan, const char *national, char out[PHONE_TEXT])
{
    if (strlen(plan->code) + strlen(national) > E164_DIGITS || !phone_plan_has(plan, national))
        return false;
    snprintf(out, PHONE_TEXT, "+%s%s", plan->code, national);
    return true;
}

/* A national number as it is dialled, with the trunk prefix or without. */
static bool national_settle(const struct phone_plan *plan, const struct phone_country *country,
                            const char *digits, char out[PHONE_TEXT])
{
    int trunk = country && *country->trunk ? phone_pattern_match(country->trunk, digits) : 0;
    if (trunk > 0 && e164_write(plan, digits + trunk, out))
        return true;
    return e164_write(plan, digits, out);
}

/* Digits that begin with a calling code. */
static bool international_settle(const char *digits, char out[PHONE_TEXT])
{
    const struct phone_plan *plan = phone_plan_find(digits);
    return plan && national_settle(plan, phone_country_find(plan->region),
                                   digits + strlen(plan->code), out);
}

/* A number dialled in a country: to abroad, within it, or with its own code but no plus. */
static bool dialled_settle(const struct phone_country *country, const char *digits,
                           char out[PHONE_TEXT])
{
    const struct phone_plan *plan = phone_plan_find(country->code);
    int prefix = phone_pattern_match(country->international, digits);
    if (prefix > 0 && international_settle(digits + prefix, out))
        return true;
    if (national_settle(plan, country, digits, out))
        return true;
    size_t code = strlen(country->code);
    if (strncmp(digits, country->code, code) == 0 &&
        national_settle(plan, country, digits + code, out))
        return true;
    char whole[PHONE_TEXT];
    if (!*country->home || strlen(digits) != 7)
        return false;
    snprintf(whole, sizeof whole, "%s%.7s", country->home, digits);
    return e164_write(plan, whole, out);
}

static bool is_local(const struct phone_country *country, const char *digits)
{
    bool seven = strcmp(country->region, "US") == 0 || strcmp(country->region, "CA") == 0;
    return seven && strlen(digits) == 7 && digits[0] >= '2';
}

static enum phone_kind digits_settle(const struct phone_digits *digits,
                                     const struct phone_country *country, char out[PHONE_TEXT])
{
    const char *text = digits->text;
    if (digits->plus)
        return !is_placeholder(text) && international_settle(text, out) ? PHONE_E164
                                                                        : PHONE_INVALID;
    if (!country)
        return PHONE_INVALID;
    if (is_local(country, text)) {
        memcpy(out, text, sizeof "5550123");
        return PHONE_LOCAL;
    }
    return dialled_settle(country, text, out) ? PHONE_E164 : PHONE_INVALID;
}

/* The same number said twice, to be sure. */
static bool repetition_drop(struct phone_digits *digits)
{
    int half = digits->count / 2;
    if (digits->count % 2 || half < 7 ||
        memcmp(digits->text, digits->text + half, (size_t)half) != 0)
        return false;
    digits->count = half;
    digits->text[half] = '\0';
    return true;
}

/* ---- from words to digits ---- */

struct hearing {
    struct heard_words words;
    const struct phone_country *country;
    char *out;
};

static enum phone_kind reading_settle(struct hearing *hearing, int from, int to,
                                      enum phone_reading reading)
{
    struct phone_digits digits;
    phone_digits_read(&hearing->words, from, to, reading, &digits);
    enum phone_kind kind = digits_settle(&digits, hearing->country, hearing->out);
    if (kind == PHONE_INVALID && repetition_drop(&digits))
        kind = digits_settle(&digits, hearing->country, hearing->out);
    return kind;
}

static enum phone_kind span_settle(struct hearing *hearing, int from, int to)
{
    static const enum phone_reading readings[] = { READ_PLAIN, READ_SUMS, READ_LETTERS };
    enum phone_kind kind = PHONE_INVALID;
    for (size_t i = 0; i < sizeof readings / sizeof *readings && kind == PHONE_INVALID; i++)
        kind = reading_settle(hearing, from, to, readings[i]);
    return kind;
}

/* The one run of numbers among several that is a telephone number: "3 bedrooms, my number is ...".
 * Of seven digits it is one only where no other run could be its area code. */
static enum phone_kind runs_settle(struct hearing *hearing, int to)
{
    char first[PHONE_TEXT] = "";
    enum phone_kind found = PHONE_INVALID;
    int long_runs = 0, end;
    for (int from = 0; (end = phone_run_find(&hearing->words, &from, to)) > from; from = end) {
        struct phone_digits digits;
        phone_digits_read(&hearing->words, from, end, READ_PLAIN, &digits);
        long_runs += digits.count >= 3;
        enum phone_kind kind = span_settle(hearing, from, end);
        if (kind == PHONE_INVALID)
            continue;
        if (found == kind && strcmp(first, hearing->out) != 0)
            return PHONE_INVALID;
        if (found != PHONE_E164)
            memcpy(first, hearing->out, sizeof first), found = kind;
    }
    memcpy(hearing->out, first, sizeof first);
    return found == PHONE_LOCAL && long_runs > 1 ? PHONE_INVALID : found;
}

/* "415 555 0132, sorry, 0123": the last digits in place of as many. */
static enum phone_kind correction_settle(struct hearing *hearing, int at)
{
    struct phone_digits before, after;
    phone_digits_read(&hearing->words, 0, at, READ_PLAIN, &before);
    phone_digits_read(&hearing->words, at, hearing->words.count, READ_PLAIN, &after);
    if (after.count == 0 || after.count > before.count)
        return PHONE_INVALID;
    memcpy(before.text + before.count - after.count, after.text, (size_t)after.count);
    return digits_settle(&before, hearing->country, hearing->out);
}

enum phone_kind phone_hear(const char *text, const char *region, char out[PHONE_TEXT])
{
    struct hearing hearing = { .country = region ? phone_country_find(region) : NULL, .out = out };
    enum phone_kind kind = PHONE_INVALID;
    /* What networks signal is E.164 already; most numbers that are heard are of that kind. */
    if (phone_is_e164(text) && !is_placeholder(text + 1) && international_settle(text + 1, out))
        return PHONE_E164;
    words_split(text, &hearing.words);
    int all = hearing.words.count, at = all;
    while (kind == PHONE_INVALID && (at = phone_correction_find(&hearing.words, at)) >= 0) {
        kind = span_settle(&hearing, at, all);
        if (kind != PHONE_E164 && correction_settle(&hearing, at) == PHONE_E164)
            kind = PHONE_E164;
    }
    if (kind == PHONE_INVALID)
        kind = span_settle(&hearing, 0, all);
    if (kind == PHONE_INVALID)
        kind = runs_settle(&hearing, all);
    if (kind == PHONE_INVALID)
        out[0] = '\0';
    return kind;
}

/* ---- what is known of a number ---- */

const char *phone_region(const char *e164)
{
    const struct phone_plan *plan = phone_is_e164(e164) ? phone_plan_find(e164 + 1) : NULL;
    if (!plan)
        return NULL;
    const char *national = e164 + 1 + strlen(plan->code);
    for (size_t i = 0; i < phone_part_count; i++)
        if (strcmp(phone_parts[i].code, plan->code) == 0 &&
            phone_pattern_match(phone_parts[i].pattern, national) >= 0)
            return phone_parts[i].region;
    return *plan->region ? plan->region : NULL;
}

char *phone_spoken(void *mem, const char *number)
{
    const struct phone_plan *plan = phone_is_e164(number) ? phone_plan_find(number + 1) : NULL;
    const char *rest = plan ? number + 1 + strlen(plan->code) : number;
    bool abroad = plan && strcmp(plan->code, "1") != 0;
    char *spoken = abroad ? mem_printf(mem, "+%s ", plan->code) : mem_strdup(mem, "");
    size_t left = strlen(rest);
    while (left > 4) {
        size_t group = left == 5 ? 2 : 3;
        mem_append(mem, &spoken, "%.*s ", (int)group, rest);
        rest += group, left -= group;
    }
    mem_append(mem, &spoken, "%s", rest);
    return spoken;
}
