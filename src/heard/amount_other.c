/* Numbers that are about something else than the sum that is offered. */
#include "heard/amount_other.h"
#include <string.h>

/* Whether one of the next few words, up to a mark or a new thought, is in the list. */
static bool soon(const struct heard_words *words, int i, int reach, const char *list)
{
    for (int end = i + reach; i < end && words->at[i].kind == WORD_ALPHA; i++)
        if (word_in(words, i, list))
            return true;
        else if (word_in(words, i, "for on at in the and with but"))
            return false;
    return false;
}

/* The same of the words before, up to a mark or a number. */
static bool lately(const struct heard_words *words, int i, int reach, const char *list)
{
    for (int end = i - reach; i > 0 && i > end && words->at[i - 1].kind == WORD_ALPHA; i--)
        if (word_in(words, i - 1, list))
            return true;
        else if (word_number(words, i - 1, NULL) != NUMBER_NONE || word_in(words, i - 1, "and but"))
            return false;
    return false;
}

static bool is_glued_to_letters(const struct heard_words *words, int from, int to)
{
    bool before = from > 0 && words->at[from].glued && words->at[from - 1].kind == WORD_ALPHA &&
                  !(word_is(words, from - 1, "us") && word_is_mark(words, from, '$'));
    bool after = to < words->count && words->at[to].glued && words->at[to].kind == WORD_ALPHA &&
                 !word_is(words, to, "ish");
    return before || after;
}

/* "built in 1985", "the year 2027". */
static bool is_year(const struct heard_words *words, int from, int to)
{
    int64_t value = word_digits(words, from);
    bool years =
        to == from + 1 && strlen(words->at[from].text) == 4 && value >= 1850 && value <= 2100;
    return years && word_in(words, from - 1, "in since year from of before after circa");
}

/* "my credit score is 720", "zip code 94107". */
static bool is_named(const struct heard_words *words, int from)
{
    int name = from - 1 - word_in(words, from - 1, "is was of");
    return word_in(words, name, "score zip zipcode code phone age mls");
}

bool amount_is_other(const struct heard_words *words, int from, int to)
{
    static const char units[] =
        "bedroom bedrooms bed beds bath baths bathroom bathrooms br ba square sq foot feet ft sqft "
        "acre acres day days week weeks month months year years hour hours minute minutes oclock "
        "am pm story stories cent cents people unit units car kids # : / more score tomorrow";
    static const char streets[] =
        "street st avenue ave road rd drive lane court boulevard blvd place way terrace circle";
    static const char before[] =
        "january february march april may june july august september october november december "
        "number unit apartment apt suite mls another by up down # extension";
    static const char shares[] = "deposit down earnest commission closing escrow";
    if (word_is(words, to, "more") && word_is(words, to + 1, "than"))
        return false;
    bool part = word_in(words, from - 1, ": /") && words->at[from].glued; /* "3:45", "9/5" */
    return part || word_in(words, to, units) || word_in(words, from - 1, before) ||
           soon(words, to, 3, streets) || soon(words, to, 2, shares) ||
           lately(words, from, 4, "deposit earnest escrow commission payment fee fees taxes hoa") ||
           is_glued_to_letters(words, from, to) || is_year(words, from, to) ||
           is_named(words, from);
}

bool amount_is_means(const struct heard_words *words, int from)
{
    return lately(words, from, 5,
                  "approved preapproved qualified prequalified budget afford sold listed zestimate "
                  "appraised assessed");
}

bool amount_is_foreign(const struct heard_words *words, int from, int to)
{
    static const char currencies[] =
        "euro euros eur pound pounds sterling gbp quid yen jpy peso pesos mxn rupee rupees inr "
        "yuan rmb cny franc francs chf cad aud nzd";
    static const char foreign[] = "canadian australian kiwi hong singapore";
    return word_in(words, to, currencies) || word_in(words, from - 1, currencies) ||
           word_in(words, to, foreign);
}

bool amount_text_is_foreign(const char *text)
{
    static const char *const signs[] = { "\xe2\x82\xac", "\xc2\xa3", "\xc2\xa5", "\xe2\x82\xb9" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strstr(text, signs[i]))
            return true;
    return false;
}
