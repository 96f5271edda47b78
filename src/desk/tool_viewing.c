/* schedule_viewing: book a visit. */
#include "base/mem.h"
#include "desk/tool_args.h"
#include "desk/viewings.h"

/* What the caller has of this property at that time already: the very viewing, or (`moving`) one
 * booked in this call that it would take the place of. */
static enum err own_find(struct tool_run *run, const struct diary *diary, int64_t start,
                         struct task *task, bool *moving)
{
    struct task *list;
    size_t count;
    *moving = false;
    enum err err =
        viewings_of_caller(run->desk->db, run->desk->mem, run->call, run->desk->now, &list, &count);
    for (size_t pass = 0; pass < 2 && !err; pass++)
        for (size_t i = 0; i < count; i++) {
            bool same = list[i].scheduled_at == start;
            bool close = list[i].phone_call_id == run->call->head.id &&
                         viewing_overlaps(&list[i], start, start + diary->length);
            if (list[i].property_id != diary->property->head.id || !(pass == 0 ? same : close))
                continue;
            *task = list[i];
            *moving = !same;
            return ERR_NONE;
        }
    return err ? err : ERR_NOT_FOUND;
}

static enum err scheduled_tell(struct tool_run *run, const struct diary *diary,
                               const struct task *task)
{
    void *mem = run->desk->mem;
    return viewing_tell(run, diary, task,
                        mem_printf(mem, "Great! The viewing of %s is scheduled for %s.",
                                   listing_address(mem, diary->property),
                                   start_spoken(run, task->scheduled_at)));
}

/* The time is kept while the caller is asked. */
static enum err name_ask(struct tool_run *run, struct diary *diary, int64_t start)
{
    struct offers wanted = { .starts = { start }, .count = 1 };
    enum err err = offers_hold(run, diary, &wanted);
    return err ? err : tool_fail(run, "What is the caller's name? Ask, then book again.");
}

static enum err schedule(struct tool_run *run, const struct property *property, const char *name,
                         int64_t start)
{
    struct diary diary;
    struct task task;
    enum slot slot = SLOT_FREE;
    bool moving;
    enum err err = diary_open(run->desk, property, &diary);
    if (err)
        return err;
    diary.caller = run->call;
    err = own_find(run, &diary, start, &task, &moving);
    if (!err && !moving)
        return scheduled_tell(run, &diary, &task);
    if (!err)
        diary.except_task = task.head.id;
    if (!err || err == ERR_NOT_FOUND)
        err = diary_judge(&diary, start, false, &slot);
    if (!err && slot != SLOT_FREE)
        return slot_refuse(run, &diary, start, slot);
    if (!err && !name)
        return name_ask(run, &diary, start);
    if (!err)
        err = moving ? viewing_move(run, &diary, start, &task)
                     : viewing_book(run, &diary, name, start, &task);
    return err ? err : scheduled_tell(run, &diary, &task);
}

enum err tool_schedule_viewing(struct tool_run *run)
{
    struct property property;
    const char *name;
    bool found, viewable;
    arg_caller(run, &name);
    enum err err = arg_property(run, &property, &found);
    if (err || !found)
        return err;
    err = property_viewable(run, &property, &viewable);
    if (err || !viewable)
        return err;
    int64_t start = arg_start(run, "date_time");
    return start == NO_VALUE ? ERR_NONE : schedule(run, &property, name, start);
}
