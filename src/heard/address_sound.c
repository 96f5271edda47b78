#include "heard/address_sound.h"
#include <ctype.h>
#include <string.h>

/* From spelling to sounds: capital letters are consonants, small ones vowels (a e i o u long, v w x
 * y z their short forms). The first rule that fits applies. */
struct rule {
    const char *from, *to;
    char where;       /* '^' only at the beginning, '$' only at the end, '.' not at the beginning */
    const char *next; /* the letter after `from` must be one of these; NULL: any or none */
};

#define VOWELS "aeiouy"
static const struct rule rules[] = {
    { "cester", "STR", '.', 0 }, { "kn", "N", '^', 0 },     { "gn", "N", '^', 0 },
    { "wr", "R", '^', 0 },       { "wh", "W", '^', 0 },     { "mac", "MK", '^', 0 },
    { "mc", "MK", '^', 0 },      { "tch", "C", 0, 0 },      { "sch", "SK", 0, 0 },
    { "sh", "X", 0, 0 },         { "ch", "C", 0, 0 },       { "ph", "F", 0, 0 },
    { "eigh", "a", 0, 0 },       { "augh", "y", 0, 0 },     { "igh", "i", 0, 0 },
    { "gh", "G", '^', 0 },       { "gh", "", 0, 0 },        { "th", "T", 0, 0 },
    { "ck", "K", 0, 0 },         { "dg", "J", 0, "e" },     { "tion", "XzN", 0, 0 },
    { "sion", "XzN", 0, 0 },     { "c", "S", 0, "eiy" },    { "g", "J", '.', "eiy" },
    { "ey", "e", '$', 0 },       { "ie", "e", '$', 0 },     { "y", "e", '$', 0 },
    { "er", "R", '$', 0 },       { "or", "R", '$', 0 },     { "our", "R", '$', 0 },
    { "ar", "R", '$', 0 },       { "ai", "a", 0, 0 },       { "ay", "a", 0, 0 },
    { "ea", "e", 0, 0 },         { "ee", "e", 0, 0 },       { "ei", "e", 0, 0 },
    { "ie", "e", 0, 0 },         { "ey", "e", 0, 0 },       { "oa", "o", 0, 0 },
    { "ow", "o", 0, 0 },         { "oe", "o", 0, 0 },       { "oo", "u", 0, 0 },
    { "ew", "u", 0, 0 },         { "ue", "u", 0, 0 },       { "ui", "u", 0, 0 },
    { "ou", "u", 0, 0 },         { "au", "y", 0, 0 },       { "aw", "y", 0, 0 },
    { "uy", "i", 0, 0 },         { "ir", "zR", 0, 0 },      { "ur", "zR", 0, 0 },
    { "er", "zR", 0, 0 },        { "c", "K", 0, 0 },        { "q", "K", 0, 0 },
    { "x", "KS", '.', 0 },       { "x", "S", 0, 0 },        { "z", "S", 0, 0 },
    { "w", "W", 0, VOWELS },     { "w", "", 0, 0 },         { "h", "H", '^', 0 },
    { "h", "", 0, 0 },           { "y", "Y", '^', VOWELS }, { "y", "i", 0, 0 },
};

static bool rule_fits(const struct rule *rule, const char *word, const char *at)
{
    if (*at != rule->from[0])
        return false;
    size_t len = strlen(rule->from);
    if (strncmp(at, rule->from, len))
        return false;
    if ((rule->where == '^' && at != word) || (rule->where == '.' && at == word) ||
        (rule->where == '$' && (at[len] || at == word)))
        return false;
    return !rule->next || (at[len] && strchr(rule->next, at[len]));
}

static bool is_vowel(char letter)
{
    return letter && strchr("aeiou", letter);
}

/* A vowel is long before one consonant and a final e: "lane". */
static char vowel_sound(const char *at)
{
    static const char short_vowels[] = "vwxyz";
    bool is_long = at[1] && !is_vowel(at[1]) && at[2] == 'e' && !at[3];
    return is_long ? *at : short_vowels[strchr("aeiou", *at) - "aeiou"];
}

/* The sound at *at, which moves on: at most three letters into sound. */
static void sound_next(const char *word, const char **at, char sound[4])
{
    const char *from = *at;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rule_fits(&rules[i], word, from)) {
            strcpy(sound, rules[i].to);
            *at += strlen(rules[i].from);
            return;
        }
    bool silent = *from == 'e' && !from[1] && from > word && !is_vowel(from[-1]);
    sound[0] = silent            ? '\0'
               : is_vowel(*from) ? vowel_sound(from)
                                 : (char)toupper((unsigned char)*from);
    sound[1] = '\0';
    (*at)++;
}

/* The word as it sounds, repeated sounds once. */
static void word_sound(const char *word, char sounds[SOUND_WORD])
{
    size_t len = 0;
    for (const char *at = word; *at;) {
        char sound[4];
        sound_next(word, &at, sound);
        for (const char *s = sound; *s && len + 1 < SOUND_WORD; s++)
            if (len == 0 || sounds[len - 1] != *s)
                sounds[len++] = *s;
    }
    sounds[len] = '\0';
}

