/* Paths and query strings: from raw bytes of a request line to decoded parts. */
#ifndef AR_HTTP_PATH_H
#define AR_HTTP_PATH_H

#include "http/request.h"

/* Cuts a raw target ("/voice-assistant/tasks?x=1", or in absolute form) behind the mount and
 * decodes each segment once. Sets request's mount, segments and query, or its refusal. script_name
 * and path_info are what the server made of it; either may be NULL, and target too. */
void path_settle(struct http_request *request, const char *target, const char *script_name,
                 const char *path_info, const char *query_string, const char *mount);

/* Decodes %XX (and, in queries, "+") of len bytes; NULL unless the result is UTF-8 without NUL. */
char *path_decode(void *mem, const char *raw, size_t len, bool plus_is_space);

#endif
