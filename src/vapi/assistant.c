#include "vapi/assistant.h"
#include "base/mem.h"
#include "base/text.h"
#include "vapi/liquid.h"

enum {
    NAME_MAX_CHARS = 40,
    COMPANY_MAX_CHARS = 200, /* an endCallMessage is of at most 1000 */
    SERVER_TIMEOUT = 20,
    CALL_SECONDS_MIN = 10,
    CALL_SECONDS_MAX = 43200
};

/* What Vapi shall show us with each message. */
static void headers_put(struct json_object *server, const struct vapi_setting *setting)
{
    const char *secret = setting->config->vapi_credential_id ? NULL : setting->webhook_secret;
    if (!secret && !setting->call_token)
        return;
    struct json_object *headers = json_put_object(server, "headers");
    if (secret)
        json_put_text(headers, "X-Vapi-Secret", secret);
    if (setting->call_token)
        json_put_text(headers, setting->call_token_header, setting->call_token);
}

/* Our URL, and how Vapi shows us that it is Vapi. */
static struct json_object *server_put(struct json_object *to, const struct vapi_setting *setting)
{
    struct json_object *server = json_put_object(to, "server");
    json_put_text(server, "url", setting->server_url);
    json_put_int(server, "timeoutSeconds", SERVER_TIMEOUT);
    if (setting->config->vapi_credential_id)
        json_put_text(server, "credentialId", setting->config->vapi_credential_id);
    headers_put(server, setting);
    return server;
}

/* Without a plan Vapi tries once, and a report that is lost is lost for good. */
static void backoff_put(struct json_object *server)
{
    struct json_object *plan = json_put_object(server, "backoffPlan");
    json_put_text(plan, "type", "exponential");
    json_put_int(plan, "maxRetries", 3);
    json_put_int(plan, "baseDelaySeconds", 1);
}

/* ---- who speaks ---- */

static const char *company_of(void *mem, const struct receptionist *receptionist)
{
    const char *company = receptionist->company;
    return liquid_defuse(
        mem, text_blank(company) ? "our office" : text_utf8_clip(mem, company, COMPANY_MAX_CHARS));
}

static void greeting_put(struct json_object *to, const char *greeting)
{
    json_put_text(to, "firstMessage", greeting);
    json_put_text(to, "firstMessageMode", "assistant-speaks-first");
}

static void model_put(void *mem, struct json_object *assistant, const struct vapi_setting *setting,
                      const struct receptionist *receptionist)
{
    struct json_object *model = json_put_object(assistant, "model");
    json_put_text(model, "provider", setting->config->model_provider);
    json_put_text(model, "model", setting->config->model);
    json_put_real(model, "temperature", 0.4);
    json_put_int(model, "maxTokens", 250);
    struct json_object *prompt = json_put_object(json_put_array(model, "messages"), NULL);
    const char *content = liquid_defuse(mem, receptionist->prompt);
    json_put_text(prompt, "role", "system");
    json_put_text(prompt, "content", content ? content : "");
    assistant_tools_put(model, receptionist->can_transfer);
}

static void voice_put(struct json_object *assistant, const struct config *config,
                      const struct receptionist *receptionist)
{
    const char *voice_id = receptionist->voice_id ? receptionist->voice_id : config->voice_id;
    if (!config->voice_provider || !voice_id)
        return; /* Vapi has a voice of its own */
    struct json_object *voice = json_put_object(assistant, "voice");
    json_put_text(voice, "provider", config->voice_provider);
    json_put_text(voice, "voiceId", voice_id);
}

static void transcriber_put(struct json_object *assistant, const struct config *config)
{
    if (!config->transcriber_provider)
        return;
    struct json_object *transcriber = json_put_object(assistant, "transcriber");
    json_put_text(transcriber, "provider", config->transcriber_provider);
    if (config->transcriber_model)
        json_put_text(transcriber, "model", config->transcriber_model);
}

/* ---- how the call goes ---- */

static void metadata_put(struct json_object *to, const struct receptionist *receptionist)
{
    struct json_object *metadata = json_put_object(to, "metadata");
    json_put_int(metadata, "phone_call_id", receptionist->phone_call_id);
    json_put_int(metadata, "brokerage_id", receptionist->brokerage_id);
}

static void duration_put(struct json_object *to, int64_t seconds)
{
    if (seconds < CALL_SECONDS_MIN)
        seconds = CALL_SECONDS_MIN;
    json_put_int(to, "maxDurationSeconds", seconds < CALL_SECONDS_MAX ? seconds : CALL_SECONDS_MAX);
}

/* What a transient assistant and the overrides of a saved one have in common. */
static void common_put(void *mem, struct json_object *to, const struct vapi_setting *setting,
                       const struct receptionist *receptionist)
{
    duration_put(to, setting->config->max_call_seconds);
    backoff_put(server_put(to, setting));
    plans_put(mem, to, setting->config, receptionist);
    metadata_put(to, receptionist);
}

static void manners_put(void *mem, struct json_object *assistant, const char *company)
{
    json_put_text(assistant, "backgroundSound", "off"); /* else callers hear an office */
    json_put_text(assistant, "endCallMessage",
                  mem_printf(mem, "Thank you for calling %s. Goodbye.", company));
    struct json_object *plan = json_put_object(assistant, "stopSpeakingPlan");
    json_put_int(plan, "numWords", 2);
    json_put_real(plan, "voiceSeconds", 0.2);
    json_put_int(plan, "backoffSeconds", 1);
}

static void transient_put(void *mem, struct json_object *answer, const struct vapi_setting *setting,
                          const struct receptionist *receptionist)
{
    struct json_object *assistant = json_put_object(answer, "assistant");
    const char *company = company_of(mem, receptionist);
    const char *greeting = liquid_defuse(mem, receptionist->greeting);
    if (text_blank(greeting)) /* without one it would wait for the caller to speak */
        greeting = mem_printf(mem, "Thank you for calling %s. How can I help you?", company);
    char *name = mem_printf(mem, "%s front desk", company);
    json_put_text(assistant, "name", text_utf8_clip(mem, name, NAME_MAX_CHARS));
    greeting_put(assistant, greeting);
    model_put(mem, assistant, setting, receptionist);
    voice_put(assistant, setting->config, receptionist);
    transcriber_put(assistant, setting->config);
    manners_put(mem, assistant, company);
    common_put(mem, assistant, setting, receptionist);
}

static void saved_put(void *mem, struct json_object *answer, const struct vapi_setting *setting,
                      const struct receptionist *receptionist)
{
    json_put_text(answer, "assistantId", receptionist->assistant_id);
    struct json_object *overrides = json_put_object(answer, "assistantOverrides");
    struct json_object *values = json_put_object(overrides, "variableValues");
    const char *agent = liquid_defuse(mem, receptionist->agent_name);
    const char *prompt = liquid_defuse(mem, receptionist->prompt);
    json_put_text(values, "company_name", company_of(mem, receptionist));
    json_put_text(values, "agent_name", agent ? agent : "");
    json_put_text(values, "instructions", prompt ? prompt : "");
    if (!text_blank(receptionist->greeting))
        greeting_put(overrides, liquid_defuse(mem, receptionist->greeting));
    common_put(mem, overrides, setting, receptionist);
}

void assistant_put(void *mem, struct json_object *answer, const struct vapi_setting *setting,
                   const struct receptionist *receptionist)
{
    if (text_blank(receptionist->assistant_id))
        transient_put(mem, answer, setting, receptionist);
    else
        saved_put(mem, answer, setting, receptionist);
}
