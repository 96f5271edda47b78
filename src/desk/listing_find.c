#include "base/mem.h"
#include "desk/listing.h"
#include "heard/address.h"
#include "heard/features.h"
#include <string.h>

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
    return type && bedrooms && features_told(features, property->description);
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

/* A page of listings, and with how many fitting ones no more need be looked at. */
enum { PAGE = 64, ASKED = 8 };

/* Where to look: among the listings that have any of some terms and any of more. */
struct lookup {
    struct property_terms some, more;
    size_t limit;
    const struct features *features;
    bool exact; /* all that fit to the letter are among them, but not those that are like it */
    bool last;  /* there is nowhere else to look */
};

/* Whether what was found there settles it: no better listing can be elsewhere, or so many fit that
 * it does not matter. */
static bool is_settled(const struct lookup *lookup, const struct address_match *match, bool full)
{
    if (match->kind == ADDRESS_NONE || (lookup->exact && match->score < 1))
        return false;
    return !full || lookup->last || match->count >= ASKED;
}

enum { WORDS = 100 }; /* that one sound has at most: Main, Maine, Mine, … */

static void term_add(struct property_terms *terms, char **all, char *term)
{
    if (terms->count < PROPERTY_TERMS_MAX)
        all[terms->count++] = term;
}

static bool has_word(const struct property_terms *terms, const char *term)
{
    for (size_t i = 0; i < terms->count; i++)
        if (strchr(terms->all[i], '/') && !strcmp(strchr(terms->all[i], '/'), strchr(term, '/')))
            return true;
    return false;
}

/* Puts in the place of sounds the words on record that sound like what was said. */
static enum err sounds_resolve(const struct desk *desk, int64_t brokerage_id,
                               const struct address *heard, struct property_terms *terms)
{
    char **all = mem_new_array(desk->mem, char *, PROPERTY_TERMS_MAX);
    struct property_terms resolved = { all, 0 };
    for (size_t i = 0; i < terms->count; i++) {
        char **words;
        size_t count;
        if (!address_term_begins(terms->all[i])) {
            term_add(&resolved, all, terms->all[i]);
            continue;
        }
        enum err err = property_terms_begun(desk->db, desk->mem, brokerage_id, terms->all[i], WORDS,
                                            &words, &count);
        if (err)
            return err;
        for (size_t k = 0; k < count; k++)
            if (address_term_fits(heard, words[k]) && !has_word(&resolved, words[k]))
                term_add(&resolved, all, words[k]);
    }
    *terms = resolved;
    return ERR_NONE;
}

static enum err candidates_list(const struct desk *desk, int64_t brokerage_id,
                                const struct address *heard, struct lookup *lookup,
                                struct property **list, size_t *count)
{
    *count = 0;
    if (lookup->some.count == 0)
        return ERR_NONE;
    enum err err = sounds_resolve(desk, brokerage_id, heard, &lookup->some);
    if (!err)
        err = sounds_resolve(desk, brokerage_id, heard, &lookup->more);
    return err ? err
               : property_find_by_terms(desk->db, desk->mem, brokerage_id, &lookup->some,
                                        &lookup->more, (int64_t)lookup->limit, list, count);
}

static struct address_match chosen(void *mem, const struct address *heard,
                                   const struct property *list, size_t count)
{
    const struct address **candidates = mem_new_array(mem, const struct address *, count);
    for (size_t i = 0; i < count; i++)
        candidates[i] = listing_parse(mem, &list[i]);
    return address_choose(mem, heard, candidates, count);
}

/* Of more listings than a page those with the features, if there are any: "the condo in Oakland".
 */
static enum err featured_find(const struct desk *desk, int64_t brokerage_id,
                              const struct address *heard, const struct lookup *lookup,
                              struct listing_found *found)
{
    struct property_terms more = { NULL, 0 };
    struct property *list;
    size_t count;
    more.all = features_terms_said(desk->mem, lookup->features, &more.count);
    if (more.count == 0)
        return ERR_NONE;
    enum err err = property_find_by_terms(desk->db, desk->mem, brokerage_id, &lookup->some, &more,
                                          PAGE, &list, &count);
    if (err || count == 0)
        return err;
    struct address_match match = chosen(desk->mem, heard, list, count);
    if (match.count == 0)
        return ERR_NONE;
    found->list = picked(desk->mem, list, &match);
    found->count = match.count;
    features_apply(lookup->features, found);
    found->kind = found->count == 1 && count < PAGE ? LISTING_ONE : LISTING_SEVERAL;
    return ERR_NONE;
}

