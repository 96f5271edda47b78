#include "heard/when.h"
#include "base/mem.h"
#include "heard/when_said.h"

/* What is being resolved: what was said, by whom and where. */
struct question {
    void *mem;
    const struct listener *listener;
    struct said said;
};

static struct when answer(enum when_kind kind, const char *why)
{
    return (struct when){ kind, NO_VALUE, why };
}

static const char *day_name(const struct question *q, int64_t days)
{
    return when_day_spoken(q->mem, days, q->listener->now, q->listener->zone);
}

/* ---- questions ---- */

static struct when day_ask(const struct question *q)
{
    const struct day *day = &q->said.day;
    if (day->kind == DAY_EITHER)
        return answer(WHEN_ASK, mem_printf(q->mem, "Do you mean %s, or %s?", day_name(q, day->days),
                                           day_name(q, day->other)));
    return answer(WHEN_ASK, day->kind == DAY_SEVERAL ? "Which day exactly do you mean?"
                                                     : "Which day, and at what time?");
}

static struct when time_ask(const struct question *q)
{
    static const char *const parts[] = {
        "", " in the morning", " in the afternoon", " in the evening", " in the evening", ""
    };
    const struct said *said = &q->said;
    bool dated = said->day.kind == DAY_DATE || said->day.kind == DAY_WEEKDAY;
    const char *on = dated ? mem_printf(q->mem, " on %s", day_name(q, said->day.days)) : "";
    return answer(WHEN_ASK, mem_printf(q->mem, "What time exactly%s%s?", parts[said->part], on));
}

static struct when past_tell(const struct question *q, int64_t instant)
{
    char *spoken = when_spoken(q->mem, instant, q->listener->now, q->listener->zone);
    return answer(WHEN_PAST, mem_printf(q->mem, "%s has already passed.", spoken));
}

static const char *clock_name(const struct question *q, const struct civil *civil)
{
    return mem_printf(q->mem, "%d:%02d %s", civil->hour % 12 ? civil->hour % 12 : 12, civil->minute,
                      civil->hour < 12 ? "AM" : "PM");
}

/* ---- the hour that was meant ---- */

/* Sets the hour by the part of day. false where they contradict each other, or too little is said.
 */
static bool hour_settle(struct clock_said *clock, enum part part, int64_t *days)
{
    static const int first[] = { 0, 0, 12, 16, 17 }, last[] = { 23, 11, 18, 23, 23 };
    if (clock->settled && part != PART_NONE) /* "tomorrow morning at 3 pm" */
        return part == PART_MORNING ? clock->hour < 13
                                    : clock->hour >= 12 && clock->hour <= last[part];
    if (clock->settled)
        return true;
    int hour = clock->hour % 12;
    bool late = part == PART_NIGHT && hour == 0; /* "twelve at night" */
    if (part == PART_NONE)
        hour += hour < 8 ? 12 : 0;
    else if (part != PART_MORNING && !late)
        hour += 12;
    *days += late;
    clock->hour = hour;
    return late || (hour >= first[part] && hour <= last[part]);
}

/* Midnight is clear only as the end of today. */
static bool midnight_settle(const struct question *q, int64_t *days)
{
    bool today = q->said.day.kind == DAY_NONE || *days == q->listener->today;
    *days += 1;
    return today;
}

/* ---- from the clock to the instant ---- */

static struct when instant_tell(const struct question *q, int64_t instant)
{
    if (instant <= q->listener->now)
        return past_tell(q, instant);
    return (struct when){ WHEN_INSTANT, instant, NULL };
}

