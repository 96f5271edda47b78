/* Entity tags and conditional requests (RFC 9110, sections 8.8.3 and 13): what keeps two who change
 * one record from losing either's change, and what spares a poller the body it has already. */
#ifndef AR_API_PRECONDITION_H
#define AR_API_PRECONDITION_H

#include "api/api.h"

/* The strong tag of a representation: a keyed hash of all its bytes, so that no two changes can be
 * too near each other to be told apart. */
char *entity_tag(const struct exchange *x, const char *bytes, size_t len);
/* Whether anything is demanded. */
bool precondition_sent(const struct exchange *x);
/* Whether what If-Match and If-None-Match demand is true of the tag. Else the answer is there: 412,
 * or 304 to a GET. */
bool precondition_holds(struct exchange *x, const char *tag);

#endif
