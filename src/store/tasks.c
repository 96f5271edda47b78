#include "store/tasks.h"
#include "base/instant.h"
#include "base/mem.h"

#define TASK(column, type, flags, ...) COLUMN(struct task, column, type, flags, __VA_ARGS__)

static const struct field fields[] = {
    HEAD_COLUMNS(0),
    TASK(property_id, FIELD_ID, 0, .about = "The property it is about"),
    TASK(phone_call_id, FIELD_ID, FIELD_READ_ONLY | FIELD_FIXED, .about = "The call it came from"),
    TASK(kind, FIELD_WORD, FIELD_REQUIRED | FIELD_FIXED, .words = &words_task_kind,
         .about = "viewing, follow_up or offer"),
    TASK(title, FIELD_TEXT, FIELD_REQUIRED | FIELD_SEALED, .min = 1, .max = 300,
         .about = "What to do, in one line"),
    TASK(notes, FIELD_TEXT, FIELD_SEALED, .max = 4000, .about = "More about it"),
    TASK(status, FIELD_WORD, FIELD_NOT_NULL, .words = &words_task_status,
         .about = "How far it has come"),
    TASK(state, FIELD_WORD, 0, .words = &words_viewing_state,
         .about = "How a viewing stands; null for other tasks. It goes with the status: requested "
                  "and rescheduled are pending, done and no_show are completed"),
    TASK(revision, FIELD_INT, FIELD_READ_ONLY | FIELD_NOT_NULL,
         .about = "1 when it is made; raised by each change"),
    TASK(priority, FIELD_WORD, FIELD_NOT_NULL, .words = &words_priority,
         .about = "How urgent it is"),
    TASK(scheduled_at, FIELD_INSTANT, 0, .about = "When it is due, or the viewing begins"),
    TASK(duration_minutes, FIELD_INT, 0, .min = 1, .max = 1440,
         .about = "How long a viewing lasts"),
    TASK(caller_name, FIELD_TEXT, FIELD_SEALED, .max = 200, .about = "For whom"),
    TASK(caller_phone, FIELD_PHONE, 0, .about = "The number the caller called from"),
    TASK(claimed_phone, FIELD_TEXT, FIELD_SEALED, .max = 40,
         .about = "The number the caller asked to be called at"),
    TASK(completed_at, FIELD_INSTANT, FIELD_READ_ONLY, .about = "When it was done"),
    TIME_COLUMNS,
};

static const struct filter filters[] = {
    { "kind", "kind = ?", FIELD_WORD, &words_task_kind, "Of this kind" },
    { "status", "status = ?", FIELD_WORD, &words_task_status, "In this status" },
    { "state", "state = ?", FIELD_WORD, &words_viewing_state, "Viewings in this state" },
    { "priority", "priority = ?", FIELD_WORD, &words_priority, "Of this priority" },
    { "property_id", "property_id = ?", FIELD_ID, NULL, "About this property" },
    { "phone_call_id", "phone_call_id = ?", FIELD_ID, NULL, "From this call" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "Of this agent" },
    { "from", "scheduled_at >= ?", FIELD_INSTANT, NULL, "Due not before this instant or day" },
    { "to", "scheduled_at < ?", FIELD_INSTANT, NULL, "Due before this instant or day" },
};

const struct table table_tasks = {
    .name = "scheduled_tasks",
    .one = "task",
    .size = sizeof(struct task),
    TABLE_FIELDS(fields),
    .order = "scheduled_at, id",
    TABLE_FILTERS(filters),
};

void task_init(struct task *task)
{
    table_clear(&table_tasks, task);
    task->status = TASK_PENDING;
    task->revision = 1;
    task->priority = PRIORITY_NORMAL;
}

/* ---- state and status ---- */

static int status_of(int state)
{
    static const int statuses[] = {
        [VIEWING_REQUESTED] = TASK_PENDING,   [VIEWING_CONFIRMED] = TASK_CONFIRMED,
        [VIEWING_RESCHEDULED] = TASK_PENDING, [VIEWING_CANCELLED] = TASK_CANCELLED,
        [VIEWING_DONE] = TASK_COMPLETED,      [VIEWING_NO_SHOW] = TASK_COMPLETED,
    };
    return statuses[state];
}

static int state_of(int status)
{
    static const int states[] = {
        [TASK_PENDING] = VIEWING_REQUESTED,
        [TASK_CONFIRMED] = VIEWING_CONFIRMED,
        [TASK_COMPLETED] = VIEWING_DONE,
        [TASK_CANCELLED] = VIEWING_CANCELLED,
    };
    return states[status];
}

