/* Which of several sentences counts; of a self-correction the last version does. */
#include "heard/when_said.h"
#include <string.h>

/* ---- clauses ---- */

/* Where a sentence ends, but for the stops of "p.m." and "Sept. 5". */
static bool is_sentence_end(const struct heard_words *words, int i)
{
    bool short_word = i > 0 && strlen(words->at[i - 1].text) < 5 &&
                      words->at[i - 1].kind == WORD_ALPHA &&
                      !word_in(words, i - 1, "noon two four five nine six ten one");
    if (word_in(words, i, "? ! ;"))
        return true;
    return word_is_mark(words, i, '.') && !words->at[i + 1].glued && !short_word;
}

static bool is_whole(const struct said *said)
{
    bool day = said->day.kind == DAY_DATE || said->day.kind == DAY_WEEKDAY;
    return day && said->clock.kind == CLOCK_AT && !said->clock.bare && said->elapsed == NO_VALUE;
}

/* "Or Friday", "four works too". */
static bool has_alternative(const struct heard_words *words, int from, int to)
{
    for (int i = from; i < to; i++)
        if (word_in(words, i, "or either also too alternatively otherwise and both"))
            return true;
    return false;
}

/* "My husband works until 5. Could we come on Thursday at 6?": where one sentence tells both day
 * and time and the others only times, those are of other things. */
static bool sentence_find(const struct listener *listener, int from, int to, struct said *said)
{
    const struct heard_words *words = listener->words;
    int whole = 0, begin = from;
    for (int i = from; i <= to; i++) {
        if (i < to && !is_sentence_end(words, i))
            continue;
        struct said one = part_listen(listener, begin, i);
        begin = i + 1;
        if (is_whole(&one))
            whole++, *said = one;
        else if (one.day.kind != DAY_NONE || one.elapsed != NO_VALUE)
            return false;
    }
    return whole == 1 && !has_alternative(words, from, to);
}

/* "We fly in on Friday, so Saturday at ten": what follows from the rest is meant, if it is whole.
 */
static bool conclusion_find(const struct listener *listener, int from, int to, struct said *said)
{
    const struct heard_words *words = listener->words;
    for (int i = to - 1; i > from; i--)
        if (word_is(words, i, "so") && word_is_mark(words, i - 1, ',') &&
            !word_in(words, i + 1, "that my we i long")) {
            *said = part_listen(listener, i + 1, to);
            return is_whole(said) || (said->clock.bare && said->day.kind == DAY_WEEKDAY);
        }
    return false;
}

static struct said clauses_listen(const struct listener *listener, int from, int to)
{
    struct said one, all = part_listen(listener, from, to);
    bool unclear = all.clock.kind == CLOCK_SEVERAL || all.clock.kind == CLOCK_VAGUE;
    if ((unclear || all.day.kind == DAY_SEVERAL) && conclusion_find(listener, from, to, &one))
        return one;
    return unclear && sentence_find(listener, from, to, &one) ? one : all;
}

/* ---- corrections ---- */

static bool is_correction(const struct heard_words *words, int i)
{
    if (word_is(words, i - 1, "or") || word_is(words, i - 2, "or"))
        return false;
    if (word_in(words, i, "no rather") &&
        word_in(words, i + 1, "later earlier sooner than problem"))
        return false;
    return word_in(words, i,
                   "no nope sorry wait actually correction mean meant scratch rather oops doesnt "
                   "wont isnt er erm");
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
            said = said_merge(said, clauses_listen(listener, from, i));
            from = i + 1;
        }
    return said;
}
