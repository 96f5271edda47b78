/* The demonstration: all of it is invented; the numbers are of the range kept for fiction. */
#include "base/mem.h"
#include "cli/init.h"
#include "desk/listing.h"

/* ---- numbers ---- */

/* The second is open for half an hour at night, so that it can be seen to forward at nearly any
 * time. */
static const struct {
    const char *number, *name, *provider_id, *forward_to;
    int forward_when;
    const char *start, *end;
} numbers[] = {
    { "+14155551234", "Main Line", "demo-phone-1", NULL, FORWARD_NEVER, "09:00", "18:00" },
    { "+14155550188", "After-Hours Line", "demo-phone-2", "+14155550142", FORWARD_AFTER_HOURS,
      "04:00", "04:30" },
};

static enum err number_fill(struct cli *cli, const struct init *init, const struct agent *agent,
                            size_t place)
{
    struct phone_number number = { 0 };
    phone_number_init(&number);
    number.head = agent->head;
    number.head.agent_id = agent->head.id;
    number.head.created_at = number.head.updated_at = clock_now(&cli->clock);
    number.phone_number = numbers[place].number;
    number.friendly_name = numbers[place].name;
    number.provider_phone_id = numbers[place].provider_id;
    number.greeting_message =
        mem_printf(cli->mem, "Thanks for calling %s. How can I help?", init->company);
    number.forward_to_number = numbers[place].forward_to;
    number.forward_when = numbers[place].forward_when;
    number.business_hours_start = numbers[place].start;
    number.business_hours_end = numbers[place].end;
    number.timezone = init->timezone;
    enum err err = phone_number_insert(cli->db, &number);
    return err ? err : cli_audit_created(cli, &table_phone_numbers, &number);
}

static enum err numbers_fill(struct cli *cli, const struct init *init, const struct agent *agent)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && !err; i++)
        err = number_fill(cli, init, agent, i);
    return err;
}

/* ---- listings ---- */

static const struct {
    const char *address, *unit, *city, *zip;
    int64_t dollars, bedrooms;
    double bathrooms;
    int64_t square_feet, year_built;
    const char *type;
    int status, stage;
    const char *mls, *description, *private_notes, *next_action, *blocked_reason;
} listings[] = {
    { "123 Main St", NULL, "San Francisco", "94105", 850000, 3, 2, 1800, 1926, "house",
      LISTING_ACTIVE, STAGE_RESEARCHED, "DEMO-1001",
      "A sunny three-bedroom near the waterfront, with a renovated kitchen and a small garden.",
      "The seller would take 830.", "Order the termite inspection", NULL },
    { "456 Oak Avenue", NULL, "Oakland", "94607", 420000, 2, 1, 1100, 1948, "house", LISTING_ACTIVE,
      STAGE_ENRICHED, "DEMO-1002", "A two-bedroom bungalow on a quiet street, close to BART.",
      "Roof is from 2004.", "Ask the seller for the roof report", NULL },
    { "789 Pine St", "4B", "San Francisco", "94108", 1195000, 2, 2, 1340, 2008, "condo",
      LISTING_ACTIVE, STAGE_RESEARCHED, "DEMO-1003",
      "A corner condominium with a view of the bay and one parking space.", NULL,
      "Confirm the HOA fees", NULL },
    { "500 Mission Street", "14C", "San Francisco", "94105", 725000, 1, 1, 720, 2016, "condo",
      LISTING_PENDING, STAGE_WAITING_FOR_CONTRACTS, "DEMO-1004",
      "A one-bedroom high above the city, with a doorman and a gym.", NULL,
      "Chase the buyer's signature", "The buyer's lender has not answered" },
    { "31 Hillside Court", NULL, "Berkeley", "94708", 1650000, 4, 3, 2600, 1935, "house",
      LISTING_ACTIVE, STAGE_NEW_PROPERTY, "DEMO-1005",
      "A four-bedroom in the hills, with a study, a deck and a view over the Golden Gate.", NULL,
      "Take photographs", NULL },
    { "2200 Cedar Street", NULL, "Berkeley", "94709", 980000, 3, 1.5, 1520, 1922, "house",
      LISTING_ACTIVE, STAGE_RESEARCHED, "DEMO-1006",
      "A brown-shingle house with original woodwork, two blocks from the shops.", NULL, NULL,
      NULL },
    { "88 Lakeshore Ave", "2", "Oakland", "94610", 610000, 2, 2, 1250, 1999, "townhouse",
      LISTING_ACTIVE, STAGE_COMPLETE, "DEMO-1007",
      "A townhouse by the lake, with a garage and a terrace for evenings.", NULL, NULL, NULL },
    { "1410 Park Blvd", NULL, "Oakland", "94606", 1275000, 6, 4, 3400, 1961, "multi_family",
      LISTING_SOLD, STAGE_COMPLETE, "DEMO-1008", "Three apartments of two bedrooms each.", NULL,
      NULL, NULL },
};

static struct property listing_make(const struct agent *agent, size_t place, int64_t now)
{
    struct property property = { 0 };
    property_init(&property);
    property.head = (struct row_head){ .brokerage_id = agent->head.brokerage_id,
                                       .agent_id = agent->head.id,
                                       .created_at = now,
                                       .updated_at = now };
    property.address = listings[place].address;
    property.unit = listings[place].unit;
    property.city = listings[place].city;
    property.state = "CA";
    property.zip = listings[place].zip;
    property.price_cents = listings[place].dollars * 100;
    property.bedrooms = listings[place].bedrooms;
    property.bathrooms = listings[place].bathrooms;
    property.square_feet = listings[place].square_feet;
    property.year_built = listings[place].year_built;
    property.property_type = words_find(&words_property_type, listings[place].type);
    property.listing_status = listings[place].status;
    property.stage = listings[place].stage;
    property.mls_number = listings[place].mls;
    property.description = listings[place].description;
    property.private_notes = listings[place].private_notes;
    property.next_action = listings[place].next_action;
    property.blocked_reason = listings[place].blocked_reason;
    return property;
}

static enum err listings_fill(struct cli *cli, const struct init *init, const struct agent *agent)
{
    struct desk desk = cli_desk(cli, agent);
    enum err err = ERR_NONE;
    (void)init;
    for (size_t i = 0; i < sizeof listings / sizeof listings[0] && !err; i++) {
        struct property property = listing_make(agent, i, desk.now);
        err = listing_insert(&desk, &property);
        if (!err)
            err = cli_audit_created(cli, &table_properties, &property);
    }
    return err;
}

/* ---- both ---- */

static const struct {
    const struct table *table;
    const char *what;
    enum err (*fill)(struct cli *cli, const struct init *init, const struct agent *agent);
} parts[] = {
    { &table_phone_numbers, "telephone numbers", numbers_fill },
    { &table_properties, "listings", listings_fill },
};

int demo_fill(struct cli *cli, const struct init *init, const struct agent *agent)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct selection none = { .limit = 1 };
        void *records;
        size_t count;
        int64_t total;
        enum err err =
            table_list(cli->db, cli->mem, parts[i].table, &none, &records, &count, &total);
        if (!err && total == 0)
            err = parts[i].fill(cli, init, agent);
        if (err)
            return cli_fail_err(cli, err, "add the demonstration's %s", parts[i].what);
        init_tell(cli, total == 0, mem_printf(cli->mem, "the demonstration's %s", parts[i].what));
    }
    return CLI_DONE;
}
