/* Which listing was meant by what was said.
 *
 * An address is taken apart once: a listing's when it is stored, a caller's words when they are
 * heard.  Both come out in the same canonical words (lower case, no accents, "st" for Street and
 * Saint, "n" for North, "5" for 5th and fifth, "route 9" for State Road 9), so that comparing is
 * comparing texts.  Pure functions; any bytes are safe; of longer texts the first ADDRESS_TEXT
 * bytes count.
 *
 * How the store finds the candidates, in one ordinary table:
 *
 *     CREATE TABLE listing_terms (brokerage_id, term TEXT, property_id,
 *                                 PRIMARY KEY (brokerage_id, term, property_id)) WITHOUT ROWID;
 *     on insert or change of a listing: delete its rows, insert one for each of
 *         address_terms(mem, listing, false, &count);
 *     on what was said: take address_terms(mem, said, true, &count), putting in the place of one
 *         that only begins (address_term_begins) all that begin so and fit (address_term_fits);
 *         SELECT DISTINCT property_id FROM listing_terms WHERE brokerage_id = ? AND
 *         term IN (all of these) ORDER BY property_id LIMIT ADDRESS_CANDIDATES;
 *     parse the listings found (address_parse_listing) and give all of them to address_choose.
 *
 * The union of those postings holds every listing that can match (count 0: none can).  When the
 * limit is reached, others were left out: take an ADDRESS_ONE for an ADDRESS_ASK.  A street or city
 * alone may have thousands of postings: try those first that also have one of
 * address_terms_narrower, and a smaller limit. */
#ifndef AR_HEARD_ADDRESS_H
#define AR_HEARD_ADDRESS_H

#include "base/mem.h"
#include <stdbool.h>
#include <stddef.h>

enum {
    ADDRESS_TEXT = 1000,      /* bytes of a text that are looked at */
    ADDRESS_CANDIDATES = 3000 /* listings worth comparing with one utterance */
};

struct address_heard;

/* All texts canonical; NULL where there is none. Everything belongs to the mem it was parsed on. */
struct address {
    const char *number; /* "123", "4512" (also for 45-12), "12b", "12/2" for 12 1/2 */
    const char *before; /* direction in front of the name: n ne e se s sw w nw */
    const char **words; /* of the street's name, word_count of them */
    size_t word_count;
    const char *suffix; /* USPS abbreviation: "st", "ave", "blvd" */
    const char *after;  /* direction behind the suffix */
    const char *unit;   /* without its designator: "4b", "ph" */
    const char *city;   /* words with single spaces */
    const char *state;  /* two letters where it is a known state, else its words */
    const char *zip;    /* five digits in the United States */
    /* What was said, where the meaning of a word depends on the candidates ("Washington" may be
     * street, city or state); NULL for a listing. Of what was said only number and unit are filled
     * above. */
    const struct address_heard *heard;
};

/* A stored listing's address; street_line as in "123 E Main St Apt 4". Any argument may be NULL; a
 * unit, city, state or ZIP at the end of street_line is taken from there when its own is missing.
 * Never NULL. */
struct address *address_parse_listing(void *mem, const char *street_line, const char *unit,
                                      const char *city, const char *state, const char *zip);

/* What a caller said or a speech model wrote of an address, filler around it included. Never NULL;
 * of words without any address it matches nothing. */
struct address *address_parse_said(void *mem, const char *text);

/* Terms of the inverted index, as described above; *count of them, most selective first. */
char **address_terms(void *mem, const struct address *address, bool said, size_t *count);

/* Whether a term of what was said is only how the terms that are meant begin. */
bool address_term_begins(const char *term);
/* Whether the word at the end of a listing's term, which begins as one of what was said, is like
 * one that was said: many words begin alike. */
bool address_term_fits(const struct address *said, const char *term);

/* Of what was said without a house number, the terms of one word, and those of a second or of a
 * numbered street: a listing that matches has one of each, unless a word is a state's or was
 * misheard. count 0: there is no such word. */
char **address_terms_narrower(void *mem, const struct address *said, bool second, size_t *count);

/* Of what was said without a house number, the terms of the street as it would be written, in the
 * city that was said: every listing whose street's name and suffix are exactly those said, and
 * which has all the rest, has one of them. */
char **address_terms_street(void *mem, const struct address *said, size_t *count);

enum address_kind {
    ADDRESS_ONE, /* this listing was meant */
    ADDRESS_ASK, /* ask which of these was meant; there may be just one to be confirmed */
    ADDRESS_NONE /* no listing fits */
};

struct address_match {
    enum address_kind kind;
    size_t *which; /* places in candidates, ascending; count of them: 1, 1 or more, 0 */
    size_t count;
    double score; /* how well the best one fits what was said: 0 to 1 */
};

/* Which of the candidates was meant. Numbers, units, city, state and ZIP are never guessed, names
 * may be misspelt; a wrong listing is worse than a question. */
struct address_match address_choose(void *mem, const struct address *said,
                                    const struct address *const *candidates, size_t count);

/* One text for all writings of a listing's address: a unique key within a brokerage. */
char *address_key(void *mem, const struct address *address);

#endif
