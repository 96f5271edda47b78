/* How long it takes to find the listing that a caller means, among many of one brokerage:
 *
 *     where DATABASE LISTINGS
 *
 * fills a new database with made-up listings, asks for them in several ways, through the real
 * store, and prints median, 99th percentile and longest time of each. Built and run by bench/where.
 */
#include "base/log.h"
#include "base/mem.h"
#include "desk/listing.h"
#include "heard/intent.h"
#include "store/agents.h"
#include "store/db.h"
#include "store/migrate.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

enum { ASKED = 2000, BATCH = 5000 };

static const char *const beginnings[] = {
    "Oak",   "Maple", "Cedar", "Wash", "Jeffer", "Harp", "Lin",   "Fair", "Green", "Ridge",
    "Stone", "Brook", "Glen",  "Ash",  "Birch",  "Hart", "Kings", "Lake", "Mill",  "North",
    "Pem",   "Quin",  "Rock",  "Sand", "Thorn",  "Up",   "Vern",  "West", "Wood",  "Yar",
};
static const char *const endings[] = {
    "ington", "son", "wood", "field", "dale", "ton",   "view", "brook", "ley",   "mont",
    "hurst",  "ham", "ford", "land",  "well", "shire", "mere", "bury",  "crest", "worth",
};
static const char *const suffixes[] = { "St", "Ave", "Rd",  "Dr",   "Ln",
                                        "Ct", "Pl",  "Way", "Blvd", "Ter" };
static const char *const suffixes_said[] = { "Street", "Avenue", "Road", "Drive",     "Lane",
                                             "Court",  "Place",  "Way",  "Boulevard", "Terrace" };
static const char *const cities[] = {
    "Cedar Falls",   "Port Ellery", "Saint Clair",  "Long Harbor", "Ashford Mills",
    "New Bristow",   "Kew Point",   "Dunmore",      "East Haddon", "Rivermouth",
    "Tarry Springs", "Westlake",    "Fort Collier", "Bell Haven",  "Old Saxby",
};

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "where: %s\n", what);
    exit(EX_SOFTWARE);
}

static void check(enum err err, const char *what)
{
    if (err)
        fail(what);
}

/* ---- listings, each from its number alone ---- */

struct made {
    int number;
    char name[40];
    int suffix;
    const char *city;
};

static uint32_t mixed(uint32_t n)
{
    n = (n ^ n >> 16) * 0x7feb352du;
    n = (n ^ n >> 15) * 0x846ca68bu;
    return n ^ n >> 16;
}

#define PICK(list, n) ((list)[(size_t)(n) % (sizeof(list) / sizeof(list)[0])])

static struct made make(uint32_t n)
{
    uint32_t a = mixed(n * 2 + 1), b = mixed(n * 2 + 2);
    struct made made = { .number = (int)(a % 4000) + 1, .suffix = (int)(b % 10) };
    if (a >> 28 == 0) /* many towns have a Main Street */
        strcpy(made.name, "Main"), made.suffix = 0;
    else if (a >> 28 == 1)
        snprintf(made.name, sizeof made.name, "%uth", 4 + b / 16 % 60);
    else
        snprintf(made.name, sizeof made.name, "%s%s", PICK(beginnings, a >> 12),
                 PICK(endings, b >> 12));
    made.city = PICK(cities, b >> 20);
    return made;
}

static void listing_put(const struct desk *desk, int64_t agent_id, uint32_t n)
{
    struct made made = make(n);
    struct property property;
    property_init(&property);
    property.head = (struct row_head){ .brokerage_id = desk->brokerage_id, .agent_id = agent_id };
    property.address =
        mem_printf(desk->mem, "%d %s %s", made.number, made.name, PICK(suffixes, made.suffix));
    property.city = made.city;
    property.state = "NJ";
    property.zip = "08401";
    property.price_cents = (int64_t)(n % 900 + 100) * 100000;
    property.bedrooms = (int64_t)(n % 5) + 1;
    property.description = "Light rooms, new roof, garden. Close to schools and the station.";
    check(listing_insert(desk, &property), "cannot insert a listing");
}

static void listings_put(const struct desk *desk, int64_t agent_id, uint32_t count)
{
    for (uint32_t n = 0; n < count;) {
        struct desk batch = *desk;
        batch.mem = mem_context(NULL);
        check(db_begin(desk->db), "cannot begin");
        for (uint32_t end = n + BATCH; n < end && n < count; n++)
            listing_put(&batch, agent_id, n);
        check(db_commit(desk->db), "cannot commit");
        mem_free(batch.mem);
    }
}

static int64_t agent_put(struct db *db, int64_t *brokerage_id)
{
    struct agent agent;
    check(brokerage_insert(db, "Bench", "UTC", 0, brokerage_id), "no brokerage");
    table_clear(&table_agents, &agent);
    agent.head = (struct row_head){ .brokerage_id = *brokerage_id };
    agent.name = "Bench";
    agent.is_active = true;
    check(table_insert(db, &table_agents, &agent), "no agent");
    return agent.head.id;
}

/* ---- asking ---- */

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* nothing here waits */
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int times_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void times_print(const char *what, double *times, size_t count, const char *more)
{
    qsort(times, count, sizeof *times, times_compare);
    printf("%-42s %8.3f %8.3f %8.3f  %s\n", what, times[count / 2], times[count * 99 / 100],
           times[count - 1], more);
}

