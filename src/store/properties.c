#include "store/properties.h"
#include "base/instant.h"
#include "base/mem.h"
#include "store/viewing_rules.h"

#define PROPERTY(column, type, flags, ...) COLUMN(struct property, column, type, flags, __VA_ARGS__)

static const struct field fields[] = {
    HEAD_COLUMNS(0),
    PROPERTY(address, FIELD_TEXT, FIELD_REQUIRED, .min = 1, .max = 200,
             .about = "House number and street, as in \"123 Main St\""),
    PROPERTY(unit, FIELD_TEXT, 0, .max = 40, .about = "Apartment or unit"),
    PROPERTY(city, FIELD_TEXT, 0, .max = 100, .about = "City"),
    PROPERTY(state, FIELD_TEXT, 0, .max = 50, .about = "State, as its postal code"),
    PROPERTY(zip, FIELD_TEXT, 0, .max = 12, .about = "ZIP code"),
    PROPERTY(price_cents, FIELD_CENTS, 0, .label = "price", .min = 1, .max = 10000000000,
             .about = "Asking price, US dollars"),
    PROPERTY(bedrooms, FIELD_INT, 0, .max = 1000, .about = "Bedrooms; 0 for a studio"),
    PROPERTY(bathrooms, FIELD_REAL, 0, .max = 1000, .about = "Bathrooms; 2.5 has a half bath"),
    PROPERTY(square_feet, FIELD_INT, 0, .min = 1, .max = 100000000, .about = "Living area"),
    PROPERTY(year_built, FIELD_INT, 0, .min = 1500, .max = 2200, .about = "Year of construction"),
    PROPERTY(property_type, FIELD_WORD, 0, .words = &words_property_type,
             .about = "Kind of property"),
    PROPERTY(listing_status, FIELD_WORD, FIELD_NOT_NULL, .words = &words_listing_status,
             .about = "Whether it is for sale; callers searching are told of active ones"),
    PROPERTY(mls_number, FIELD_TEXT, 0, .max = 50,
             .about = "Number in the multiple listing service"),
    PROPERTY(description, FIELD_TEXT, 0, .max = 4000, .about = "What callers may be told"),
    PROPERTY(private_notes, FIELD_TEXT, 0, .max = 4000,
             .about = "For the agent alone; never spoken"),
    PROPERTY(stage, FIELD_WORD, FIELD_NOT_NULL, .words = &words_stage,
             .about = "How far the work on it has come"),
    PROPERTY(stage_changed_at, FIELD_INSTANT, FIELD_READ_ONLY | FIELD_NOT_NULL,
             .about = "When the stage was entered"),
    PROPERTY(blocked_reason, FIELD_TEXT, 0, .max = 500,
             .about = "What holds it up; makes it blocked"),
    PROPERTY(next_action, FIELD_TEXT, 0, .max = 500,
             .about = "What the agent should do next; never spoken"),
    PROPERTY(last_activity_at, FIELD_INSTANT, FIELD_READ_ONLY | FIELD_NOT_NULL,
             .about = "When something last happened around it"),
    TIME_COLUMNS,
};

static const struct filter filters[] = {
    { "city", "LOWER(city) = LOWER(?)", FIELD_TEXT, NULL, "In this city" },
    { "listing_status", "listing_status = ?", FIELD_WORD, &words_listing_status, "In this state" },
    { "stage", "stage = ?", FIELD_WORD, &words_stage, "In this stage" },
    { "property_type", "property_type = ?", FIELD_WORD, &words_property_type, "Of this kind" },
    { "min_price", "price_cents >= ?", FIELD_CENTS, NULL, "At least this many dollars" },
    { "max_price", "price_cents <= ?", FIELD_CENTS, NULL, "At most this many dollars" },
    { "bedrooms", "bedrooms >= ?", FIELD_INT, NULL, "At least so many bedrooms" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "Of this agent" },
};

const struct table table_properties = {
    .name = "properties",
    .one = "property",
    .size = sizeof(struct property),
    TABLE_FIELDS(fields),
    .order = "id",
    TABLE_FILTERS(filters),
};

void property_init(struct property *property)
{
    table_clear(&table_properties, property);
    property->listing_status = LISTING_ACTIVE;
    property->stage = STAGE_NEW_PROPERTY;
}

