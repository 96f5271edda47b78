#include "heard/address_name.h"
#include "heard/address_letter.h"
#include "heard/address_route.h"
#include <ctype.h>
#include <string.h>

struct search {
    const struct address_heard *heard;
    const struct name *name;
    size_t end; /* place behind the best match */
    enum likeness best;
};

static enum likeness word_match(const struct search *search, size_t at, size_t word)
{
    const struct token *said = &search->heard->tokens.all[at];
    const char *listed = search->name->words[word].text;
    if (!strcmp(said->text, listed))
        return LIKE_SAME;
    if (routes_agree(said->text, listed) ||
        (!listed[1] && address_letter_named(said->plain) == listed[0]))
        return LIKE_SOUND;
    if (said->number != SPOKEN_NONE)
        return LIKE_NOT;
    enum likeness likeness =
        sounds_compare(&search->heard->sounds[at], &search->name->words[word].sound);
    return likeness == LIKE_SAME ? LIKE_SOUND : likeness;
}

static bool is_usable(const struct search *search, size_t at)
{
    return at < search->heard->tokens.count &&
           !(search->heard->tokens.all[at].word_class & WORD_DROPPED);
}

/* Whether two words may be the whole run apart: worth working out how they sound. */
static bool is_joinable(const char *a, const char *b, const char *whole)
{
    size_t len = strlen(a) + strlen(b), whole_len = strlen(whole);
    return a[0] == whole[0] && len < SOUND_WORD && len <= whole_len + 3 && whole_len <= len + 3;
}

/* A letter or two before a word are rather an initial or a direction, but in McDonald. */
static bool is_short_piece(const char *piece)
{
    return strlen(piece) < 3 && strcmp(piece, "mc");
}

static enum likeness joined_compare(const char *a, const char *b, const struct sound *whole)
{
    char pair[SOUND_WORD];
    if (!is_joinable(a, b, whole->word))
        return LIKE_NOT;
    strcpy(stpcpy(pair, a), b);
    struct sound joined = sound_of(pair);
    enum likeness likeness = sounds_compare(&joined, whole);
    if (likeness != LIKE_SAME && (is_short_piece(a) || is_short_piece(b)))
        return LIKE_NOT;
    return likeness == LIKE_SAME ? LIKE_SOUND : likeness;
}

static void match(struct search *search, size_t at, size_t word, enum likeness likeness);

static void go_on(struct search *search, size_t at, size_t word, enum likeness so_far,
                  enum likeness likeness)
{
    if (likeness != LIKE_NOT)
        match(search, at, word, likeness > so_far ? likeness : so_far);
}

/* "forty second" for 42. */
static void number_match(struct search *search, size_t at, size_t word, enum likeness likeness)
{
    const struct address_heard *heard = search->heard;
    if (heard->tokens.all[at].number == SPOKEN_NONE)
        return;
    for (size_t n = 0; n < SPAN_WORDS && is_usable(search, at + n); n++) {
        const char *text = heard->spans[at * SPAN_WORDS + n];
        if (text && !strcmp(text, search->name->words[word].text))
            match(search, at + n + 1, word + 1, likeness);
    }
}

static bool is_spelt_out(const struct search *search, size_t at)
{
    return is_usable(search, at) && search->heard->tokens.all[at].number == SPOKEN_NONE;
}

/* "de la Croix" for Delacroix. */
static enum likeness three_compare(const struct token *said, const struct sound *whole)
{
    char pair[SOUND_WORD];
    if (strlen(said[0].plain) + strlen(said[1].plain) >= sizeof pair)
        return LIKE_NOT;
    strcpy(stpcpy(pair, said[0].plain), said[1].plain);
    return joined_compare(pair, said[2].plain, whole);
}

/* "Harborview" for Harbor View, whose last word counts as a suffix. */
static void suffix_match(struct search *search, size_t at, size_t word, enum likeness likeness)
{
    const struct name *name = search->name;
    if (name->suffix && word + 1 == name->count)
        go_on(
            search, at + 1, word + 1, likeness,
            joined_compare(name->words[word].sound.word, name->suffix, &search->heard->sounds[at]));
}

/* One word of one for two or three of the other. */
static void joined_match(struct search *search, size_t at, size_t word, enum likeness likeness)
{
    const struct token *said = &search->heard->tokens.all[at];
    const struct name *name = search->name;
    if (said[0].number != SPOKEN_NONE)
        return;
    if (is_spelt_out(search, at + 1)) {
        const struct sound *whole = &name->words[word].sound;
        go_on(search, at + 2, word + 1, likeness,
              joined_compare(said[0].plain, said[1].plain, whole));
        if (is_spelt_out(search, at + 2))
            go_on(search, at + 3, word + 1, likeness, three_compare(said, whole));
    }
    if (word + 1 < name->count)
        go_on(search, at + 1, word + 2, likeness,
              joined_compare(name->words[word].sound.word, name->words[word + 1].sound.word,
                             &search->heard->sounds[at]));
    suffix_match(search, at, word, likeness);
}

static void end_reached(struct search *search, size_t at, enum likeness likeness)
{
    if (likeness < search->best || (likeness == search->best && at > search->end)) {
        search->best = likeness;
        search->end = at;
    }
}

static void match(struct search *search, size_t at, size_t word, enum likeness likeness)
{
    const struct name *name = search->name;
    if (word >= name->count) {
        end_reached(search, at, likeness);
        return;
    }
    if (name->words[word].optional && name->count > 1)
        match(search, at, word + 1, likeness);
    if (!is_usable(search, at))
        return;
    if (isdigit((unsigned char)name->words[word].text[0]))
        number_match(search, at, word, likeness);
    else
        go_on(search, at + 1, word + 1, likeness, word_match(search, at, word));
    joined_match(search, at, word, likeness);
}

/* "MLK" or "M L K" for Martin Luther King, with or without Jr. */
static void initials_match(struct search *search, size_t at)
{
    const struct tokens *tokens = &search->heard->tokens;
    const char *initials = search->name->initials;
    if (!*initials || !is_spelt_out(search, at))
        return;
    size_t end = at;
    if (!strcmp(tokens->all[at].plain, initials))
        end = at + 1;
    else
        for (const char *c = initials; *c; c++, end++)
            if (!is_spelt_out(search, end) || tokens->all[end].plain[0] != *c ||
                tokens->all[end].plain[1])
                return;
    if (is_spelt_out(search, end) && address_word_optional(tokens->all[end].plain))
        end++;
    end_reached(search, end, LIKE_SOUND);
}

struct name name_prepare(const struct address *listing)
{
    struct name name = { .suffix = listing->suffix ? address_word_full(listing->suffix) : NULL };
    address_initials(listing, name.initials);
    name.count = listing->word_count < NAME_WORDS ? listing->word_count : NAME_WORDS;
    for (size_t i = 0; i < name.count; i++) {
        name.words[i].text = listing->words[i];
        name.words[i].sound = sound_of(address_word_full(listing->words[i]));
        bool initial = i > 0 && i + 1 < name.count && !listing->words[i][1] &&
                       !isdigit((unsigned char)listing->words[i][0]);
        name.words[i].optional =
            initial || address_word_optional(listing->words[i]) || address_is_title(listing, i);
    }
    return name;
}

enum likeness name_match(const struct address_heard *heard, size_t at, const struct name *name,
                         size_t *words)
{
    struct search search = { heard, name, at, LIKE_NOT };
    if (name->count > 0)
        match(&search, at, 0, LIKE_SAME);
    initials_match(&search, at);
    *words = search.end - at;
    return *words > 0 ? search.best : LIKE_NOT;
}
