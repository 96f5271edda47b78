/* What callers and agents offered for properties. */
#ifndef AR_STORE_OFFERS_H
#define AR_STORE_OFFERS_H

#include "store/table.h"

struct offer {
    struct row_head head;
    int64_t property_id, phone_call_id, amount_cents;
    const char *contingencies;
    int status;
    const char *caller_name, *caller_phone, *claimed_phone, *notes;
};
extern const struct table table_offers;

/* A record with the defaults of a new offer. */
void offer_init(struct offer *offer);
enum err offer_insert(struct db *db, struct offer *offer) AR_MUST_USE;
/* The offer that a call made already on a property. */
enum err offer_find_of_call(struct db *db, void *mem, int64_t call_id, int64_t property_id,
                            struct offer *offer) AR_MUST_USE;

#endif
