#include "cli/web.h"
#include "base/mem.h"
#include "outbox/network.h"
#include <string.h>

enum { ANSWER_MAX = 8 << 20 };

struct web {
    struct cli *cli;
    CURL *curl;
    const char *base, *api_key;
    const struct signature_secret *secret;
    struct json_object *headers;
    char *answer;
    size_t answer_len;
    char error[CURL_ERROR_SIZE];
};

char *web_base(void *mem, const char *url, const char *mount)
{
    size_t len = strlen(url);
    while (len > 0 && url[len - 1] == '/')
        len--;
    const char *host = strstr(url, "://");
    size_t before = host ? (size_t)(host + 3 - url) : 0;
    bool has_path = len > before && memchr(url + before, '/', len - before);
    return mem_printf(mem, "%.*s%s", (int)len, url, has_path ? "" : mount);
}

static int web_release(struct web *web)
{
    curl_easy_cleanup(web->curl);
    return 0;
}

/* libcurl's callback: anything but size stops the transfer. */
static size_t answer_take(char *bytes, size_t one, size_t size, void *with)
{
    struct web *web = with;
    (void)one;
    if (web->answer_len + size > ANSWER_MAX)
        return 0;
    web->answer = mem_resize(web, web->answer, char, web->answer_len + size + 1);
    memcpy(web->answer + web->answer_len, bytes, size);
    web->answer_len += size;
    return size;
}

int web_open(struct cli *cli, const char *base, const struct signature_secret *secret,
             const char *api_key, struct web **out)
{
    struct web *web = mem_new(cli->mem, struct web);
    *web = (struct web){ .cli = cli, .base = base, .secret = secret, .api_key = api_key };
    web->curl = network_open(web->error);
    talloc_set_destructor(web, web_release);
    curl_easy_setopt(web->curl, CURLOPT_WRITEFUNCTION, answer_take);
    curl_easy_setopt(web->curl, CURLOPT_WRITEDATA, web);
    curl_easy_setopt(web->curl, CURLOPT_USERAGENT, "ai-realtor-simulate");
    *out = web;
    return CLI_DONE;
}

char *web_escape(struct web *web, const char *text)
{
    char *escaped = mem_check(curl_easy_escape(web->curl, text, 0));
    char *copy = mem_strdup(web->cli->mem, escaped);
    curl_free(escaped);
    return copy;
}

static struct secret_part part_of(const char *text)
{
    return (struct secret_part){ text, strlen(text) };
}

/* Signs as Vapi does when its credential is set up as our configuration has it; where that knows no
 * signature, shows the secret. */
static void credential_add(struct web *web, struct curl_slist **headers, struct secret_part body)
{
    void *mem = web->cli->mem;
    struct signature_form form = config_signature(&web->cli->config);
    char *timestamp = mem_printf(mem, "%lld", (long long)clock_now(&web->cli->clock));
    char *id = secret_token(mem, web->cli->random, 18);
    const struct secret_part fields[SIGNATURE_FIELDS] = {
        [SIGNATURE_TIMESTAMP] = part_of(timestamp),
        [SIGNATURE_BODY] = body,
        [SIGNATURE_METHOD] = part_of("POST"),
        [SIGNATURE_ID] = part_of(id),
    };
    if (!form.header) {
        network_header(headers, "X-Vapi-Secret", web->secret->text);
        return;
    }
    char *signature = signature_make(mem, &form, web->secret->key, fields);
    network_header(headers, form.header,
                   mem_printf(mem, "%s%s", form.prefix ? form.prefix : "", signature));
    if (form.timestamp_header)
        network_header(headers, form.timestamp_header, timestamp);
    if (form.id_header)
        network_header(headers, form.id_header, id);
}

void web_headers_set(struct web *web, struct json_object *headers)
{
    web->headers = headers;
}

static struct curl_slist *post_headers(struct web *web, const char *body, size_t len)
{
    struct curl_slist *headers = NULL;
    network_header(&headers, "Content-Type", "application/json");
    if (json_is(web->headers, json_type_object)) {
        json_object_object_foreach(web->headers, name, value)
        {
            network_header(&headers, name, json_object_get_string(value));
        }
    }
    credential_add(web, &headers, (struct secret_part){ body, len });
    return headers;
}

static int reply_read(struct web *web, struct web_reply *reply)
{
    double seconds = 0;
    const char *why;
    curl_easy_getinfo(web->curl, CURLINFO_RESPONSE_CODE, &reply->status);
    curl_easy_getinfo(web->curl, CURLINFO_TOTAL_TIME, &seconds);
    reply->ms = seconds * 1000;
    if (json_read(web->cli->mem, web->answer, web->answer_len, &reply->json, &why))
        reply->json = NULL;
    return CLI_DONE;
}

static int exchange(struct web *web, const char *path, struct curl_slist *headers,
                    struct web_reply *reply)
{
    char *url = mem_printf(web->cli->mem, "%s%s", web->base, path);
    *reply = (struct web_reply){ 0 };
    mem_free(web->answer);
    web->answer = NULL;
    web->answer_len = 0;
    web->error[0] = '\0';
    curl_easy_setopt(web->curl, CURLOPT_URL, url);
    curl_easy_setopt(web->curl, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(web->curl);
    curl_slist_free_all(headers);
    if (code == CURLE_OK)
        return reply_read(web, reply);
    return cli_fail(web->cli, CLI_FAILED,
                    "%s cannot be reached: %s; is the web server running? See "
                    "--url",
                    web->base, web->error[0] ? web->error : curl_easy_strerror(code));
}

int web_post(struct web *web, const char *path, struct json_object *body, struct web_reply *reply)
{
    size_t len;
    char *text = json_text(web->cli->mem, body, &len);
    curl_easy_setopt(web->curl, CURLOPT_POST, 1L);
    curl_easy_setopt(web->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
    curl_easy_setopt(web->curl, CURLOPT_POSTFIELDS, text);
    return exchange(web, path, post_headers(web, text, len), reply);
}

int web_get(struct web *web, const char *path, struct web_reply *reply)
{
    struct curl_slist *headers = NULL;
    network_header(&headers, "X-API-Key", web->api_key);
    curl_easy_setopt(web->curl, CURLOPT_HTTPGET, 1L);
    return exchange(web, path, headers, reply);
}