typedef char *said_by(void *mem, const struct made *made);

static char *said_whole(void *mem, const struct made *made)
{
    return mem_printf(mem, "%d %s %s", made->number, made->name, PICK(suffixes_said, made->suffix));
}

static char *said_with_city(void *mem, const struct made *made)
{
    return mem_printf(mem, "um I'm calling about the house at %d %s %s in %s please", made->number,
                      made->name, PICK(suffixes_said, made->suffix), made->city);
}

static char *said_without_suffix(void *mem, const struct made *made)
{
    return mem_printf(mem, "is %d %s still for sale", made->number, made->name);
}

/* One letter in the midst of the name is missing. */
static char *misspelt(void *mem, const struct made *made)
{
    size_t len = strlen(made->name), out = len > 6 ? len / 2 : len;
    return mem_printf(mem, "%.*s%s", (int)out, made->name, out < len ? made->name + out + 1 : "");
}

static char *said_misspelt(void *mem, const struct made *made)
{
    return mem_printf(mem, "%d %s %s", made->number, misspelt(mem, made),
                      PICK(suffixes_said, made->suffix));
}

static char *said_elsewhere(void *mem, const struct made *made)
{
    return mem_printf(mem, "%d %s %s", made->number + 5000, made->name,
                      PICK(suffixes_said, made->suffix));
}

static char *said_street(void *mem, const struct made *made)
{
    return mem_printf(mem, "the place on %s %s", made->name, PICK(suffixes_said, made->suffix));
}

static char *said_street_and_city(void *mem, const struct made *made)
{
    return mem_printf(mem, "the house on %s %s in %s", made->name,
                      PICK(suffixes_said, made->suffix), made->city);
}

static char *said_misspelt_in_city(void *mem, const struct made *made)
{
    return mem_printf(mem, "the house on %s in %s", misspelt(mem, made), made->city);
}

static char *said_in_other_city(void *mem, const struct made *made)
{
    return mem_printf(mem, "the house on %s %s in Springfield", made->name,
                      PICK(suffixes_said, made->suffix));
}

static char *said_city(void *mem, const struct made *made)
{
    return mem_printf(mem, "what do you have in %s", made->city);
}

static char *said_nothing(void *mem, const struct made *made)
{
    (void)made;
    return mem_strdup(mem, "hello, I have a question about the house with the big pool");
}

static const struct way {
    const char *name;
    said_by *say;
} ways[] = {
    { "number, street, suffix", said_whole },
    { "the same and city, with filler", said_with_city },
    { "without suffix", said_without_suffix },
    { "one letter missing", said_misspelt },
    { "a number that is not there", said_elsewhere },
    { "street alone", said_street },
    { "street and city", said_street_and_city },
    { "street with a letter missing, and city", said_misspelt_in_city },
    { "street, and a city that is not there", said_in_other_city },
    { "city alone", said_city },
    { "no address", said_nothing },
};

static void way_measure(const struct desk *desk, const struct way *way, uint32_t listings)
{
    static double times[ASKED];
    int kinds[3] = { 0 };
    for (uint32_t i = 0; i < ASKED; i++) {
        struct made made = make(mixed(i + 77) % listings);
        struct desk one = *desk;
        struct listing_found found;
        one.mem = mem_context(NULL);
        char *said = way->say(one.mem, &made);
        double begin = milliseconds();
        check(listing_find(&one, desk->brokerage_id, said, &found), said);
        times[i] = milliseconds() - begin;
        kinds[found.kind]++;
        mem_free(one.mem);
    }
    char more[80];
    snprintf(more, sizeof more, "one %d, ask %d, none %d", kinds[LISTING_ONE],
             kinds[LISTING_SEVERAL], kinds[LISTING_NONE]);
    times_print(way->name, times, ASKED, more);
}

static void intent_measure(void)
{
    static double times[ASKED];
    for (uint32_t i = 0; i < ASKED; i++) {
        double begin = milliseconds();
        intent_guess("uh hi, we saw the house on Oak yesterday and I don't need another tour, "
                     "but would they take four hundred thousand");
        times[i] = milliseconds() - begin;
    }
    times_print("the intent of a turn of 23 words", times, ASKED, "");
}

int main(int argc, char **argv)
{
    struct db *db;
    int64_t from, to;
    if (argc != 3)
        fail("usage: where DATABASE LISTINGS");
    uint32_t listings = (uint32_t)strtoul(argv[2], NULL, 10);
    log_set_level(LOG_ERROR);
    check(db_open(argv[1], DB_CREATE, 5000, &db), "cannot open the database");
    check(migrate(db, &from, &to), "cannot make the tables");
    struct desk desk = { .mem = mem_context(NULL), .db = db };
    int64_t agent_id = agent_put(db, &desk.brokerage_id);
    listings_put(&desk, agent_id, listings);
    check(db_script(db, "ANALYZE"), "cannot analyze");
    printf("%u listings of one brokerage; milliseconds of processor time\n%-42s %8s %8s %8s\n",
           listings, "", "p50", "p99", "longest");
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        way_measure(&desk, &ways[i], listings);
    intent_measure();
    mem_free(desk.mem);
    db_close(db);
    return EX_OK;
}
