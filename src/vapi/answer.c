/* Answers, as each type of message wants them: the object itself is the body (reference, section
 * 1); always HTTP 200; what cannot be done is a sentence, so that no caller is left in silence. */
#include "base/mem.h"
#include "base/text.h"
#include "vapi/assistant.h"
#include "vapi/liquid.h"
#include "vapi/vapi.h"
#include <string.h>

/* One answer being written. */
struct writing {
    void *mem;
    const struct vapi_setting *setting;
    const struct event *event;
    const struct answer *answer;
    struct json_object *to;
};

enum { RESULT_MAX = 2000, SENTENCE_MAX_CHARS = 1000 };

static const char *sentence_or(const struct writing *writing, const char *otherwise)
{
    const char *sentence = writing->answer->sentence;
    if (text_blank(sentence))
        return otherwise;
    char *line = text_one_line(writing->mem, liquid_defuse(writing->mem, sentence));
    return text_utf8_clip(writing->mem, line, SENTENCE_MAX_CHARS);
}

static struct json_object *destination_put(const struct writing *writing)
{
    struct json_object *destination = json_put_object(writing->to, "destination");
    json_put_text(destination, "type", "number");
    json_put_text(destination, "number", writing->answer->forward_to);
    json_put_text(json_put_object(destination, "transferPlan"), "mode", "blind-transfer");
    return destination;
}

static bool is_forward(const struct writing *writing)
{
    return writing->answer->kind == ANSWER_FORWARD && writing->answer->forward_to;
}

/* ---- assistant-request ---- */

static void ring_write(const struct writing *writing)
{
    if (writing->answer->kind == ANSWER_ASSISTANT)
        assistant_put(writing->mem, writing->to, writing->setting, &writing->answer->receptionist);
    else if (is_forward(writing))
        /* "" is silence; without the member Vapi says something of its own. */
        json_put_text(destination_put(writing), "message", sentence_or(writing, ""));
    else
        json_put_text(writing->to, "error",
                      sentence_or(writing,
                                  "Thank you for calling. We cannot take your call at this "
                                  "number right now. Goodbye."));
}

/* ---- tool-calls, function-call ---- */

static const struct tool_answer *answer_find(const struct writing *writing, const char *id)
{
    const struct answer *answer = writing->answer;
    for (size_t i = 0; answer->kind == ANSWER_TOOLS && i < answer->tool_count; i++)
        if (text_equal(answer->tools[i].id, id))
            return &answer->tools[i];
    return NULL;
}

/* At most RESULT_MAX bytes of it, cut between characters. */
static char *clipped(void *mem, const char *text)
{
    size_t len = strnlen(text, RESULT_MAX);
    while (text[len] != '\0' && len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
        len--;
    return mem_strndup(mem, text, len);
}

/* One line: Vapi drops a result that has a line break. Facts are left out rather than cut. */
static const char *result_text(const struct writing *writing, const struct tool_answer *answer)
{
    static const char sorry[] = "That could not be done just now. Offer to take a message.";
    void *mem = writing->mem;
    if (!answer)
        return sentence_or(writing, sorry);
    const char *sentence =
        text_blank(answer->sentence) ? (answer->ok ? "Done." : sorry) : answer->sentence;
    char *line = text_one_line(mem, liquid_defuse(mem, sentence));
    if (!json_is(answer->facts, json_type_object) || json_object_object_length(answer->facts) == 0)
        return clipped(mem, line);
    char *facts = liquid_defuse(mem, json_text(mem, answer->facts, NULL));
    char *whole = mem_printf(mem, "%s Facts: %s", line, text_one_line(mem, facts));
    return strlen(whole) <= RESULT_MAX ? whole : clipped(mem, line);
}

/* One result for each call, in the order of the request, whatever became of it. */
static void tools_write(const struct writing *writing)
{
    struct json_object *results = json_put_array(writing->to, "results");
    for (size_t i = 0; i < writing->event->tool_count; i++) {
        const struct tool_call *tool = &writing->event->tools[i];
        const struct tool_answer *answer = answer_find(writing, tool->id);
        struct json_object *result = json_put_object(results, NULL);
        json_put_text(result, "toolCallId", tool->id);
        json_put_text(result, "name", tool->name);
        json_put_text(result, answer && answer->ok ? "result" : "error",
                      result_text(writing, answer));
    }
}

static void function_write(const struct writing *writing)
{
    const struct event *event = writing->event;
    const char *id = event->tool_count > 0 ? event->tools[0].id : NULL;
    json_put_text(writing->to, "result",
                  result_text(writing, id ? answer_find(writing, id) : NULL));
}

/* ---- transfer-destination-request and others ---- */

static void transfer_write(const struct writing *writing)
{
    static const char nobody[] = "Nobody can take the call right now. Offer to take a message.";
    if (!is_forward(writing)) {
        json_put_text(writing->to, "error", sentence_or(writing, nobody));
        return;
    }
    destination_put(writing);
    struct json_object *message = json_put_object(writing->to, "message");
    json_put_text(message, "type", "request-start");
    json_put_text(message, "content", sentence_or(writing, "I am connecting you now."));
}

/* We run no squads, so there is nobody to hand over to; the schema wants a destination all the
 * same. */
static void handoff_write(const struct writing *writing)
{
    json_put_object(writing->to, "destination");
    json_put_text(writing->to, "error",
                  "There is nobody to hand this call to. Offer to take a message.");
}

static void knowledge_write(const struct writing *writing)
{
    json_put_array(writing->to, "documents");
}

struct json_object *vapi_answer_write(void *mem, const struct vapi_setting *setting,
                                      const struct event *event, const struct answer *answer)
{
    /* By type rather than by kind: what could not be understood has to be answered too. */
    static const struct {
        const char *type;
        void (*write)(const struct writing *writing);
    } writers[] = {
        { "assistant-request", ring_write },
        { "tool-calls", tools_write },
        { "function-call", function_write },
        { "transfer-destination-request", transfer_write },
        { "handoff-destination-request", handoff_write },
        { "knowledge-base-request", knowledge_write },
    };
    struct writing writing = { .mem = mem, .setting = setting, .event = event, .answer = answer };
    writing.to = json_object_on(mem);
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (text_equal(writers[i].type, event->type))
            writers[i].write(&writing);
    return writing.to;
}
