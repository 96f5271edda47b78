#include "heard/redact_run.h"
#include "heard/address_number.h"
#include <string.h>

/* "the last four", "three digits": how many, and not which. */
static bool is_count_of_digits(const struct redact_text *text, size_t i)
{
    return (redact_word_in(text, i, "four") && i > 0 && redact_word_in(text, i - 1, "last")) ||
           redact_word_in(text, i + 1, "digit digits");
}

bool redact_is_run_word(const struct redact_text *text, size_t i)
{
    return redact_is_number(text, i) && !is_count_of_digits(text, i) && !redact_glued(text, i) &&
           (i == 0 || !redact_glued(text, i - 1));
}

static bool joins(const struct redact_text *text, size_t i)
{
    /* A middle dot and dashes of every length are two or three bytes. */
    return redact_gap_is(text, i, " -.(),\t\xc2\xb7\xa0\xe2\x80\x90\x91\x92\x93\x94") &&
           !redact_sentence_ends(text, i);
}

/* Whether word i is one digit, spoken or written. */
static bool is_single(const struct redact_text *text, size_t i)
{
    const struct token *word = &text->words.all[i];
    return redact_is_number(text, i) &&
           (word->number == SPOKEN_ZERO || word->number == SPOKEN_ONES ||
            (word->number == SPOKEN_DIGITS && !word->plain[1]));
}

/* How many words from word i on are a hesitation: "um", "and then", "hang on". */
static size_t hesitation_length(const struct redact_text *text, size_t i)
{
    bool two = (redact_word_in(text, i, "and") && redact_word_in(text, i + 1, "then")) ||
               (redact_word_in(text, i, "hang hold") && redact_word_in(text, i + 1, "on"));
    return two ? 2 : redact_hint_at(text, i) == HINT_JOIN;
}

/* The place of the run's next word after word i, over a hesitation or two, and between single
 * digits over "no, sorry"; 0 if it ends there. */
static size_t run_next(const struct redact_text *text, size_t i)
{
    enum { MOST = 4 };
    bool corrected = false;
    for (size_t next = i + 1; next <= i + MOST && joins(text, next - 1);) {
        if (redact_is_run_word(text, next))
            return corrected && !is_single(text, next) ? 0 : next;
        size_t step = hesitation_length(text, next);
        if (!step && is_single(text, i) && redact_word_in(text, next, "no wait sorry oops"))
            step = 1;
        corrected = corrected || (step && redact_word_in(text, next, "no wait sorry oops"));
        if (!step)
            return 0;
        next += step;
    }
    return 0;
}

size_t redact_digits_length(const struct redact_text *text, size_t i)
{
    return strlen(text->words.all[i].plain);
}

/* "1,250": a comma and three digits. */
static bool is_grouped(const struct redact_text *text, size_t i)
{
    return redact_gap_is(text, i, ",") && text->words.all[i].number == SPOKEN_DIGITS &&
           text->words.all[i + 1].number == SPOKEN_DIGITS && redact_digits_length(text, i + 1) == 3;
}

static void group_count(struct redact_run *run, const struct redact_text *text, size_t *at)
{
    char digits[NUMBER_GROUP];
    enum spoken_kind next = *at + 1 < run->to ? text->words.all[*at + 1].number : SPOKEN_NONE;
    bool scaled = next == SPOKEN_HUNDRED || next == SPOKEN_THOUSAND;
    run->groups++;
    if (text->words.all[*at].number == SPOKEN_DIGITS && !scaled) {
        size_t length = redact_digits_length(text, *at);
        run->digits += length;
        run->singles += length == 1;
        if (run->piece_count < REDACT_PIECES)
            run->pieces[run->piece_count] = length;
        run->piece_count++;
        run->amount = run->amount || (*at + 1 < run->to && is_grouped(text, *at));
        (*at)++;
        return;
    }
    run->spoken = true;
    size_t from = *at;
    if (tokens_number_group(&text->words, at, run->to, digits))
        run->digits += strlen(digits);
    if (*at == from)
        (*at)++;
}

/* "two thousand", "2 thousand 350, then 2 thousand 475"; telephone numbers end in thousands. */
static bool is_thousands(const struct redact_text *text, const struct redact_run *run)
{
    bool has = false;
    for (size_t i = run->from; i < run->to; i++)
        has = has || text->words.all[i].number == SPOKEN_THOUSAND;
    return has && (run->groups < 3 || (run->to > run->from + 1 &&
                                       text->words.all[run->from + 1].number == SPOKEN_THOUSAND));
}

/* Whether a currency's sign stands right before that byte: "$", "£", "€". */
static bool is_money(const char *text, size_t at)
{
    return (at > 0 && text[at - 1] == '$') || (at > 1 && !strncmp(text + at - 2, "\xc2\xa3", 2)) ||
           (at > 2 && !strncmp(text + at - 3, "\xe2\x82\xac", 3));
}

/* Whether what stands around the run makes it an amount: "$5000", "850 k", "1850 square feet". */
static bool is_measured(const struct redact_text *text, const struct redact_run *run)
{
    static const char units[] =
        "sqft square sq sf feet foot ft acre acres bed beds bedroom bedrooms "
        "bath baths percent dollars bucks k m million billion grand month "
        "months minutes hours miles days years";
    return is_money(text->text, text->places[run->from].from) ||
           text->text[text->places[run->to - 1].to] == '%' ||
           (redact_gap_is(text, run->to - 1, " ") && redact_word_in(text, run->to, units));
}

struct redact_run redact_run_read(const struct redact_text *text, size_t from)
{
    struct redact_run run = { .from = from, .to = from + 1 };
    for (size_t next; (next = run_next(text, run.to - 1)) > 0;)
        run.to = next + 1;
    for (size_t at = from; at < run.to;)
        if (redact_is_number(text, at))
            group_count(&run, text, &at);
        else
            at++;
    run.amount = run.amount || is_thousands(text, &run) || is_measured(text, &run);
    return run;
}
