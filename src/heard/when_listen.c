/* Gathers the pieces of what was said in one breath. */
#include "heard/when_said.h"
#include <string.h>

/* ---- pieces ---- */

struct gathering {
    const struct listener *listener;
    struct said said;
    int iso_end;  /* where an ISO date ended, then its time: an offset may follow */
    int from, to; /* the words that are listened to */
    int end;      /* of the last piece; from if there is none */
};

struct said said_nothing(void)
{
    return (struct said){ .elapsed = NO_VALUE };
}

static enum part part_of(const struct heard_words *words, int i)
{
    static const char *const names[] = { "morning", "afternoon lunchtime lunch", "evening eod",
                                         "night" };
    for (int n = 0; n < 4; n++)
        if (word_in(words, i, names[n]))
            return (enum part)(PART_MORNING + n);
    return PART_NONE;
}

static void part_add(struct said *said, enum part part)
{
    if (part != PART_NONE)
        said->part = said->part == PART_NONE || said->part == part ? part : PART_SEVERAL;
}

static void day_add(struct said *said, int64_t days)
{
    said->day = day_combine(said->day, (struct day){ DAY_DATE, days, 0 });
}

/* "tonight", "this morning", "last night", "in the evening". */
static int part_hear(struct gathering *g, int i)
{
    const struct heard_words *words = g->listener->words;
    enum part next = part_of(words, i + 1);
    if (word_is(words, i, "tonight")) {
        day_add(&g->said, g->listener->today);
        part_add(&g->said, PART_NIGHT);
        return 1;
    }
    if (word_in(words, i, "this last") && next != PART_NONE) {
        day_add(&g->said, g->listener->today - word_is(words, i, "last"));
        part_add(&g->said, next);
        return 2;
    }
    part_add(&g->said, part_of(words, i));
    return part_of(words, i) != PART_NONE;
}

static int elapsed_hear(struct gathering *g, int i)
{
    bool vague;
    int64_t instant;
    int used = elapsed_read(g->listener, i, &instant, &vague);
    if (used && vague)
        g->said.clock.kind = CLOCK_VAGUE;
    else if (used)
        g->said.elapsed = instant;
    return used;
}

/* "or", "to" and "-" before something: it is said beside what came before, not instead of it. */
static bool is_alternative(const struct heard_words *words, int i)
{
    while (word_in(words, i - 1, "maybe perhaps even at on um uh the about around ,"))
        i--;
    return word_in(words, i - 1, "or to - and through thru");
}

static int day_hear(struct gathering *g, int i)
{
    struct day day;
    const struct heard_words *words = g->listener->words;
    int used = day_read(g->listener, i, &day);
    if (!used)
        return 0;
    bool loose = g->said.day.kind == DAY_LOOSE || day.kind == DAY_LOOSE;
    if (loose && g->said.day.kind != DAY_NONE && is_alternative(words, i))
        day.kind = DAY_SEVERAL;
    g->said.day = day_combine(g->said.day, day);
    if ((used == 5 || used == 1) && words->at[i].kind == WORD_DIGITS)
        g->iso_end = i + used + word_is(words, i + used, "t");
    return used;
}

static bool clock_same(const struct clock_said *a, const struct clock_said *b)
{
    bool hours = a->hour == b->hour || (a->settled != b->settled && a->hour % 12 == b->hour % 12);
    return a->kind == b->kind && hours && a->minute == b->minute;
}

/* A bare number counts only where nothing else tells the time, or as an alternative to it. */
static void clock_add(struct said *said, struct clock_said clock, bool alternative)
{
    struct clock_said *kept = &said->clock;
    if (kept->kind != CLOCK_NONE && clock.bare && !kept->bare && !alternative)
        return;
    if (kept->bare && !clock.bare && !alternative)
        kept->kind = CLOCK_NONE;
    if (kept->kind == CLOCK_NONE || clock.kind == CLOCK_WRONG ||
        (clock_same(kept, &clock) && clock.settled))
        *kept = clock;
    else if (!clock_same(kept, &clock))
        kept->kind = kept->kind == CLOCK_WRONG ? CLOCK_WRONG : CLOCK_SEVERAL;
}

/* "10-11": from then to then, or a date. */
static int range_hear(struct gathering *g, int i)
{
    const struct heard_words *words = g->listener->words;
    if (word_digits(words, i) < 0 || strlen(words->at[i].text) > 2 ||
        !word_is_mark(words, i + 1, '-') || !words->at[i + 1].glued || !words->at[i + 2].glued ||
        word_digits(words, i + 2) < 0 || strlen(words->at[i + 2].text) > 2)
        return 0;
    clock_add(&g->said, (struct clock_said){ .kind = CLOCK_VAGUE }, true);
    return 3;
}

static bool is_filler(const struct heard_words *words, int i)
{
    static const char fillers[] =
        "on at the in um uh er erm like say maybe perhaps please so let us lets do make it around "
        "about just is are was would could can i we id ill be good fine great works work okay ok "
        "sounds yes yeah yep sure thanks thank you then and how what if possible that well hmm or "
        "to through till until even sharp me works exactly no not actually mean sorry wait rather "
        "see "
        "for";
    return word_in(words, i, fillers) || words->at[i].kind == WORD_MARK;
}

