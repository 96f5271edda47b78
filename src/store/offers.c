#include "store/offers.h"
#include "base/instant.h"

#define OFFER(column, type, flags, ...) COLUMN(struct offer, column, type, flags, __VA_ARGS__)

static const struct field fields[] = {
    HEAD_COLUMNS(0),
    OFFER(property_id, FIELD_ID, FIELD_REQUIRED | FIELD_FIXED, .about = "The property it is for"),
    OFFER(phone_call_id, FIELD_ID, FIELD_READ_ONLY | FIELD_FIXED, .about = "The call it came from"),
    OFFER(amount_cents, FIELD_CENTS, FIELD_REQUIRED, .label = "amount", .min = 1,
          .max = 10000000000, .about = "US dollars"),
    OFFER(contingencies, FIELD_TEXT, FIELD_SEALED, .max = 2000,
          .about = "Inspection, financing, …"),
    OFFER(status, FIELD_WORD, FIELD_NOT_NULL, .words = &words_offer_status,
          .about = "How far it has come; a caller's begins as lead"),
    OFFER(caller_name, FIELD_TEXT, FIELD_SEALED, .max = 200, .about = "Who offers"),
    OFFER(caller_phone, FIELD_PHONE, 0, .about = "The number the caller called from"),
    OFFER(claimed_phone, FIELD_TEXT, FIELD_SEALED, .max = 40,
          .about = "The number the caller asked to be called at"),
    OFFER(notes, FIELD_TEXT, FIELD_SEALED, .max = 4000, .about = "For the agent"),
    TIME_COLUMNS,
};

static const struct filter filters[] = {
    { "status", "status = ?", FIELD_WORD, &words_offer_status, "In this status" },
    { "property_id", "property_id = ?", FIELD_ID, NULL, "For this property" },
    { "phone_call_id", "phone_call_id = ?", FIELD_ID, NULL, "From this call" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "Of this agent" },
    { "from", "created_at >= ?", FIELD_INSTANT, NULL, "Made not before this instant or day" },
    { "to", "created_at < ?", FIELD_INSTANT, NULL, "Made before this instant or day" },
};

const struct table table_offers = {
    .name = "offers",
    .one = "offer",
    .size = sizeof(struct offer),
    TABLE_FIELDS(fields),
    .order = "created_at DESC, id DESC",
    TABLE_FILTERS(filters),
};

void offer_init(struct offer *offer)
{
    table_clear(&table_offers, offer);
    offer->status = OFFER_LEAD;
}

enum err offer_insert(struct db *db, struct offer *offer)
{
    return table_insert(db, &table_offers, offer);
}

enum err offer_find_of_call(struct db *db, void *mem, int64_t call_id, int64_t property_id,
                            struct offer *offer)
{
    struct selection selection = { 0 };
    selection_add(&selection, "phone_call_id = ?", db_int(call_id));
    selection_add(&selection, "property_id = ?", db_int(property_id));
    return table_first(db, mem, &table_offers, &selection, offer);
}
