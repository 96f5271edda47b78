#include "cli/known.h"
#include "base/instant.h"
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

/* A listing's key is its address without state and ZIP code, which may be missing on either side.
 */
static struct known_listing *listing_make(void *mem, const struct property *property)
{
    struct known_listing *listing = mem_new(mem, struct known_listing);
    struct address *address = address_parse_listing(listing, property->address, property->unit,
                                                    property->city, property->state, property->zip);
    listing->property = *property;
    listing->state = address->state;
    listing->zip = address->zip;
    address->state = address->zip = NULL;
    listing->key = address_key(listing, address);
    return listing;
}

static bool agree(const char *a, const char *b)
{
    return !a || !b || strcmp(a, b) == 0;
}

struct known_listing *known_add(struct known *known, const struct property *property)
{
    struct known_listing *listing = listing_make(known, property);
    struct known_listing **place = mem_check(tsearch(listing, &known->root, key_compare));
    if (*place != listing) {
        listing->next = (*place)->next;
        (*place)->next = listing;
    }
    return listing;
}

struct known_listing *known_find(struct known *known, const struct property *property,
                                 size_t *count)
{
    struct known_listing *wanted = listing_make(known, property), *first = NULL;
    struct known_listing **place = tfind(wanted, &known->root, key_compare);
    *count = 0;
    for (struct known_listing *one = place ? *place : NULL; one; one = one->next)
        if (agree(one->state, wanted->state) && agree(one->zip, wanted->zip)) {
            first = first ? first : one;
            ++*count;
        }
    mem_free(wanted);
    return first;
}

enum err known_load(struct db *db, void *mem, int64_t brokerage_id, struct known **out)
{
    struct known *known = mem_new(mem, struct known);
    struct selection all = { .limit = INT64_MAX };
    void *records;
    size_t count;
    talloc_set_destructor(known, known_release);
    selection_scope(&all, &(struct scope){ brokerage_id, NO_VALUE });
    enum err err = table_list(db, known, &table_properties, &all, &records, &count, NULL);
    const struct property *list = records;
    for (size_t i = 0; i < count && !err; i++)
        known_add(known, &list[i])->is_stored = true;
    *out = known;
    return err;
}
