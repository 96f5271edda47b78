#include "desk/viewings.h"
#include "base/mem.h"
#include "desk/listing.h"

/* A viewing to which nobody has to agree is confirmed as soon as it is booked. */
static int status_agreed(const struct diary *diary)
{
    bool agreed = diary->policy.rules.confirm_by == CONFIRM_NOBODY;
    return agreed ? TASK_CONFIRMED : TASK_PENDING;
}

static void viewing_compose(const struct tool_run *run, const struct diary *diary, const char *name,
                            int64_t start, struct task *task)
{
    const struct phone_call *call = run->call;
    const struct property *property = diary->property;
    void *mem = run->desk->mem;
    task_init(task);
    task->head.brokerage_id = call->head.brokerage_id;
    task->head.agent_id = property->head.agent_id;
    task->head.created_at = task->head.updated_at = run->desk->now;
    task->property_id = property->head.id;
    task->phone_call_id = call->head.id;
    task->kind = TASK_VIEWING;
    task->status = status_agreed(diary);
    task->title = mem_printf(mem, "Viewing of %s with %s", listing_address(mem, property), name);
    task->scheduled_at = start;
    task->duration_minutes = diary->length / MINUTE_MS;
    task->caller_name = name;
    task->caller_phone = call->caller_phone;
    task->claimed_phone = call->claimed_phone;
}

/* Whoever has what was wanted decides no more. */
static enum err settle(const struct tool_run *run, int64_t property_id)
{
    struct db *db = run->desk->db;
    enum err err = slot_holds_release(db, run->call->head.id);
    return err || property_id == NO_VALUE ? err : property_touch(db, property_id, run->desk->now);
}

enum err viewing_book(struct tool_run *run, const struct diary *diary, const char *name,
                      int64_t start, struct task *task)
{
    viewing_compose(run, diary, name, start, task);
    enum err err = task_insert(run->desk->db, task);
    return err ? err : settle(run, task->property_id);
}

enum err viewing_move(struct tool_run *run, const struct diary *diary, int64_t start,
                      struct task *task)
{
    struct task before = *task;
    task->scheduled_at = start;
    task->duration_minutes = diary->length / MINUTE_MS;
    task->state = VIEWING_RESCHEDULED;
    task->status = status_agreed(diary);
    enum err err = task_update(run->desk->db, run->desk->mem, &before, task, run->desk->now);
    return err ? err : settle(run, task->property_id);
}

enum err viewing_cancel(struct tool_run *run, struct task *task)
{
    struct task before = *task;
    task->state = VIEWING_CANCELLED;
    enum err err = task_update(run->desk->db, run->desk->mem, &before, task, run->desk->now);
    return err ? err : settle(run, task->property_id);
}

bool viewing_overlaps(const struct task *task, int64_t start, int64_t end)
{
    int64_t minutes = task->duration_minutes == NO_VALUE ? 30 : task->duration_minutes;
    return task->scheduled_at < end && start < task->scheduled_at + minutes * MINUTE_MS;
}
