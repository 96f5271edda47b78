/* tool-calls in its three layouts, and the legacy function-call (reference, section 3). */
#include "base/mem.h"
#include "base/text.h"
#include "vapi/message.h"
#include <stdlib.h>
#include <string.h>

/* A speech model asks for one or a few at a time; what is beyond is somebody else's mischief. */
enum { TOOLS_MAX = 32, ENTRIES_MAX = 4 * TOOLS_MAX };

/* ---- arguments ---- */

/* The object, whether it came as one or as text; {} where there is none; NULL where it is something
 * else. */
static struct json_object *arguments_read(void *mem, struct json_object *json)
{
    struct json_object *read;
    const char *why;
    if (json_is(json, json_type_object))
        return json;
    const char *text = json_is(json, json_type_string) ? json_object_get_string(json) : NULL;
    if (!json || (text && text_blank(text)))
        return json_object_on(mem);
    if (!text || json_read(mem, text, strlen(text), &read, &why))
        return NULL;
    return json_is(read, json_type_object) ? read : NULL;
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct json_object *sorted(struct json_object *json);

static struct json_object *sorted_object(struct json_object *json)
{
    size_t count = (size_t)json_object_object_length(json), i = 0;
    const char **keys = mem_new_array(NULL, const char *, count + 1);
    struct json_object *copy = mem_check(json_object_new_object());
    json_object_object_foreach(json, key, member)
    {
        (void)member;
        keys[i++] = key;
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (i = 0; i < count; i++)
        json_put(copy, keys[i], sorted(json_get(json, keys[i])));
    mem_free(keys);
    return copy;
}

/* A copy in which the members of objects are in the order of their names; its own reference. */
static struct json_object *sorted(struct json_object *json)
{
    if (json_is(json, json_type_object))
        return sorted_object(json);
    if (!json_is(json, json_type_array))
        return json_object_get(json);
    struct json_object *copy = mem_check(json_object_new_array());
    for (size_t i = 0; i < json_object_array_length(json); i++)
        json_put(copy, NULL, sorted(json_object_array_get_idx(json, i)));
    return copy;
}

/* An id for a call that came without one: the same for the same request in the same phone call,
 * however its arguments were written. */
static const char *id_derive(const struct message *message, const struct tool_call *tool)
{
    void *mem = message->mem;
    const char *call = message->event->facts.provider_call_id;
    char *arguments = json_text(mem, json_keep(mem, sorted(tool->arguments)), NULL);
    char *text = mem_printf(mem, "%s\n%s\n%s", call ? call : "", tool->name, arguments);
    return mem_printf(mem, "vapi_%.32s", message_hash(message, text));
}

/* ---- tool-calls ---- */

static struct tool_call tool_read(const struct message *message, struct json_object *json)
{
    static message_paths names = { "function.name", "name", NULL };
    static const char *const places[] = { "function.arguments", "arguments", "function.parameters",
                                          "parameters" };
    struct json_object *arguments = NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places && !arguments; i++)
        arguments = json_at(json, places[i]);
    const char *name = message_text(json, names);
    struct tool_call tool = { .id = message_text(json, (message_paths){ "id", NULL }),
                              .name = name ? name : "",
                              .arguments = arguments_read(message->mem, arguments) };
    if (!tool.id)
        tool.id = id_derive(message, &tool);
    return tool;
}

static bool is_known(const struct event *event, const char *id)
{
    for (size_t i = 0; i < event->tool_count; i++)
        if (strcmp(event->tools[i].id, id) == 0)
            return true;
    return false;
}

/* Adds the calls of one list; `inside` is where in an entry the call stands. */
static void list_read(const struct message *message, struct json_object *list, const char *inside)
{
    struct event *event = message->event;
    size_t count = json_is(list, json_type_array) ? json_object_array_length(list) : 0;
    if (count > ENTRIES_MAX)
        count = ENTRIES_MAX;
    for (size_t i = 0; i < count && event->tool_count < TOOLS_MAX; i++) {
        struct json_object *json = json_at(json_object_array_get_idx(list, i), inside);
        if (!json_is(json, json_type_object))
            continue;
        struct tool_call tool = tool_read(message, json);
        if (!is_known(event, tool.id))
            event->tools[event->tool_count++] = tool;
    }
}

void tool_calls_read(const struct message *message)
{
    /* They repeat one another: the first that holds anything is all. */
    static const struct {
        const char *list, *inside;
    } sources[] = { { "toolCallList", "" },
                    { "toolWithToolCallList", "toolCall" },
                    { "toolCalls", "" } };
    struct event *event = message->event;
    char *ids = NULL;
    event->tools = mem_new_array(message->mem, struct tool_call, TOOLS_MAX);
    for (size_t i = 0; i < sizeof sources / sizeof *sources && event->tool_count == 0; i++)
        list_read(message, json_get(message->json, sources[i].list), sources[i].inside);
    for (size_t i = 0; i < event->tool_count; i++)
        mem_append(message->mem, &ids, "%s%s", i > 0 ? "," : "", event->tools[i].id);
    if (ids)
        message_settle(message, EVENT_TOOLS, "tool-calls:%s", ids);
}

/* ---- function-call ---- */

void function_call_read(const struct message *message)
{
    struct event *event = message->event;
    struct json_object *json = json_get(message->json, "functionCall");
    if (!json_is(json, json_type_object))
        return;
    event->tools = mem_new_array(message->mem, struct tool_call, 1);
    event->tools[0] = tool_read(message, json);
    event->tools[0].id = id_derive(message, &event->tools[0]);
    event->tool_count = 1;
    message_settle(message, EVENT_TOOLS, "function-call:%s", event->tools[0].id);
}
