/* The resources by which a broker says how viewings are booked. */
#include "desk/viewing_settings.h"
#include "api/resource.h"

/* Whose property it is is the asker's to see before it is anything else. */
static enum err setting_check(struct exchange *x, void *record, int64_t property_id)
{
    const struct table *table = x->route->resource->table;
    enum err err = property_of_scope(x, property_id);
    return err ? err : viewing_setting_check(x->db, x->mem, table, record, &x->faults);
}

/* For each table: an empty record, its check, its insertion. */
#define SETTING(name, type, of)                                                                    \
    static void name##_init(void *record)                                                          \
    {                                                                                              \
        table_clear(&of, record);                                                                  \
    }                                                                                              \
    static enum err name##_check(struct exchange *x, void *record)                                 \
    {                                                                                              \
        return setting_check(x, record, ((const struct type *)record)->property_id);               \
    }                                                                                              \
    static enum err name##_insert(struct exchange *x, void *record)                                \
    {                                                                                              \
        return table_insert(x->db, &of, record);                                                   \
    }

SETTING(rules, viewing_rules, table_viewing_rules)
SETTING(hours, viewing_hours, table_viewing_hours)
SETTING(blackout, viewing_blackout, table_viewing_blackouts)
SETTING(open_house, open_house, table_open_houses)

#define RESOURCE(name, of, many, model, ...)                                                       \
    {                                                                                              \
        .table = &of, .plural = many, .schema = model, .init = name##_init, .check = name##_check, \
        .insert = name##_insert, __VA_ARGS__                                                       \
    }

const struct resource resource_viewing_rules = RESOURCE(
    rules, table_viewing_rules, "viewing_rules", "ViewingRules",
    .conflict = "There is such a set of rules already; change it: PUT /viewing-rules/{id}.");
const struct resource resource_viewing_hours =
    RESOURCE(hours, table_viewing_hours, "viewing_hours", "ViewingHours", .conflict = NULL);
const struct resource resource_viewing_blackouts = RESOURCE(
    blackout, table_viewing_blackouts, "viewing_blackouts", "ViewingBlackout", .conflict = NULL);
const struct resource resource_open_houses =
    RESOURCE(open_house, table_open_houses, "open_houses", "OpenHouse", .conflict = NULL);
