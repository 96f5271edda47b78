/* Days as they are said from today: "tomorrow", "next Friday", "the weekend". */
#include "heard/when_said.h"

int day_weekday(int64_t days)
{
    return (int)(((days + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

static int64_t week_start(int64_t days)
{
    return days - day_weekday(days);
}

/* ---- weekdays ---- */

int weekday_read(const struct heard_words *words, int i, int *weekday, bool *plural)
{
    static const char *const names[][2] = {
        { "monday mon", "mondays" },
        { "tuesday tue tues", "tuesdays" },
        { "wednesday wed weds", "wednesdays" },
        { "thursday thu thur thurs", "thursdays" },
        { "friday fri", "fridays" },
        { "saturday sat", "saturdays" },
        { "sunday sun", "sundays" },
    };
    for (int n = 0; n < 7; n++) {
        *plural = word_in(words, i, names[n][1]);
        if (*plural || word_in(words, i, names[n][0])) {
            *weekday = n;
            return 1;
        }
    }
    return 0;
}

/* "Saturday's good" has lost its apostrophe. */
static bool is_said_of_one(const struct heard_words *words, int i)
{
    return word_in(words, i, "good great fine best better perfect ideal okay ok out");
}

static int64_t weekday_coming(int64_t today, int weekday)
{
    return today + 1 + (weekday - day_weekday(today + 1) + 7) % 7;
}

/* "Friday", "this coming Friday", "next Friday", "last Friday", "Fridays". */
static int weekday_said_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int weekday, used = 0;
    bool plural, next = false, last = false, every = false;
    for (; word_in(words, i + used, "this coming next last past every each"); used++) {
        next = next || word_is(words, i + used, "next");
        last = last || word_in(words, i + used, "last past");
        every = every || word_in(words, i + used, "every each");
    }
    if (!weekday_read(words, i + used, &weekday, &plural))
        return 0;
    int64_t coming = weekday_coming(listener->today, weekday);
    int64_t of_next_week = week_start(listener->today) + 7 + weekday;
    int after_next = words_phrase(words, i + used + 1, "after next");
    if (every || (plural && !is_said_of_one(words, i + used + 1)))
        *day = (struct day){ .kind = DAY_VAGUE };
    else if (last)
        *day = (struct day){ DAY_DATE, coming - 7 - (coming - 7 >= listener->today ? 7 : 0), 0 };
    else if (word_is(words, i + used + 1, "week")) /* British: "Friday week" */
        *day = (struct day){ DAY_DATE, coming + 7, 0 };
    else if (after_next && coming == of_next_week)
        *day = (struct day){ DAY_DATE, coming + 7, 0 };
    else if (after_next)
        *day = (struct day){ DAY_EITHER, coming + 7, of_next_week + 7 };
    else if (next && coming != of_next_week)
        *day = (struct day){ DAY_EITHER, coming, of_next_week };
    else
        *day = (struct day){ DAY_WEEKDAY, coming, 0 };
    return used + 1 + after_next;
}

/* "the Friday after Thanksgiving", "the Monday before the 20th". */
static int weekday_by_day_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int weekday, the = word_is(words, i, "the");
    bool plural;
    if (!weekday_read(words, i + the, &weekday, &plural) ||
        !word_in(words, i + the + 1, "after before following"))
        return 0;
    int used = the + 2;
    int more = date_read(listener, i + used, day);
    if (!more)
        more = holiday_read(listener, i + used, day);
    if (!more || day->kind != DAY_DATE)
        return 0;
    if (word_is(words, i + used - 1, "before"))
        day->days -= 1 + (day_weekday(day->days - 1) - weekday + 7) % 7;
    else
        day->days = weekday_coming(day->days, weekday);
    return used + more;
}

/* ---- today, weeks ---- */

static int near_read(const struct listener *listener, int i, struct day *day)
{
    static const char *const words[] = { "yesterday", "today todays",
                                         "tomorrow tomorrows tmrw tomorow" };
    for (int n = 0; n < 3; n++)
        if (word_in(listener->words, i, words[n])) {
            int week = n && word_is(listener->words, i + 1, "week"); /* British: "tomorrow week" */
            *day = (struct day){ DAY_DATE, listener->today + n - 1 + 7 * week, 0 };
            return 1 + week;
        }
    return 0;
}

static int week_read(const struct listener *listener, int i, struct day *day)
{
    static const struct {
        const char *phrase;
        int weeks;
    } weeks[] = {
        { "last week", -1 }, { "this week", 0 }, { "next week", 1 }, { "week after next", 2 }
    };
    for (size_t n = 0; n < sizeof weeks / sizeof *weeks; n++) {
        int used = words_phrase(listener->words, i, weeks[n].phrase);
        if (used) {
            *day = (struct day){ DAY_WEEK, week_start(listener->today) + 7 * weeks[n].weeks, 0 };
            return used;
        }
    }
    return 0;
}

static int phrases_read(const struct heard_words *words, int i, const char *const *phrases)
{
    int used = 0;
    for (; *phrases && !used; phrases++)
        used = words_phrase(words, i, *phrases);
    return used;
}

/* Days, but not said which: what they are reckoned from was left out, or there are many. */
static int vague_read(const struct listener *listener, int i, struct day *day)
{
    static const char *const vague[] = {
        "next weekend", "following weekend", "weekends",   "weekdays",   "next month",
        "next day",     "day after",         "day before", "after next", "following",
        "other day",    "every day",         NULL
    };
    static const char *const loose[] = { "weekend",          "weekday",
                                         "end of the week",  "end of week",
                                         "end of the month", "end of month",
                                         "this month",       NULL };
    const struct heard_words *words = listener->words;
    int64_t month;
    int used = phrases_read(words, i, vague);
    *day = (struct day){ .kind = used ? DAY_VAGUE : DAY_LOOSE };
    if (!used)
        used = phrases_read(words, i, loose);
    bool alone = i == 0 && words->count == 1;
    if (!used &&
        (alone || word_in(words, i - 1, "in early late mid of by before after until since")))
        used = month_read(words, i, &month);
    return used;
}

/* ---- all of them ---- */

static bool has_weekday(struct day named, struct day date)
{
    return day_weekday(named.days) == day_weekday(date.days);
}

struct day day_combine(struct day a, struct day b)
{
    if (a.kind > b.kind) {
        struct day swapped = a;
        a = b, b = swapped;
    }
    if (a.kind == DAY_NONE || b.kind >= DAY_VAGUE)
        return b;
    if (b.kind == DAY_LOOSE)
        return a;
    if (a.kind == b.kind && a.days == b.days)
        return a;
    bool named = b.kind == DAY_WEEKDAY || b.kind == DAY_EITHER;
    if (a.kind == DAY_DATE && named && has_weekday(b, a))
        return a;
    if (a.kind == DAY_DATE && b.kind == DAY_WEEK && week_start(a.days) == b.days)
        return a;
    if (b.kind == DAY_WEEK && (a.kind == DAY_WEEKDAY || a.kind == DAY_EITHER))
        return (struct day){ DAY_DATE, b.days + day_weekday(a.days), 0 };
    return (struct day){ .kind = DAY_SEVERAL };
}

int day_read(const struct listener *listener, int i, struct day *day)
{
    static int (*const readers[])(const struct listener *, int, struct day *) = {
        days_away_read,    date_read, holiday_read, weekday_by_day_read,
        weekday_said_read, near_read, week_read,    vague_read,
    };
    int used = 0;
    for (size_t n = 0; n < sizeof readers / sizeof *readers && !used; n++)
        used = readers[n](listener, i, day);
    return used;
}
