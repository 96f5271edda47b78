/* reschedule_viewing and cancel_viewing: of the viewings booked from the number that calls. */
#include "base/mem.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "desk/viewings.h"

/* Which of the caller's viewings is meant. */
struct meant {
    int64_t task_id, property_id; /* NO_VALUE: not said */
    struct task *list;            /* all that are ahead */
    size_t count;
};

static bool fits(const struct meant *meant, const struct task *task)
{
    return (meant->task_id == NO_VALUE || task->head.id == meant->task_id) &&
           (meant->property_id == NO_VALUE || task->property_id == meant->property_id);
}

/* "the viewing of 123 Main St on Wednesday, September 2 at 2:00 PM" */
static const char *viewing_spoken(struct tool_run *run, const struct task *task)
{
    struct property property;
    void *mem = run->desk->mem;
    bool known = task->property_id != NO_VALUE &&
                 !table_get(run->desk->db, mem, &table_properties, task->property_id, &property);
    return mem_printf(mem, "the viewing of %s on %s",
                      known ? listing_address(mem, &property) : "a property",
                      start_spoken(run, task->scheduled_at));
}

static enum err which_ask(struct tool_run *run, const struct meant *meant, bool any)
{
    char *list = NULL;
    struct json_object *viewings = json_put_array(run->facts, "viewings");
    for (size_t i = 0; i < meant->count; i++) {
        if (!any && !fits(meant, &meant->list[i]))
            continue;
        struct json_object *viewing = json_put_object(viewings, NULL);
        json_put_int(viewing, "task_id", meant->list[i].head.id);
        json_put_instant(viewing, "scheduled_at", meant->list[i].scheduled_at);
        mem_append(run->desk->mem, &list, "%s%s", list ? ", or " : "",
                   viewing_spoken(run, &meant->list[i]));
    }
    return tool_fail(run, "%s Ask the caller which one is meant: %s?",
                     any ? "There is no such viewing." : "There are several viewings.", list);
}

static enum err none_tell(struct tool_run *run)
{
    if (!run->call->caller_phone)
        return tool_fail(run, "The caller's number is withheld, so I cannot tell which viewing is "
                              "theirs. Offer to take a message with the name, the address and what "
                              "to change: the agent will see to it.");
    return tool_fail(run,
                     "I find no viewing ahead that was booked from the number the caller calls "
                     "from. Offer to take a message with the name, the address and what to "
                     "change: the agent will see to it.");
}

static enum err meant_hear(struct tool_run *run, struct meant *meant, bool *heard)
{
    struct property property;
    *heard = true;
    meant->task_id = json_int_at(run->arguments, "task_id");
    meant->property_id = NO_VALUE;
    bool named =
        json_int_at(run->arguments, "property_id") != NO_VALUE || arg_text(run, "address", 200);
    if (!named)
        return ERR_NONE;
    enum err err = arg_property(run, &property, heard);
    if (!err && *heard)
        meant->property_id = property.head.id;
    return err;
}

/* Finds the one viewing that is meant; otherwise (*found false) the tool has failed with what to
 * ask or say, unless the caller has none that fits: then *none is true, and nothing is said yet. */
static enum err viewing_find(struct tool_run *run, struct meant *meant, struct task *task,
                             bool *found, bool *none)
{
    size_t matches = 0;
    bool heard;
    *found = *none = false;
    enum err err = meant_hear(run, meant, &heard);
    if (err || !heard)
        return err;
    err = viewings_of_caller(run->desk->db, run->desk->mem, run->call, run->desk->now, &meant->list,
                             &meant->count);
    for (size_t i = 0; i < meant->count && !err; i++)
        if (fits(meant, &meant->list[i]) && ++matches == 1)
            *task = meant->list[i];
    *found = matches == 1;
    *none = matches == 0;
    return err || matches <= 1 ? err : which_ask(run, meant, false);
}

/* ---- moving ---- */

