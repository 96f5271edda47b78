/* The tools of the speech model: ours as function tools (reference, section 3), Vapi's by name. */
#include "base/mem.h"
#include "desk/tools.h"
#include "vapi/assistant.h"

/* A tool answers in milliseconds; one that takes longer than this has left silence on the line. */
enum { DELAY_MS = 4000 };

static struct json_object *says_put(struct json_object *messages, const char *type,
                                    const char *content)
{
    struct json_object *message = json_put_object(messages, NULL);
    json_put_text(message, "type", type);
    json_put_text(message, "content", content);
    return message;
}

static void messages_put(struct json_object *to, const char *filler)
{
    struct json_object *messages = json_put_array(to, "messages");
    if (filler) /* else Vapi says something of its own */
        says_put(messages, "request-start", filler);
    json_put_int(says_put(messages, "request-response-delayed", "One more moment, please."),
                 "timingMilliseconds", DELAY_MS);
    says_put(messages, "request-failed",
             "I am sorry, that did not work just now. I can take a message for an agent instead.");
}

/* Merged in after the model's own arguments, unseen by it: who calls is not for a model to say. */
static void caller_put(struct json_object *to)
{
    struct json_object *parameter = json_put_object(json_put_array(to, "parameters"), NULL);
    json_put_text(parameter, "key", "caller_number");
    json_put_text(parameter, "value", "{{ customer.number }}");
}

static void tool_put(void *mem, struct json_object *list, const struct tool *tool)
{
    struct json_object *to = json_put_object(list, NULL);
    json_put_text(to, "type", "function");
    json_put_bool(to, "async", false);
    struct json_object *function = json_put_object(to, "function");
    json_put_text(function, "name", tool->name);
    json_put_text(function, "description", tool->description);
    json_put(function, "parameters", json_object_get(tool_schema(mem, tool)));
    messages_put(to, tool->filler);
    caller_put(to);
}

static struct json_object *tools_compose(bool can_transfer)
{
    void *mem = mem_context(NULL);
    struct json_object *list = mem_check(json_object_new_array());
    for (size_t i = 0; i < tool_count; i++)
        tool_put(mem, list, &tools[i]);
    if (can_transfer) {
        /* An empty list makes Vapi ask us for the destination when it is wanted. */
        struct json_object *transfer = json_put_object(list, NULL);
        json_put_text(transfer, "type", "transferCall");
        json_put_array(transfer, "destinations");
    }
    json_put_text(json_put_object(list, NULL), "type", "endCall");
    json_freeze(list);
    mem_free(mem);
    return list;
}

/* The same for every call, so written out once: a tool without a server of its own is sent to the
 * assistant's (reference, section 1). */
void assistant_tools_put(struct json_object *model, bool can_transfer)
{
    static struct json_object *kept[2];
    if (!kept[can_transfer])
        kept[can_transfer] = tools_compose(can_transfer);
    json_put(model, "tools", json_object_get(kept[can_transfer]));
}
