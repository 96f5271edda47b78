#include "desk/listing.h"
#include "base/mem.h"
#include "base/text.h"
#include "heard/address.h"
#include "heard/amount.h"
#include "heard/features.h"
#include <math.h>

struct address *listing_parse(void *mem, const struct property *property)
{
    return address_parse_listing(mem, property->address, property->unit, property->city,
                                 property->state, property->zip);
}

/* The terms by which callers find it: of its address and of its features. */
static char **terms_of(void *mem, const struct property *property, size_t *count)
{
    size_t features;
    char **terms = address_terms(mem, listing_parse(mem, property), false, count);
    char **more = features_terms(mem, words_name(&words_property_type, property->property_type),
                                 property->description, &features);
    terms = mem_resize(mem, terms, char *, *count + features + 1); /* never none */
    for (size_t i = 0; i < features; i++)
        terms[(*count)++] = more[i];
    return terms;
}

enum err listing_insert(const struct desk *desk, struct property *property)
{
    size_t count;
    char **terms = terms_of(desk->mem, property, &count);
    return property_insert(desk->db, property, terms, count);
}

enum err listing_reindex(struct db *db, void *mem, int64_t *last, size_t *count)
{
    struct selection selection = { .limit = LISTINGS_A_TIME };
    struct property *list;
    void *rows;
    selection_add(&selection, "id > ?", db_int(*last));
    enum err err = table_list(db, mem, &table_properties, &selection, &rows, count, NULL);
    list = rows;
    for (size_t i = 0; i < *count && !err; i++) {
        size_t term_count;
        char **terms = terms_of(mem, &list[i], &term_count);
        err = property_index(db, &list[i], terms, term_count);
        *last = list[i].head.id;
    }
    return err;
}

static bool is_said_otherwise(const struct property *a, const struct property *b)
{
    return !text_equal(a->address, b->address) || !text_equal(a->unit, b->unit) ||
           !text_equal(a->city, b->city) || !text_equal(a->state, b->state) ||
           !text_equal(a->zip, b->zip) || a->property_type != b->property_type ||
           !text_equal(a->description, b->description);
}

enum err listing_update(const struct desk *desk, const struct property *before,
                        struct property *after)
{
    size_t count = 0;
    char **terms = NULL;
    if (is_said_otherwise(before, after))
        terms = terms_of(desk->mem, after, &count);
    return property_update(desk->db, desk->mem, before, after, terms, count, desk->now);
}

char *listing_address(void *mem, const struct property *property)
{
    return text_blank(property->unit)
               ? mem_strdup(mem, property->address)
               : mem_printf(mem, "%s, unit %s", property->address, property->unit);
}

static void detail_add(void *mem, char **text, const char *detail)
{
    mem_append(mem, text, "%s%s", *text ? ", " : "", detail);
}

char *listing_details(void *mem, const struct property *property)
{
    char *text = NULL;
    if (property->price_cents != NO_VALUE)
        detail_add(mem, &text, amount_format(mem, property->price_cents));
    if (property->bedrooms == 0)
        detail_add(mem, &text, "studio");
    else if (property->bedrooms != NO_VALUE)
        detail_add(mem, &text, mem_printf(mem, "%lld bed", (long long)property->bedrooms));
    if (!isnan(property->bathrooms))
        detail_add(mem, &text, mem_printf(mem, "%g bath", property->bathrooms));
    if (property->square_feet != NO_VALUE)
        detail_add(mem, &text,
                   mem_printf(mem, "%s sqft", number_grouped(mem, property->square_feet)));
    return text;
}
