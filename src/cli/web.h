/* HTTP as a client, with libcurl: one connection, JSON both ways. */
#ifndef AR_CLI_WEB_H
#define AR_CLI_WEB_H

#include "base/json.h"
#include "base/signature.h"
#include "cli/cli.h"

struct web;

/* The interface's address: url, and mount behind it unless it has a path of its own. No slash ends
 * it. */
char *web_base(void *mem, const char *url, const char *mount);

struct web_reply {
    long status;
    double ms;                /* from sending to the answer's last byte */
    struct json_object *json; /* NULL when the body is none */
};

/* A client of the interface at base (scheme, host and mount). secret signs what is posted, as Vapi
 * does by the configuration; api_key goes with what is read. All are borrowed. Released with
 * cli->mem. */
int web_open(struct cli *cli, const char *base, const struct signature_secret *secret,
             const char *api_key, struct web **web) AR_MUST_USE;
/* From now on these texts go as headers with what is posted; NULL: none. Borrowed. */
void web_headers_set(struct web *web, struct json_object *headers);
/* Each returns an exit code: CLI_DONE for any HTTP answer, whatever its status. */
int web_post(struct web *web, const char *path, struct json_object *body,
             struct web_reply *reply) AR_MUST_USE;
int web_get(struct web *web, const char *path, struct web_reply *reply) AR_MUST_USE;
/* text as part of a query, on mem. */
char *web_escape(struct web *web, const char *text);

#endif
