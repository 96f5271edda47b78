#include "heard/redact_rules.h"
#include "heard/redact_run.h"
#include <string.h>

enum { CARD_LEAST = 13, CARD_MOST = 19 };

/* ---- by its form alone ---- */

static const struct {
    size_t pieces[4]; /* lengths of the runs of digits */
    bool dashed;      /* only with dashes or periods between */
    enum redact_label label;
} forms[] = {
    { { 3, 3, 4 }, false, LABEL_PHONE },   { { 1, 3, 3, 4 }, false, LABEL_PHONE },
    { { 3, 7 }, false, LABEL_PHONE },      { { 3, 4 }, true, LABEL_PHONE },
    { { 3, 2, 4 }, false, LABEL_ID },      { { 2, 7 }, true, LABEL_ID },
    { { 4, 4, 4, 4 }, false, LABEL_CARD }, { { 4, 6, 5 }, false, LABEL_CARD },
};

static bool is_dashed(const struct redact_text *text, const struct redact_run *run)
{
    for (size_t i = run->from; i + 1 < run->to; i++)
        if (!redact_gap_is(text, i, "-."))
            return false;
    return true;
}

static bool has_form(const struct redact_run *run, const size_t pieces[4])
{
    for (size_t i = 0; i < 4; i++)
        if (pieces[i] != (i < run->piece_count ? run->pieces[i] : 0))
            return false;
    return run->piece_count <= 4;
}

/* Digits in one piece. Prices and listing numbers have fewer than nine. */
static enum redact_label single_label(const struct redact_text *text, const struct redact_run *run)
{
    const char *digits = text->words.all[run->from].plain;
    size_t length = run->digits;
    if ((length == 10 && digits[0] > '1' && digits[3] > '1') || (length == 11 && *digits == '1'))
        return LABEL_PHONE;
    if (length >= CARD_LEAST && length <= CARD_MOST)
        return LABEL_CARD;
    return length >= 9 ? LABEL_ID : LABEL_NONE;
}

static enum redact_label form_label(const struct redact_text *text, const struct redact_run *run)
{
    size_t from = text->places[run->from].from;
    bool plus = from > 0 && (text->text[from - 1] == '+' ||
                             (from > 1 && !strncmp(text->text + from - 2, "+(", 2)));
    if (plus && run->digits >= 8)
        return LABEL_PHONE;
    if (run->spoken)
        return LABEL_NONE;
    if (run->piece_count == 1)
        return single_label(text, run);
    bool trunk = text->words.all[run->from].plain[0] == '0'; /* "07911 123 456" */
    if (trunk && run->digits >= 9 && run->digits <= 12 && run->pieces[0] >= 2)
        return LABEL_PHONE;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (has_form(run, forms[i].pieces) && (!forms[i].dashed || is_dashed(text, run)))
            return forms[i].label;
    return LABEL_NONE;
}

/* 2026-03-14, 3-14-26 */
static bool is_date(const struct redact_text *text, const struct redact_run *run)
{
    const size_t *pieces = run->pieces;
    if (run->spoken || run->piece_count != 3 || !is_dashed(text, run))
        return false;
    if (pieces[0] == 4)
        return pieces[1] <= 2 && pieces[2] <= 2;
    return pieces[0] <= 2 && pieces[1] <= 2 && (pieces[2] == 4 || pieces[2] == 2);
}

/* Digit by digit or in pairs, as nobody says a price or an address. */
static bool is_dictated(const struct redact_run *run)
{
    enum { SINGLES = 4, NATIONAL = 10 };
    bool singles =
        run->singles == run->digits || (run->singles >= SINGLES && run->digits >= NATIONAL);
    return (run->spoken || singles) && run->digits >= 7 && run->groups >= 4;
}

/* "five fifty, then five sixty": one amount after the other, when amounts are spoken of. */
static bool is_series(const struct redact_text *text, const struct redact_run *run)
{
    for (size_t i = run->from; i < run->to; i++)
        if (redact_word_in(text, i, "then"))
            return true;
    return false;
}

/* ---- by what is said of it ---- */

static const struct {
    enum redact_hint hint;
    enum redact_label label;
    size_t least, most; /* digits */
    bool close;         /* only when nothing but linking words stand between */
} meanings[] = {
    { HINT_PHONE, LABEL_PHONE, 7, 20, false },     { HINT_ID, LABEL_ID, 5, 20, false },
    { HINT_CARD, LABEL_CARD, 8, 24, false },       { HINT_BANK, LABEL_BANK, 5, 40, false },
    { HINT_LICENCE, LABEL_LICENCE, 5, 20, false }, { HINT_SECRET, LABEL_SECRET, 3, 12, true },
};

static enum redact_label meant_label(const struct redact_run *run, enum redact_hint hint,
                                     bool close)
{
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].hint == hint && run->digits >= meanings[i].least &&
            run->digits <= meanings[i].most && (close || !meanings[i].close))
            return meanings[i].label;
    return LABEL_NONE;
}

