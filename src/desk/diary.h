/* The diary of one property and its agent: which times are free, and which to offer instead.
 *
 * Looked into inside a write transaction it stays true until the commit, so two callers cannot be
 * given the same slot. */
#ifndef AR_DESK_DIARY_H
#define AR_DESK_DIARY_H

#include "desk/desk.h"
#include "store/properties.h"
#include "store/slots.h"
#include "store/viewing_rules.h"

enum { OFFERS_MAX = 3 };
#define HOLD_MS (5 * MINUTE_MS)

struct diary {
    const struct desk *desk;
    const struct property *property;
    struct viewing_policy policy;
    const struct zone *zone; /* where the property's hours and days count */
    int64_t length, buffer;  /* milliseconds */
    int64_t parties;
    /* The agent decides by hand: neither hours nor buffers bind then. */
    bool by_hand;
    int64_t except_task; /* a viewing that does not count */
    /* Whose holds do not count: the call's, and those of a call of this number that broke off. */
    const struct phone_call *caller;
    /* What is taken, as far as it has been read. */
    int64_t from, to;
    struct busy *busy;
    size_t busy_count;
};

/* Reads what holds for the property. */
enum err diary_open(const struct desk *desk, const struct property *property,
                    struct diary *diary) AR_MUST_USE;

enum slot {
    SLOT_FREE,
    SLOT_TAKEN,
    SLOT_OPEN_HOUSE, /* everybody may come then without an appointment */
    SLOT_CLOSED,     /* outside the hours */
    SLOT_BLACKED_OUT,
    SLOT_SHORT_NOTICE, /* sooner than the property's notice allows */
    SLOT_SAME_DAY
};

/* Whether a viewing can begin then. For a time that was asked for the agent's viewings of other
 * properties count once the brokerage has said anything of how the agent shows; before that the
 * agent settles it when confirming. A time that we propose (`proposing`) never sends the agent to
 * two places. */
enum err diary_judge(struct diary *diary, int64_t start, bool proposing,
                     enum slot *slot) AR_MUST_USE;

/* What the rules alone say of a viewing that begins then (diary_rules.c). */
enum slot diary_rules_judge(const struct diary *diary, int64_t start);
/* Whether a blackout covers a viewing that begins then; the days are those of its beginning and
 * end, counted from 1970-01-01. */
bool diary_blacked_out(const struct diary *diary, int64_t first_day, int64_t last_day,
                       int64_t start);
/* "14:30" as milliseconds from midnight. */
int64_t diary_clock(const char *clock);
/* The same of what has been read as taken (diary_busy.c), and reading it for that span. */
enum err diary_read(struct diary *diary, int64_t from, int64_t to) AR_MUST_USE;
enum slot diary_busy_judge(const struct diary *diary, int64_t start, bool proposing);

/* ---- offers ---- */

/* Which times to offer: those nearest to `near`; or, of the times between from and to, such as lie
 * apart. */
struct slot_wish {
    int64_t near;
    int64_t from, to; /* NO_VALUE: no such bounds */
};

struct offers {
    int64_t starts[OFFERS_MAX]; /* in order of time */
    size_t count;
    bool as_wished; /* all between from and to */
};
/* Finds up to OFFERS_MAX free slots for the wish, nearest to it where nothing is free between its
 * bounds. None is found only if nothing is free for half a year. */
enum err diary_propose(struct diary *diary, const struct slot_wish *wish,
                       struct offers *offers) AR_MUST_USE;
/* Holds the offered slots for the call instead of those that were held before. */
enum err diary_hold(const struct diary *diary, int64_t call_id,
                    const struct offers *offers) AR_MUST_USE;
/* "Saturday, September 5 at 10:00 AM or 2:00 PM, or Sunday, September 6 at 9:00 AM". */
char *offers_spoken(void *mem, const struct offers *offers, int64_t now, const struct zone *zone);

#endif
