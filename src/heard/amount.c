#include "heard/amount.h"
#include "base/mem.h"
#include "heard/amount_figure.h"
#include "heard/amount_other.h"
#include "heard/amount_price.h"
#include <string.h>

#define CENTS_MOST (INT64_C(10000000000) * 100)

/* What has been understood of a part of the text between corrections. */
struct offer {
    const struct heard_words *words;
    int64_t asking;
    int64_t cents; /* NO_VALUE until there is one */
    bool unclear;  /* there are several, or one that is no sum */
    int64_t means; /* what the caller could pay, in cents; NO_VALUE */
};

static void offer_add(struct offer *offer, int64_t cents)
{
    bool sane = cents > 0 && cents <= CENTS_MOST;
    if (!sane || (offer->cents != NO_VALUE && offer->cents != cents))
        offer->unclear = true;
    offer->cents = cents;
}

static bool is_correction(const struct heard_words *words, int i)
{
    if (word_in(words, i, "no rather") && word_in(words, i + 1, "more less than"))
        return false;
    if (word_is(words, i, "make") && word_in(words, i + 1, "it that"))
        return true;
    return word_in(words, i,
                   "no nope sorry wait actually correction mean meant scratch rather oops");
}

/* Whether what is said of a figure ends here: "ten under, please". */
static bool ends(const struct heard_words *words, int i)
{
    return words->at[i].kind != WORD_ALPHA || is_correction(words, i) ||
           word_in(words, i, "please if and but on for with cash");
}

/* ---- the asking price ---- */

/* "asking", "the asking price", "what they're asking", "list". How many words it takes. */
static int asking_read(const struct heard_words *words, int i)
{
    static const char leads[] = "at over under below above full of off than plus minus";
    bool priced = word_is(words, i + 1, "price");
    if (word_in(words, i, "asking") && !word_in(words, i + 1, "about if for whether you"))
        return 1 + priced;
    if (word_in(words, i, "list listing listed sticker full ask") && priced)
        return 2;
    return word_in(words, i, "list ask") && word_in(words, i - 1, leads) ? 1 : 0;
}

/* The same behind words such as "of the", "what they're". */
static int asking_behind(const struct heard_words *words, int i)
{
    int skipped = 0;
    while (skipped < 5 && word_in(words, i + skipped,
                                  "of the what whatever theyre they are youre you "
                                  "your their his her is full from"))
        if (asking_read(words, i + skipped))
            break;
        else
            skipped++;
    int used = asking_read(words, i + skipped);
    return used ? skipped + used : 0;
}

enum direction { UNDER = -1, LEVEL, OVER };

/* "under", "less than", "plus"; how many words it takes. */
static int direction_read(const struct heard_words *words, int i, enum direction *direction)
{
    bool than = word_is(words, i + 1, "than");
    *direction = word_in(words, i, "over above plus more higher") ? OVER : UNDER;
    if (word_in(words, i, "less more lower higher"))
        return than ? 2 : 0;
    return word_in(words, i, "under below beneath off shy over above plus minus") ? 1 : 0;
}

static void relative_add(struct offer *offer, const struct figure *figure, enum direction direction)
{
    bool sane = offer->asking != NO_VALUE && offer->asking > 0 && offer->asking <= CENTS_MOST &&
                figure->value <= CENTS_MOST * (FIGURE_ONE / 100) && figure->form != FIGURE_WRONG;
    int64_t by = sane ? amount_step(figure, offer->asking) : 0;
    int64_t from = direction == LEVEL ? 0 : offer->asking;
    offer_add(offer, sane ? from + (direction == UNDER ? -by : by) : 0);
}

/* ---- listening ---- */

