/* What an agent has to do: viewings, calls to return, offers to look at.
 *
 * A viewing is a task with a state. State and status say the same, one to the diary, one to the
 * list of things to do: requested and rescheduled are pending, confirmed is confirmed (a viewing
 * that was moved and need not be confirmed anew is rescheduled and confirmed), done and no_show are
 * completed. revision is 1 when a task is made and raised by each change. */
#ifndef AR_STORE_TASKS_H
#define AR_STORE_TASKS_H

#include "store/phone_calls.h"
#include "store/table.h"

struct task {
    struct row_head head;
    int64_t property_id, phone_call_id;
    int kind;
    const char *title, *notes;
    int status;
    int state; /* enum viewing_state; WORD_NONE for what is no viewing */
    int64_t revision;
    int priority;
    int64_t scheduled_at, duration_minutes;
    const char *caller_name, *caller_phone, *claimed_phone;
    int64_t completed_at;
};
extern const struct table table_tasks;

/* A record with the defaults of a new task. */
void task_init(struct task *task);
/* Makes state and status say the same, as task_insert (`before` NULL) and task_update will write
 * them. */
void task_settle(const struct task *before, struct task *after);
/* Inserts it; the state follows the status or, where a state is given, the reverse. */
enum err task_insert(struct db *db, struct task *task) AR_MUST_USE;
/* Writes what changed and raises the revision if anything did. Of state and status the one that
 * changed decides the other (the state if both did); a viewing ahead that is given another time
 * without a state becomes rescheduled. */
enum err task_update(struct db *db, void *mem, const struct task *before, struct task *after,
                     int64_t now) AR_MUST_USE;
/* Whether a viewing in that status may be in that state. */
bool viewing_agrees(int state, int status);

/* The task of that kind which a call made already for a property at a time; NO_VALUE for none. */
enum err task_find_of_call(struct db *db, void *mem, int64_t call_id, enum task_kind kind,
                           int64_t property_id, int64_t scheduled_at,
                           struct task *task) AR_MUST_USE;
/* The viewings ahead that are the caller's: booked from the number that the call signals, or in
 * this very call. A number that was only claimed opens none. */
enum err viewings_of_caller(struct db *db, void *mem, const struct phone_call *call, int64_t now,
                            struct task **list, size_t *count) AR_MUST_USE;
/* The caller's viewing that was cancelled last since the call began; ERR_NOT_FOUND. */
enum err viewing_cancelled_since(struct db *db, void *mem, const struct phone_call *call,
                                 struct task *task) AR_MUST_USE;
/* Gives the call's tasks that know no property yet the one that the call turned out to be about; a
 * viewing without one was of a property that is gone, and is of no other.
 * Part of their making: in whatever order a call's messages come, their revision is the same. */
enum err tasks_adopt_property(struct db *db, int64_t call_id, int64_t property_id) AR_MUST_USE;

#endif
