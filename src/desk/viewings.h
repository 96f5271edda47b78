/* Viewings as callers have them booked, moved and cancelled. */
#ifndef AR_DESK_VIEWINGS_H
#define AR_DESK_VIEWINGS_H

#include "desk/diary.h"
#include "desk/tools.h"
#include "store/tasks.h"

/* Books a viewing of the diary's property for the caller at a time that is free. */
enum err viewing_book(struct tool_run *run, const struct diary *diary, const char *name,
                      int64_t start, struct task *task) AR_MUST_USE;
/* Moves it to a time that is free: it stays the same viewing. */
enum err viewing_move(struct tool_run *run, const struct diary *diary, int64_t start,
                      struct task *task) AR_MUST_USE;
enum err viewing_cancel(struct tool_run *run, struct task *task) AR_MUST_USE;

/* So much is booked by phone; more is for the agent. Who has more viewings ahead than that, or
 * wants one later, has been misheard or means to fill the diary. */
enum { VIEWINGS_AHEAD_MAX = 50 };
#define VIEWING_AHEAD_MS (3653 * DAY_MS)

/* Whether two viewings share time. */
bool viewing_overlaps(const struct task *task, int64_t start, int64_t end);

/* ---- what the viewing tools have in common ---- */

/* The zone in which this call speaks of times. */
const struct zone *run_zone(const struct tool_run *run);
/* The time that argument means; NO_VALUE after the tool has failed with what to ask. */
int64_t arg_start(struct tool_run *run, const char *name);
/* Whether that is later than is booked by phone; if so, the tool has failed with what to ask. */
bool start_is_far(struct tool_run *run, int64_t start);
/* "Wednesday, September 2 at 2:00 PM". */
char *start_spoken(const struct tool_run *run, int64_t start);
/* Why the time cannot be had, and what is free near it instead, which is held for the call. */
enum err slot_explain(struct tool_run *run, struct diary *diary, int64_t start, enum slot slot,
                      const char **sentence) AR_MUST_USE;
/* Fails the tool with that. */
enum err slot_refuse(struct tool_run *run, struct diary *diary, int64_t start,
                     enum slot slot) AR_MUST_USE;
/* Holds the slots for the call, and adds them to the facts. */
enum err offers_hold(struct tool_run *run, const struct diary *diary,
                     const struct offers *offers) AR_MUST_USE;
/* Finds what to offer for the wish, holds it for the call, adds it to the facts. *spoken is NULL
 * when nothing is free. */
enum err slots_offer(struct tool_run *run, struct diary *diary, const struct slot_wish *wish,
                     struct offers *offers, const char **spoken) AR_MUST_USE;
/* "from Saturday, September 5 at 1:00 PM to 3:00 PM". */
const char *open_house_spoken(struct tool_run *run, const struct open_house *open);
/* Whether it may be viewed at all; if not, the tool has failed with why. */
enum err property_viewable(struct tool_run *run, const struct property *property,
                           bool *viewable) AR_MUST_USE;
/* Ends the tool well with the sentence that says what was done, and with who will confirm it. */
enum err viewing_tell(struct tool_run *run, const struct diary *diary, const struct task *task,
                      const char *done) AR_MUST_USE;

#endif
