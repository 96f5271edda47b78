/* create_offer: note what a caller would pay and alert the agent. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "heard/amount.h"
#include "store/offers.h"
#include "store/tasks.h"

/* What of the task follows from the offer as it stands. */
static void task_describe(struct tool_run *run, const struct property *property,
                          const struct offer *offer, struct task *task)
{
    void *mem = run->desk->mem;
    task->title =
        mem_printf(mem, "Offer of %s on %s from %s", amount_format(mem, offer->amount_cents),
                   listing_address(mem, property), offer->caller_name);
    task->notes =
        offer->contingencies ? mem_printf(mem, "Contingencies: %s", offer->contingencies) : NULL;
    task->caller_name = offer->caller_name;
    task->caller_phone = offer->caller_phone;
    task->claimed_phone = offer->claimed_phone;
}

static enum err task_add(struct tool_run *run, const struct property *property,
                         const struct offer *offer)
{
    struct task task;
    task_init(&task);
    task.head = offer->head;
    task.property_id = property->head.id;
    task.phone_call_id = run->call->head.id;
    task.kind = TASK_OFFER;
    task.priority = PRIORITY_URGENT;
    task.scheduled_at = run->desk->now;
    task_describe(run, property, offer, &task);
    return task_insert(run->desk->db, &task);
}

/* The agent's task tells of the offer as it is now; it may have been cancelled or deleted. */
static enum err task_revise(struct tool_run *run, const struct property *property,
                            const struct offer *offer)
{
    struct db *db = run->desk->db;
    void *mem = run->desk->mem;
    struct task before, after;
    enum err err = task_find_of_call(db, mem, run->call->head.id, TASK_OFFER, property->head.id,
                                     offer->head.created_at, &before);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_NONE : err;
    after = before;
    task_describe(run, property, offer, &after);
    return table_change(db, mem, &table_tasks, &before, &after, run->desk->now);
}

/* A second offer in the same call is the caller's better thought: the lead is changed, not doubled.
 */
static enum err offer_revise(struct tool_run *run, const struct property *property,
                             const struct offer *before, struct offer *offer)
{
    if (!offer->contingencies)
        offer->contingencies = before->contingencies;
    offer->head = before->head;
    offer->status = before->status;
    offer->notes = before->notes;
    enum err err =
        table_change(run->desk->db, run->desk->mem, &table_offers, before, offer, run->desk->now);
    return err ? err : task_revise(run, property, offer);
}

static enum err offer_keep(struct tool_run *run, const struct property *property,
                           struct offer *offer)
{
    struct db *db = run->desk->db;
    struct offer before;
    enum err err =
        offer_find_of_call(db, run->desk->mem, run->call->head.id, property->head.id, &before);
    if (err == ERR_NONE)
        return offer_revise(run, property, &before, offer);
    if (err != ERR_NOT_FOUND)
        return err;
    err = offer_insert(db, offer);
    if (!err)
        err = task_add(run, property, offer);
    return err ? err : property_touch(db, property->head.id, run->desk->now);
}

static void offer_compose(struct tool_run *run, const struct property *property, const char *name,
                          int64_t cents, struct offer *offer)
{
    const struct phone_call *call = run->call;
    offer_init(offer);
    offer->head.brokerage_id = call->head.brokerage_id;
    offer->head.agent_id = property->head.agent_id;
    offer->head.created_at = offer->head.updated_at = run->desk->now;
    offer->property_id = property->head.id;
    offer->phone_call_id = call->head.id;
    offer->amount_cents = cents;
    offer->contingencies = arg_texts(run, "contingencies", 2000);
    offer->caller_name = name;
    offer->caller_phone = call->caller_phone;
    offer->claimed_phone = call->claimed_phone;
}

static enum err confirm(struct tool_run *run, const struct property *property,
                        const struct offer *offer)
{
    void *mem = run->desk->mem;
    const char *callback = callback_spoken(mem, run->call);
    json_put_int(run->facts, "offer_id", offer->head.id);
    json_put_int(run->facts, "property_id", property->head.id);
    json_put_text(run->facts, "address", property->address);
    json_put_decimal(run->facts, "amount", offer->amount_cents, 2);
    json_put_text(run->facts, "contingencies", offer->contingencies);
    json_put_text(run->facts, "status", words_name(&words_offer_status, offer->status));
    run->call->property_id = property->head.id;
    run->call->follow_up_created = true;
    record_outcome(run->call, OUTCOME_OFFER_CREATED, KNOWN_BY_TOOL);
    return tool_say(run,
                    "I have noted your offer of %s on %s%s%s and alerted the agent, who will %s%s "
                    "about it. It is not binding until it is in writing.",
                    amount_format(mem, offer->amount_cents), listing_address(mem, property),
                    offer->contingencies ? ", with these contingencies: " : "",
                    offer->contingencies ? offer->contingencies : "",
                    callback ? "call " : "be in touch", callback ? callback : "");
}

enum err tool_create_offer(struct tool_run *run)
{
    struct property property;
    struct offer offer;
    const char *name;
    bool found;
    arg_caller(run, &name);
    enum err err = arg_property(run, &property, &found);
    if (err || !found)
        return err;
    if (property.listing_status == LISTING_SOLD || property.listing_status == LISTING_OFF_MARKET)
        return tool_fail(run, "%s is no longer for sale. Offer to search for something similar.",
                         listing_address(run->desk->mem, &property));
    int64_t cents = arg_cents(run, "amount", property.price_cents);
    if (cents == NO_VALUE)
        return tool_fail(run, "How much is the offer? Ask the caller for an amount in dollars.");
    if (!name)
        return tool_fail(run, "What is the caller's name? Ask, then note the offer again.");
    offer_compose(run, &property, name, cents, &offer);
    err = offer_keep(run, &property, &offer);
    return err ? err : confirm(run, &property, &offer);
}
