/* Gathers the pieces of what was said; of a self-correction the last version counts. */
#include "heard/when_said.h"
#include <string.h>

/* ---- numbers in company ---- */

static bool is_street(const struct heard_words *words, int i)
{
    for (int end = i + 3; i < end; i++)
        if (word_in(words, i,
                    "street st avenue ave road rd drive lane court boulevard blvd place way "
                    "terrace circle floor"))
            return true;
    return false;
}

static bool is_company(const struct heard_words *words, int i)
{
    static const char usual[] =
        "tomorrow today tonight yesterday on this next in for please thanks thank would works work "
        "is if "
        "or and to no not sorry wait actually then maybe perhaps at instead scratch rather make "
        "mean "
        "pacific eastern central mountain local our your time will of i we the from a until till "
        "but "
        "est edt cst cdt mst mdt pst pdt utc gmt okay ok sounds that with coming "
        "monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night "
        "january february march april may june july august september october november december";
    const struct word *word = &words->at[i];
    if (word->kind == WORD_ALPHA)
        return word_in(words, i, usual);
    return word->kind == WORD_END || (word->kind == WORD_MARK && !word_in(words, i, "% $ # /"));
}

bool ends_clearly(const struct heard_words *words, int to)
{
    return !is_street(words, to) && is_company(words, to);
}

bool number_stands_alone(const struct heard_words *words, int from, int to)
{
    if (word_in(words, from - 1, "number unit apartment apt suite lot # $ in") ||
        word_number(words, from - 1, NULL) != NUMBER_NONE)
        return false;
    bool counted_on =
        words->at[to].kind == WORD_DIGITS || word_number(words, to, NULL) != NUMBER_NONE;
    if (is_street(words, to) || counted_on) /* an address, a telephone number */
        return false;
    bool at = word_in(words, from - 1, "at around about @") && strlen(words->at[from].text) <= 2;
    return at || is_company(words, to);
}

/* ---- pieces ---- */

struct gathering {
    const struct listener *listener;
    struct said said;
    int iso_end; /* where an ISO date ended, then its time: an offset may follow */
};

static struct said said_nothing(void)
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

static int day_hear(struct gathering *g, int i)
{
    struct day day;
    const struct heard_words *words = g->listener->words;
    int used = day_read(g->listener, i, &day);
    if (!used)
        return 0;
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

static void clock_add(struct said *said, struct clock_said clock)
{
    struct clock_said *kept = &said->clock;
    if (kept->kind == CLOCK_NONE || clock.kind == CLOCK_WRONG ||
        (clock_same(kept, &clock) && clock.settled))
        *kept = clock;
    else if (!clock_same(kept, &clock))
        kept->kind = kept->kind == CLOCK_WRONG ? CLOCK_WRONG : CLOCK_SEVERAL;
}

static int clock_hear(struct gathering *g, int i)
{
    struct clock_said clock;
    struct place place;
    const struct heard_words *words = g->listener->words;
    int used = clock_read(words, i, &clock);
    if (!used)
        return 0;
    bool iso = i == g->iso_end;
    clock_add(&g->said, clock);
    bool zulu = word_is(words, i + used, "z");
    int more = iso || zulu ? offset_read(words, i + used, &place) : 0;
    if (more)
        g->said.place = place;
    return used + more;
}

static int place_hear(struct gathering *g, int i)
{
    struct place place;
    int used = g->said.clock.kind == CLOCK_NONE ? 0 : place_read(g->listener->words, i, &place);
    if (used)
        g->said.place = place;
    return used;
}

/* ---- what is said of the pieces ---- */

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
    if (!word_in(words, i, "not cant cannot except instead than without dont"))
        return 0;
    int used = 1;
    while (used < 5 && word_in(words, i + used, "do make on of be there want come at"))
        used++;
    int more = day_read(g->listener, i + used, &day);
    return more || (more = clock_read(words, i + used, &clock)) ? used + more : 0;
}

static struct said part_listen(const struct listener *listener, int from, int to)
{
    static int (*const hearers[])(struct gathering *, int) = {
        negation_hear, part_hear, elapsed_hear, day_hear, bound_hear, clock_hear, place_hear,
    };
    struct gathering g = { listener, said_nothing(), -1 };
    for (int i = from; i < to;) {
        int used = 0;
        for (size_t n = 0; n < sizeof hearers / sizeof *hearers && !used; n++)
            used = hearers[n](&g, i);
        i += used ? used : 1;
    }
    return g.said;
}

/* ---- corrections ---- */

static bool is_correction(const struct heard_words *words, int i)
{
    if (word_in(words, i, "no rather") &&
        word_in(words, i + 1, "later earlier sooner than problem"))
        return false;
    return word_in(words, i,
                   "no nope sorry wait actually correction mean scratch rather oops doesnt "
                   "wont isnt");
}

/* Whether an earlier "in the morning" can still hold for the time that was said later. */
static bool part_fits(enum part part, const struct clock_said *clock)
{
    static const int first[] = { 0, 5, 12, 5, 6 }, last[] = { 0, 11, 18, 11, 12 };
    int hour = part == PART_AFTERNOON ? clock->hour % 12 + 12 : clock->hour;
    return part < PART_SEVERAL && hour >= first[part] && hour <= last[part];
}

/* What the later version leaves out holds from the earlier one. */
static struct said said_merge(struct said earlier, struct said later)
{
    bool new_clock = later.clock.kind != CLOCK_NONE;
    if (later.elapsed != NO_VALUE)
        return later;
    if (!new_clock && later.day.kind == DAY_NONE)
        later.elapsed = earlier.elapsed;
    if (later.day.kind == DAY_NONE)
        later.day = earlier.day;
    else if (later.day.kind == DAY_WEEK)
        later.day = day_combine(earlier.day, later.day);
    if (later.part == PART_NONE && (!new_clock || part_fits(earlier.part, &later.clock)))
        later.part = earlier.part;
    if (!new_clock)
        later.clock = earlier.clock;
    if (!later.place.zone && !later.place.offset_said)
        later.place = earlier.place;
    return later;
}

struct said when_listen(const struct listener *listener)
{
    struct said said = said_nothing();
    int from = 0;
    for (int i = 0; i <= listener->words->count; i++)
        if (i == listener->words->count || is_correction(listener->words, i)) {
            said = said_merge(said, part_listen(listener, from, i));
            from = i + 1;
        }
    return said;
}
