#include "desk/viewing_settings.h"
#include "base/instant.h"
#include "store/properties.h"
#include <string.h>

/* How each of those rows begins. */
struct setting {
    struct row_head head;
    int64_t property_id;
};

static enum err property_settle(struct db *db, void *mem, struct setting *setting,
                                struct faults *faults)
{
    struct property property;
    if (setting->property_id == NO_VALUE)
        return ERR_NONE;
    enum err err = table_get(db, mem, &table_properties, setting->property_id, &property);
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (err || property.head.brokerage_id != setting->head.brokerage_id)
        return fault_add(faults, "property_id", "is not one of your properties");
    setting->head.agent_id = property.head.agent_id;
    return ERR_NONE;
}

static enum err hours_check(const struct viewing_hours *hours, struct faults *faults)
{
    return strcmp(hours->opens_at, hours->closes_at) < 0
               ? ERR_NONE
               : fault_add(faults, "closes_at", "must be later than opens_at");
}

static enum err blackout_check(const struct viewing_blackout *blackout, struct faults *faults)
{
    bool days = blackout->first_day, times = blackout->starts_at != NO_VALUE;
    if (days == times)
        return fault_add(faults, "first_day", "is needed, or starts_at, but not both");
    if (!days && blackout->last_day)
        return fault_add(faults, "last_day", "goes with first_day");
    if (!times && blackout->ends_at != NO_VALUE)
        return fault_add(faults, "ends_at", "goes with starts_at");
    if (days && blackout->last_day && strcmp(blackout->last_day, blackout->first_day) < 0)
        return fault_add(faults, "last_day", "must not be before first_day");
    if (times && (blackout->ends_at == NO_VALUE || blackout->ends_at <= blackout->starts_at))
        return fault_add(faults, "ends_at", "must be later than starts_at");
    return ERR_NONE;
}

static enum err open_house_check(const struct open_house *open, struct faults *faults)
{
    int64_t length = open->ends_at - open->starts_at;
    return length > 0 && length <= DAY_MS
               ? ERR_NONE
               : fault_add(faults, "ends_at", "must be later than starts_at, by a day at most");
}

enum err viewing_setting_check(struct db *db, void *mem, const struct table *table, void *record,
                               struct faults *faults)
{
    enum err err = property_settle(db, mem, record, faults);
    if (err)
        return err;
    if (table == &table_viewing_hours)
        return hours_check(record, faults);
    if (table == &table_viewing_blackouts)
        return blackout_check(record, faults);
    return table == &table_open_houses ? open_house_check(record, faults) : ERR_NONE;
}
