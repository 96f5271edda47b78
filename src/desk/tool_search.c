/* search_properties: what is for sale that fits. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "heard/amount.h"

enum { SPOKEN_MAX = 5 };

/* " in Oakland with at least 3 bedrooms up to $900,000": the wish said back. */
static char *wish_spoken(void *mem, const struct property_wish *wish)
{
    char *text = mem_strdup(mem, "");
    int64_t low = wish->min_price_cents, high = wish->max_price_cents;
    if (wish->city)
        mem_append(mem, &text, " in %s", wish->city);
    if (wish->min_bedrooms != NO_VALUE)
        mem_append(mem, &text, " with at least %s", number_of(mem, wish->min_bedrooms, "bedroom"));
    if (low != NO_VALUE && high != NO_VALUE)
        mem_append(mem, &text, " from %s to %s", amount_format(mem, low), amount_format(mem, high));
    else if (low != NO_VALUE || high != NO_VALUE)
        mem_append(mem, &text, " %s %s", low != NO_VALUE ? "from" : "up to",
                   amount_format(mem, low != NO_VALUE ? low : high));
    return text;
}

static void fact_put(void *mem, struct json_object *list, const struct property *property)
{
    struct json_object *fact = json_put_object(list, NULL);
    json_put_int(fact, "property_id", property->head.id);
    json_put_text(fact, "address", listing_address(mem, property));
    json_put_text(fact, "city", property->city);
    json_put_decimal(fact, "price", property->price_cents, 2);
    json_put_int(fact, "bedrooms", property->bedrooms);
    json_put_real(fact, "bathrooms", property->bathrooms);
    json_put_int(fact, "square_feet", property->square_feet);
}

static char *list_spoken(void *mem, struct json_object *facts, const struct property *list,
                         size_t count)
{
    char *text = NULL;
    struct json_object *properties = json_put_array(facts, "properties");
    for (size_t i = 0; i < count; i++) {
        const char *details = listing_details(mem, &list[i]);
        mem_append(mem, &text, "%s%s%s%s%s%s", i ? "; " : "", listing_address(mem, &list[i]),
                   list[i].city ? " in " : "", list[i].city ? list[i].city : "",
                   details ? ": " : "", details ? details : "");
        fact_put(mem, properties, &list[i]);
    }
    return text;
}

enum err tool_search_properties(struct tool_run *run)
{
    void *mem = run->desk->mem;
    struct property_wish wish = {
        .city = arg_text(run, "city", 100),
        .min_price_cents = arg_cents(run, "min_price", NO_VALUE),
        .max_price_cents = arg_cents(run, "max_price", NO_VALUE),
        .min_bedrooms = arg_count(run, "bedrooms"),
    };
    struct property *list;
    size_t count;
    int64_t total;
    enum err err = property_search(run->desk->db, mem, run->call->head.brokerage_id, &wish,
                                   SPOKEN_MAX, &list, &count, &total);
    if (err)
        return err;
    const char *wished = wish_spoken(mem, &wish);
    json_put_int(run->facts, "total", total);
    record_outcome(run->call, OUTCOME_INFORMATION_PROVIDED, KNOWN_BY_TOOL);
    const char *spoken = list_spoken(mem, run->facts, list, count);
    if (total == 0)
        return tool_say(run,
                        "We have nothing%s right now. Would you like to hear about other areas or "
                        "prices?",
                        wished);
    if (total > (int64_t)count)
        return tool_say(run, "We have %s%s. The first %zu are %s. Which one interests you?",
                        number_of(mem, total, "home"), wished, count, spoken);
    return tool_say(run, "We have %s%s: %s. Which one interests you?",
                    number_of(mem, total, "home"), wished, spoken);
}
