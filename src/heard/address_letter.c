#include "heard/address_letter.h"
#include "heard/address_said.h"
#include <ctype.h>
#include <string.h>

static const struct {
    const char *name;
    char letter;
} letters[] = {
    { "be", 'b' },  { "bee", 'b' }, { "cee", 'c' },   { "see", 'c' }, { "sea", 'c' },
    { "dee", 'd' }, { "ee", 'e' },  { "ef", 'f' },    { "eff", 'f' }, { "gee", 'g' },
    { "jay", 'j' }, { "kay", 'k' }, { "el", 'l' },    { "em", 'm' },  { "en", 'n' },
    { "pee", 'p' }, { "cue", 'q' }, { "queue", 'q' }, { "are", 'r' }, { "ess", 's' },
    { "tee", 't' }, { "tea", 't' }, { "vee", 'v' },   { "ex", 'x' },  { "why", 'y' },
    { "zee", 'z' },
};

char address_letter_named(const char *said)
{
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (!strcmp(letters[i].name, said))
            return letters[i].letter;
    return '\0';
}

/* "Four see" may go on "see you there": such a word is a letter only where something ends. */
static bool is_letter(const struct tokens *tokens, size_t i)
{
    struct token next = token_at(tokens, i + 1);
    bool ends = i + 1 == tokens->count || next.apart ||
                next.word_class & (WORD_PREPOSITION | WORD_CUT) || !strcmp(next.plain, "in");
    return i < tokens->count && !tokens->all[i].apart && !token_has(tokens, i, WORD_DROPPED) &&
           address_letter_named(tokens->all[i].plain) &&
           (ends || !token_has(tokens, i, WORD_FILLER | WORD_CUT));
}

void address_letters_settle(struct tokens *tokens)
{
    static const char alphabet[26][2] = { "a", "b", "c", "d", "e", "f", "g", "h", "i",
                                          "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                          "s", "t", "u", "v", "w", "x", "y", "z" };
    for (size_t i = 0; i < tokens->count; i++) {
        size_t unit = i + 1;
        if (!token_has(tokens, i, WORD_UNIT))
            continue;
        while (token_is_number(tokens, unit))
            unit++;
        if (!is_letter(tokens, unit))
            continue;
        struct token *token = &tokens->all[unit];
        token->text = token->plain = token->full =
            alphabet[address_letter_named(token->plain) - 'a'];
        token->word_class = 0;
    }
}

bool address_is_title(const struct address *listing, size_t word)
{
    enum { NAMES = 2 };
    return word == 0 && listing->word_count > NAMES && !strcmp(listing->words[0], "dr");
}

void address_initials(const struct address *listing, char initials[ADDRESS_INITIALS])
{
    enum { LEAST = 3 };
    size_t count = 0;
    for (size_t i = 0; i < listing->word_count && count + 1 < ADDRESS_INITIALS; i++) {
        if (!isalpha((unsigned char)listing->words[i][0]))
            break;
        if (!address_word_optional(listing->words[i]) && !address_is_title(listing, i))
            initials[count++] = listing->words[i][0];
    }
    initials[count >= LEAST ? count : 0] = '\0';
}
