/* Times of day as they are written and said. */
#include "heard/when_said.h"
#include <string.h>

static const struct clock_said noon = { .kind = CLOCK_AT, .hour = 12, .settled = true };
static const struct clock_said midnight = { .kind = CLOCK_MIDNIGHT, .hour = 24, .settled = true };

/* How a reading went: whether the form alone shows that it is a time. */
struct reading {
    const struct heard_words *words;
    int at;
    bool certain;
    struct clock_said *clock;
};

static bool width_is(const struct heard_words *words, int i, size_t least, size_t most)
{
    size_t width = strlen(words->at[i].text);
    return word_digits(words, i) >= 0 && width >= least && width <= most;
}

static void clock_set(struct reading *reading, int64_t hour, int64_t minute, bool settled)
{
    bool exists = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    *reading->clock = (struct clock_said){ .kind = exists ? CLOCK_AT : CLOCK_WRONG,
                                           .hour = (int)hour,
                                           .minute = (int)minute,
                                           .settled = settled || hour > 12 || hour == 0 };
}

/* ---- digits ---- */

/* ":30" behind "14:05", with a fraction perhaps. */
static int seconds_read(struct reading *reading, int i)
{
    const struct heard_words *words = reading->words;
    if (!word_is_mark(words, i, ':') || !width_is(words, i + 1, 2, 2))
        return 0;
    reading->clock->second = (int)word_digits(words, i + 1);
    if (reading->clock->second > 59)
        reading->clock->kind = CLOCK_WRONG;
    bool fraction = word_is_mark(words, i + 2, '.') && words->at[i + 2].glued &&
                    words->at[i + 3].glued && words->at[i + 3].kind == WORD_DIGITS;
    return fraction ? 4 : 2;
}

/* "14:05", "8.30", "13h00". */
static int colon_read(struct reading *reading)
{
    const struct heard_words *words = reading->words;
    int i = reading->at;
    if (!width_is(words, i, 1, 2) || !words->at[i + 1].glued || !word_in(words, i + 1, ": . h"))
        return 0;
    bool leading_zero = words->at[i].text[0] == '0';
    if (!width_is(words, i + 2, 2, 2) || !words->at[i + 2].glued)
        return 0;
    clock_set(reading, word_digits(words, i), word_digits(words, i + 2), leading_zero);
    reading->certain = !word_is_mark(words, i + 1, '.');
    return 3 + (word_is_mark(words, i + 1, ':') ? seconds_read(reading, i + 3) : 0);
}

/* "430", "0900", "1400"; "140000" only in "20260902T140000". */
static int compact_read(struct reading *reading)
{
    const struct heard_words *words = reading->words;
    int i = reading->at;
    if (word_is(words, i - 1, "t") && words->at[i].glued && width_is(words, i, 4, 6)) {
        bool seconds = width_is(words, i, 6, 6);
        int64_t time = word_digits(words, i) * (seconds ? 1 : 100);
        clock_set(reading, time / 10000, time / 100 % 100, true);
        reading->clock->second = (int)(time % 100);
        reading->certain = true;
        return time % 100 < 60;
    }
    if (!width_is(words, i, 3, 4))
        return 0;
    int64_t value = word_digits(words, i);
    clock_set(reading, value / 100, value % 100, words->at[i].text[0] == '0');
    return 1;
}

/* "four... forty-five", "four uh thirty" */
static int pause_read(const struct heard_words *words, int i)
{
    int used = 0;
    while (used < 4 && word_in(words, i + used, ". uh um"))
        used++;
    return used > 1 || word_in(words, i, "uh um") ? used : 0;
}

/* "thirty", "oh five", "30" behind an hour. */
static int minutes_read(const struct heard_words *words, int i, int64_t *minute)
{
    int hyphen = word_is_mark(words, i, '-') && words->at[i].glued;
    int pause = pause_read(words, i);
    if (pause && word_number(words, i + pause, NULL) == NUMBER_TENS)
        return pause + minutes_read(words, i + pause, minute);
    int oh = word_in(words, i + hyphen, "oh o zero");
    int used = words_below_hundred(words, i + hyphen + oh, minute);
    if (!hyphen && !oh && !used && width_is(words, i, 2, 2))
        used = 1, *minute = word_digits(words, i);
    bool fits = oh ? *minute < 10 : *minute >= 10 && *minute < 60;
    return used && fits ? hyphen + oh + used : 0;
}

/* "3", "3 30", "3 thirty". */
static int digits_read(struct reading *reading)
{
    const struct heard_words *words = reading->words;
    int i = reading->at;
    int64_t minute = 0;
    if (!width_is(words, i, 1, 2))
        return 0;
    int more = minutes_read(words, i + 1, &minute);
    clock_set(reading, word_digits(words, i), more ? minute : 0, words->at[i].text[0] == '0');
    return 1 + more;
}

/* ---- words ---- */

/* "four thirty", "fourteen hundred", "oh nine thirty". */
static int words_read(struct reading *reading)
{
    const struct heard_words *words = reading->words;
    int64_t hour, minute = 0;
    int oh = word_in(words, reading->at, "oh o zero");
    int i = reading->at + oh;
    int used = words_below_hundred(words, i, &hour);
    if (!used || (oh && hour > 9))
        return 0;
    int more = minutes_read(words, i + used, &minute);
    bool hundred = !more && word_is(words, i + used, "hundred");
    if (oh && !more && !hundred)
        return 0;
    clock_set(reading, hour, more ? minute : 0, hundred || oh);
    return oh + used + more + hundred;
}

