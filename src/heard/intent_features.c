#include "heard/intent_features.h"
#include "heard/intent_class.h"
#include "heard/words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char hesitations[] = "uh um er erm uhm hmm ah oh";
static const char negations[] = "no not dont didnt isnt wont cant without never forget before "
                                "instead rather nobody";
static const char turns[] = "but just so only then instead"; /* end what a negation governs */

enum { NEGATED_WORDS = 5, BEGINNING = 5 };

/* The words before the present one, and where features go. */
struct reader {
    const struct heard_words *words;
    int last_clause;       /* place where it begins */
    int negated;           /* words still governed by a negation */
    uint32_t before;       /* the word before this one; 0 at the beginning */
    uint32_t class_before; /* the last word that had a class */
    uint32_t *features;
    size_t count;
};

/* FNV-1a */
static uint32_t hash_add(uint32_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

static uint32_t hash_of(const char *kind, const char *text)
{
    return hash_add(hash_add(2166136261u, kind), text);
}

static uint32_t hash_pair(uint32_t first, uint32_t second)
{
    return (first * 31 + second) * 2654435761u;
}

static void feature_add(struct reader *reader, uint32_t hash)
{
    if (reader->count < INTENT_FEATURES)
        reader->features[reader->count++] = hash;
}

/* Figures and number words are all one: which number it is says nothing. */
static const char *word_text(const struct heard_words *words, int i)
{
    bool number = words->at[i].kind == WORD_DIGITS || word_number(words, i, NULL) != NUMBER_NONE;
    return number ? "#" : words->at[i].text;
}

static void beginning_add(struct reader *reader, const char *text)
{
    char beginning[BEGINNING + 1];
    if (strlen(text) <= BEGINNING)
        return;
    memcpy(beginning, text, BEGINNING);
    beginning[BEGINNING] = '\0';
    feature_add(reader, hash_of("beginning ", beginning));
}

static void class_add(struct reader *reader, int i, const char *text)
{
    const char *name = intent_class(text);
    if (!name)
        return;
    uint32_t hash = hash_of(reader->negated > 0 ? "not class " : "class ", name);
    feature_add(reader, hash);
    feature_add(reader, hash_pair(reader->class_before, hash));
    if (reader->last_clause > 0 && i >= reader->last_clause)
        feature_add(reader, hash_of("last class ", name));
    reader->class_before = hash;
}

static void word_add(struct reader *reader, int i)
{
    const char *text = word_text(reader->words, i);
    uint32_t hash = hash_of(reader->negated > 0 ? "not " : "", text);
    if (*text == '#' && reader->before == hash)
        return;
    feature_add(reader, hash);
    feature_add(reader, hash_pair(reader->before, hash));
    beginning_add(reader, text);
    class_add(reader, i, text);
    if (reader->last_clause > 0 && i >= reader->last_clause)
        feature_add(reader, hash_of("last ", text));
    reader->before = hash;
    if (reader->negated > 0)
        reader->negated--;
    if (word_in(reader->words, i, negations))
        reader->negated = NEGATED_WORDS;
    if (word_in(reader->words, i, turns))
        reader->negated = 0;
}

static bool is_clause_end(const struct heard_words *words, int i)
{
    return word_is_mark(words, i, ',') || word_is_mark(words, i, '.') ||
           word_is_mark(words, i, ';') || word_is_mark(words, i, '?') ||
           word_in(words, i, "but just");
}

/* Where the last clause of two words or more begins; 0 if there is only one. */
static int last_clause_find(const struct heard_words *words)
{
    for (int i = words->count - 3; i > 0; i--)
        if (is_clause_end(words, i))
            return i + 1;
    return 0;
}

static int hash_compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static size_t distinct(uint32_t *hashes, size_t count)
{
    size_t kept = 0;
    qsort(hashes, count, sizeof *hashes, hash_compare);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || hashes[kept - 1] != hashes[i])
            hashes[kept++] = hashes[i];
    return kept;
}

size_t intent_features(const char *text, uint32_t features[INTENT_FEATURES])
{
    struct heard_words words;
    words_split(text ? text : "", &words);
    struct reader reader = { .words = &words, .features = features };
    reader.last_clause = last_clause_find(&words);
    for (int i = 0; i < words.count; i++)
        if (words.at[i].kind == WORD_MARK)
            reader.negated = 0;
        else if (!word_in(&words, i, hesitations))
            word_add(&reader, i);
    if (reader.count > 0)
        feature_add(&reader, hash_pair(reader.before, 0));
    return distinct(features, reader.count);
}
