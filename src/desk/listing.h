/* Listings: kept with the terms by which callers find them, found by what callers say. */
#ifndef AR_DESK_LISTING_H
#define AR_DESK_LISTING_H

#include "desk/desk.h"
#include "heard/address.h"
#include "store/properties.h"

/* property_insert and property_update with the address's terms. */
enum err listing_insert(const struct desk *desk, struct property *property) AR_MUST_USE;
enum err listing_update(const struct desk *desk, const struct property *before,
                        struct property *after) AR_MUST_USE;

/* Computes anew the terms of the listings after the id *last, LISTINGS_A_TIME of them, and moves
 * *last on; *count is how many it were. For a program that takes addresses apart otherwise than the
 * one before; inside a write transaction. */
enum { LISTINGS_A_TIME = 500 };
enum err listing_reindex(struct db *db, void *mem, int64_t *last, size_t *count) AR_MUST_USE;

/* Its address, taken apart. */
struct address *listing_parse(void *mem, const struct property *property);

/* What came of a search by what was said. */
struct listing_found {
    enum { LISTING_ONE, LISTING_SEVERAL, LISTING_NONE } kind;
    struct property *list; /* the one, or those to ask about */
    size_t count;
    double score; /* how well the best one fits what was said: 0 to 1 */
};
/* The brokerage's listings that may be meant by `said`. */
enum err listing_find(const struct desk *desk, int64_t brokerage_id, const char *said,
                      struct listing_found *found) AR_MUST_USE;

/* "123 Main St" or "123 Main St, unit 4B". */
char *listing_address(void *mem, const struct property *property);
/* "$850,000, 3 bed, 2 bath, 1,800 sqft": what is known of it; NULL when nothing is. */
char *listing_details(void *mem, const struct property *property);

/* How the work on a listing stands. Sentences are for callers; next_action is for the agent alone.
 */
struct heartbeat {
    int stage;
    const char *label; /* "Waiting for contracts" */
    enum health health;
    const char *reason; /* why it is not healthy; NULL when it is */
    int64_t days_in_stage;
    int64_t threshold_days; /* NO_VALUE: the stage may last */
    int64_t days_since_activity;
    const char *next_action;
    const char *sentence;
};
struct heartbeat listing_heartbeat(void *mem, const struct property *property, int64_t now);

#endif
