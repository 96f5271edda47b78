#include "cli/known.h"
#include "base/mem.h"
#include "heard/address.h"
#include <search.h>
#include <string.h>

struct known {
    void *root; /* of tsearch(3)'s tree */
};

static int key_compare(const void *a, const void *b)
{
    const struct known_listing *left = a, *right = b;
    return strcmp(left->key, right->key);
}

static void leave(void *listing)
{
    (void)listing; /* talloc owns it */
}

static int known_release(struct known *known)
{
    tdestroy(known->root, leave);
    return 0;
}

static char *property_key(void *mem, const struct property *property)
{
    void *scratch = mem_context(mem);
    char *key =
        address_key(scratch, address_parse_listing(scratch, property->address, property->unit,
                                                   property->city, property->state, property->zip));
    key = mem_strdup(mem, key);
    mem_free(scratch);
    return key;
}

struct known_listing *known_take(struct known *known, const struct property *property)
{
    struct known_listing *listing = mem_new(known, struct known_listing);
    listing->key = property_key(listing, property);
    struct known_listing **place = mem_check(tsearch(listing, &known->root, key_compare));
    if (*place != listing)
        mem_free(listing);
    return *place;
}

enum err known_load(struct db *db, void *mem, int64_t brokerage_id, struct known **out)
{
    struct known *known = mem_new(mem, struct known);
    struct property *list;
    size_t count;
    talloc_set_destructor(known, known_release);
    enum err err = table_where(db, known, &table_properties, "brokerage_id = $1 ORDER BY id",
                               DB_ARGS(db_int(brokerage_id)), (void **)&list, &count);
    for (size_t i = 0; i < count && !err; i++) {
        struct known_listing *listing = known_take(known, &list[i]);
        if (!listing->is_stored) /* of two stored ones the first counts */
            listing->property = list[i];
        listing->is_stored = true;
    }
    *out = known;
    return err;
}
