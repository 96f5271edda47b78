/* The configuration: one INI file without sections, every key also an environment variable
 * (AI_REALTOR_ and the key in capitals), which wins. ai-realtor.conf(5) describes the keys. */
#ifndef AR_BASE_CONFIG_H
#define AR_BASE_CONFIG_H

#include "base/signature.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RETAIN_DAYS_MAX = 36500 };

struct config {
    const char *database;
    const char *master_key_file;
    const char *webhook_secret_file;
    const char *public_url; /* NULL: what the request itself says */
    const char *mount;
    const char *calendar_module; /* NULL: looked for beside the program and where it is installed */
    const char *log_level;
    const char *clock; /* NULL: the system's */
    const char *model_provider;
    const char *model;
    const char *voice_provider;
    const char *voice_id;
    const char *transcriber_provider;
    const char *transcriber_model;
    const char *vapi_credential_id; /* NULL: the webhook secret goes in a header */
    const char *vapi_api_key_file;  /* our key to Vapi's interface; NULL: none */
    const char *vapi_api_url;
    /* How webhooks are signed: config_signature puts these together. */
    const char *webhook_signature_header, *webhook_timestamp_header, *webhook_message_id_header;
    const char *webhook_signature_prefix, *webhook_payload;
    const char *webhook_algorithm, *webhook_encoding;
    bool webhook_secret_is_base64;
    bool webhook_document_signature;  /* the form of the user's document is good too */
    const char *webhook_token_header; /* where a secret may stand besides the usual headers; NULL */
    bool webhook_callback_token;      /* callback addresses carry the call's token */
    int64_t webhook_window_seconds;
    int64_t max_body_bytes;
    int64_t busy_timeout_ms;
    int64_t max_call_seconds;
    int64_t requests_per_process; /* 0: no end */
    int64_t viewing_minutes;
    int64_t failures_per_minute; /* wrong credentials of one address; 0: any number */
    bool vapi_consent_plan;      /* the account is entitled to recording consent plans */
    /* How many days they are kept; 0: for ever. A brokerage may have its own. */
    int64_t retain_recordings_days, retain_transcripts_days, retain_details_days;
    int64_t retain_tasks_days, retain_journal_days, retain_audit_days;
};

/* One key, for the manual's check and for `ai-realtor doctor`. */
enum config_kind {
    CONFIG_TEXT,   /* const char *, NULL when empty */
    CONFIG_NUMBER, /* int64_t, min to max */
    CONFIG_FLAG    /* bool, yes or no */
};
struct config_key {
    const char *name;
    enum config_kind kind;
    size_t offset;
    int64_t min, max;
    /* Of a text: what is wrong with a value, on mem, or NULL. May be NULL. */
    const char *(*fault)(void *mem, const char *value);
    const char *fallback; /* the default, as text; NULL for none */
    bool needed;          /* a text that may not be emptied */
};
extern const struct config_key config_keys[];
extern const size_t config_key_count;

/* Reads path, or $AI_REALTOR_CONFIG, or SYSCONFDIR/ai-realtor.conf, then the environment. A path in
 * it that is not absolute counts from the file's folder. ERR_INVALID, ERR_DENIED or ERR_NOT_FOUND
 * with *why, which names file, line and reason. */
enum err config_read(void *mem, const char *path, char **environment, struct config *config,
                     const char **why) AR_MUST_USE;

/* How webhooks are signed, as configured. */
struct signature_form config_signature(const struct config *config);

#endif