/* The asking price itself, or more or less than it: "asking", "asking minus ten". */
static int asking_hear(struct offer *offer, int i)
{
    const struct heard_words *words = offer->words;
    struct figure figure;
    enum direction direction;
    int used = asking_read(words, i);
    if (!used)
        return 0;
    int before = i - 1 - word_in(words, i - 1, "the their your");
    bool question = word_in(words, before, "whats know tell me") ||
                    (word_in(words, before, "is was") && word_is(words, before - 1, "what"));
    bool said_of = word_in(words, i + used, "is was seems") && !ends(words, i + used + 1);
    if (question || said_of || word_in(words, i + used, "firm negotiable fair"))
        return used; /* it is talked about, not offered */
    if (word_in(words, i + used, "plus minus less")) {
        direction = word_is(words, i + used, "plus") ? OVER : UNDER;
        int more = figure_read(words, i + used + 1, &figure);
        if (more) {
            relative_add(offer, &figure, direction);
            return used + 1 + more;
        }
    }
    offer_add(offer, offer->asking == NO_VALUE ? 0 : offer->asking);
    return used;
}

/* "half the asking price", "three quarters of asking". */
static int share_hear(struct offer *offer, int i)
{
    struct figure share = { .form = FIGURE_PERCENT, .value = 50 * FIGURE_ONE };
    int used = word_is(offer->words, i, "half");
    if (!used && (used = words_phrase(offer->words, i, "three quarters")) > 0)
        share.value = 75 * FIGURE_ONE;
    int asking = used ? asking_behind(offer->words, i + used) : 0;
    if (asking)
        relative_add(offer, &share, LEVEL);
    return asking ? used + asking : 0;
}

/* "no more than", "can't go above". */
static bool is_denied(const struct heard_words *words, int i)
{
    for (int n = i - 1; n >= i - 3; n--)
        if (word_in(words, n, "no not cant cannot wont never dont"))
            return true;
    return false;
}

/* "less than four hundred" and "minus four hundred" are no offers; "under asking" says too little.
 */
static int bound_hear(struct offer *offer, int i)
{
    struct figure figure;
    enum direction direction;
    bool negative = word_is(offer->words, i, "negative") ||
                    (word_is_mark(offer->words, i, '-') && !offer->words->at[i].glued);
    int used = direction_read(offer->words, i, &direction);
    if (!used && !negative)
        return 0;
    if (!negative && direction == OVER && is_denied(offer->words, i))
        return used;
    used = used ? used : 1;
    int asking = asking_behind(offer->words, i + used);
    int more = asking ? 0 : figure_read(offer->words, i + used, &figure);
    if (more && !amount_is_other(offer->words, i + used, i + used + more))
        offer->unclear = true;
    return used + asking + more;
}

/* "between 400 and 420". */
static int range_hear(struct offer *offer, int i)
{
    struct figure figure;
    bool range = word_is(offer->words, i, "between") &&
                 (asking_behind(offer->words, i + 1) || figure_read(offer->words, i + 1, &figure));
    if (range)
        offer->unclear = true;
    return range;
}

static bool is_alternative(const struct heard_words *words, int i)
{
    struct figure figure;
    return word_in(words, i, "to or -") && figure_read(words, i + 1, &figure) > 0;
}

static int figure_hear(struct offer *offer, int i)
{
    const struct heard_words *words = offer->words;
    struct figure figure;
    enum direction direction;
    int used = figure_read(words, i, &figure);
    if (!used || amount_is_other(words, i, i + used))
        return used;
    int steps = direction_read(words, i + used, &direction);
    int asking = asking_behind(words, i + used + steps);
    bool alone = steps && ends(words, i + used + steps);
    if (asking || alone) {
        relative_add(offer, &figure, steps ? direction : LEVEL);
        return used + steps + asking;
    }
    if (figure.form == FIGURE_PERCENT)
        return used;
    if (steps == 2 || word_in(words, i + used, "plus minus")) /* "more than" what? */
        offer->unclear = true;
    if (amount_is_foreign(words, i, i + used))
        offer->unclear = true;
    bool monthly = word_in(words, i + used, "monthly") ||
                   (word_in(words, i + used, "a per /") && word_is(words, i + used + 1, "month"));
    if (monthly && figure.form == FIGURE_BARE)
        figure.form = FIGURE_DOLLARS;
    int64_t cents = figure.form == FIGURE_WRONG ? 0 : amount_price(&figure, offer->asking);
    if (cents != NO_VALUE && amount_is_means(words, i))
        offer->means = cents;
    else if (cents != NO_VALUE)
        offer_add(offer, cents);
    else if (figure.value == 0 || is_alternative(words, i + used))
        offer->unclear = true;
    return used;
}

