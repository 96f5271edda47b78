/* libcurl, set up the same wherever the command line talks to another machine. */
#ifndef AR_OUTBOX_NETWORK_H
#define AR_OUTBOX_NETWORK_H

#include <curl/curl.h>
#include <stddef.h>

/* A handle for http and https alone: no redirects, NETWORK_SECONDS at most for an exchange, no
 * signals. error (CURL_ERROR_SIZE bytes) gets libcurl's words and must live as long as the handle,
 * which the caller cleans up. */
enum { NETWORK_SECONDS = 30 };
CURL *network_open(char *error);
/* Adds "name: value" to a list of headers. */
void network_header(struct curl_slist **headers, const char *name, const char *value);

#endif
