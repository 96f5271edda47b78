#include "heard/intent_features.h"
#include "heard/intent_class.h"
#include "heard/words.h"
#include <stdlib.h>
#include <string.h>

static const char hesitations[] = "uh um er erm uhm hmm hm ah oh mm";
static const char negations[] = "no not dont didnt isnt wont cant without never forget before "
                                "instead rather nobody skip cancelled later";
static const char turns[] = "but just so only then instead"; /* end what a negation governs */

/* endings that a word's stem goes without; the first that leaves enough counts */
static const char endings[] = "ings ing ers er ed es s ly";

enum { NEGATED_WORDS = 5, BEGINNING = 5, GRAM = 4, STEM_LEAST = 3, OPENING = 3 };

struct token {
    const char *text;
    int clause;
    bool negated;
};

/* What was said, without marks and hesitations. */
struct speech {
    struct heard_words words;
    struct token at[WORDS_MOST];
    int count, clauses;
    int last_clause; /* of two tokens or more; 0 if there is only one clause */
};

/* Where features go, and what came before the present token: 0 at the beginning. */
struct reader {
    uint32_t word, stem, class, mixed, mixed_earlier;
    uint16_t *features;
    size_t count;
};

/* ---- clauses ---- */

static bool is_clause_end(const struct heard_words *words, int i)
{
    return words->at[i].kind == WORD_MARK && strchr(",.;:?!", words->at[i].text[0]);
}

/* Figures and number words are all one: which number it is says nothing. */
static const char *word_text(const struct heard_words *words, int i)
{
    bool number = words->at[i].kind == WORD_DIGITS || word_number(words, i, NULL) != NUMBER_NONE;
    return number ? "#" : words->at[i].text;
}

static void token_add(struct speech *speech, const char *text)
{
    struct token *before = speech->count ? &speech->at[speech->count - 1] : NULL;
    if (before && *text == '#' && *before->text == '#' && before->clause == speech->clauses)
        return;
    speech->at[speech->count++] = (struct token){ .text = text, .clause = speech->clauses };
}

static bool is_clause_begun(const struct speech *speech)
{
    return speech->count > 0 && speech->at[speech->count - 1].clause == speech->clauses;
}

static int clause_length(const struct speech *speech, int clause)
{
    int length = 0;
    for (int i = 0; i < speech->count; i++)
        length += speech->at[i].clause == clause;
    return length;
}

/* A single word at the end ("please") is no clause of its own. */
static int last_clause_find(const struct speech *speech)
{
    int last = speech->count ? speech->at[speech->count - 1].clause : 0;
    return last > 0 && clause_length(speech, last) < 2 ? last - 1 : last;
}

static void negations_mark(struct speech *speech, const int places[])
{
    for (int i = 0, negated = 0; i < speech->count; i++) {
        if (i > 0 && speech->at[i].clause != speech->at[i - 1].clause)
            negated = 0;
        speech->at[i].negated = negated > 0;
        negated -= negated > 0;
        if (word_in(&speech->words, places[i], negations))
            negated = NEGATED_WORDS;
        if (word_in(&speech->words, places[i], turns))
            negated = 0;
    }
}

static void speech_read(const char *text, struct speech *speech)
{
    int places[WORDS_MOST]; /* of each token among the words */
    words_split(text ? text : "", &speech->words);
    speech->count = speech->clauses = 0;
    for (int i = 0; i < speech->words.count; i++) {
        if (is_clause_begun(speech) &&
            (is_clause_end(&speech->words, i) || word_is(&speech->words, i, "but")))
            speech->clauses++;
        if (speech->words.at[i].kind == WORD_MARK || word_in(&speech->words, i, hesitations))
            continue;
        token_add(speech, word_text(&speech->words, i));
        places[speech->count - 1] = i;
    }
    speech->last_clause = last_clause_find(speech);
    negations_mark(speech, places);
}

/* ---- features ---- */

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

/* Features whose hashes end in the same bits share a weight. */
static void feature_add(struct reader *reader, uint32_t hash)
{
    if (reader->count < INTENT_FEATURES)
        reader->features[reader->count++] = (uint16_t)(hash ^ hash >> 16);
}

