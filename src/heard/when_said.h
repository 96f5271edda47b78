/* The pieces in which people tell a time, and the functions that find them among the words.
 *
 * Each NAME_read looks at words[i] and returns how many words its piece takes, 0 if there is none.
 */
#ifndef AR_HEARD_WHEN_SAID_H
#define AR_HEARD_WHEN_SAID_H

#include "base/instant.h"
#include "heard/words.h"

/* What is listened to, and when and where. */
struct listener {
    const struct heard_words *words;
    int64_t now;
    const struct zone *zone;
    int64_t today; /* days since 1970-01-01, in the zone */
};

enum day_kind {
    DAY_NONE,
    DAY_DATE,    /* days */
    DAY_WEEKDAY, /* "Friday": days is the coming one */
    DAY_EITHER,  /* "next Friday": days is the coming one, other that of next week */
    DAY_WEEK,    /* "next week": days is its Monday */
    DAY_LOOSE,   /* "this weekend", "in July": gives way to a day that is said besides */
    DAY_VAGUE,   /* "next weekend", "by Friday", "Fridays" */
    DAY_SEVERAL, /* more than one, or a weekday and a date that contradict each other */
    DAY_WRONG    /* there is no such date */
};

struct day {
    enum day_kind kind;
    int64_t days, other;
};

enum clock_kind {
    CLOCK_NONE,
    CLOCK_AT,
    CLOCK_MIDNIGHT, /* said by that name: it is not clear of which day */
    CLOCK_VAGUE,    /* "after 3" */
    CLOCK_SEVERAL,
    CLOCK_WRONG
};

struct clock_said {
    enum clock_kind kind;
    int hour, minute, second;
    bool settled; /* by am, pm or the 24-hour form; otherwise hour is 1 to 12 */
    bool bare;    /* a number that need not be a time at all: gives way to one that must be */
};

enum part { PART_NONE, PART_MORNING, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PART_SEVERAL };

/* Where the clock stands that was meant. */
struct place {
    const struct zone *zone; /* NULL: not said, or only an offset */
    bool offset_said;
    int offset; /* seconds east of UTC */
};

/* All that was said, one of each. */
struct said {
    struct day day;
    struct clock_said clock;
    enum part part;
    struct place place;
    int64_t elapsed; /* "in two hours": the instant; otherwise NO_VALUE */
};

/* ---- when_day.c ---- */
int day_read(const struct listener *listener, int i, struct day *day);
/* What two of them mean together: "Friday" and "September 4". */
struct day day_combine(struct day a, struct day b);
struct day day_from_date(int64_t year, int64_t month, int64_t day);
/* Days since 1970-01-01 to 0 Monday … 6 Sunday. */
int day_weekday(int64_t days);
/* 0 Monday … 6 Sunday; *plural for "Fridays". */
int weekday_read(const struct heard_words *words, int i, int *weekday, bool *plural);

/* ---- when_date.c: dates of the calendar ---- */
int date_read(const struct listener *listener, int i, struct day *day);
/* The next such day from today on. */
struct day date_next(const struct listener *listener, int64_t month, int64_t day);
int month_read(const struct heard_words *words, int i, int64_t *month);
/* "first", "2nd", "20", "twenty": *ordinal is false for the last two. */
int day_number_read(const struct heard_words *words, int i, int64_t *number, bool *ordinal);
/* "the last day of February", "the first Monday in November", "the third Friday of next month". */
int month_part_read(const struct listener *listener, int i, struct day *day);

/* ---- when_holiday.c ---- */
int holiday_read(const struct listener *listener, int i, struct day *day);

/* ---- when_span.c: stretches of time ---- */
/* "in two hours", "an hour from now": the instant. *vague for "in a few hours". */
int elapsed_read(const struct listener *listener, int i, int64_t *instant, bool *vague);
/* "in three days", "a week from Thursday", "the day after tomorrow", "two days ago". */
int days_away_read(const struct listener *listener, int i, struct day *day);

/* ---- when_clock.c ---- */
int clock_read(const struct heard_words *words, int i, struct clock_said *clock);

/* ---- when_zone.c ---- */
int place_read(const struct listener *listener, int i, struct place *place);
/* Whether words[i] can be the name of a zone. */
bool place_is_named(const struct heard_words *words, int i);
/* "Z", "+02:00", "-0700" behind the time. */
int offset_read(const struct heard_words *words, int i, struct place *place);

/* ---- when_listen.c: the words from [from, to) ---- */
struct said said_nothing(void);
struct said part_listen(const struct listener *listener, int from, int to);

/* ---- when_clauses.c: all words ---- */
struct said when_listen(const struct listener *listener);

/* ---- when_company.c ---- */
/* Whether what stands before `to` can be a time, going by the word there: "eastern" before
 * "please", not before "avenue". */
bool ends_clearly(const struct heard_words *words, int to);
/* Whether the number at [from, to) can be a time or a day: "3 tomorrow", not "3 bedrooms". */
bool number_stands_alone(const struct heard_words *words, int from, int to);

#endif