/* "not four hundred", "instead of 400,000": what follows does not count. */
static int negation_hear(struct offer *offer, int i)
{
    const struct heard_words *words = offer->words;
    int used = word_is(words, i, "not") && !word_in(words, i + 1, "more over") ? 1
               : word_is(words, i, "instead") ||
                       (word_is(words, i, "rather") && word_is(words, i + 1, "than"))
                   ? 2
                   : 0;
    if (word_is(words, i, "than") && !word_in(words, i - 1, "less more lower higher"))
        used = 1; /* "I'd rather pay 390 than 400" */
    if (!used)
        return 0;
    while (word_in(words, i + used, "paying pay offering offer going giving doing do to at"))
        used++;
    struct figure figure;
    int asking = asking_behind(words, i + used);
    return used + (asking ? asking : figure_read(words, i + used, &figure));
}

/* "raise it from 400 to 430": from what it was. */
static int change_hear(struct offer *offer, int i)
{
    static const char changes[] = "raise raising increase bump up lower reduce drop down change "
                                  "move amend revise go";
    const struct heard_words *words = offer->words;
    struct figure figure;
    if (!word_is(words, i, "from"))
        return 0;
    int used = figure_read(words, i + 1, &figure);
    bool change = false;
    for (int n = i - 1; n >= 0 && n > i - 6; n--)
        change = change || word_in(words, n, changes);
    return used && change && word_is(words, i + 1 + used, "to") ? used + 2 : 0;
}

static void part_hear(struct offer *offer, int from, int to)
{
    static int (*const listeners[])(struct offer *,
                                    int) = { negation_hear, change_hear, asking_hear, share_hear,
                                             range_hear,    bound_hear,  figure_hear };
    for (int i = from; i < to;) {
        int used = 0;
        for (size_t n = 0; n < sizeof listeners / sizeof *listeners && !used; n++)
            used = listeners[n](offer, i);
        i += used ? used : 1;
    }
}

bool amount_hear(const char *text, int64_t asking_cents, int64_t *cents)
{
    struct heard_words words;
    if (amount_text_is_foreign(text))
        return false;
    words_split(text, &words);
    for (int to = words.count; to >= 0;) {
        int from = to;
        while (from > 0 && !is_correction(&words, from - 1))
            from--;
        struct offer offer = { &words, asking_cents, NO_VALUE, false, NO_VALUE };
        part_hear(&offer, from, to);
        if (offer.unclear)
            return false;
        *cents = offer.cents == NO_VALUE ? offer.means : offer.cents;
        if (*cents != NO_VALUE)
            return true;
        to = from - 1;
    }
    return false;
}

char *amount_format(void *mem, int64_t cents)
{
    if (cents == NO_VALUE)
        return mem_strdup(mem, "");
    int64_t whole = cents / 100 < 0 ? -(cents / 100) : cents / 100;
    int rest = (int)(cents % 100 < 0 ? -(cents % 100) : cents % 100);
    char *groups = mem_strdup(mem, "");
    for (; whole >= 1000; whole /= 1000)
        groups = mem_printf(mem, ",%03d%s", (int)(whole % 1000), groups);
    char *text = mem_printf(mem, "%s$%d%s", cents < 0 ? "-" : "", (int)whole, groups);
    if (rest)
        mem_append(mem, &text, ".%02d", rest);
    return text;
}
