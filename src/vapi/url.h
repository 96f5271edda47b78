/* URLs in messages. */
#ifndef AR_VAPI_URL_H
#define AR_VAPI_URL_H

#include <stdbool.h>

/* Whether it is an http or https URL that may be kept: printable, of at most 2000 bytes, and not
 * one that opens the file to whoever holds it (with a signature or credentials in it). */
bool url_is_plain(const char *url);
/* Whether the text carries such a signature. */
bool url_is_presigned(const char *text);

#endif