/* The hour in "past four"; noon is one, too. */
static int hour_read(const struct heard_words *words, int i, int64_t *hour)
{
    if (word_in(words, i, "noon midday midnight")) {
        *hour = word_is(words, i, "midnight") ? 0 : 12;
        return 1;
    }
    int used = width_is(words, i, 1, 2);
    *hour = used ? word_digits(words, i) : 0;
    if (!used)
        used = words_below_hundred(words, i, hour);
    return used && *hour >= 1 && *hour <= 12 ? used : 0;
}

/* The minutes in "quarter past", "ten minutes to", "25 to". */
static int part_of_hour_read(const struct heard_words *words, int i, int64_t *minutes)
{
    int article = word_is(words, i, "a");
    if (word_in(words, i + article, "quarter half")) {
        *minutes = word_is(words, i + article, "half") ? 30 : 15;
        return article + 1;
    }
    int used = width_is(words, i, 1, 2);
    *minutes = used ? word_digits(words, i) : 0;
    if (!used)
        used = words_below_hundred(words, i, minutes);
    bool named = word_in(words, i + used, "minutes minute min mins");
    bool past = word_is(words, i + used, "past"), twenty = *minutes >= 20; /* not "10 to 4" */
    bool fits = used && *minutes >= 1 && *minutes < 60 &&
                (named || past || twenty || words->at[i].kind == WORD_ALPHA);
    return fits ? used + named : 0;
}

/* "half past four", "ten to five", "quarter of five", "half four". */
static int relation_read(struct reading *reading)
{
    const struct heard_words *words = reading->words;
    int64_t minutes, hour;
    int used = part_of_hour_read(words, reading->at, &minutes);
    if (!used)
        return 0;
    int i = reading->at + used;
    bool after = word_in(words, i, "past after"),
         before = word_in(words, i, "to of til till before");
    bool half = !after && !before && word_is(words, i - 1, "half");
    int more = after || before || half ? hour_read(words, i + !half, &hour) : 0;
    if (!more)
        return 0;
    bool range = word_in(words, i, "till til") && minutes <= 12 && minutes != 5 &&
                 !word_in(words, i - 1, "minutes mins") && !word_in(words, reading->at - 1, "at");
    bool noon_said = word_in(words, i + !half, "noon midday midnight");
    if (before)
        hour = hour == 1 ? 12 : hour - 1;
    clock_set(reading, hour, before ? 60 - minutes : minutes, noon_said);
    if (range) /* "ten till eleven": 10:50, or for an hour? */
        reading->clock->kind = CLOCK_VAGUE;
    reading->certain = true;
    return used + !half + more;
}

static int name_read(struct reading *reading)
{
    const struct heard_words *words = reading->words;
    if (!word_in(words, reading->at, "noon midday noontime noonish midnight"))
        return 0;
    *reading->clock = word_is(words, reading->at, "midnight") ? midnight : noon;
    reading->certain = true;
    return 1;
}

/* ---- what may follow ---- */

/* "am", "p.m.", "p m": 'a', 'p', or 0. */
static int half_of_day_read(const struct heard_words *words, int i, char *half)
{
    *half = words->at[i].text[0];
    if (word_in(words, i, "am pm"))
        return 1;
    if (!word_in(words, i, "a p"))
        return 0;
    int dot = word_is_mark(words, i + 1, '.');
    if (word_is(words, i + 1 + dot, "m"))
        return 2 + dot + word_is_mark(words, i + 2 + dot, '.');
    return words->at[i].glued ? 1 : 0;
}

static void half_apply(struct clock_said *clock, char half)
{
    if (clock->kind != CLOCK_AT)
        return;
    if (clock->hour < 1 || clock->hour > 12)
        clock->kind = CLOCK_WRONG;
    clock->hour = clock->hour % 12 + (half == 'p' ? 12 : 0);
    clock->settled = true;
}

static int suffix_read(struct reading *reading, int i)
{
    const struct heard_words *words = reading->words;
    int used = 0;
    char half;
    bool military = word_is(words, i - 1, "hundred") || width_is(words, i - 1, 4, 4) ||
                    (reading->clock->settled && reading->clock->minute > 0);
    if (word_in(words, i, "oclock sharp") || (military && word_in(words, i, "hours hrs")))
        used++, reading->certain = true;
    int hyphen = word_is_mark(words, i + used, '-') && word_is(words, i + used + 1, "ish");
    if (hyphen || word_is(words, i + used, "ish"))
        used += 1 + hyphen, reading->certain = true;
    int more = half_of_day_read(words, i + used, &half);
    if (more) {
        half_apply(reading->clock, half);
        reading->certain = true;
    }
    return used + more;
}

/* A number that is no time by its form needs the right company. */
static bool is_time(const struct reading *reading, int used)
{
    const struct heard_words *words = reading->words;
    int i = reading->at;
    bool at = word_in(words, i - 1, "at around about @");
    if (!number_stands_alone(words, i, i + used))
        return false;
    reading->clock->bare = !at;
    if (used == 1 && width_is(words, i, 3, WORD_TEXT))
        return at;
    return at || reading->clock->kind == CLOCK_AT;
}

int clock_read(const struct heard_words *words, int i, struct clock_said *clock)
{
    static int (*const readers[])(struct reading *) = { name_read,    relation_read, colon_read,
                                                        compact_read, digits_read,   words_read };
    struct reading reading = { words, i, false, clock };
    for (size_t n = 0; n < sizeof readers / sizeof *readers; n++) {
        int used = readers[n](&reading);
        if (!used)
            continue;
        used += suffix_read(&reading, i + used);
        return reading.certain || is_time(&reading, used) ? used : 0;
    }
    return 0;
}
