#include "outbox/vapi_api.h"
#include "base/instant.h"
#include "base/mem.h"
#include "outbox/network.h"

enum { CONNECT_SECONDS = 10 };

struct vapi_api {
    CURL *curl;
    const char *url, *key;
    char error[CURL_ERROR_SIZE];
};

static int api_release(struct vapi_api *api)
{
    curl_easy_cleanup(api->curl);
    return 0;
}

/* libcurl's callback: the answer tells nothing that its status does not, and much of the caller. */
static size_t answer_drop(char *bytes, size_t one, size_t size, void *with)
{
    (void)bytes;
    (void)one;
    (void)with;
    return size;
}

struct vapi_api *vapi_api_open(void *mem, const char *url, const char *key)
{
    struct vapi_api *api = mem_new(mem, struct vapi_api);
    *api = (struct vapi_api){ .url = url, .key = key };
    api->curl = network_open(api->error);
    talloc_set_destructor(api, api_release);
    curl_easy_setopt(api->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(api->curl, CURLOPT_WRITEFUNCTION, answer_drop);
    curl_easy_setopt(api->curl, CURLOPT_USERAGENT, "ai-realtor");
    /* An id comes from outside: ".." in it must not lead elsewhere. */
    curl_easy_setopt(api->curl, CURLOPT_PATH_AS_IS, 1L);
    return api;
}

static void reply_read(struct vapi_api *api, CURLcode code, struct vapi_reply *reply)
{
    curl_off_t seconds = 0;
    *reply = (struct vapi_reply){ .retry_after = NO_VALUE };
    if (code != CURLE_OK) {
        reply->why = curl_easy_strerror(code);
        return;
    }
    curl_easy_getinfo(api->curl, CURLINFO_RESPONSE_CODE, &reply->status);
    curl_easy_getinfo(api->curl, CURLINFO_RETRY_AFTER, &seconds);
    if (seconds > 0)
        reply->retry_after = seconds;
}

void vapi_call_delete(struct vapi_api *api, const char *call_id, struct vapi_reply *reply)
{
    void *mem = mem_context(NULL);
    struct curl_slist *headers = NULL;
    char *id = mem_check(curl_easy_escape(api->curl, call_id, 0));
    network_header(&headers, "Authorization", mem_printf(mem, "Bearer %s", api->key));
    network_header(&headers, "Content-Type", "application/json");
    curl_easy_setopt(api->curl, CURLOPT_URL, mem_printf(mem, "%s/call/%s", api->url, id));
    curl_easy_setopt(api->curl, CURLOPT_CUSTOMREQUEST, "DELETE");
    curl_easy_setopt(api->curl, CURLOPT_HTTPHEADER, headers);
    /* Vapi's schema wants a body, which may name several calls; ours names none. */
    curl_easy_setopt(api->curl, CURLOPT_POSTFIELDS, "{}");
    reply_read(api, curl_easy_perform(api->curl), reply);
    curl_easy_setopt(api->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    curl_free(id);
    mem_free(mem);
}
