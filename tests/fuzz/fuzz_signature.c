/* What a webhook shows to be let in: a byte that chooses algorithm and encoding, then lines: the
 * payload's format, the prefix, the signature, its time, its id, X-Vapi-Secret, Authorization,
 * X-Vapi-Signature; then the body. Nobody who does not know the secret gets in, and who does, does.
 */
#include "api/webhook_auth.h"
#include "base/instant.h"
#include "base/log.h"
#include "base/text.h"
#include "fuzz.h"

enum { NOW = 1788282240, LINES = 8 };

static struct config config;
static const struct signature_secret secret = { "the webhook secret",
                                                { "the webhook secret", 18 } };
static const struct signature_secrets secrets = { &secret, 1 };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    secret_start();
    log_set_level((enum log_level)(LOG_ERROR + 1));
    return 0;
}

static void config_fill(void *mem, unsigned choice, const char *payload, const char *prefix)
{
    static const char *const algorithms[] = { "sha256", "sha512", "sha1" };
    config = (struct config){ .webhook_signature_header = "X-Signature",
                              .webhook_timestamp_header = "X-Timestamp",
                              .webhook_message_id_header = "X-Id",
                              .webhook_signature_prefix = *prefix ? prefix : NULL,
                              .webhook_payload = payload,
                              .webhook_algorithm = algorithms[choice % 3],
                              .webhook_encoding = choice & 4 ? "base64" : "hex",
                              .webhook_document_signature = true,
                              .webhook_window_seconds = 300 };
    /* As the configuration is held to it; what is not, is not reached. */
    if (signature_payload_fault(mem, payload))
        config.webhook_payload = "{timestamp}.{body}";
}

/* The environment of these headers, the signature and its time apart. */
static char **environment_make(void *mem, char *const *lines, const char *signature,
                               const char *timestamp)
{
    char **list = mem_new_array(mem, char *, LINES);
    list[0] = mem_printf(mem, "HTTP_X_SIGNATURE=%s", signature);
    list[1] = mem_printf(mem, "HTTP_X_TIMESTAMP=%s", timestamp);
    list[2] = mem_printf(mem, "HTTP_X_ID=%s", lines[4]);
    list[3] = mem_printf(mem, "HTTP_X_VAPI_SECRET=%s", lines[5]);
    list[4] = mem_printf(mem, "HTTP_AUTHORIZATION=%s", lines[6]);
    list[5] = mem_printf(mem, "HTTP_X_VAPI_SIGNATURE=%s", lines[7]);
    return list;
}

static void stranger_check(struct http_request *request, char *const *lines)
{
    request->environment = environment_make(request->mem, lines, lines[2], lines[3]);
    FUZZ_CHECK(webhook_verify(&config, &secrets, request, NOW * SECOND_MS) < WEBHOOK_STALE);
}

/* The same body, signed as it should be. */
static void friend_check(struct http_request *request, char *const *lines)
{
    char *timestamp = mem_printf(request->mem, "%d", (int)NOW);
    const char *id = *lines[4] ? lines[4] : NULL;
    struct signature_form form = config_signature(&config);
    const struct secret_part fields[SIGNATURE_FIELDS] = {
        [SIGNATURE_TIMESTAMP] = { timestamp, strlen(timestamp) },
        [SIGNATURE_BODY] = { request->body, request->body_len },
        [SIGNATURE_METHOD] = { "POST", 4 },
        [SIGNATURE_ID] = { id, id ? strlen(id) : 0 },
    };
    char *signature = signature_make(request->mem, &form, secret.key, fields);
    if (!signature || (id && text_blank(id)))
        return;
    if (form.prefix)
        signature = mem_printf(request->mem, "%s%s", form.prefix, signature);
    request->environment = environment_make(request->mem, lines, signature, timestamp);
    FUZZ_CHECK(webhook_verify(&config, &secrets, request, NOW * SECOND_MS) == WEBHOOK_GOOD);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *mem = mem_context(NULL);
    char *lines[LINES];
    unsigned choice = size > 0 ? data[0] : 0;
    data += size > 0;
    size -= size > 0;
    for (int i = 0; i < LINES; i++)
        lines[i] = fuzz_text(mem, &data, &size, '\n');
    struct http_request request = { .mem = mem, .method_name = "POST" };
    request.body = mem_strndup(mem, (const char *)data, size);
    request.body_len = strlen(request.body);
    config_fill(mem, choice, lines[0], lines[1]);
    stranger_check(&request, lines);
    friend_check(&request, lines);
    mem_free(mem);
    return 0;
}
