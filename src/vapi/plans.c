/* What Vapi shall send us, record, and find out about a call. */
#include "base/mem.h"
#include "store/words.h"
#include "vapi/assistant.h"
#include "vapi/liquid.h"

enum { ANALYSIS_TIMEOUT = 10, CONSENT_WAIT = 3 };

/* Those that we act on. The others of the default set are heavy and useless to us; transcripts are
 * not in the default set. */
static const char *const server_messages[] = {
    "status-update",
    "tool-calls",
    "transcript[transcriptType=\"final\"]",
    "hang",
    "transfer-update",
    "transfer-destination-request",
    "end-of-call-report",
};

static void messages_put(struct json_object *to)
{
    struct json_object *list = json_put_array(to, "serverMessages");
    for (size_t i = 0; i < sizeof server_messages / sizeof *server_messages; i++)
        json_put_text(list, NULL, server_messages[i]);
}

/* Recording is on unless it is said to be off. The labels are those that vapi/segments.c knows. */
static void artifact_put(struct json_object *to, const struct receptionist *receptionist)
{
    struct json_object *plan = json_put_object(to, "artifactPlan");
    json_put_bool(plan, "recordingEnabled", receptionist->recording_enabled);
    json_put_text(plan, "recordingFormat", "mp3");
    json_put_bool(plan, "pcapEnabled", false);
    json_put_bool(plan, "loggingEnabled", true);
    struct json_object *transcript = json_put_object(plan, "transcriptPlan");
    json_put_bool(transcript, "enabled", receptionist->transcription_enabled);
    json_put_text(transcript, "assistantName", "AI");
    json_put_text(transcript, "userName", "User");
}

/* ---- analysis ---- */

static const struct {
    const char *name, *type, *description;
    const struct words *words; /* what it may be */
    const char *other;         /* or this */
} questions[] = {
    { "intent", "string", "What the caller mainly wanted", &words_intent, NULL },
    { "confidence", "number", "How sure you are of the intent, from 0 to 1", NULL, NULL },
    { "outcome", "string", "What came of the call; none if nothing did", &words_outcome, "none" },
    { "caller_name", "string", "The caller's name as given; left out if it was not given", NULL,
      NULL },
    { "summary", "string", "The call in one or two plain sentences", NULL, NULL },
};

static void question_put(struct json_object *properties, size_t i)
{
    struct json_object *question = json_put_object(properties, questions[i].name);
    json_put_text(question, "type", questions[i].type);
    json_put_text(question, "description", questions[i].description);
    if (!questions[i].words)
        return;
    struct json_object *list = json_put_array(question, "enum");
    for (int word = 0; word < questions[i].words->count; word++)
        json_put_text(list, NULL, questions[i].words->list[word]);
    if (questions[i].other)
        json_put_text(list, NULL, questions[i].other);
}

static struct json_object *plan_put(struct json_object *to, const char *name, bool enabled)
{
    struct json_object *plan = json_put_object(to, name);
    json_put_bool(plan, "enabled", enabled);
    if (enabled)
        json_put_int(plan, "timeoutSeconds", ANALYSIS_TIMEOUT);
    return plan;
}

static void analysis_put(struct json_object *to)
{
    struct json_object *analysis = json_put_object(to, "analysisPlan");
    json_put_int(analysis, "minMessagesThreshold", 2);
    plan_put(analysis, "summaryPlan", true);
    plan_put(analysis, "successEvaluationPlan", false);
    struct json_object *schema =
        json_put_object(plan_put(analysis, "structuredDataPlan", true), "schema");
    json_put_text(schema, "type", "object");
    struct json_object *properties = json_put_object(schema, "properties");
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        question_put(properties, i);
    struct json_object *required = json_put_array(schema, "required");
    json_put_text(required, NULL, "intent");
    json_put_text(required, NULL, "outcome");
}

/* Nobody listens in. */
static void monitor_put(struct json_object *to)
{
    json_put_bool(json_put_object(to, "monitorPlan"), "listenEnabled", false);
}

/* Vapi asks for consent before it records. Only an account that is entitled may say so: the calls
 * of any other would end at once (reference, section 11). */
static void consent_put(void *mem, struct json_object *to, const struct config *config,
                        const struct receptionist *receptionist)
{
    if (!config->vapi_consent_plan || !receptionist->recording_notice)
        return;
    struct json_object *plan =
        json_put_object(json_put_object(to, "compliancePlan"), "recordingConsentPlan");
    json_put_text(plan, "type", "stay-on-line");
    json_put_text(plan, "message",
                  mem_printf(mem, "%s Stay on the line if you agree, or hang up if you do not.",
                             liquid_defuse(mem, receptionist->recording_notice)));
    json_put_int(plan, "waitSeconds", CONSENT_WAIT);
}

void plans_put(void *mem, struct json_object *assistant, const struct config *config,
               const struct receptionist *receptionist)
{
    messages_put(assistant);
    artifact_put(assistant, receptionist);
    analysis_put(assistant);
    monitor_put(assistant);
    consent_put(mem, assistant, config, receptionist);
}