static struct when twice_tell(const struct question *q, const struct zone *zone,
                              const struct civil *civil, const int64_t instants[2])
{
    if (instants[1] <= q->listener->now)
        return past_tell(q, instants[1]);
    const struct place *place = &q->said.place;
    for (int i = 0; i < 2 && place->offset_said; i++)
        if (zone_offset(zone, instants[i]) == place->offset)
            return instant_tell(q, instants[i]);
    const char *name = clock_name(q, civil);
    const char *first = mem_strdup(q->mem, zone_abbreviation(zone, instants[0]));
    return answer(WHEN_ASK,
                  mem_printf(q->mem,
                             "That time comes twice: do you mean %s %s, or an hour later, %s %s?",
                             name, first, name, zone_abbreviation(zone, instants[1])));
}

static struct when civil_tell(const struct question *q, const struct civil *civil)
{
    const struct place *place = &q->said.place;
    const struct zone *zone = place->zone ? place->zone : q->listener->zone;
    int64_t instants[2];
    if (place->offset_said && !place->zone)
        return instant_tell(q, civil_to_utc(civil) - place->offset * SECOND_MS);
    switch (zone_instant(zone, civil, &instants[0], &instants[1])) {
    case ZONE_SKIPPED:
        return answer(WHEN_INVALID, mem_printf(q->mem, "Clocks are set forward then, and skip %s.",
                                               clock_name(q, civil)));
    case ZONE_TWICE:
        return twice_tell(q, zone, civil, instants);
    default:
        return instant_tell(q, instants[0]);
    }
}

static struct when day_and_clock_tell(struct question *q)
{
    struct clock_said clock = q->said.clock;
    int64_t asked = q->said.day.kind == DAY_NONE ? q->listener->today : q->said.day.days;
    int64_t days = asked;
    if (clock.kind == CLOCK_MIDNIGHT) {
        if (!midnight_settle(q, &days))
            return answer(WHEN_ASK, "Midnight at the beginning or at the end of that day?");
        clock.hour = 0;
    } else if (q->said.part == PART_SEVERAL || !hour_settle(&clock, q->said.part, &days) ||
               (days > asked && asked != q->listener->today)) {
        return time_ask(q); /* "Friday at twelve at night": before it or after it? */
    }
    struct civil civil = civil_from_days(days);
    civil.hour = clock.hour, civil.minute = clock.minute, civil.second = clock.second;
    return civil_tell(q, &civil);
}

/* ---- the answer ---- */

/* A day that is over, whatever the time. */
static bool day_is_over(const struct question *q)
{
    const struct day *day = &q->said.day;
    int64_t last = day->kind == DAY_WEEK ? day->days + 6 : day->days;
    return (day->kind == DAY_DATE || day->kind == DAY_WEEK) && last < q->listener->today;
}

static struct when said_tell(struct question *q)
{
    const struct said *said = &q->said;
    bool timed = said->clock.kind == CLOCK_AT || said->clock.kind == CLOCK_MIDNIGHT;
    if (said->day.kind == DAY_WRONG)
        return answer(WHEN_INVALID, "There is no such date.");
    if (said->clock.kind == CLOCK_WRONG)
        return answer(WHEN_INVALID, "There is no such time of day.");
    if (said->elapsed != NO_VALUE && said->clock.kind == CLOCK_NONE)
        return instant_tell(q, said->elapsed);
    if (said->day.kind == DAY_NONE && said->clock.kind == CLOCK_NONE && said->part == PART_NONE)
        return answer(WHEN_INVALID, "I did not hear a date or time.");
    if (day_is_over(q) && !timed)
        return answer(WHEN_PAST, "That day has already passed.");
    if (said->day.kind != DAY_NONE && said->day.kind != DAY_DATE && said->day.kind != DAY_WEEKDAY)
        return day_ask(q);
    return timed && said->elapsed == NO_VALUE ? day_and_clock_tell(q) : time_ask(q);
}

struct when when_hear(void *mem, const char *text, int64_t now, const struct zone *zone)
{
    struct heard_words words;
    words_split(text, &words);
    struct listener listener = { &words, now, zone, zone_day(zone, now) };
    struct question question = { mem, &listener, when_listen(&listener) };
    return said_tell(&question);
}