static enum redact_label run_label(const struct redact_text *text, const struct redact_run *run)
{
    bool close;
    enum redact_hint hint = redact_hint_near(text, run->from, run->to, &close);
    if (run->amount || run->digits < 3 || (hint == HINT_LISTING && close))
        return LABEL_NONE;
    enum redact_label meant = meant_label(run, hint, close), form = form_label(text, run);
    if (hint == HINT_SECRET && meant)
        return meant;
    if (is_date(text, run) && hint != HINT_BANK)
        return LABEL_NONE;
    if (form)
        return meant ? meant : form;
    bool dictated = is_dictated(run);
    if (hint == HINT_AMOUNT && close &&
        (run->spoken ? is_series(text, run) : !dictated || run->digits < CARD_LEAST))
        return LABEL_NONE;
    if (meant || !dictated)
        return meant;
    return run->digits >= CARD_LEAST && run->digits <= CARD_MOST ? LABEL_CARD : LABEL_PHONE;
}

/* 1-800-FLOWERS: the place behind it. */
static size_t vanity_end(const struct redact_text *text, const struct redact_run *run)
{
    enum { LETTERS = 7 };
    bool toll_free = run->digits >= 3 && run->digits <= 4 && !run->spoken &&
                     text->words.all[run->to - 1].plain[0] == '8';
    size_t end = run->to;
    if (toll_free && redact_gap_is(text, end - 1, "-.") && text->words.all[end].capital &&
        strlen(text->words.all[end].plain) >= LETTERS)
        return end + 1;
    return run->to;
}

/* 775/555/0143, which else is taken for a date */
static void slashed_mark(struct redact_text *text, size_t i)
{
    static const size_t lengths[] = { 3, 3, 4 };
    for (size_t k = 0; k < 3; k++) {
        bool digits = i + k < text->words.count && redact_is_run_word(text, i + k) &&
                      text->words.all[i + k].number == SPOKEN_DIGITS;
        if (!digits || redact_digits_length(text, i + k) != lengths[k] ||
            (k < 2 && !redact_gap_is(text, i + k, "/")))
            return;
    }
    redact_mark(text, i, i + 3, LABEL_PHONE);
}

/* ---- what was said again ---- */

static const char corrections[] =
    "no wait sorry oops actually rather i mean scratch that its it is "
    "let me look see check";

/* Whether from word `from` to `to` there is nothing but "no wait, sorry". */
static bool is_correction(const struct redact_text *text, size_t from, size_t to)
{
    enum { LONGEST = 5 };
    bool corrects = false;
    if (to <= from || to > from + LONGEST)
        return false;
    for (size_t i = from; i < to; i++) {
        if (!redact_word_in(text, i, corrections) && redact_hint_at(text, i) != HINT_JOIN)
            return false;
        corrects = corrects || redact_word_in(text, i, "no wait sorry oops actually mean scratch");
    }
    return corrects;
}

/* "303 555 01, no, 303 555 0188": what is corrected, or corrects, is what the other is. */
static void correction_mark(struct redact_text *text, const struct redact_run *first,
                            const struct redact_run *second)
{
    enum { LEAST = 3 }; /* digits */
    enum redact_label label = (enum redact_label)text->labels[first->from];
    if (first->to == 0 || !is_correction(text, first->to, second->from))
        return;
    if (!label && !first->amount && first->digits >= LEAST)
        redact_mark(text, first->from, first->to, (enum redact_label)text->labels[second->from]);
    else if (label && !second->amount && second->digits >= LEAST)
        redact_mark(text, second->from, second->to, label);
}

/* "555 0142, area code 919": an area code alone is nobody's. */
static void area_codes_mark(struct redact_text *text)
{
    enum { DIGITS = 3 };
    bool has_phone = false;
    for (size_t i = 0; i < text->words.count; i++)
        has_phone = has_phone || text->labels[i] == LABEL_PHONE;
    for (size_t i = 0; has_phone && i + 2 < text->words.count; i++) {
        if (!redact_word_in(text, i, "area") || !redact_word_in(text, i + 1, "code"))
            continue;
        size_t from = i + 2 + redact_word_in(text, i + 2, "is s its");
        if (!redact_is_run_word(text, from))
            continue;
        struct redact_run run = redact_run_read(text, from);
        if (run.digits == DIGITS && !run.amount)
            redact_mark(text, from, run.to, LABEL_PHONE);
    }
}

void redact_numbers(struct redact_text *text)
{
    struct redact_run before = { .to = 0 };
    for (size_t i = 0; i < text->words.count;) {
        if (!redact_is_run_word(text, i)) {
            i++;
            continue;
        }
        slashed_mark(text, i);
        struct redact_run run = redact_run_read(text, i);
        redact_mark(text, run.from, run.to, run_label(text, &run));
        if (vanity_end(text, &run) > run.to)
            redact_mark(text, run.from, run.to + 1, LABEL_PHONE);
        correction_mark(text, &before, &run);
        before = run;
        i = run.to;
    }
    area_codes_mark(text);
}
