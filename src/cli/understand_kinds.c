/* The six kinds of questions, each answered by its part of heard/. */
#include "base/mem.h"
#include "cli/understand.h"
#include "desk/listing.h"
#include "heard/amount.h"
#include "heard/intent.h"
#include "heard/phone.h"
#include "heard/redact.h"
#include "heard/when.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

static enum err refuse(struct understanding *one, const char *why)
{
    one->why = why;
    return ERR_INVALID;
}

/* A member that may be left out or null. */
static enum err text_member(struct understanding *one, const char *name, const char **text)
{
    struct json_object *value = json_get(one->in, name);
    if (value && !json_is(value, json_type_string))
        return refuse(one, mem_printf(one->mem, "\"%s\" must be a string", name));
    *text = value ? json_object_get_string(value) : NULL;
    return ERR_NONE;
}

/* ---- what needs nothing but the words ---- */

static enum err when_settings(struct understanding *one, int64_t *now, const struct zone **zone)
{
    const char *instant, *name;
    if (text_member(one, "now", &instant) || text_member(one, "timezone", &name))
        return ERR_INVALID;
    *now = clock_now(&one->asker->cli->clock);
    if (instant && instant_parse(instant, now))
        return refuse(one, "\"now\" must be an RFC 3339 date and time with an offset or Z");
    *zone = zone_find(name ? name : "UTC");
    return *zone ? ERR_NONE : refuse(one, "\"timezone\" must be an IANA time zone");
}

enum err understand_when(struct understanding *one)
{
    static const char *const keys[] = { "instant", "past", "invalid", "ask" };
    int64_t now;
    const struct zone *zone;
    enum err err = when_settings(one, &now, &zone);
    if (err)
        return err;
    struct when when = when_hear(one->mem, one->text, now, zone);
    if (when.kind == WHEN_INSTANT)
        json_put_instant(one->out, keys[when.kind], when.instant);
    else
        json_put_text(one->out, keys[when.kind], when.why);
    return ERR_NONE;
}

/* ISO 3166 alpha-2, by its form. */
static bool is_region(const char *text)
{
    return strlen(text) == 2 && isalpha((unsigned char)text[0]) && isalpha((unsigned char)text[1]);
}

enum err understand_phone(struct understanding *one)
{
    const char *region;
    char number[PHONE_TEXT];
    enum err err = text_member(one, "region", &region);
    if (err)
        return err;
    if (region && *region && !is_region(region)) /* an unknown one has only numbers with a plus */
        return refuse(one, "\"region\" must be the two letters of a country, such as US");
    switch (phone_hear(one->text, region ? region : "US", number)) {
    case PHONE_E164:
        json_put_text(one->out, "e164", number);
        break;
    case PHONE_LOCAL:
        json_put_text(one->out, "local", number);
        break;
    default:
        json_put_text(one->out, "invalid", "I did not hear one telephone number that exists.");
    }
    return ERR_NONE;
}

enum err understand_intent(struct understanding *one)
{
    struct intent_guess guess = intent_guess(one->text);
    json_put_text(one->out, "intent", words_name(&words_intent, (int)guess.intent));
    json_put_decimal(one->out, "confidence", lround(guess.confidence * 10000), 4);
    return ERR_NONE;
}

enum err understand_redact(struct understanding *one)
{
    const char *name, *address;
    if (text_member(one, "caller_name", &name) || text_member(one, "listing_address", &address))
        return ERR_INVALID;
    json_put_text(one->out, "text", redact(one->mem, one->text, name, address));
    return ERR_NONE;
}

/* ---- what needs the listings ---- */

static int listings_open(struct asker *asker)
{
    struct cli *cli = asker->cli;
    struct brokerage brokerage;
    struct agent agent;
    int64_t id;
    int code = cli_option_id(cli, "agent-id", &id);
    if (!code)
        code = cli_open(cli, DB_READ);
    if (!code && id != NO_VALUE)
        code = cli_agent(cli, id, &agent);
    if (code)
        return code;
    enum err err = id == NO_VALUE ? brokerage_first(cli->db, cli->mem, &brokerage) : ERR_NONE;
    if (err)
        return cli_fail_err(cli, err, "find the brokerage");
    asker->brokerage_id = id == NO_VALUE ? brokerage.head.id : agent.head.brokerage_id;
    return CLI_DONE;
}

/* Opens the database for the first question that wants it; a failure is told once. */
static enum err listings_want(struct understanding *one)
{
    struct asker *asker = one->asker;
    if (asker->brokerage_id == NO_VALUE && asker->code == CLI_DONE)
        asker->code = listings_open(asker);
    return asker->code == CLI_DONE ? ERR_NONE : ERR_FAILED;
}

enum err understand_where(struct understanding *one)
{
    struct cli *cli = one->asker->cli;
    struct listing_found found;
    enum err err = listings_want(one);
    if (err)
        return err;
    const struct desk desk = { .mem = one->mem, .db = cli->db };
    err = listing_find(&desk, one->asker->brokerage_id, one->text, &found);
    if (err)
        return err;
    if (found.kind == LISTING_NONE) {
        json_put_bool(one->out, "none", true);
    } else if (found.kind == LISTING_ONE) {
        json_put_int(one->out, "property_id", found.list[0].head.id);
        json_put_decimal(one->out, "score", lround(found.score * 10000), 4);
    } else {
        struct json_object *ids = json_put_array(one->out, "ask");
        for (size_t i = 0; i < found.count; i++)
            json_put_int(ids, NULL, found.list[i].head.id);
    }
    return ERR_NONE;
}

static enum err asking_read(struct understanding *one, int64_t *cents)
{
    struct property property;
    int64_t id = json_int_at(one->in, "property_id");
    *cents = NO_VALUE;
    if (!json_get(one->in, "property_id"))
        return ERR_NONE;
    if (id == NO_VALUE)
        return refuse(one, "\"property_id\" must be a whole number");
    enum err err = listings_want(one);
    if (!err)
        err = table_get(one->asker->cli->db, one->mem, &table_properties, id, &property);
    if (err == ERR_NOT_FOUND || (!err && property.head.brokerage_id != one->asker->brokerage_id))
        return refuse(one, "there is no listing with that \"property_id\"");
    *cents = err ? NO_VALUE : property.price_cents;
    return err;
}

enum err understand_amount(struct understanding *one)
{
    int64_t asking, cents;
    enum err err = asking_read(one, &asking);
    if (err)
        return err;
    if (amount_hear(one->text, asking, &cents))
        json_put_decimal(one->out, "dollars", cents, 2);
    else
        json_put_text(one->out, "invalid", "I did not hear one amount of money.");
    return ERR_NONE;
}
