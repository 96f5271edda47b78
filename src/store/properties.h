/* The listings, what may be said of their addresses, and the history of their stages. */
#ifndef AR_STORE_PROPERTIES_H
#define AR_STORE_PROPERTIES_H

#include "store/table.h"

struct property {
    struct row_head head;
    const char *address, *unit, *city, *state, *zip;
    int64_t price_cents, bedrooms;
    double bathrooms;
    int64_t square_feet, year_built;
    int property_type, listing_status;
    const char *mls_number, *description, *private_notes;
    int stage;
    int64_t stage_changed_at;
    const char *blocked_reason, *next_action;
    int64_t last_activity_at;
};
extern const struct table table_properties;

/* A record with the defaults of a new listing. */
void property_init(struct property *property);
/* Inserts it with its first stage and the terms under which callers find it. */
enum err property_insert(struct db *db, struct property *property, char *const *terms,
                         size_t term_count) AR_MUST_USE;
/* Writes the changes; a new stage is recorded with its time, and the viewing rules go along to a
 * new agent. terms NULL leaves them as they are. */
enum err property_update(struct db *db, void *mem, const struct property *before,
                         struct property *after, char *const *terms, size_t term_count,
                         int64_t now) AR_MUST_USE;
/* ERR_CONFLICT when offers were made on it: those are kept. */
enum err property_delete(struct db *db, int64_t id) AR_MUST_USE;
/* Notes that something happened around it: a call, a viewing, an offer. */
enum err property_touch(struct db *db, int64_t id, int64_t now) AR_MUST_USE;

struct stage_entry {
    int stage;
    int64_t entered_at;
};
/* Makes these the terms by which callers find it. */
enum err property_index(struct db *db, const struct property *property, char *const *terms,
                        size_t count) AR_MUST_USE;
/* The stages it went through, oldest first. */
enum err property_stage_list(struct db *db, void *mem, int64_t id, struct stage_entry **list,
                             size_t *count) AR_MUST_USE;

/* The terms that begin so, of the brokerage's listings, in order: at most limit. */
enum err property_terms_begun(struct db *db, void *mem, int64_t brokerage_id, const char *begin,
                              int64_t limit, char ***terms, size_t *count) AR_MUST_USE;

enum { PROPERTY_TERMS_MAX = 32 };
struct property_terms {
    char *const *all;
    size_t count;
};
/* The brokerage's listings that carry any of some and, unless there are none, any of more (of
 * each of which PROPERTY_TERMS_MAX count): those with the lowest ids, at most limit. No term's
 * listings are read beyond the first limit that fit. */
enum err property_find_by_terms(struct db *db, void *mem, int64_t brokerage_id,
                                const struct property_terms *some,
                                const struct property_terms *more, int64_t limit,
                                struct property **list, size_t *count) AR_MUST_USE;

/* What a caller is looking for; NO_VALUE and NULL where it does not matter. */
struct property_wish {
    const char *city;
    int64_t min_price_cents, max_price_cents, min_bedrooms;
};
/* The brokerage's active listings that fit, cheapest first, at most limit; and how many fit in all.
 */
enum err property_search(struct db *db, void *mem, int64_t brokerage_id,
                         const struct property_wish *wish, int64_t limit, struct property **list,
                         size_t *count, int64_t *total) AR_MUST_USE;

#endif
