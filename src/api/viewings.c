/* /viewings: the tasks that are viewings, as an agent's day needs them. */
#include "api/handlers.h"
#include "api/resource.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/fields.h"
#include "desk/viewing_states.h"
#include "store/agents.h"

/* ---- days ---- */

/* Where the days of the list begin: where those of the agent do whose tasks are asked for. */
static enum err list_zone(struct exchange *x, const struct zone **zone)
{
    const char *asked = http_query(x->request, "agent_id"), *name = NULL;
    int64_t agent_id = x->who.agent_id;
    if (asked && x->who.role == ROLE_BROKER && !text_to_int(asked, 1, INT64_MAX, &agent_id))
        agent_id = x->who.agent_id;
    enum err err = agent_timezone(x->db, x->mem, agent_id, &name);
    if (err == ERR_NOT_FOUND)
        err = agent_timezone(x->db, x->mem, x->who.agent_id, &name);
    *zone = err ? NULL : zone_find(name);
    return err || *zone ? err : ERR_FAILED;
}

static int64_t midnight(const struct zone *zone, int64_t day)
{
    struct civil civil = civil_from_days(day);
    int64_t instant;
    zone_instant(zone, &civil, &instant, NULL);
    return instant;
}

enum err day_select(struct exchange *x, struct selection *selection)
{
    const char *text = http_query(x->request, "day");
    const struct zone *zone;
    int64_t day;
    if (!text)
        return ERR_NONE;
    if (!date_parse(text, &day))
        return fault_add(&x->faults, "day", "must be a day such as 2026-09-01");
    enum err err = list_zone(x, &zone);
    if (err)
        return err;
    selection_add(selection, "scheduled_at >= ?", db_int(midnight(zone, day)));
    selection_add(selection, "scheduled_at < ?", db_int(midnight(zone, day + 1)));
    return ERR_NONE;
}

static enum err viewings_select(struct exchange *x, struct selection *selection)
{
    selection_add(selection, "kind = ?", db_text(words_name(&words_task_kind, TASK_VIEWING)));
    return day_select(x, selection);
}

static bool is_viewing(const void *record)
{
    return ((const struct task *)record)->kind == TASK_VIEWING;
}

const struct resource resource_viewings = {
    .table = &table_tasks,
    .plural = "viewings",
    .schema = "Task",
    .select = viewings_select,
    .includes = is_viewing,
};

/* ---- what is in the way ---- */

static const char *const busy_names[] = {
    [BUSY_VIEWING] = "viewing", [BUSY_HOLD] = "held_slot", [BUSY_OPEN_HOUSE] = "open_house"
};

enum err viewing_check_free(struct exchange *x, struct task *task)
{
    struct desk desk = exchange_desk(x);
    struct busy *taken;
    size_t count;
    enum err err = viewing_fit(&desk, task, &taken, &count);
    if (err != ERR_CONFLICT)
        return err;
    x->conflicts = json_object_on(x->mem);
    struct json_object *list = json_put_array(x->conflicts, "conflicts");
    for (size_t i = 0; i < count; i++) {
        struct json_object *one = json_put_object(list, NULL);
        json_put_text(one, "kind", busy_names[taken[i].kind]);
        json_put_int(one, "id", taken[i].id);
        json_put_int(one, "property_id", taken[i].property_id);
        json_put_instant(one, "starts_at", taken[i].start);
        json_put_instant(one, "ends_at", taken[i].end);
    }
    return err;
}

/* ---- changes ---- */

/* Ends a change: the audit log has its name, the answer what it made. */
static void change_answer(struct exchange *x, enum err err, const char *action,
                          const struct task *before, struct task *after)
{
    if (!err)
        err = exchange_audit_change(x, action, &table_tasks, before, after);
    if (!err)
        err = table_get(x->db, x->mem, &table_tasks, after->head.id, after);
    if (err)
        exchange_fail(x, err);
    else
        resource_answer(x, 200, after);
}

/* Begins one; false with the answer there. */
static bool change_begin(struct exchange *x, struct task *task)
{
    enum err err = exchange_write(x);
    if (err)
        exchange_fail(x, err);
    return !err && resource_read_to_change(x, task);
}

/* The members that move a viewing. */
static const struct field move_fields[] = {
    COLUMN(struct task, scheduled_at, FIELD_INSTANT, FIELD_NOT_NULL),
    COLUMN(struct task, duration_minutes, FIELD_INT, FIELD_NOT_NULL, .min = 1, .max = 1440),
};
static const struct table table_moves = { .name = "scheduled_tasks",
                                          .one = "viewing",
                                          TABLE_FIELDS(move_fields) };

void viewing_move_by_agent(struct exchange *x)
{
    struct json_object *body = exchange_body(x);
    struct task before, after;
    if (!body || !change_begin(x, &before))
        return;
    after = before;
    enum err err = record_read_json(x->mem, &table_moves, body, false, &after, &x->faults);
    if (!err && before.state > VIEWING_RESCHEDULED) {
        exchange_problem(x, 409, "This viewing is over, or was cancelled.");
        return;
    }
    if (!err)
        err = viewing_check_free(x, &after);
    if (!err)
        err = task_update(x->db, x->mem, &before, &after, x->now);
    change_answer(x, err, "move", &before, &after);
}

static void state_put(struct exchange *x, const struct task *before, enum viewing_state state,
                      const char *action, const char *reason)
{
    struct desk desk = exchange_desk(x);
    struct task after;
    const char *why;
    enum err err = viewing_state_put(&desk, before, state, reason, &after, &why);
    if (err == ERR_CONFLICT && why)
        exchange_problem(x, 409, why);
    else
        change_answer(x, err, action, before, &after);
}

static void state_change(struct exchange *x, enum viewing_state state, const char *action)
{
    struct task before;
    if (change_begin(x, &before))
        state_put(x, &before, state, action, NULL);
}

void viewing_confirm(struct exchange *x)
{
    state_change(x, VIEWING_CONFIRMED, "confirm");
}

void viewing_set_done(struct exchange *x)
{
    state_change(x, VIEWING_DONE, "done");
}

void viewing_set_no_show(struct exchange *x)
{
    state_change(x, VIEWING_NO_SHOW, "no_show");
}

struct cancelling {
    const char *reason;
};
static const struct field cancel_fields[] = {
    COLUMN(struct cancelling, reason, FIELD_TEXT, 0, .max = 500),
};
static const struct table table_cancelling = { .name = "cancelling",
                                               .one = "cancelling",
                                               TABLE_FIELDS(cancel_fields) };

/* A body is not needed. */
void viewing_cancel_by_agent(struct exchange *x)
{
    struct cancelling cancelling = { NULL };
    struct task before;
    if (!change_begin(x, &before))
        return;
    bool has_body = x->request->body_len > 0;
    struct json_object *body = has_body ? exchange_body(x) : NULL;
    if (has_body && !body)
        return;
    if (body && record_read_json(x->mem, &table_cancelling, body, false, &cancelling, &x->faults))
        exchange_fail(x, ERR_INVALID);
    else
        state_put(x, &before, VIEWING_CANCELLED, "cancel", cancelling.reason);
}
