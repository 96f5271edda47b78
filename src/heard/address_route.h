/* Highways, which everybody names differently. */
#ifndef AR_HEARD_ADDRESS_ROUTE_H
#define AR_HEARD_ADDRESS_ROUTE_H

#include "heard/address_token.h"

/* Makes one word of "State Road", "SR", "US Highway" and the like where a number follows: "route",
 * "usroute", "countyroute" or "interstate". The array is changed in place. */
struct tokens routes_settle(struct tokens tokens);

/* Whether two such words may name the same road: an unqualified route may be any. */
bool routes_agree(const char *a, const char *b);

#endif
