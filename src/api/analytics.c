/* What the calls add up to. */
#include "store/analytics.h"
#include "api/handlers.h"
#include "api/resource.h"
#include <math.h>

/* Minutes to two places, as bills have them. */
static void minutes_put(struct json_object *json, const char *key, int64_t seconds)
{
    json_put_decimal(json, key, llround((double)seconds * 100.0 / 60.0), 2);
}

static void counts_put(struct json_object *json, const char *key, const struct words *words,
                       const int64_t *counts)
{
    struct json_object *object = json_put_object(json, key);
    for (int i = 0; i < words->count; i++)
        json_put_int(object, words->list[i], counts[i]);
}

void analytics_show_overview(struct exchange *x)
{
    struct period period;
    struct call_totals totals;
    enum err err = exchange_period(x, &period);
    if (!err)
        err = analytics_overview(x->db, &x->who.scope, &period, &totals);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    json_put_int(json, "total_calls", totals.total);
    json_put_int(json, "inbound_calls", totals.inbound);
    json_put_int(json, "outbound_calls", totals.outbound);
    json_put_int(json, "completed_calls", totals.completed);
    json_put_int(json, "missed_calls", totals.missed);
    json_put_real(json, "completion_rate",
                  totals.total ? (double)totals.completed / (double)totals.total : 0);
    minutes_put(json, "total_duration_minutes", totals.seconds);
    json_put_decimal(json, "total_cost", totals.cost_micros, 6);
    counts_put(json, "intents", &words_intent, totals.intents);
    counts_put(json, "outcomes", &words_outcome, totals.outcomes);
    exchange_json(x, 200, json);
}

void analytics_show_by_property(struct exchange *x)
{
    static const struct table no_filters = { .filter_count = 0 };
    struct period period;
    struct selection page = { 0 };
    struct property_totals *list;
    size_t count;
    int64_t total;
    enum err err = exchange_period(x, &period);
    enum err page_err = exchange_selection(x, &no_filters, &page);
    err = err ? err : page_err;
    if (!err)
        err = analytics_by_property(x->db, x->mem, &x->who.scope, &period, page.limit, page.offset,
                                    &list, &count, &total);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    struct json_object *properties = resource_envelope(json, "properties", &page, total);
    for (size_t i = 0; i < count; i++) {
        struct json_object *row = json_put_object(properties, NULL);
        json_put_int(row, "property_id", list[i].property_id);
        json_put_text(row, "address", list[i].address);
        json_put_int(row, "total_calls", list[i].inbound + list[i].outbound);
        json_put_int(row, "inbound_calls", list[i].inbound);
        json_put_int(row, "outbound_calls", list[i].outbound);
        json_put_int(row, "unique_callers", list[i].unique_callers);
        json_put_int(row, "viewings_scheduled", list[i].viewings);
        json_put_int(row, "offers_created", list[i].offers);
    }
    exchange_json(x, 200, json);
}
