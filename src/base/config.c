#include "base/config.h"
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include <errno.h>
#include <ini.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define CHECKED_KEY(key, check, value)                                                             \
    {                                                                                              \
        .name = #key, .kind = CONFIG_TEXT, .offset = offsetof(struct config, key), .fault = check, \
        .fallback = value                                                                          \
    }
#define TEXT_KEY(key, value) CHECKED_KEY(key, NULL, value)
#define NEEDED_KEY(key, value)                                                                     \
    {                                                                                              \
        .name = #key, .kind = CONFIG_TEXT, .offset = offsetof(struct config, key),                 \
        .fallback = value, .needed = true                                                          \
    }
#define FLAG_KEY(key, value)                                                                       \
    {                                                                                              \
        .name = #key, .kind = CONFIG_FLAG, .offset = offsetof(struct config, key),                 \
        .fallback = value                                                                          \
    }
#define NUMBER_KEY(key, least, most, value)                                                        \
    {                                                                                              \
        .name = #key, .kind = CONFIG_NUMBER, .offset = offsetof(struct config, key), .min = least, \
        .max = most, .fallback = value                                                             \
    }

const struct config_key config_keys[] = {
    NEEDED_KEY(database, "ai-realtor.db"),
    NEEDED_KEY(master_key_file, "master.key"),
    TEXT_KEY(webhook_secret_file, "webhook-secret"),
    TEXT_KEY(public_url, NULL),
    NEEDED_KEY(mount, "/voice-assistant"),
    TEXT_KEY(calendar_module, NULL),
    NEEDED_KEY(log_level, "info"),
    TEXT_KEY(clock, NULL),
    NEEDED_KEY(model_provider, "openai"),
    NEEDED_KEY(model, "gpt-4o"),
    TEXT_KEY(voice_provider, "11labs"),
    TEXT_KEY(voice_id, "21m00Tcm4TlvDq8ikWAM"),
    TEXT_KEY(transcriber_provider, "deepgram"),
    TEXT_KEY(transcriber_model, "nova-3"),
    TEXT_KEY(vapi_credential_id, NULL),
    TEXT_KEY(vapi_api_key_file, "vapi-api-key"),
    NEEDED_KEY(vapi_api_url, "https://api.vapi.ai"),
    CHECKED_KEY(webhook_signature_header, signature_header_fault, "x-signature"),
    CHECKED_KEY(webhook_timestamp_header, signature_header_fault, "x-timestamp"),
    CHECKED_KEY(webhook_message_id_header, signature_header_fault, NULL),
    TEXT_KEY(webhook_signature_prefix, NULL),
    CHECKED_KEY(webhook_payload, signature_payload_fault, "{timestamp}.{body}"),
    CHECKED_KEY(webhook_algorithm, signature_algorithm_fault, "sha256"),
    CHECKED_KEY(webhook_encoding, signature_encoding_fault, "hex"),
    FLAG_KEY(webhook_secret_is_base64, "no"),
    FLAG_KEY(webhook_document_signature, "yes"),
    CHECKED_KEY(webhook_token_header, signature_header_fault, NULL),
    FLAG_KEY(webhook_callback_token, "no"),
    NUMBER_KEY(webhook_window_seconds, 1, 86400, "300"),
    NUMBER_KEY(max_body_bytes, 1024, INT64_C(1) << 28, "8388608"),
    NUMBER_KEY(busy_timeout_ms, 0, 60000, "5000"),
    NUMBER_KEY(max_call_seconds, 10, 43200, "900"),
    NUMBER_KEY(requests_per_process, 0, INT64_C(1) << 40, "0"),
    NUMBER_KEY(viewing_minutes, 5, 480, "30"),
    NUMBER_KEY(failures_per_minute, 0, 60000, "200"),
    FLAG_KEY(vapi_consent_plan, "no"),
    NUMBER_KEY(retain_recordings_days, 0, RETAIN_DAYS_MAX, "90"),
    NUMBER_KEY(retain_transcripts_days, 0, RETAIN_DAYS_MAX, "365"),
    NUMBER_KEY(retain_details_days, 0, RETAIN_DAYS_MAX, "1095"),
    NUMBER_KEY(retain_tasks_days, 0, RETAIN_DAYS_MAX, "1095"),
    NUMBER_KEY(retain_journal_days, 0, RETAIN_DAYS_MAX, "30"),
    NUMBER_KEY(retain_audit_days, 0, RETAIN_DAYS_MAX, "1095"),
};
const size_t config_key_count = sizeof config_keys / sizeof config_keys[0];

struct reading {
    void *mem;
    struct config *config;
    FILE *file;
    int line;          /* being read */
    const char *fault; /* the first thing that was wrong with a key */
    int fault_line;
};