static enum err stage_record(struct db *db, const struct property *property)
{
    return db_run(
        db, "INSERT INTO property_stages (property_id, stage, entered_at) VALUES ($1, $2, $3)",
        DB_ARGS(db_int(property->head.id), db_text(words_name(&words_stage, property->stage)),
                db_int(property->stage_changed_at)));
}

enum err property_index(struct db *db, const struct property *property, char *const *terms,
                        size_t count)
{
    enum err err = db_run(db, "DELETE FROM property_terms WHERE property_id = $1",
                          DB_ARGS(db_int(property->head.id)));
    for (size_t i = 0; i < count && !err; i++)
        err = db_run(
            db,
            "INSERT INTO property_terms (brokerage_id, term, property_id) VALUES ($1, $2, $3) "
            "ON CONFLICT (brokerage_id, term, property_id) DO NOTHING",
            DB_ARGS(db_int(property->head.brokerage_id), db_text(terms[i]),
                    db_int(property->head.id)));
    return err;
}

enum err property_insert(struct db *db, struct property *property, char *const *terms,
                         size_t term_count)
{
    property->stage_changed_at = property->head.created_at;
    property->last_activity_at = property->head.created_at;
    enum err err = table_insert(db, &table_properties, property);
    if (!err)
        err = stage_record(db, property);
    return err ? err : property_index(db, property, terms, term_count);
}

enum err property_update(struct db *db, void *mem, const struct property *before,
                         struct property *after, char *const *terms, size_t term_count, int64_t now)
{
    bool moved = before->stage != after->stage;
    if (moved)
        after->stage_changed_at = after->last_activity_at = now;
    enum err err = table_change(db, mem, &table_properties, before, after, now);
    if (!err && moved)
        err = stage_record(db, after);
    if (!err && before->head.agent_id != after->head.agent_id)
        err = viewing_rules_hand_over(db, after->head.id, after->head.agent_id);
    return err || !terms ? err : property_index(db, after, terms, term_count);
}

enum err property_delete(struct db *db, int64_t id)
{
    return table_delete(db, &table_properties, id);
}

enum err property_touch(struct db *db, int64_t id, int64_t now)
{
    return db_run(
        db, "UPDATE properties SET last_activity_at = $2 WHERE id = $1 AND last_activity_at < $2",
        DB_ARGS(db_int(id), db_int(now)));
}

enum err property_stage_list(struct db *db, void *mem, int64_t id, struct stage_entry **list,
                             size_t *count)
{
    struct db_rows *rows;
    *list = NULL;
    *count = 0;
    enum err err = db_select(db,
                             "SELECT stage, entered_at FROM property_stages WHERE property_id = $1 "
                             "ORDER BY entered_at, id",
                             DB_ARGS(db_int(id)), &rows);
    if (err)
        return err;
    while (db_next(rows)) {
        *list = mem_resize(mem, *list, struct stage_entry, *count + 1);
        (*list)[(*count)++] = (struct stage_entry){
            .stage = words_find(&words_stage, db_text_at(mem, rows, 0)),
            .entered_at = db_int_at(rows, 1),
        };
    }
    return db_done(rows);
}

static void wish_add(struct selection *selection, const char *sql, int64_t value)
{
    if (value != NO_VALUE)
        selection_add(selection, sql, db_int(value));
}

enum err property_search(struct db *db, void *mem, int64_t brokerage_id,
                         const struct property_wish *wish, int64_t limit, struct property **list,
                         size_t *count, int64_t *total)
{
    struct selection selection = { .limit = limit };
    struct table by_price = table_properties;
    by_price.order = "price_cents NULLS LAST, id";
    selection_add(&selection, "brokerage_id = ?", db_int(brokerage_id));
    selection_add(&selection, "listing_status = ?", db_text("active"));
    if (wish->city)
        selection_add(&selection, "LOWER(city) = LOWER(?)", db_text(wish->city));
    wish_add(&selection, "price_cents >= ?", wish->min_price_cents);
    wish_add(&selection, "price_cents <= ?", wish->max_price_cents);
    wish_add(&selection, "bedrooms >= ?", wish->min_bedrooms);
    return table_list(db, mem, &by_price, &selection, (void **)list, count, total);
}