static enum err look_up(const struct desk *desk, int64_t brokerage_id, const struct address *heard,
                        struct lookup *lookup, struct listing_found *found)
{
    void *mem = desk->mem;
    struct property *list;
    size_t count;
    enum err err = candidates_list(desk, brokerage_id, heard, lookup, &list, &count);
    if (err || count == 0)
        return err;
    struct address_match match = chosen(mem, heard, list, count);
    bool full = count == lookup->limit; /* and may have left out the very listing that was meant */
    if (!is_settled(lookup, &match, full))
        return ERR_NONE;
    found->kind = match.kind == ADDRESS_ONE && !full ? LISTING_ONE : LISTING_SEVERAL;
    found->list = picked(mem, list, &match);
    found->count = match.count;
    found->score = match.score;
    if (full)
        return featured_find(desk, brokerage_id, heard, lookup, found);
    features_apply(lookup->features, found);
    return ERR_NONE;
}

/* Without a house number: a street or city may have thousands of listings, and nobody can be asked
 * about more than a page of them.  So the street is looked for as it would be written, in the city
 * that was said, then by sound with another word that was said; where that settles nothing, a page
 * of those that sound so is looked at. */
static enum err street_find(const struct desk *desk, int64_t brokerage_id,
                            const struct address *heard, struct lookup *sound,
                            struct listing_found *found)
{
    struct lookup street = { .limit = PAGE, .features = sound->features, .exact = true };
    street.some.all = address_terms_street(desk->mem, heard, &street.some.count);
    if (street.some.count > PROPERTY_TERMS_MAX) /* not all that fit would be found */
        street.some.count = 0;
    sound->more.all = address_terms_narrower(desk->mem, heard, true, &sound->more.count);
    enum err err = look_up(desk, brokerage_id, heard, &street, found);
    if (!err && found->kind == LISTING_NONE)
        err = look_up(desk, brokerage_id, heard, sound, found);
    sound->more.count = 0;
    sound->last = true;
    if (!err && found->kind == LISTING_NONE)
        err = look_up(desk, brokerage_id, heard, sound, found);
    return err;
}

static enum err address_find(const struct desk *desk, int64_t brokerage_id, const char *said,
                             const struct features *features, struct listing_found *found)
{
    struct address *heard = address_parse_said(desk->mem, said);
    struct lookup sound = { .limit = PAGE, .features = features },
                  all = { .limit = ADDRESS_CANDIDATES, .features = features, .last = true };
    sound.some.all = address_terms_narrower(desk->mem, heard, false, &sound.some.count);
    if (sound.some.count > 0)
        return street_find(desk, brokerage_id, heard, &sound, found);
    all.some.all = address_terms(desk->mem, heard, true, &all.some.count);
    return look_up(desk, brokerage_id, heard, &all, found);
}

/* ---- by features alone ---- */

static bool is_address(void *mem, const char *said)
{
    size_t count;
    address_terms(mem, address_parse_said(mem, said), true, &count);
    return count > 0;
}

/* "The one with the pool": the listing if there is one. Of "a house with a pool" the caller wants
 * any, so that even one is asked about. */
static enum err features_find(const struct desk *desk, int64_t brokerage_id,
                              const struct features *features, struct listing_found *found)
{
    struct property *list;
    size_t count, kept = 0;
    size_t terms;
    char **all = features_terms_said(desk->mem, features, &terms);
    struct property_terms some = { all, terms > 0 }, more = { all + 1, terms > 1 };
    enum err err = property_find_by_terms(desk->db, desk->mem, brokerage_id, &some, &more, PAGE,
                                          &list, &count);
    for (size_t i = 0; i < count && !err; i++)
        if (has_features(&list[i], features))
            list[kept++] = list[i];
    if (err || kept == 0)
        return err;
    bool sure = kept == 1 && count < PAGE && features->definite;
    *found = (struct listing_found){ sure ? LISTING_ONE : LISTING_SEVERAL, list, kept, 0.8 };
    return ERR_NONE;
}

enum err listing_find(const struct desk *desk, int64_t brokerage_id, const char *said,
                      struct listing_found *found)
{
    struct features features = features_heard(said);
    *found = (struct listing_found){ .kind = LISTING_NONE };
    enum err err = address_find(desk, brokerage_id, said, &features, found);
    if (err || found->kind != LISTING_NONE || features.own ||
        (features.count == 0 && !features.property_type))
        return err;
    if (!is_address(desk->mem, features_rest(desk->mem, said, false)))
        return features_find(desk, brokerage_id, &features, found);
    return address_find(desk, brokerage_id, features_rest(desk->mem, said, true), &features, found);
}
