#include "desk/listing.h"
#include "base/mem.h"
#include "base/text.h"
#include "heard/address.h"
#include "heard/amount.h"
#include "heard/features.h"
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

/* Whether the listing is what was said of it; what is not on record may be. */
static bool has_features(const struct property *property, const struct features *features)
{
    bool type =
        !features->property_type ||
        property->property_type == words_find(&words_property_type, features->property_type);
    bool bedrooms = features->bedrooms < 0 || property->bedrooms == NO_VALUE ||
                    property->bedrooms == features->bedrooms;
    return type && bedrooms;
}

/* Of several listings keeps those of which it is true, if there are any: "the condo on Oak". */
static void features_apply(const struct features *features, struct listing_found *found)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++)
        kept += has_features(&found->list[i], features);
    if (kept == 0 || kept == found->count)
        return;
    kept = 0;
    for (size_t i = 0; i < found->count; i++)
        if (has_features(&found->list[i], features))
            found->list[kept++] = found->list[i];
    found->count = kept;
    found->kind = kept == 1 ? LISTING_ONE : LISTING_SEVERAL;
}

enum { PAGE = 64, ASKED = 8 };

/* Where to look: among the listings that have any of some terms and any of more. */
struct lookup {
    struct property_terms some, more;
    size_t limit;
    const struct features *features;
    bool exact; /* all that fit to the letter are among them, but not those that are like it */
};

/* Whether what was found there settles it: no better listing can be elsewhere, or so many fit that
 * it does not matter. */
static bool is_settled(const struct lookup *lookup, const struct address_match *match, bool full)
{
    if (match->kind == ADDRESS_NONE || (lookup->exact && match->score < 1))
        return false;
    return !full || lookup->limit == ADDRESS_CANDIDATES ||
           (match->count >= ASKED && match->score >= 1);
}

static enum err look_up(const struct desk *desk, int64_t brokerage_id, const struct address *heard,
                        const struct lookup *lookup, struct listing_found *found)
{
    void *mem = desk->mem;
    struct property *list;
    size_t count;
    enum err err = property_find_by_both(desk->db, mem, brokerage_id, &lookup->some, &lookup->more,
                                         (int64_t)lookup->limit, &list, &count);
    if (err || count == 0)
        return err;
    const struct address **candidates = mem_new_array(mem, const struct address *, count);
    for (size_t i = 0; i < count; i++)
        candidates[i] = address_of(mem, &list[i]);
    struct address_match match = address_choose(mem, heard, candidates, count);
    bool full = count == lookup->limit; /* and may have left out the very listing that was meant */
    if (!is_settled(lookup, &match, full))
        return ERR_NONE;
    found->kind = match.kind == ADDRESS_ONE && !full ? LISTING_ONE : LISTING_SEVERAL;
    found->list = picked(mem, list, &match);
    found->count = match.count;
    found->score = match.score;
    if (!full)
        features_apply(lookup->features, found);
    return ERR_NONE;
}

/* A street or city may have thousands of listings, and nobody can be asked about more than a page
 * of them.  So the street is looked for as it would be written, then by sound, each with another
 * word that was said; all the others are looked at where that settles nothing. */
enum err listing_find(const struct desk *desk, int64_t brokerage_id, const char *said,
                      struct listing_found *found)
{
    void *mem = desk->mem;
    struct address *heard = address_parse_said(mem, said);
    struct features features = features_heard(said);
    struct lookup street = { .limit = PAGE, .features = &features, .exact = true },
                  sound = { .limit = PAGE, .features = &features },
                  all = { .limit = ADDRESS_CANDIDATES, .features = &features };
    const struct lookup *lookups[] = { &street, &sound, &all };
    all.some.all = address_terms(mem, heard, true, &all.some.count);
    sound.some.all = address_terms_narrower(mem, heard, false, &sound.some.count);
    sound.more.all = address_terms_narrower(mem, heard, true, &sound.more.count);
    if (sound.some.count > 0)
        street.some.all = address_terms_street(mem, heard, &street.some.count);
    street.more = sound.more;
    *found = (struct listing_found){ .kind = LISTING_NONE };
    for (size_t i = 0; i < 3 && found->kind == LISTING_NONE; i++) {
        if (lookups[i]->some.count == 0)
            continue;
        enum err err = look_up(desk, brokerage_id, heard, lookups[i], found);
        if (err)
            return err;
    }
    return ERR_NONE;
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
