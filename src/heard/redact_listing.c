#include "heard/address.h"
#include "heard/address_number.h"
#include "heard/redact_rules.h"
#include <string.h>

static const char *canonical(const struct redact_text *text, size_t i)
{
    return address_word_find(text->words.all[i].plain).text;
}

static bool is_class(const struct redact_text *text, size_t i, unsigned word_class)
{
    return redact_class_at(text, i) & word_class;
}

/* The place behind the listing's street name if it begins with word i; else i. */
static size_t street_end(const struct redact_text *text, size_t i, const struct address *listing)
{
    for (size_t k = 0; k < listing->word_count; k++)
        if (i + k >= text->words.count || strcmp(canonical(text, i + k), listing->words[k]))
            return i;
    return i + listing->word_count;
}

/* The first of the words before word i that say the listing's number; i if they do not. */
static size_t number_start(const struct redact_text *text, size_t i, const char *number)
{
    enum { LONGEST = 8 };
    if (is_class(text, i - 1, WORD_DIRECTION) && i > 0)
        i--;
    for (size_t from = i; number && from > 0 && i - from < LONGEST; from--) {
        char digits[NUMBER_TEXT];
        if (!redact_is_number(text, from - 1))
            break;
        if (tokens_number(&text->words, from - 1, i, digits) && !strcmp(digits, number))
            return from - 1;
    }
    return i;
}

void redact_listing_keep(void *mem, struct redact_text *text, const char *listing_address)
{
    const struct address *listing =
        address_parse_listing(mem, listing_address, NULL, NULL, NULL, NULL);
    if (listing->word_count == 0)
        return;
    for (size_t i = 0; i < text->words.count; i++) {
        size_t end = street_end(text, i, listing);
        size_t start = end > i ? number_start(text, i, listing->number) : i;
        if (end > i && (start < i || is_class(text, end, WORD_SUFFIX)))
            memset(text->kept + start, true, end - start);
    }
}
