/* What is particular to each kind of record. */
#include "api/resource.h"
#include "base/text.h"
#include "desk/listing.h"
#include "desk/numbers.h"
#include "store/agents.h"
#include "store/offers.h"
#include "store/phone_calls.h"
#include "store/properties.h"
#include "store/tasks.h"

/* ---- phone numbers ---- */

static void number_init(void *record)
{
    phone_number_init(record);
}

/* Without a zone of its own a number has the brokerage's. */
static enum err number_check_all(struct exchange *x, void *record)
{
    struct phone_number *number = record;
    struct brokerage brokerage;
    if (!number->timezone) {
        enum err err = brokerage_get(x->db, x->mem, number->head.brokerage_id, &brokerage);
        if (err)
            return err;
        number->timezone = brokerage.timezone;
    }
    return number_check(number, &x->faults);
}

static enum err number_insert(struct exchange *x, void *record)
{
    return phone_number_insert(x->db, record);
}

static enum err number_update(struct exchange *x, const void *before, void *after)
{
    return phone_number_update(x->db, x->mem, before, after, x->now);
}

static enum err number_remove(struct exchange *x, void *record)
{
    return phone_number_delete(x->db, record);
}

const struct resource resource_numbers = {
    .table = &table_phone_numbers,
    .plural = "phone_numbers",
    .schema = "PhoneNumber",
    .init = number_init,
    .check = number_check_all,
    .insert = number_insert,
    .update = number_update,
    .remove = number_remove,
};

/* ---- properties ---- */

static void listing_init(void *record)
{
    property_init(record);
}

static enum err listing_add(struct exchange *x, void *record)
{
    struct desk desk = exchange_desk(x);
    return listing_insert(&desk, record);
}

static enum err listing_change(struct exchange *x, const void *before, void *after)
{
    struct desk desk = exchange_desk(x);
    return listing_update(&desk, before, after);
}

const struct resource resource_properties = {
    .table = &table_properties,
    .plural = "properties",
    .schema = "Property",
    .init = listing_init,
    .insert = listing_add,
    .update = listing_change,
};

/* ---- tasks ---- */

static void todo_init(void *record)
{
    task_init(record);
}

static enum err todo_check(struct exchange *x, void *record)
{
    const struct task *task = record;
    if (task->kind != TASK_VIEWING && task->state != WORD_NONE)
        return fault_add(&x->faults, "state", "is for viewings alone");
    return property_of_scope(x, task->property_id);
}

static bool state_opposes(const struct task *task)
{
    return task->state != WORD_NONE && !viewing_agrees(task->state, task->status);
}

static enum err todo_insert(struct exchange *x, void *record)
{
    struct task *task = record;
    if (task->status != TASK_PENDING && state_opposes(task))
        return fault_add(&x->faults, "state", "does not go with that status");
    task_settle(NULL, task);
    if (task->status == TASK_COMPLETED)
        task->completed_at = x->now;
    enum err err = viewing_check_free(x, task);
    return err ? err : task_insert(x->db, task);
}

static bool is_elsewhere(const struct task *was, const struct task *task)
{
    return was->scheduled_at != task->scheduled_at ||
           was->duration_minutes != task->duration_minutes ||
           was->property_id != task->property_id || was->head.agent_id != task->head.agent_id ||
           was->status == TASK_CANCELLED;
}

static enum err todo_update(struct exchange *x, const void *before, void *after)
{
    const struct task *was = before;
    struct task *task = after;
    bool both = task->state != was->state && task->status != was->status;
    if (both && state_opposes(task))
        return fault_add(&x->faults, "state", "does not go with that status");
    task_settle(was, task);
    enum err err = is_elsewhere(was, task) ? viewing_check_free(x, task) : ERR_NONE;
    return err ? err : task_update(x->db, x->mem, before, after, x->now);
}

const struct resource resource_tasks = {
    .table = &table_tasks,
    .plural = "tasks",
    .schema = "Task",
    .init = todo_init,
    .select = day_select,
    .check = todo_check,
    .insert = todo_insert,
    .update = todo_update,
};

/* ---- offers ---- */

static void bid_init(void *record)
{
    offer_init(record);
}

static enum err bid_check(struct exchange *x, void *record)
{
    const struct offer *offer = record;
    return property_of_scope(x, offer->property_id);
}

static enum err bid_insert(struct exchange *x, void *record)
{
    return offer_insert(x->db, record);
}

const struct resource resource_offers = {
    .table = &table_offers,
    .plural = "offers",
    .schema = "Offer",
    .init = bid_init,
    .check = bid_check,
    .insert = bid_insert,
};

/* ---- agents ---- */

static void person_init(void *record)
{
    struct agent *agent = record;
    table_clear(&table_agents, agent);
    agent->head.agent_id = NO_VALUE;
    agent->is_active = true;
}

static enum err person_insert(struct exchange *x, void *record)
{
    return table_insert(x->db, &table_agents, record);
}

/* Nobody locks the door behind the last one out. */
static enum err person_update(struct exchange *x, const void *before, void *after)
{
    struct agent *agent = after;
    if (!agent->is_active && agent->head.id == x->who.agent_id)
        return fault_add(&x->faults, "is_active", "cannot be taken away by the agent's own key");
    return table_change(x->db, x->mem, &table_agents, before, after, x->now);
}

const struct resource resource_agents = {
    .table = &table_agents,
    .plural = "agents",
    .schema = "Agent",
    .init = person_init,
    .insert = person_insert,
    .update = person_update,
};

/* ---- calls: only read ---- */

const struct resource resource_calls = {
    .table = &table_phone_calls,
    .plural = "calls",
    .schema = "PhoneCall",
};
