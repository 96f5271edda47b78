#include "heard/features.h"
#include "base/mem.h"
#include "heard/address_words.h"
#include "heard/features_table.h"
#include "heard/words.h"
#include <string.h>

/* "three bedroom", "2-bed" */
static int64_t bedrooms_at(const struct heard_words *words, int i)
{
    int64_t count = word_digits(words, i);
    int used = count >= 0 ? 1 : words_below_hundred(words, i, &count);
    used += used && word_is_mark(words, i + used, '-');
    return used && word_in(words, i + used, "bedroom bedrooms bed beds br") ? count : -1;
}

/* Takes out hyphens between words: "in-ground", "cul-de-sac"; those of numbers stay. */
static void hyphens_drop(struct heard_words *words)
{
    int count = 0;
    for (int i = 0; i < words->count; i++) {
        bool inside = i > 0 && word_is_mark(words, i, '-') && words->at[i - 1].kind == WORD_ALPHA &&
                      words->at[i + 1].kind == WORD_ALPHA;
        if (inside)
            words->at[i + 1].glued = false;
        else
            words->at[count++] = words->at[i];
    }
    words->at[count] = words->at[words->count];
    words->count = count;
}

static void features_split(const char *text, struct heard_words *words)
{
    words_split(text ? text : "", words);
    hyphens_drop(words);
}

/* How many words the phrase takes at i; 0 if it is not there or denied. */
static int phrase_at(const struct heard_words *words, int i, const char *phrase)
{
    if (words->at[i].text[0] != phrase[0])
        return 0;
    int used = words_phrase(words, i, phrase);
    int before = i - 1;
    while (word_in(words, before, "a an the any"))
        before--;
    return word_in(words, before, "no not without for my our") ? 0 : used;
}

static unsigned class_at(const struct heard_words *words, int i)
{
    bool alpha = i >= 0 && words->at[i].kind == WORD_ALPHA;
    return alpha ? address_word_find(words->at[i].text).word_class : WORD_FILLER;
}

/* Whether the words are rather a street's: Colonial Drive, Magnolia Terrace, on Creek. */
static bool is_street(const struct heard_words *words, int i, int used)
{
    const unsigned street = WORD_SUFFIX | WORD_DIRECTION;
    if (class_at(words, i + used) & WORD_SUFFIX)
        return true;
    unsigned before = class_at(words, i - 1);
    bool named = before == 0 || before & street;
    return (named && class_at(words, i + used - 1) & WORD_SUFFIX) || before & WORD_PREPOSITION ||
           word_is(words, i - 1, "in");
}

static const char *type_at(const struct heard_words *words, int i)
{
    for (size_t k = 0; k < feature_type_count; k++)
        if (word_in(words, i, feature_types[k].words) && !is_street(words, i, 1))
            return feature_types[k].property_type;
    return NULL;
}

/* How many words the longest feature takes that was said at i. */
static int longest_at(const struct heard_words *words, int i)
{
    int longest = 0;
    for (size_t k = 0; k < feature_phrase_count; k++) {
        int used = phrase_at(words, i, feature_phrases[k].phrase);
        longest = used > longest ? used : longest;
    }
    return longest > 0 && is_street(words, i, longest) ? 0 : longest;
}

static void feature_add(struct features *features, const char *feature)
{
    for (size_t i = 0; i < features->count; i++)
        if (!strcmp(features->named[i], feature))
            return;
    if (features->count < FEATURES_MOST)
        features->named[features->count++] = feature;
}

/* Of the phrases that take as many words, the first that is named after itself. */
static void feature_take(struct features *features, const struct heard_words *words, int i,
                         int used)
{
    const char *taken = NULL;
    for (size_t k = 0; k < feature_phrase_count; k++) {
        const struct feature_phrase *row = &feature_phrases[k];
        if (phrase_at(words, i, row->phrase) == used &&
            (!taken || !strcmp(row->phrase, row->feature)))
            taken = row->feature;
    }
    feature_add(features, taken);
}

static void owner_note(struct features *features, const struct heard_words *words, int i)
{
    features->definite = features->definite || word_in(words, i, "the that this");
    features->own =
        features->own || word_in(words, i, "sell selling") ||
        (word_in(words, i, "my our") &&
         word_in(words, i + 1, "house home condo place property apartment townhouse lot land"));
}

struct features features_heard(const char *text)
{
    struct features features = { .bedrooms = -1 };
    struct heard_words words;
    features_split(text, &words);
    for (int i = 0; i < words.count; i++) {
        int64_t bedrooms = bedrooms_at(&words, i);
        int used = longest_at(&words, i);
        owner_note(&features, &words, i);
        features.property_type =
            features.property_type ? features.property_type : type_at(&words, i);
        features.bedrooms = bedrooms >= 0 ? bedrooms : features.bedrooms;
        if (used > 0)
            feature_take(&features, &words, i, used);
        i += used > 1 ? used - 1 : 0;
    }
    return features;
}

static bool is_told(const struct heard_words *words, const char *feature)
{
    for (size_t k = 0; k < feature_phrase_count; k++)
        for (int i = 0; !strcmp(feature_phrases[k].feature, feature) && i < words->count; i++)
            if (phrase_at(words, i, feature_phrases[k].phrase))
                return true;
    return false;
}

bool features_told(const struct features *features, const char *description)
{
    struct heard_words words;
    if (features->count == 0)
        return true;
    features_split(description, &words);
    for (size_t i = 0; i < features->count; i++)
        if (!is_told(&words, features->named[i]))
            return false;
    return true;
}

/* ---- the rest of what was said ---- */

/* Whether a feature is told after "with the" and the like. */
static bool is_after_with(const struct heard_words *words, int i)
{
    enum { NEAR = 4 };
    for (int k = i - 1; k >= 0 && k >= i - NEAR; k--)
        if (word_in(words, k, "with has having and"))
            return true;
    return false;
}

char *features_rest(void *mem, const char *text, bool only_with)
{
    struct heard_words words;
    char *rest = mem_strdup(mem, "");
    features_split(text, &words);
    for (int i = 0; i < words.count; i++) {
        int used = longest_at(&words, i);
        used = used == 0 && type_at(&words, i) ? 1 : used;
        if (used > 0 && (!only_with || is_after_with(&words, i)))
            i += used - 1;
        else
            mem_append(mem, &rest, "%s%s", words.at[i].glued ? "" : " ", words.at[i].text);
    }
    return rest;
}

/* ---- terms ---- */

static void term_put(void *mem, char ***terms, size_t *count, const char *feature)
{
    *terms = mem_resize(mem, *terms, char *, *count + 1);
    (*terms)[(*count)++] = mem_printf(mem, "f:%s", feature);
}

char **features_terms(void *mem, const char *property_type, const char *description, size_t *count)
{
    char **terms = NULL;
    struct heard_words words;
    *count = 0;
    features_split(description, &words);
    if (property_type)
        term_put(mem, &terms, count, property_type);
    for (int i = 0; i < words.count; i++)
        for (size_t k = 0; k < feature_phrase_count; k++)
            if (phrase_at(&words, i, feature_phrases[k].phrase))
                term_put(mem, &terms, count, feature_phrases[k].feature);
    return terms;
}

char **features_terms_said(void *mem, const struct features *features, size_t *count)
{
    char **terms = NULL;
    *count = 0;
    for (size_t i = 0; i < features->count; i++)
        term_put(mem, &terms, count, features->named[i]);
    if (features->property_type)
        term_put(mem, &terms, count, features->property_type);
    return terms;
}
