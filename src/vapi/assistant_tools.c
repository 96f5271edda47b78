/* The tools of the speech model: ours as function tools (reference, section 3), Vapi's by name. */
#include "desk/tools.h"
#include "vapi/assistant.h"

/* A tool answers in milliseconds; one that takes longer than this has left silence on the line. */
enum { TOOL_TIMEOUT = 10, DELAY_MS = 4000 };

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

static void tool_put(void *mem, struct json_object *list, const struct vapi_setting *setting,
                     const struct tool *tool)
{
    struct json_object *to = json_put_object(list, NULL);
    json_put_text(to, "type", "function");
    json_put_bool(to, "async", false);
    struct json_object *function = json_put_object(to, "function");
    json_put_text(function, "name", tool->name);
    json_put_text(function, "description", tool->description);
    json_put(function, "parameters", json_object_get(tool_schema(mem, tool)));
    assistant_server_put(to, setting, TOOL_TIMEOUT);
    messages_put(to, tool->filler);
    caller_put(to);
}

void assistant_tools_put(void *mem, struct json_object *model, const struct vapi_setting *setting,
                         const struct receptionist *receptionist)
{
    struct json_object *list = json_put_array(model, "tools");
    for (size_t i = 0; i < tool_count; i++)
        tool_put(mem, list, setting, &tools[i]);
    if (receptionist->can_transfer) {
        /* An empty list makes Vapi ask us for the destination when it is wanted. */
        struct json_object *transfer = json_put_object(list, NULL);
        json_put_text(transfer, "type", "transferCall");
        json_put_array(transfer, "destinations");
    }
    json_put_text(json_put_object(list, NULL), "type", "endCall");
}
