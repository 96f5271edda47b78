/* lookup_property: tell about one listing. */
#include "base/mem.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "store/properties.h"

static void facts_put(struct json_object *facts, const struct property *property,
                      const struct heartbeat *beat)
{
    json_put_int(facts, "property_id", property->head.id);
    json_put_text(facts, "address", property->address);
    json_put_text(facts, "unit", property->unit);
    json_put_text(facts, "city", property->city);
    json_put_text(facts, "state", property->state);
    json_put_text(facts, "zip", property->zip);
    json_put_decimal(facts, "price", property->price_cents, 2);
    json_put_int(facts, "bedrooms", property->bedrooms);
    json_put_real(facts, "bathrooms", property->bathrooms);
    json_put_int(facts, "square_feet", property->square_feet);
    json_put_int(facts, "year_built", property->year_built);
    json_put_text(facts, "property_type",
                  words_name(&words_property_type, property->property_type));
    json_put_text(facts, "listing_status",
                  words_name(&words_listing_status, property->listing_status));
    json_put_text(facts, "mls_number", property->mls_number);
    json_put_text(facts, "description", property->description);
    json_put_text(facts, "stage", words_name(&words_stage, property->stage));
    json_put_text(facts, "health", words_name(&words_health, (int)beat->health));
}

static const char *availability(const struct property *property)
{
    static const char *const phrases[] = {
        [LISTING_ACTIVE] = "Want to schedule a viewing?",
        [LISTING_PENDING] = ("It is under contract, so it may no longer be available. Want me to "
                             "note your interest?"),
        [LISTING_SOLD] = "It has been sold. Shall I look for something similar?",
        [LISTING_OFF_MARKET] = "It is not on the market now. Shall I look for something similar?",
    };
    return phrases[property->listing_status];
}

enum err tool_lookup_property(struct tool_run *run)
{
    const struct desk *desk = run->desk;
    void *mem = desk->mem;
    struct property property;
    bool found;
    enum err err = arg_property(run, &property, &found);
    if (err || !found)
        return err;
    struct heartbeat beat = listing_heartbeat(mem, &property, desk->now);
    const char *details = listing_details(mem, &property);
    bool active = property.listing_status == LISTING_ACTIVE;
    facts_put(run->facts, &property, &beat);
    if (run->call->property_id == NO_VALUE)
        run->call->property_id = property.head.id;
    record_outcome(run->call, OUTCOME_INFORMATION_PROVIDED, KNOWN_BY_TOOL);
    return tool_say(run, "%s is %s.%s%s %s", listing_address(mem, &property),
                    details ? details : "one of our listings", active ? " " : "",
                    active ? beat.sentence : "", availability(&property));
}
