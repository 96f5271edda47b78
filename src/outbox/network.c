#include "outbox/network.h"
#include "base/mem.h"

CURL *network_open(char *error)
{
    CURL *curl = mem_check(curl_easy_init());
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)NETWORK_SECONDS);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    return curl;
}

void network_header(struct curl_slist **headers, const char *name, const char *value)
{
    void *mem = mem_context(NULL);
    *headers = mem_check(curl_slist_append(*headers, mem_printf(mem, "%s: %s", name, value)));
    mem_free(mem);
}
