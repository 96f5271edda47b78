/* schedule_viewing: book a visit. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "heard/when.h"
#include "store/tasks.h"

/* When the caller wants to come; NO_VALUE after the tool has failed with what to ask. */
static int64_t start_of(struct tool_run *run, const struct zone *zone)
{
    /* A bare number is no time of day that anybody said. */
    bool worded = json_is(json_get(run->arguments, "date_time"), json_type_string);
    const char *said = worded ? arg_text(run, "date_time", 200) : NULL;
    if (!said) {
        tool_fail(run, "For which day and time? Ask the caller.");
        return NO_VALUE;
    }
    struct when when = when_hear(run->desk->mem, said, run->desk->now, zone);
    switch (when.kind) {
    case WHEN_INSTANT:
        return when.instant;
    case WHEN_PAST:
        tool_fail(run, "That time is already past. Ask the caller for another day and time.");
        break;
    case WHEN_ASK:
        tool_fail(run, "%s", when.why);
        break;
    default:
        tool_fail(run, "I did not understand the day and time. Ask the caller to say both again.");
    }
    return NO_VALUE;
}

static void task_compose(const struct tool_run *run, const struct property *property,
                         const char *name, int64_t start, struct task *task)
{
    const struct phone_call *call = run->call;
    void *mem = run->desk->mem;
    task_init(task);
    task->head.brokerage_id = call->head.brokerage_id;
    task->head.agent_id = property->head.agent_id;
    task->head.created_at = task->head.updated_at = run->desk->now;
    task->property_id = property->head.id;
    task->phone_call_id = call->head.id;
    task->kind = TASK_VIEWING;
    task->title = mem_printf(mem, "Viewing of %s with %s", listing_address(mem, property), name);
    task->scheduled_at = start;
    task->duration_minutes = run->desk->config->viewing_minutes;
    task->caller_name = name;
    task->caller_phone = call->caller_phone;
    task->claimed_phone = call->claimed_phone;
}

/* Books, unless this call has that very viewing already; *taken when somebody else has the time. */
static enum err book(struct tool_run *run, const struct property *property, const char *name,
                     int64_t start, struct task *task, bool *taken)
{
    struct db *db = run->desk->db;
    void *mem = run->desk->mem;
    *taken = false;
    enum err err = task_find_of_call(db, mem, run->call->head.id, TASK_VIEWING, property->head.id,
                                     start, task);
    if (err != ERR_NOT_FOUND)
        return err;
    struct task other;
    int64_t end = start + run->desk->config->viewing_minutes * MINUTE_MS;
    err = viewing_overlapping(db, mem, property->head.id, start, end, NO_VALUE, &other);
    *taken = err == ERR_NONE;
    if (err != ERR_NOT_FOUND)
        return err;
    task_compose(run, property, name, start, task);
    err = task_insert(db, task);
    return err ? err : property_touch(db, property->head.id, run->desk->now);
}

static enum err confirm(struct tool_run *run, const struct property *property,
                        const struct task *task, const struct zone *zone)
{
    void *mem = run->desk->mem;
    const char *callback = callback_spoken(mem, run->call);
    json_put_int(run->facts, "task_id", task->head.id);
    json_put_int(run->facts, "property_id", property->head.id);
    json_put_text(run->facts, "address", property->address);
    json_put_instant(run->facts, "scheduled_at", task->scheduled_at);
    json_put_text(run->facts, "timezone", zone_name(zone));
    run->call->property_id = property->head.id;
    run->call->follow_up_created = true;
    record_outcome(run->call, OUTCOME_VIEWING_SCHEDULED, KNOWN_BY_TOOL);
    const char *promise = callback ? mem_printf(mem, "The agent will call %s to confirm.", callback)
                                   : "The agent will be in touch to confirm.";
    return tool_say(run, "Great! The viewing of %s is scheduled for %s. %s",
                    listing_address(mem, property),
                    when_spoken(mem, task->scheduled_at, run->desk->now, zone), promise);
}

enum err tool_schedule_viewing(struct tool_run *run)
{
    void *mem = run->desk->mem;
    const struct zone *zone = zone_find(run->timezone);
    struct property property;
    struct task task;
    const char *name;
    bool found, taken;
    if (!zone)
        zone = zone_find("UTC");
    arg_caller(run, &name);
    enum err err = arg_property(run, &property, &found);
    if (err || !found)
        return err;
    const char *address = listing_address(mem, &property);
    if (property.listing_status == LISTING_SOLD || property.listing_status == LISTING_OFF_MARKET)
        return tool_fail(run,
                         "%s is no longer available, so it cannot be viewed. Offer to search for "
                         "something similar.",
                         address);
    int64_t start = start_of(run, zone);
    if (start == NO_VALUE)
        return ERR_NONE;
    if (!name)
        return tool_fail(run, "What is the caller's name? Ask, then book again.");
    err = book(run, &property, name, start, &task, &taken);
    if (taken)
        return tool_fail(run,
                         "%s is already taken for a viewing of %s. Ask the caller for another "
                         "time.",
                         when_spoken(mem, start, run->desk->now, zone), address);
    return err ? err : confirm(run, &property, &task, zone);
}