bool viewing_agrees(int state, int status)
{
    return status == status_of(state) || (state == VIEWING_RESCHEDULED && status == TASK_CONFIRMED);
}

static void state_settle(struct task *task)
{
    if (task->kind != TASK_VIEWING)
        task->state = WORD_NONE;
    else if (task->state == WORD_NONE)
        task->state = state_of(task->status);
    else if (!viewing_agrees(task->state, task->status))
        task->status = status_of(task->state);
}

/* Whether it is to take place as far as status and state say. */
static bool is_ahead(const struct task *task)
{
    return task->kind == TASK_VIEWING && task->state <= VIEWING_RESCHEDULED &&
           (task->status == TASK_PENDING || task->status == TASK_CONFIRMED);
}

void task_settle(const struct task *before, struct task *after)
{
    bool same_state = before && after->state == before->state;
    bool moved = same_state && after->scheduled_at != before->scheduled_at;
    if (moved && is_ahead(after))
        after->state = VIEWING_RESCHEDULED;
    else if (same_state && after->status != before->status)
        after->state = WORD_NONE;
    state_settle(after);
}

enum err task_insert(struct db *db, struct task *task)
{
    task_settle(NULL, task);
    return table_insert(db, &table_tasks, task);
}

enum err task_update(struct db *db, void *mem, const struct task *before, struct task *after,
                     int64_t now)
{
    task_settle(before, after);
    if (after->status != before->status)
        after->completed_at = after->status == TASK_COMPLETED ? now : NO_VALUE;
    after->revision = before->revision;
    if (table_differs(&table_tasks, before, after))
        after->revision++;
    return table_change(db, mem, &table_tasks, before, after, now);
}

static enum err task_one(struct db *db, void *mem, const char *where, const struct db_value *args,
                         size_t arg_count, struct task *task)
{
    struct task *list;
    size_t count;
    enum err err =
        table_where(db, mem, &table_tasks, where, args, arg_count, (void **)&list, &count);
    if (err || count == 0)
        return err ? err : ERR_NOT_FOUND;
    *task = list[0];
    return ERR_NONE;
}

enum err task_find_of_call(struct db *db, void *mem, int64_t call_id, enum task_kind kind,
                           int64_t property_id, int64_t scheduled_at, struct task *task)
{
    return task_one(db, mem,
                    "phone_call_id = $1 AND kind = $2 AND property_id IS NOT DISTINCT FROM $3 "
                    "AND scheduled_at IS NOT DISTINCT FROM $4 AND status <> 'cancelled' "
                    "ORDER BY id LIMIT 1",
                    DB_ARGS(db_int(call_id), db_text(words_name(&words_task_kind, (int)kind)),
                            db_int(property_id), db_int(scheduled_at)),
                    task);
}

enum err viewings_of_caller(struct db *db, void *mem, const struct phone_call *call, int64_t now,
                            struct task **list, size_t *count)
{
    return table_where(db, mem, &table_tasks,
                       "((brokerage_id = $1 AND caller_phone = $2) OR phone_call_id = $3) "
                       "AND kind = 'viewing' AND status IN ('pending', 'confirmed') "
                       "AND scheduled_at > $4 ORDER BY scheduled_at, id",
                       DB_ARGS(db_int(call->head.brokerage_id), db_text(call->caller_phone),
                               db_int(call->head.id), db_int(now)),
                       (void **)list, count);
}

enum err viewing_cancelled_since(struct db *db, void *mem, const struct phone_call *call,
                                 struct task *task)
{
    return task_one(db, mem,
                    "((brokerage_id = $1 AND caller_phone = $2) OR phone_call_id = $3) "
                    "AND kind = 'viewing' AND state = 'cancelled' AND updated_at >= $4 "
                    "ORDER BY updated_at DESC, id DESC LIMIT 1",
                    DB_ARGS(db_int(call->head.brokerage_id), db_text(call->caller_phone),
                            db_int(call->head.id), db_int(call->head.created_at)),
                    task);
}

enum err tasks_adopt_property(struct db *db, int64_t call_id, int64_t property_id)
{
    return db_run(db,
                  "UPDATE scheduled_tasks SET property_id = $2 "
                  "WHERE phone_call_id = $1 AND property_id IS NULL AND kind <> 'viewing'",
                  DB_ARGS(db_int(call_id), db_int(property_id)));
}
