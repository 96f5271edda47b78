/* Instants, clocks and civil time.
 *
 * An instant is an int64_t of milliseconds since 1970-01-01T00:00Z; NO_VALUE where there is none.
 * Time-zone arithmetic is GLib's (see zone.c): setenv("TZ") would be process-wide. */
#ifndef AR_BASE_INSTANT_H
#define AR_BASE_INSTANT_H

#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

/* "Not known", in every integer that may be unknown: instants, ids, money, counts. SQL NULL, JSON
 * null. */
#define NO_VALUE INT64_MIN

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* Where the time comes from. `shift` is added to the system's clock: tests hold the time still or
 * move it by giving another `now`. */
struct clock {
    int64_t (*now)(const struct clock *clock);
    int64_t shift;
};

/* The system's real-time clock. */
extern const struct clock clock_system;
/* A clock that always says `instant`. */
struct clock clock_fixed(int64_t instant);
/* A clock that says `instant` now and goes on from there. */
struct clock clock_from(int64_t instant);
int64_t clock_now(const struct clock *clock);
/* Milliseconds of a clock that is never set back; for durations. */
int64_t monotonic_ms(void);

/* A date and a time of day as people write them, in no particular zone. month 1-12, day 1-31. */
struct civil {
    int year, month, day;
    int hour, minute, second, millisecond;
};

/* Proleptic Gregorian, years 1 to 9999. */
bool civil_valid(const struct civil *civil);
int civil_days_in_month(int year, int month);
/* 0 Monday to 6 Sunday (ISO 8601 order). */
int civil_weekday(int year, int month, int day);
/* Days since 1970-01-01; and the date so many days after it (time of day left 0). */
int64_t civil_to_days(int year, int month, int day);
struct civil civil_from_days(int64_t days);
/* The same of a date and time's date. */
int64_t civil_day(const struct civil *civil);

/* "2026-09-01" as days since 1970-01-01; false when it is no date. */
bool date_parse(const char *text, int64_t *days);

/* The civil time that clocks at UTC show, and back. */
struct civil civil_from_utc(int64_t instant);
int64_t civil_to_utc(const struct civil *civil);

enum { INSTANT_TEXT = 32 };
/* RFC 3339 in UTC with Z; milliseconds only when they are not zero. */
void instant_format(int64_t instant, char out[INSTANT_TEXT]);
/* RFC 3339 date-time with Z or offset; ERR_INVALID for anything else. */
enum err instant_parse(const char *text, int64_t *instant) AR_MUST_USE;

/* ---- zones ---- */

struct zone;

/* The zone of that IANA name, from the system's database; NULL if there is none. Borrowed: a cache
 * owns it for the life of the process. */
const struct zone *zone_find(const char *name);
const char *zone_name(const struct zone *zone);
/* Seconds east of UTC at that instant. */
int zone_offset(const struct zone *zone, int64_t instant);
/* "PDT", "CET", … at that instant. Borrowed until the next call. */
const char *zone_abbreviation(const struct zone *zone, int64_t instant);
/* What clocks in the zone show at that instant. */
struct civil zone_civil(const struct zone *zone, int64_t instant);
/* The day that its calendars show, counted from 1970-01-01. */
int64_t zone_day(const struct zone *zone, int64_t instant);

enum zone_fit {
    ZONE_ONCE,    /* the usual case: *instant is it */
    ZONE_SKIPPED, /* clocks jump over this time (spring); *instant is what the old offset would give
                   */
    ZONE_TWICE    /* clocks show it twice (autumn); *instant is the first, *second the other */
};
/* The instant at which clocks in the zone show that civil time. second may be NULL. */
enum zone_fit zone_instant(const struct zone *zone, const struct civil *civil, int64_t *instant,
                           int64_t *second);

#endif
