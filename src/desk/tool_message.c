/* take_message: keep a message and make sure that somebody calls back. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "store/tasks.h"
#include <string.h>

enum { MESSAGE_CHARS = 2000, AGENTS_MAX = 500 };

/* Whether `said` is the agent's name or the first word of it. */
static bool is_called(const struct agent *agent, const char *said)
{
    size_t first = strcspn(agent->name, " ");
    return text_equal_nocase(agent->name, said) ||
           (strlen(said) == first && strncasecmp(agent->name, said, first) == 0);
}

/* For whom the message is: the agent asked for, if there is exactly one of that name. */
static enum err recipient_find(struct tool_run *run, int64_t fallback, int64_t *agent_id,
                               const char **agent_name)
{
    const char *said = arg_text(run, "agent_name", 200);
    struct selection selection = { .limit = AGENTS_MAX };
    struct agent *agents;
    size_t count, matches = 0;
    *agent_id = fallback;
    *agent_name = NULL;
    if (!said)
        return ERR_NONE;
    selection_add(&selection, "brokerage_id = ?", db_int(run->call->head.brokerage_id));
    selection_add(&selection, "is_active = ?", db_int(1));
    enum err err = table_list(run->desk->db, run->desk->mem, &table_agents, &selection,
                              (void **)&agents, &count, NULL);
    for (size_t i = 0; i < count; i++)
        if (is_called(&agents[i], said) && ++matches == 1) {
            *agent_id = agents[i].head.id;
            *agent_name = agents[i].name;
        }
    if (matches > 1) {
        *agent_id = fallback;
        *agent_name = NULL;
    }
    return err;
}

static enum err task_add(struct tool_run *run, const char *name, const char *message,
                         int64_t agent_id, struct task *task)
{
    const struct phone_call *call = run->call;
    task_init(task);
    task->head.brokerage_id = call->head.brokerage_id;
    task->head.agent_id = agent_id;
    task->head.created_at = task->head.updated_at = run->desk->now;
    task->property_id = call->property_id;
    task->phone_call_id = call->head.id;
    task->kind = TASK_FOLLOW_UP;
    task->priority = PRIORITY_HIGH;
    task->scheduled_at = run->desk->now;
    task->title = mem_printf(run->desk->mem, "Call back %s", name ? name : "a caller");
    task->notes = message;
    task->caller_name = name;
    task->caller_phone = call->caller_phone;
    task->claimed_phone = call->claimed_phone;
    return task_insert(run->desk->db, task);
}

/* Adds to the call's message what it does not hold yet; false if it holds it. */
static bool message_add(struct tool_run *run, const char *message)
{
    struct phone_call *call = run->call;
    if (!call->message)
        call->message = message;
    else if (strstr(call->message, message))
        return false;
    else
        call->message = text_utf8_clip(run->desk->mem,
                                       mem_printf(run->desk->mem, "%s\n%s", call->message, message),
                                       2 * MESSAGE_CHARS);
    return true;
}

/* The listing the message is about, where the arguments name one of ours. */
static enum err property_note(struct tool_run *run)
{
    struct property property;
    int64_t id = json_int_at(run->arguments, "property_id");
    if (id == NO_VALUE || run->call->property_id != NO_VALUE)
        return ERR_NONE;
    enum err err = table_get(run->desk->db, run->desk->mem, &table_properties, id, &property);
    if (!err && property.head.brokerage_id == run->call->head.brokerage_id)
        run->call->property_id = id;
    return err == ERR_NOT_FOUND ? ERR_NONE : err;
}

enum err tool_take_message(struct tool_run *run)
{
    struct task task = { .head.id = NO_VALUE };
    const char *name, *agent_name;
    int64_t agent_id;
    arg_caller(run, &name);
    const char *message = arg_text(run, "message", MESSAGE_CHARS);
    if (!message)
        return tool_fail(run, "What is the message? Ask the caller what the agent should know.");
    enum err err = property_note(run);
    if (!err)
        err = recipient_find(run, run->call->head.agent_id, &agent_id, &agent_name);
    if (!err && message_add(run, message))
        err = task_add(run, name ? name : run->call->caller_name, message, agent_id, &task);
    if (err)
        return err;
    const char *callback = callback_spoken(run->desk->mem, run->call);
    json_put_int(run->facts, "task_id", task.head.id);
    json_put_text(run->facts, "message", message);
    run->call->follow_up_created = true;
    record_outcome(run->call, OUTCOME_MESSAGE_TAKEN, KNOWN_BY_TOOL);
    return tool_say(run, "I have passed your message on%s%s. Somebody will %s%s%s.",
                    agent_name ? " to " : "", agent_name ? agent_name : "",
                    callback ? "call you back" : "get back to you", callback ? " at " : "",
                    callback ? callback : "");
}