static void key_from_sound(const char *sounds, char key[SOUND_KEY])
{
    size_t len = 0;
    if (islower((unsigned char)sounds[0]))
        key[len++] = 'A';
    for (; *sounds && len + 1 < SOUND_KEY; sounds++)
        if (!islower((unsigned char)*sounds) && (len == 0 || key[len - 1] != *sounds))
            key[len++] = *sounds;
    key[len] = '\0';
}

void sound_key(const char *word, char key[SOUND_KEY])
{
    char sounds[SOUND_WORD];
    word_sound(word, sounds);
    key_from_sound(sounds, key);
}

void sound_key_without(const char *key, size_t at, char shorter[SOUND_KEY])
{
    size_t len = strnlen(key, SOUND_KEY - 1);
    memcpy(shorter, key, at);
    memcpy(shorter + at, key + at + 1, len - at);
}

/* Whether leaving out one consonant of either or both makes them equal. */
static bool keys_near(const char *a, const char *b)
{
    size_t a_len = strlen(a), b_len = strlen(b);
    if (a_len < SOUND_KEY_SHORT || b_len < SOUND_KEY_SHORT || a_len > b_len + 1 ||
        b_len > a_len + 1)
        return false;
    for (size_t i = 0; i < a_len; i++) {
        char a_short[SOUND_KEY], b_short[SOUND_KEY];
        sound_key_without(a, i, a_short);
        if (!strcmp(a_short, b))
            return true;
        for (size_t k = 0; k < b_len; k++) {
            sound_key_without(b, k, b_short);
            if (!strcmp(b_short, a) || !strcmp(b_short, a_short))
                return true;
        }
    }
    return false;
}

/* Where two keys differ in one place, whether the consonants there are mistaken for each other:
 * Mason is not Macon misspelt. */
static bool are_mistakable(const char *a, const char *b)
{
    static const char *const groups[] = { "BP", "DT", "GK", "GJ",  "FV",
                                          "VW", "MN", "LR", "CJK", "CSX" };
    size_t same = 0;
    if (strlen(a) != strlen(b))
        return true;
    while (a[same] && a[same] == b[same])
        same++;
    if (!a[same] || strcmp(a + same + 1, b + same + 1))
        return true;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strchr(groups[i], a[same]) && strchr(groups[i], b[same]))
            return true;
    return false;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, delete, replace or swap with their neighbour (Damerau's distance, restricted).
 */
static size_t letters_apart(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][SOUND_WORD + 1];
    for (size_t k = 0; k <= b_len; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t k = 1; k <= b_len; k++) {
            size_t replaced = above[k - 1] + (a[i - 1] != b[k - 1]);
            row[k] = least(least(above[k], row[k - 1]) + 1, replaced);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[k] = least(row[k], second[k - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

/* With the same letter, or Sharlotte for Charlotte. */
static bool begin_alike(const char *a, const char *b)
{
    return a[0] == b[0] || (!strncmp(a, "sh", 2) && !strncmp(b, "ch", 2));
}

static bool is_misspelling(const char *said, const char *listed, bool same_key)
{
    size_t said_len = strnlen(said, SOUND_WORD), listed_len = strnlen(listed, SOUND_WORD);
    size_t longer = said_len > listed_len ? said_len : listed_len;
    size_t allowed = same_key ? longer / 3 : longer / 4;
    if (!same_key && (said_len < 5 || !begin_alike(said, listed)))
        return false;
    if (allowed < 1)
        allowed = 1;
    return letters_apart(said, said_len, listed, listed_len) <= allowed;
}

struct sound sound_of(const char *word)
{
    struct sound sound = { .word = word };
    word_sound(word, sound.sounds);
    key_from_sound(sound.sounds, sound.key);
    return sound;
}

static bool is_spelt(const char *word)
{
    return !isdigit((unsigned char)word[0]) && word[0] && word[1];
}

/* Mary and Mary's, King and Kings. */
static bool is_plural(const char *one, const char *many)
{
    size_t len = strlen(one);
    return len >= PLURAL_SHORT && strlen(many) == len + 1 && !strncmp(one, many, len) &&
           many[len] == 's';
}

/* The same consonants and all vowels but one: Wallis and Wallace. */
static bool is_vowel_apart(const struct sound *said, const struct sound *listed)
{
    size_t said_len = strlen(said->sounds), listed_len = strlen(listed->sounds);
    return !strcmp(said->key, listed->key) && strlen(said->key) >= SOUND_KEY_SHORT &&
           letters_apart(said->sounds, said_len, listed->sounds, listed_len) <= 1;
}

enum likeness sounds_compare(const struct sound *said, const struct sound *listed)
{
    if (!strcmp(said->word, listed->word))
        return LIKE_SAME;
    if (!is_spelt(said->word) || !is_spelt(listed->word))
        return LIKE_NOT;
    if (!strcmp(said->sounds, listed->sounds))
        return LIKE_SOUND;
    if (is_plural(said->word, listed->word) || is_plural(listed->word, said->word) ||
        is_vowel_apart(said, listed))
        return LIKE_NEAR;
    bool same_key = !strcmp(said->key, listed->key);
    if (!same_key &&
        (!keys_near(said->key, listed->key) ||
         (strlen(said->word) == strlen(listed->word) && !are_mistakable(said->key, listed->key))))
        return LIKE_NOT;
    return is_misspelling(said->word, listed->word, same_key) ? LIKE_NEAR : LIKE_NOT;
}
