/* What handlers read of a request: the body, the page, the filters, the period. */
#include "api/api.h"
#include "base/mem.h"
#include "base/text.h"
#include "heard/phone.h"
#include "store/analytics.h"
#include <string.h>

enum { PAGE_DEFAULT = 50, PAGE_MAX = 100 };

static bool type_is_json(const char *type)
{
    if (!type || !*type)
        return true;
    size_t len = strcspn(type, "; \t");
    return (len == 16 && strncasecmp(type, "application/json", 16) == 0) ||
           (len > 5 && strncasecmp(type + len - 5, "+json", 5) == 0);
}

struct json_object *exchange_body(struct exchange *x)
{
    struct json_object *json;
    const char *why;
    if (!type_is_json(http_variable(x->request, "CONTENT_TYPE"))) {
        exchange_problem(x, 415, "Send the body as application/json.");
        return NULL;
    }
    if (json_read(x->mem, x->request->body, x->request->body_len, &json, &why)) {
        exchange_problem(x, 400, why);
        return NULL;
    }
    if (json_is(json, json_type_object))
        return json;
    exchange_fail(x, fault_add(&x->faults, "", "the body must be a JSON object"));
    return NULL;
}

struct desk exchange_desk(struct exchange *x)
{
    return (struct desk){ .mem = x->mem,
                          .db = x->db,
                          .now = x->now,
                          .config = x->app->config,
                          .agent_id = x->who.has_key ? x->who.agent_id : NO_VALUE,
                          .brokerage_id = x->who.has_key ? x->who.scope.brokerage_id : NO_VALUE };
}

/* An instant, or a day (UTC): its beginning, or as an upper bound its end. */
static bool instant_read(const char *text, bool is_upper, int64_t *instant)
{
    char midnight[32] = "";
    bool is_day = strlen(text) == 10;
    if (is_day)
        snprintf(midnight, sizeof midnight, "%.10sT00:00:00Z", text);
    if (instant_parse(is_day ? midnight : text, instant))
        return false;
    if (is_day && is_upper)
        *instant += DAY_MS;
    return true;
}

/* A filter's value as the store takes it. */
static enum err filter_value(struct exchange *x, const struct filter *filter, const char *text,
                             struct db_value *value)
{
    int64_t number;
    char phone[PHONE_TEXT];
    switch (filter->type) {
    case FIELD_WORD:
        *value = db_text(text);
        return words_find(filter->words, text) != WORD_NONE
                   ? ERR_NONE
                   : fault_add(&x->faults, filter->name, "must be %s",
                               words_listed(x->mem, filter->words));
    case FIELD_BOOL:
        *value = db_int(strcmp(text, "true") == 0);
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0
                   ? ERR_NONE
                   : fault_add(&x->faults, filter->name, "must be true or false");
    case FIELD_INSTANT:
        if (!instant_read(text, strcmp(filter->name, "to") == 0, &number))
            return fault_add(&x->faults, filter->name,
                             "must be an RFC 3339 instant or a day such as 2026-09-01");
        *value = db_int(number);
        return ERR_NONE;
    case FIELD_CENTS:
        if (!decimal_parse(text, 2, &number) || number < 0)
            return fault_add(&x->faults, filter->name, "must be an amount in dollars");
        *value = db_int(number);
        return ERR_NONE;
    case FIELD_INT:
    case FIELD_ID:
        if (!text_to_int(text, 0, INT64_MAX, &number))
            return fault_add(&x->faults, filter->name, "must be a whole number");
        *value = db_int(number);
        return ERR_NONE;
    case FIELD_PHONE:
        /* A "+" in a query is a space to most clients: what is left is still a number. */
        if (phone_hear(text, "US", phone) != PHONE_E164)
            return fault_add(&x->faults, filter->name, "must be a whole telephone number");
        *value = db_text(mem_strdup(x->mem, phone));
        return ERR_NONE;
    default:
        *value = db_text(text);
        return ERR_NONE;
    }
}

static enum err page_read(struct exchange *x, const char *name, int64_t min, int64_t max,
                          int64_t fallback, int64_t *value)
{
    const char *text = http_query(x->request, name);
    *value = fallback;
    if (!text || text_to_int(text, min, max, value))
        return ERR_NONE;
    return fault_add(&x->faults, name, "must be a whole number from %lld to %lld", (long long)min,
                     (long long)max);
}

enum err exchange_selection(struct exchange *x, const struct table *table,
                            struct selection *selection)
{
    enum err worst = page_read(x, "limit", 1, PAGE_MAX, PAGE_DEFAULT, &selection->limit);
    enum err err = page_read(x, "offset", 0, INT64_MAX, 0, &selection->offset);
    worst = err ? err : worst;
    for (size_t i = 0; i < table->filter_count; i++) {
        const struct filter *filter = &table->filters[i];
        const char *text = http_query(x->request, filter->name);
        struct db_value value;
        if (!text)
            continue;
        err = filter_value(x, filter, text, &value);
        worst = err ? err : worst;
        if (!err)
            selection_add(selection, filter->sql, value);
    }
    return worst;
}

enum err exchange_period(struct exchange *x, struct period *period)
{
    static const char *const names[] = { "from", "to" };
    int64_t ends[2];
    enum err err = ERR_NONE;
    for (int i = 0; i < 2; i++) {
        const char *text = http_query(x->request, names[i]);
        ends[i] = NO_VALUE;
        if (text && !instant_read(text, i == 1, &ends[i]))
            err = fault_add(&x->faults, names[i],
                            "must be an RFC 3339 instant or a day such as 2026-09-01");
    }
    *period = (struct period){ ends[0], ends[1] };
    return err;
}