/* Whether a bare number stands beside another piece, "3 tomorrow", or alone: not "the one with the
 * pool". */
static bool is_supported(const struct gathering *g, int from, int to)
{
    const struct heard_words *words = g->listener->words;
    struct day day;
    struct clock_said other;
    int before = from - 1, after = to;
    while (before >= g->end && is_filler(words, before))
        before--;
    while (after < g->to && is_filler(words, after))
        after++;
    bool beside_last = g->end > g->from && before < g->end;
    bool part = part_of(words, after) != PART_NONE || word_is(words, after, "tonight") ||
                (word_is(words, after, "this") && part_of(words, after + 1) != PART_NONE);
    bool beside_next =
        part || day_read(g->listener, after, &day) > 0 ||
        (word_in(words, to, "or to - till through") && clock_read(words, after, &other) > 0);
    return beside_last || beside_next || (before < g->from && after >= g->to);
}

static int clock_hear(struct gathering *g, int i)
{
    struct clock_said clock;
    struct place place;
    const struct heard_words *words = g->listener->words;
    int used = clock_read(words, i, &clock);
    if (!used || (clock.bare && !is_supported(g, i, i + used)))
        return 0;
    bool iso = i == g->iso_end;
    clock_add(&g->said, clock, is_alternative(words, i));
    bool apart = !words->at[i + used].glued && word_in(words, i + used, "+ -") &&
                 word_is_mark(words, i + used + 2, ':');
    int more =
        iso || apart || word_is(words, i + used, "z") ? offset_read(words, i + used, &place) : 0;
    if (more)
        g->said.place = place;
    return used + more;
}

static int place_hear(struct gathering *g, int i)
{
    struct place place;
    int used = g->said.clock.kind == CLOCK_NONE ? 0 : place_read(g->listener, i, &place);
    if (used)
        g->said.place = place;
    return used;
}

/* ---- what is said of the pieces ---- */

/* "at 1, or if that is taken, 2": another choice. */
static int choice_hear(struct gathering *g, int i)
{
    struct clock_said clock;
    struct day day;
    const struct heard_words *words = g->listener->words;
    bool choice = word_in(words, i, "otherwise alternatively failing") ||
                  (word_is(words, i, "or") && word_in(words, i + 1, "if else failing"));
    if (!choice || g->end == g->from)
        return 0;
    for (int k = i + 1; k < g->to; k++)
        if (clock_read(words, k, &clock) || day_read(g->listener, k, &day))
            clock_add(&g->said, (struct clock_said){ .kind = CLOCK_VAGUE }, true);
    return 1;
}

/* "after 3", "by Friday", "between two and four". */
static int bound_hear(struct gathering *g, int i)
{
    struct clock_said clock;
    struct day day;
    const struct heard_words *words = g->listener->words;
    if (!word_in(words, i, "after before by between from until till than past"))
        return 0;
    if (word_is(words, i, "by") && word_in(words, i - 1, "come stop swing drop pass go coming"))
        return 0;
    int used = 1 + word_in(words, i + 1, "about around at");
    int more = clock_read(words, i + used, &clock);
    if (more) {
        g->said.clock.kind = CLOCK_VAGUE;
        return used + more;
    }
    more = day_read(g->listener, i + used, &day);
    if (more && day.kind != DAY_WRONG)
        g->said.day.kind = DAY_VAGUE;
    return more ? used + more : 0;
}

/* "not Friday", "can't do Friday", "instead of 3": what follows does not count. */
static int negation_hear(struct gathering *g, int i)
{
    struct clock_said clock;
    struct day day;
    const struct heard_words *words = g->listener->words;
    bool any_but = word_is(words, i, "but") &&
                   word_in(words, i - 1, "day time anytime anything any everything whenever");
    if (!any_but && !word_in(words, i, "not cant cannot except instead than without dont"))
        return 0;
    int used = 1;
    while (used < 5 && word_in(words, i + used, "do make on of be there want come at"))
        used++;
    int more = day_read(g->listener, i + used, &day);
    if (more) { /* any day but that */
        g->said.day = day_combine(g->said.day, (struct day){ .kind = DAY_LOOSE });
        return used + more;
    }
    more = clock_read(words, i + used, &clock);
    return more ? used + more : 0;
}

struct said part_listen(const struct listener *listener, int from, int to)
{
    static int (*const hearers[])(struct gathering *, int) = {
        negation_hear, choice_hear, part_hear,  elapsed_hear, day_hear,
        bound_hear,    range_hear,  clock_hear, place_hear,
    };
    struct gathering g = { listener, said_nothing(), -1, from, to, from };
    for (int i = from; i < to;) {
        int used = 0;
        for (size_t n = 0; n < sizeof hearers / sizeof *hearers && !used; n++)
            used = hearers[n](&g, i);
        i += used ? used : 1;
        g.end = used ? i : g.end;
    }
    return g.said;
}
