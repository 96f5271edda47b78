/* What holds for one property, put together from what was said of it and of its agent. */
#include "base/instant.h"
#include "base/mem.h"
#include "store/agents.h"
#include "store/properties.h"
#include "store/viewing_rules.h"

/* What is said of the property, before what is said of all that its agent shows. */
static enum err both_read(struct db *db, void *mem, const struct table *table,
                          const struct property *property, void **list, size_t *count)
{
    return table_where(db, mem, table,
                       "property_id = $1 OR (agent_id = $2 AND property_id IS NULL) "
                       "ORDER BY property_id IS NULL, id",
                       DB_ARGS(db_int(property->head.id), db_int(property->head.agent_id)), list,
                       count);
}

/* Fills in what the property's rules do not say. */
static void rules_inherit(struct viewing_rules *rules, const struct viewing_rules *agents)
{
    struct viewing_rules unknown = { 0 };
    table_clear(&table_viewing_rules, &unknown);
    for (size_t i = 0; i < table_viewing_rules.field_count; i++) {
        const struct field *field = &table_viewing_rules.fields[i];
        if (!field_equal(field, rules, &unknown))
            continue;
        if (field->type == FIELD_WORD)
            *field_word(field, rules) = *field_word(field, agents);
        else if (field->type == FIELD_ZONE)
            *field_text(field, rules) = *field_text(field, agents);
        else
            *field_int(field, rules) = *field_int(field, agents);
    }
}

static enum err rules_read(struct db *db, void *mem, const struct property *property,
                           struct viewing_policy *policy)
{
    struct viewing_rules *rules = &policy->rules;
    struct viewing_rules *list;
    size_t count;
    enum err err = both_read(db, mem, &table_viewing_rules, property, (void **)&list, &count);
    table_clear(&table_viewing_rules, rules);
    for (size_t i = 0; i < count && !err; i++)
        rules_inherit(rules, &list[i]);
    policy->is_kept = count > 0;
    return err;
}

/* Hours of the property's own leave its agent's out. */
static size_t hours_of_one(const struct viewing_hours *list, size_t count)
{
    size_t own = 0;
    while (own < count && list[own].property_id != NO_VALUE)
        own++;
    return own ? own : count;
}

enum err viewing_policy_read(struct db *db, void *mem, const struct property *property,
                             struct viewing_policy *policy)
{
    *policy = (struct viewing_policy){ 0 };
    enum err err = rules_read(db, mem, property, policy);
    policy->timezone = policy->rules.timezone;
    if (!err && !policy->timezone)
        err = agent_timezone(db, mem, property->head.agent_id, &policy->timezone);
    if (!err)
        err = both_read(db, mem, &table_viewing_hours, property, (void **)&policy->hours,
                        &policy->hour_count);
    policy->hour_count = hours_of_one(policy->hours, policy->hour_count);
    if (!err)
        err = both_read(db, mem, &table_viewing_blackouts, property, (void **)&policy->blackouts,
                        &policy->blackout_count);
    policy->is_kept = policy->is_kept || policy->hour_count + policy->blackout_count > 0;
    return err;
}