static const struct config_key *key_find(const char *name)
{
    for (size_t i = 0; i < config_key_count; i++)
        if (strcmp(config_keys[i].name, name) == 0)
            return &config_keys[i];
    return NULL;
}

static const char *text_set(void *mem, const char **place, const struct config_key *key,
                            const char *value)
{
    const char *fault = key->fault ? key->fault(mem, value) : NULL;
    if (fault)
        return mem_printf(mem, "%s %s", key->name, fault);
    *place = *value ? mem_strdup(mem, value) : NULL;
    return NULL;
}

static const char *number_set(void *mem, int64_t *place, const struct config_key *key,
                              const char *value)
{
    if (text_to_int(value, key->min, key->max, place))
        return NULL;
    return mem_printf(mem, "%s must be a whole number from %lld to %lld, not \"%s\"", key->name,
                      (long long)key->min, (long long)key->max, value);
}

static const char *flag_set(void *mem, bool *place, const struct config_key *key, const char *value)
{
    *place = strcmp(value, "yes") == 0;
    if (*place || strcmp(value, "no") == 0)
        return NULL;
    return mem_printf(mem, "%s must be yes or no, not \"%s\"", key->name, value);
}

/* Sets one key; returns what is wrong with the value, or NULL. */
static const char *key_set(void *mem, struct config *config, const struct config_key *key,
                           const char *value)
{
    void *place = (char *)config + key->offset;
    switch (key->kind) {
    case CONFIG_NUMBER:
        return number_set(mem, place, key, value);
    case CONFIG_FLAG:
        return flag_set(mem, place, key, value);
    default:
        return text_set(mem, place, key, value);
    }
}

/* inih's callback: 1 to go on, 0 to note the line as faulty. */
static int line_take(void *user, const char *section, const char *name, const char *value)
{
    struct reading *reading = user;
    const char *fault;
    const struct config_key *key = key_find(name);
    if (*section)
        fault = mem_printf(reading->mem, "there are no sections; take out [%s]", section);
    else if (!key)
        fault = mem_printf(reading->mem, "unknown key \"%s\"", name);
    else
        fault = key_set(reading->mem, reading->config, key, value);
    if (fault && !reading->fault) {
        reading->fault = fault;
        reading->fault_line = reading->line;
    }
    return fault == NULL;
}

/* inih's source of lines. Without their indentation, by which inih would take them for more of the
 * value above. */
static char *line_read(char *line, int size, void *user)
{
    struct reading *reading = user;
    if (!fgets(line, size, reading->file))
        return NULL;
    reading->line++;
    size_t indent = strspn(line, " \t");
    memmove(line, line + indent, strlen(line + indent) + 1);
    return line;
}

static enum err file_read(struct reading *reading, const char *path, const char **why)
{
    reading->file = fopen(path, "re");
    if (!reading->file) {
        enum err err = errno == EACCES ? ERR_DENIED : ERR_NOT_FOUND;
        *why = mem_printf(reading->mem, "%s: %s", path, strerror(errno));
        return err;
    }
    int line = ini_parse_stream(line_read, reading, line_take, reading);
    fclose(reading->file);
    if (line == 0)
        return ERR_NONE;
    *why = mem_printf(reading->mem, "%s:%d: %s", path, line,
                      reading->fault && reading->fault_line == line
                          ? reading->fault
                          : "neither a comment nor \"key = value\"");
    return ERR_INVALID;
}

static enum err environment_read(struct reading *reading, char **environment, const char **why)
{
    static const char prefix[] = "AI_REALTOR_";
    for (char **entry = environment; entry && *entry; entry++) {
        const char *equals = strchr(*entry, '=');
        if (!text_starts_with(*entry, prefix) || !equals)
            continue;
        const char *shouted = *entry + sizeof prefix - 1;
        char *name = text_lower(reading->mem,
                                mem_strndup(reading->mem, shouted, (size_t)(equals - shouted)));
        const struct config_key *key = key_find(name);
        /* AI_REALTOR_CONFIG and other programs' variables are no keys; only the file is held to
         * them. */
        const char *fault = key ? key_set(reading->mem, reading->config, key, equals + 1) : NULL;
        if (fault) {
            *why = mem_printf(reading->mem, "environment %.*s: %s", (int)(equals - *entry), *entry,
                              fault);
            return ERR_INVALID;
        }
    }
    return ERR_NONE;
}

/* A file named without a leading slash lies beside the configuration file. */
static const char *path_settle(void *mem, const char *path, const char *config_path)
{
    const char *slash = strrchr(config_path, '/');
    if (!path || *path == '/' || !slash)
        return path;
    return mem_printf(mem, "%.*s/%s", (int)(slash - config_path), config_path, path);
}

