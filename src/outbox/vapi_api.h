/* A client of Vapi's REST interface. What it answers is not kept: it holds callers' data. */
#ifndef AR_OUTBOX_VAPI_API_H
#define AR_OUTBOX_VAPI_API_H

#include <stdint.h>

struct vapi_api;

/* url is the interface's address, without a slash at its end; key our private key there. Both are
 * borrowed. Released with mem. */
struct vapi_api *vapi_api_open(void *mem, const char *url, const char *key);

struct vapi_reply {
    long status;         /* of HTTP; 0: no answer came */
    int64_t retry_after; /* seconds to wait, as Vapi asks; NO_VALUE: it does not */
    const char *why;     /* when no answer came: libcurl's words; else NULL */
};
/* DELETE /call/{id}: erases what Vapi keeps of a call, recordings included. 200: done; 404: there
 * is no such call; 503: nothing was deleted. */
void vapi_call_delete(struct vapi_api *api, const char *call_id, struct vapi_reply *reply);

#endif
