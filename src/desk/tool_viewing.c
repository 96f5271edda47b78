/* schedule_viewing: book a visit. */
#include "base/mem.h"
#include "desk/tool_args.h"
#include "desk/viewings.h"

/* What the caller has already. */
struct own {
    bool any;    /* of this property at that time: `task` */
    bool moving; /* it is another time, and was booked in this call: the new one takes its place */
    struct task task;
    size_t count; /* of all properties */
};

static bool stands_for(const struct tool_run *run, const struct diary *diary, int64_t start,
                       const struct task *task, bool moving)
{
    return task->property_id == diary->property->head.id &&
           (moving ? task->phone_call_id == run->call->head.id &&
                         viewing_overlaps(task, start, start + diary->length)
                   : task->scheduled_at == start);
}

static enum err own_find(struct tool_run *run, const struct diary *diary, int64_t start,
                         struct own *own)
{
    struct task *list;
    *own = (struct own){ 0 };
    enum err err = viewings_of_caller(run->desk->db, run->desk->mem, run->call, run->desk->now,
                                      &list, &own->count);
    for (int pass = 0; pass < 2 && !err; pass++)
        for (size_t i = 0; i < own->count && !own->any; i++)
            if (stands_for(run, diary, start, &list[i], pass == 1)) {
                own->any = true;
                own->moving = pass == 1;
                own->task = list[i];
            }
    return err;
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

/* A call that books without end would leave no time to anybody else. */
static enum err enough_tell(struct tool_run *run)
{
    return tool_fail(run, "The caller has so many viewings ahead that no more can be booked here. "
                          "Offer to take a message: the agent will see to it.");
}

static enum err schedule(struct tool_run *run, const struct property *property, const char *name,
                         int64_t start)
{
    struct diary diary;
    struct own own;
    enum slot slot;
    enum err err = diary_open(run->desk, property, &diary);
    if (err)
        return err;
    diary.caller = run->call;
    err = own_find(run, &diary, start, &own);
    if (err)
        return err;
    if (own.any && !own.moving)
        return scheduled_tell(run, &diary, &own.task);
    if (!own.any && own.count >= VIEWINGS_AHEAD_MAX)
        return enough_tell(run);
    if (own.any)
        diary.except_task = own.task.head.id;
    err = diary_judge(&diary, start, false, &slot);
    if (!err && slot != SLOT_FREE)
        return slot_refuse(run, &diary, start, slot);
    if (!err && !name)
        return name_ask(run, &diary, start);
    if (!err)
        err = own.moving ? viewing_move(run, &diary, start, &own.task)
                         : viewing_book(run, &diary, name, start, &own.task);
    return err ? err : scheduled_tell(run, &diary, &own.task);
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
