#include "vapi/analysis.h"
#include "base/mem.h"
#include "base/text.h"
#include <math.h>

static int word_read(void *mem, const struct words *words, struct json_object *data,
                     const char *member)
{
    const char *text = json_text_at(data, member);
    return text ? words_find(words, text_lower(mem, text_trim(mem, text))) : WORD_NONE;
}

static int intent_read(void *mem, struct json_object *data)
{
    int intent = word_read(mem, &words_intent, data, "intent");
    bool offer = text_equal_nocase(json_text_at(data, "intent"), "offer");
    return offer ? INTENT_MAKE_OFFER : intent;
}

/* A name, unless it is one of the ways in which models say that they have none. */
static const char *name_read(void *mem, struct json_object *data)
{
    static const char *const nobody[] = { "unknown", "n/a",          "none",       "null",
                                          "caller",  "not provided", "anonymous",  "user",
                                          "-",       "customer",     "the caller", "not given" };
    const char *text = json_text_at(data, "caller_name");
    if (text_blank(text))
        return NULL;
    const char *name = text_trim(mem, text_one_line(mem, text));
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
        if (text_equal_nocase(nobody[i], name))
            return NULL;
    return *name ? name : NULL;
}

/* Adds what this source knows and earlier ones did not. */
static void data_take(void *mem, struct json_object *data, struct call_report *report)
{
    double confidence = json_real_at(data, "confidence");
    const char *summary = json_text_at(data, "summary");
    if (report->intent == WORD_NONE)
        report->intent = intent_read(mem, data);
    if (report->outcome == WORD_NONE)
        report->outcome = word_read(mem, &words_outcome, data, "outcome");
    if (isnan(report->confidence) && confidence >= 0 && confidence <= 1)
        report->confidence = confidence;
    if (!report->caller_name)
        report->caller_name = name_read(mem, data);
    if (!report->summary && !text_blank(summary))
        report->summary = summary;
}

void analysis_read(const struct message *message)
{
    static message_paths summaries = { "analysis.summary", "summary", NULL };
    struct call_report *report = &message->event->report;
    struct json_object *outputs = json_at(message->json, "artifact.structuredOutputs");
    report->summary = message_text(message->json, summaries);
    data_take(message->mem, json_at(message->json, "analysis.structuredData"), report);
    if (!json_is(outputs, json_type_object))
        return;
    json_object_object_foreach(outputs, id, output)
    {
        (void)id;
        data_take(message->mem, json_get(output, "result"), report);
    }
}