/* The first key that is empty and may not be. */
static const char *emptied_find(const struct config *config)
{
    for (size_t i = 0; i < config_key_count; i++) {
        const char *text;
        bool checked = config_keys[i].fault && config_keys[i].fallback;
        if (!config_keys[i].needed && !checked)
            continue;
        memcpy(&text, (const char *)config + config_keys[i].offset, sizeof text);
        if (!text)
            return config_keys[i].name;
    }
    return NULL;
}

/* What is signed must be sent, too. */
static const char *signature_check(const struct config *config)
{
    struct signature_form form = config_signature(config);
    if (signature_holds(&form, SIGNATURE_TIMESTAMP) && !form.timestamp_header)
        return "webhook_payload holds {timestamp}, so webhook_timestamp_header must be set";
    if (signature_holds(&form, SIGNATURE_ID) && !form.id_header)
        return "webhook_payload holds {svix-id}, so webhook_message_id_header must be set";
    return NULL;
}

/* What stays on this machine, which is for tests, needs no TLS. */
static bool url_is_loopback(const char *url)
{
    static const char *const hosts[] = { "http://127.0.0.1", "http://localhost", "http://[::1]" };
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        size_t len = strlen(hosts[i]);
        if (!text_starts_with(url, hosts[i]))
            continue;
        bool ends = url[len] == ':' || url[len] == '/' || url[len] == '\0';
        if (ends && !strchr(url, '@'))
            return true;
    }
    return false;
}

static const char *values_check(void *mem, const struct config *config)
{
    int64_t instant;
    const char *emptied = emptied_find(config);
    if (emptied)
        return mem_printf(mem, "%s must not be empty", emptied);
    if (log_level_find(config->log_level) < 0)
        return "log_level must be debug, info, warn or error";
    if (config->clock && instant_parse(config->clock, &instant))
        return "clock must be an RFC 3339 instant such as 2026-09-01T17:04:00Z";
    if (config->public_url && !text_starts_with(config->public_url, "https://") &&
        !text_starts_with(config->public_url, "http://"))
        return mem_printf(mem, "public_url must begin with https://, not \"%s\"",
                          config->public_url);
    if (!text_starts_with(config->vapi_api_url, "https://") &&
        !url_is_loopback(config->vapi_api_url))
        return "vapi_api_url must begin with https://: a key and calls' ids go there";
    if (*config->mount != '/')
        return "mount must begin with a slash, as in /voice-assistant";
    return signature_check(config);
}

static const char *environment_get(char **environment, const char *name)
{
    size_t len = strlen(name);
    for (char **entry = environment; entry && *entry; entry++)
        if (strncmp(*entry, name, len) == 0 && (*entry)[len] == '=')
            return *entry + len + 1;
    return NULL;
}

enum err config_read(void *mem, const char *path, char **environment, struct config *config,
                     const char **why)
{
    struct reading reading = { .mem = mem, .config = config };
    *config = (struct config){ 0 };
    for (size_t i = 0; i < config_key_count; i++)
        if (config_keys[i].fallback)
            (void)key_set(mem, config, &config_keys[i], config_keys[i].fallback);
    if (!path)
        path = environment_get(environment, "AI_REALTOR_CONFIG");
    if (!path || !*path)
        path = SYSCONFDIR "/ai-realtor.conf";
    enum err err = file_read(&reading, path, why);
    if (!err)
        err = environment_read(&reading, environment, why);
    if (err)
        return err;
    const char *fault = values_check(mem, config);
    if (fault) {
        *why = mem_printf(mem, "%s: %s", path, fault);
        return ERR_INVALID;
    }
    config->database = path_settle(mem, config->database, path);
    config->master_key_file = path_settle(mem, config->master_key_file, path);
    config->webhook_secret_file = path_settle(mem, config->webhook_secret_file, path);
    config->vapi_api_key_file = path_settle(mem, config->vapi_api_key_file, path);
    config->calendar_module = path_settle(mem, config->calendar_module, path);
    return ERR_NONE;
}

/* Whoever has no use for a header with a default calls it so. */
static const char *unless_none(const char *header)
{
    return text_equal(header, "none") ? NULL : header;
}

struct signature_form config_signature(const struct config *config)
{
    return (struct signature_form){
        .header = unless_none(config->webhook_signature_header),
        .timestamp_header = unless_none(config->webhook_timestamp_header),
        .id_header = config->webhook_message_id_header,
        .prefix = config->webhook_signature_prefix,
        .payload = config->webhook_payload,
        .algorithm = signature_algorithm(config->webhook_algorithm),
        .encoding = signature_encoding(config->webhook_encoding),
    };
}
