#include "heard/redact_text.h"
#include "base/mem.h"
#include "heard/address_fold.h"
#include "heard/address_number.h"
#include "heard/redact_hint.h"
#include <ctype.h>
#include <string.h>

/* ---- cutting ---- */

struct cutter {
    void *mem;
    const char *at;
    char *plain; /* where the next word's plain form goes */
    size_t count, room;
    struct token *words;
    struct redact_place *places;
};

/* Whether a character beyond ASCII is a letter: none of the signs, spaces, dashes and quotes. */
static bool is_foreign_letter(uint32_t character)
{
    return character >= 0xC0 && character != 0xD7 && character != 0xF7 &&
           (character < 0x2000 || character >= 0x2C00) &&
           (character < 0x3000 || character >= 0x3040) && character < 0xFE00;
}

static bool is_apostrophe(uint32_t character)
{
    return character == '\'' || character == 0x2019;
}

enum kind { KIND_GAP, KIND_LETTER, KIND_DIGIT };

static enum kind kind_of(uint32_t character)
{
    if (character < 0x80)
        return isdigit((int)character)   ? KIND_DIGIT
               : isalpha((int)character) ? KIND_LETTER
                                         : KIND_GAP;
    return is_foreign_letter(character) ? KIND_LETTER : KIND_GAP;
}

static enum kind kind_at(const char *at)
{
    return *at ? kind_of(fold_next(&at)) : KIND_GAP;
}

/* Whether the word goes on over the apostrophe at `at`: O'Brien, number's. */
static bool is_inner_apostrophe(const char *at)
{
    return is_apostrophe(fold_next(&at)) && kind_at(at) == KIND_LETTER;
}

static const char *word_end(const char *at, enum kind kind)
{
    while (*at && (kind_at(at) == kind || (kind == KIND_LETTER && is_inner_apostrophe(at))))
        fold_next(&at);
    return at;
}

/* The word in lower-case ASCII; letters of other scripts are '?', apostrophes go. */
static char *plain_write(char *out, const char *from, const char *to)
{
    while (from < to) {
        uint32_t character = fold_next(&from);
        char plain[8], *end = fold_write(plain, character);
        if (is_apostrophe(character) || end == plain)
            continue;
        *out++ = plain[0] == ' ' ? '?' : (char)tolower((unsigned char)plain[0]);
    }
    *out = '\0';
    return out + 1;
}

static bool has_small_letter(const char *from, const char *to)
{
    for (; from < to; from++)
        if (islower((unsigned char)*from))
            return true;
    return false;
}

static void word_add(struct cutter *cutter, const char *from, const char *to)
{
    if (cutter->count == cutter->room) {
        cutter->room = 2 * cutter->room + 64;
        cutter->words = mem_resize(cutter->mem, cutter->words, struct token, cutter->room);
        cutter->places = mem_resize(cutter->mem, cutter->places, struct redact_place, cutter->room);
    }
    struct token word = { .plain = cutter->plain };
    word.text = word.full = word.plain;
    word.proper = isupper((unsigned char)*from) || (unsigned char)*from >= 0xC0;
    word.capital = word.proper && to - from > 1 && !has_small_letter(from, to);
    cutter->plain = plain_write(cutter->plain, from, to);
    address_number_note(&word);
    cutter->words[cutter->count++] = word;
}

static void text_cut(struct cutter *cutter)
{
    const char *text = cutter->at;
    while (*cutter->at) {
        const char *from = cutter->at;
        enum kind kind = kind_at(from);
        if (kind == KIND_GAP) {
            fold_next(&cutter->at);
            continue;
        }
        cutter->at = word_end(from, kind);
        word_add(cutter, from, cutter->at);
        cutter->places[cutter->count - 1] =
            (struct redact_place){ (size_t)(from - text), (size_t)(cutter->at - text) };
    }
}

struct redact_text redact_text_read(void *mem, const char *text)
{
    struct cutter cutter = { .mem = mem, .at = text };
    cutter.plain = mem_new_array(mem, char, 2 * strlen(text) + 2);
    text_cut(&cutter);
    unsigned char *hints = mem_new_array(mem, unsigned char, cutter.count + 1);
    for (size_t i = 0; i < cutter.count; i++)
        hints[i] = (unsigned char)redact_hint_find(cutter.words[i].plain);
    return (struct redact_text){
        .text = text,
        .words = { cutter.words, cutter.count },
        .places = cutter.places,
        .hints = hints,
        .labels = mem_new_array(mem, unsigned char, cutter.count + 1),
        .kept = mem_new_array(mem, bool, cutter.count + 1),
    };
}

/* ---- looking and marking ---- */

void redact_mark(struct redact_text *text, size_t from, size_t to, enum redact_label label)
{
    for (size_t i = from; i < to && i < text->words.count; i++)
        if (text->labels[i] == LABEL_NONE)
            text->labels[i] = (unsigned char)label;
}

bool redact_glued(const struct redact_text *text, size_t i)
{
    return i + 1 < text->words.count && text->places[i].to == text->places[i + 1].from;
}

bool redact_gap_is(const struct redact_text *text, size_t i, const char *allowed)
{
    if (i + 1 >= text->words.count)
        return false;
    size_t from = text->places[i].to, len = text->places[i + 1].from - from;
    enum { WIDEST = 8 }; /* a wider gap joins nothing */
    return len <= WIDEST && strspn(text->text + from, allowed) >= len;
}

/* Whether the full stop at `at` ends no sentence: a hesitation "...", or initials "D.O.B." */
static bool is_idle_stop(const struct redact_text *text, size_t i, size_t at)
{
    const char *stop = text->text + at;
    struct redact_place word = text->places[i];
    bool initials = word.to == at && word.to - word.from == 1 && word.from > 0 &&
                    text->text[word.from - 1] == '.';
    return *stop == '.' && (initials || stop[1] == '.' || (at > 0 && stop[-1] == '.'));
}

bool redact_sentence_ends(const struct redact_text *text, size_t i)
{
    if (i + 1 >= text->words.count)
        return true;
    size_t to = text->places[i + 1].from;
    for (size_t at = text->places[i].to; at < to; at++)
        if (strchr(".!;\n", text->text[at]) && (at + 1 == to || text->text[at + 1] == ' ') &&
            !is_idle_stop(text, i, at))
            return at + 1 < to || text->text[at] == '\n';
    return false;
}

bool redact_word_in(const struct redact_text *text, size_t i, const char *list)
{
    if (i >= text->words.count)
        return false;
    const char *word = text->words.all[i].plain;
    size_t len = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) && len > 0; at++)
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

enum redact_hint redact_hint_at(const struct redact_text *text, size_t i)
{
    return i < text->words.count ? (enum redact_hint)text->hints[i] : HINT_NONE;
}

bool redact_is_number(const struct redact_text *text, size_t i)
{
    return i < text->words.count && text->words.all[i].number != SPOKEN_NONE &&
           !text->words.all[i].ordinal;
}

unsigned redact_class_at(const struct redact_text *text, size_t i)
{
    return i < text->words.count ? address_word_find(text->words.all[i].plain).word_class : 0;
}

bool redact_is_capitalised(const struct redact_text *text, size_t i)
{
    const struct token *word = &text->words.all[i];
    return word->proper && !word->capital;
}

bool redact_begins_sentence(const struct redact_text *text, size_t i)
{
    return i == 0 || redact_sentence_ends(text, i - 1);
}
