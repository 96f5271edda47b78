#include "desk/listing.h"
#include "base/mem.h"
#include "base/text.h"
#include "heard/address.h"
#include "heard/amount.h"
#include <math.h>

static struct address *address_of(void *mem, const struct property *property)
{
    return address_parse_listing(mem, property->address, property->unit, property->city,
                                 property->state, property->zip);
}

enum err listing_insert(const struct desk *desk, struct property *property)
{
    size_t count;
    char **terms = address_terms(desk->mem, address_of(desk->mem, property), false, &count);
    return property_insert(desk->db, property, terms, count);
}

static bool address_changed(const struct property *a, const struct property *b)
{
    return !text_equal(a->address, b->address) || !text_equal(a->unit, b->unit) ||
           !text_equal(a->city, b->city) || !text_equal(a->state, b->state) ||
           !text_equal(a->zip, b->zip);
}

enum err listing_update(const struct desk *desk, const struct property *before,
                        struct property *after)
{
    size_t count = 0;
    char **terms = NULL;
    if (address_changed(before, after))
        terms = address_terms(desk->mem, address_of(desk->mem, after), false, &count);
    return property_update(desk->db, desk->mem, before, after, terms, count, desk->now);
}

static struct property *picked(void *mem, const struct property *list,
                               const struct address_match *match)
{
    struct property *some = mem_new_array(mem, struct property, match->count);
    for (size_t i = 0; i < match->count; i++)
        some[i] = list[match->which[i]];
    return some;
}

enum { PAGE = 64, ASKED = 8 };

/* Compares those of the listings with both terms, at most limit, with what was said. */
static enum err find_among(const struct desk *desk, int64_t brokerage_id,
                           const struct address *heard, const struct property_terms *some,
                           const struct property_terms *more, size_t limit,
                           struct listing_found *found)
{
    void *mem = desk->mem;
    struct property *list;
    size_t count;
    *found = (struct listing_found){ .kind = LISTING_NONE };
    enum err err = property_find_by_both(desk->db, mem, brokerage_id, some, more, (int64_t)limit,
                                         &list, &count);
    if (err || count == 0)
        return err;
    const struct address **candidates = mem_new_array(mem, const struct address *, count);
    for (size_t i = 0; i < count; i++)
        candidates[i] = address_of(mem, &list[i]);
    struct address_match match = address_choose(mem, heard, candidates, count);
    if (match.kind == ADDRESS_NONE)
        return ERR_NONE;
    bool full = count == limit; /* and may have left out the very listing that was meant */
    if (full && limit < ADDRESS_CANDIDATES && (match.count < ASKED || match.score < 1))
        return ERR_NONE;
    found->kind = match.kind == ADDRESS_ONE && !full ? LISTING_ONE : LISTING_SEVERAL;
    found->list = picked(mem, list, &match);
    found->count = match.count;
    found->score = match.score;
    return ERR_NONE;
}

/* A street or city may have thousands of listings, and nobody can be asked about more than a page
 * of them; where fewer than a handful on it fit, all the others are looked at. */
enum err listing_find(const struct desk *desk, int64_t brokerage_id, const char *said,
                      struct listing_found *found)
{
    struct address *heard = address_parse_said(desk->mem, said);
    struct property_terms all, one, other, none = { NULL, 0 };
    all.all = address_terms(desk->mem, heard, true, &all.count);
    one.all = address_terms_narrower(desk->mem, heard, false, &one.count);
    other.all = address_terms_narrower(desk->mem, heard, true, &other.count);
    *found = (struct listing_found){ .kind = LISTING_NONE };
    if (all.count == 0)
        return ERR_NONE;
    if (one.count > 0) {
        enum err err = find_among(desk, brokerage_id, heard, &one, &other, PAGE, found);
        if (err || found->kind != LISTING_NONE)
            return err;
    }
    return find_among(desk, brokerage_id, heard, &all, &none, ADDRESS_CANDIDATES, found);
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