static void part_add(struct reader *reader, const char *kind, const char *text, size_t length)
{
    char part[BEGINNING + 1] = "";
    strncpy(part, text, length);
    feature_add(reader, hash_of(kind, part));
}

/* The beginning of a long word and all runs of letters in it: what is left of a word that was
 * misheard. */
static void parts_add(struct reader *reader, const char *text)
{
    size_t length = strlen(text);
    if (length > BEGINNING)
        part_add(reader, "beginning ", text, BEGINNING);
    if (length < GRAM)
        return;
    for (const char *from = text; from + GRAM <= text + length; from++)
        part_add(reader, "gram ", from, GRAM);
}

static size_t stem_length(const char *word)
{
    size_t length = strlen(word);
    for (const char *ending = endings; *ending;) {
        size_t cut = strcspn(ending, " ");
        if (length >= cut + STEM_LEAST && !strncmp(word + length - cut, ending, cut))
            return length - cut;
        ending += cut + (ending[cut] == ' ');
    }
    return length;
}

/* The word and the pair it makes, without endings: offered is offering. */
static void stem_add(struct reader *reader, const char *text)
{
    char stem[WORD_TEXT] = "";
    memcpy(stem, text, stem_length(text));
    uint32_t hash = hash_of("stem ", stem);
    feature_add(reader, hash);
    feature_add(reader, hash_pair(reader->stem, hash));
    reader->stem = hash;
}

static void class_add(struct reader *reader, const struct token *token, const char *class,
                      bool is_last)
{
    uint32_t hash = hash_of(token->negated ? "not class " : "class ", class);
    feature_add(reader, hash);
    feature_add(reader, hash_pair(reader->class, hash));
    if (is_last)
        feature_add(reader, hash_of("last class ", class));
    reader->class = hash;
}

/* Two and three neighbours, each as its class or, if it has none, the word itself. */
static void mixed_add(struct reader *reader, uint32_t mixed)
{
    uint32_t pair = hash_pair(hash_pair(reader->mixed, 11), mixed);
    feature_add(reader, pair);
    if (reader->mixed_earlier)
        feature_add(reader, hash_pair(reader->mixed_earlier, hash_pair(pair, 13)));
    reader->mixed_earlier = reader->mixed;
    reader->mixed = mixed;
}

static void token_features_add(struct reader *reader, const struct token *token, bool is_last)
{
    const char *class = intent_class(token->text);
    uint32_t hash = hash_of(token->negated ? "not " : "", token->text);
    feature_add(reader, hash);
    feature_add(reader, hash_pair(reader->word, hash));
    reader->word = hash;
    parts_add(reader, token->text);
    stem_add(reader, token->text);
    if (class)
        class_add(reader, token, class, is_last);
    if (is_last)
        feature_add(reader, hash_of("last ", token->text));
    mixed_add(reader, class ? hash_of("class ", class) : hash_of("", token->text));
}

/* How a clause begins: its first word, its first two and its first three. */
static void opening_add(struct reader *reader, const struct speech *speech, int clause)
{
    uint32_t hash = hash_of("opening ", clause == 0 ? "" : "last");
    for (int i = 0, words = 0; i < speech->count && words < OPENING; i++)
        if (speech->at[i].clause == clause) {
            hash = hash_pair(hash, hash_of("", speech->at[i].text));
            feature_add(reader, hash);
            words++;
        }
}

static int feature_compare(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

static size_t distinct(uint16_t *features, size_t count)
{
    size_t kept = 0;
    qsort(features, count, sizeof *features, feature_compare);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || features[kept - 1] != features[i])
            features[kept++] = features[i];
    return kept;
}

size_t intent_features(const char *text, uint16_t features[INTENT_FEATURES])
{
    struct speech speech;
    struct reader reader = { .features = features };
    speech_read(text, &speech);
    for (int i = 0; i < speech.count; i++)
        token_features_add(&reader, &speech.at[i],
                           speech.last_clause > 0 && speech.at[i].clause == speech.last_clause);
    opening_add(&reader, &speech, 0);
    if (speech.last_clause > 0)
        opening_add(&reader, &speech, speech.last_clause);
    if (reader.count > 0) {
        feature_add(&reader, hash_pair(reader.word, 0));
        mixed_add(&reader, 0);
    }
    return distinct(features, reader.count);
}