static enum err move(struct tool_run *run, const struct property *property, struct task *task,
                     int64_t start)
{
    struct diary diary;
    enum slot slot;
    void *mem = run->desk->mem;
    const char *before = start_spoken(run, task->scheduled_at);
    enum err err = diary_open(run->desk, property, &diary);
    if (err)
        return err;
    const char *address = listing_address(mem, property);
    const char *after = start_spoken(run, start);
    if (start == task->scheduled_at)
        return viewing_tell(run, &diary, task,
                            mem_printf(mem, "The viewing of %s is on %s.", address, after));
    diary.caller = run->call;
    diary.except_task = task->head.id;
    /* An agent may have given it more time than others. */
    if (task->duration_minutes != NO_VALUE)
        diary.length = task->duration_minutes * MINUTE_MS;
    err = diary_judge(&diary, start, false, &slot);
    if (!err && slot != SLOT_FREE)
        return slot_refuse(run, &diary, start, slot);
    if (!err)
        err = viewing_move(run, &diary, start, task);
    return err ? err
               : viewing_tell(run, &diary, task,
                              mem_printf(mem, "The viewing of %s is moved from %s to %s.", address,
                                         before, after));
}

enum err tool_reschedule_viewing(struct tool_run *run)
{
    struct meant meant;
    struct task task;
    struct property property;
    const char *name;
    bool found, none, viewable;
    arg_caller(run, &name);
    enum err err = viewing_find(run, &meant, &task, &found, &none);
    if (none)
        return err ? err : meant.count > 0 ? which_ask(run, &meant, true) : none_tell(run);
    if (err || !found)
        return err;
    if (task.property_id == NO_VALUE)
        return tool_fail(run, "That property is no longer listed. Offer to take a message.");
    err = table_get(run->desk->db, run->desk->mem, &table_properties, task.property_id, &property);
    if (!err)
        err = property_viewable(run, &property, &viewable);
    if (err || !viewable)
        return err;
    int64_t start = arg_start(run, "date_time");
    return start == NO_VALUE ? ERR_NONE : move(run, &property, &task, start);
}

/* ---- cancelling ---- */

/* Whether this call booked or moved another viewing that stands. */
static bool books_another(const struct tool_run *run, const struct meant *meant, int64_t but)
{
    for (size_t i = 0; i < meant->count; i++) {
        const struct task *task = &meant->list[i];
        if (task->head.id != but && (task->phone_call_id == run->call->head.id ||
                                     task->head.updated_at >= run->call->started_at))
            return true;
    }
    return false;
}

static enum err cancelled_tell(struct tool_run *run, const struct meant *meant,
                               const struct task *task)
{
    json_put_int(run->facts, "task_id", task->head.id);
    json_put_int(run->facts, "property_id", task->property_id);
    if (run->call->property_id == NO_VALUE)
        run->call->property_id = task->property_id;
    record_outcome(run->call, OUTCOME_INFORMATION_PROVIDED, KNOWN_BY_TOOL);
    if (!books_another(run, meant, task->head.id))
        record_outcome_undone(run->call, OUTCOME_VIEWING_SCHEDULED);
    const char *viewing = viewing_spoken(run, task);
    return tool_say(run, "T%s is cancelled. Would you like another time?", viewing + 1);
}

enum err tool_cancel_viewing(struct tool_run *run)
{
    struct meant meant;
    struct task task;
    const char *name;
    bool found, none;
    arg_caller(run, &name);
    enum err err = viewing_find(run, &meant, &task, &found, &none);
    if (!err && none) {
        /* Asked for a second time, it is done already. */
        err = viewing_cancelled_since(run->desk->db, run->desk->mem, run->call, &task);
        if (!err && fits(&meant, &task))
            return cancelled_tell(run, &meant, &task);
        if (err && err != ERR_NOT_FOUND)
            return err;
        return meant.count > 0 ? which_ask(run, &meant, true) : none_tell(run);
    }
    if (err || !found)
        return err;
    err = viewing_cancel(run, &task);
    return err ? err : cancelled_tell(run, &meant, &task);
}
