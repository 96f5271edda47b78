#include "heard/address_said.h"
#include "heard/address_bound.h"
#include "heard/address_number.h"
#include <string.h>

bool token_has(const struct tokens *tokens, size_t i, unsigned word_class)
{
    return i < tokens->count && tokens->all[i].word_class & word_class;
}

bool token_is_number(const struct tokens *tokens, size_t i)
{
    return i < tokens->count && tokens->all[i].number != SPOKEN_NONE &&
           !token_has(tokens, i, WORD_DROPPED);
}

bool token_is_unit_value(const struct tokens *tokens, size_t i)
{
    return token_is_number(tokens, i) || (i < tokens->count && strlen(tokens->all[i].plain) == 1 &&
                                          !token_has(tokens, i, WORD_FILLER));
}

bool token_is_name(const struct token *token)
{
    return token->number == SPOKEN_NONE &&
           !(token->word_class & (WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_UNIT |
                                  WORD_NUMBER_MARK | WORD_DROPPED | WORD_REPAIR | WORD_NEGATION));
}

bool token_may_be_skipped(const struct address_heard *heard, size_t i)
{
    const struct token *token = &heard->tokens.all[i];
    if (token->word_class & (WORD_DROPPED | WORD_LENIENT))
        return true;
    if (token->capital && address_state_find(token->plain))
        return false;
    if (token->word_class & WORD_UNIT)
        return !token_is_unit_value(&heard->tokens, i + 1);
    return (token->word_class & (WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_NUMBER_MARK |
                                 WORD_OPTIONAL | WORD_REPAIR | WORD_NEGATION)) != 0;
}

size_t tokens_number_end(const struct tokens *tokens, size_t i)
{
    while (token_is_number(tokens, i))
        i++;
    return i;
}

/* ---- the whole ---- */

static void spans_fill(void *mem, struct address_heard *heard)
{
    const struct tokens *tokens = &heard->tokens;
    heard->spans = mem_new_array(mem, const char *, tokens->count *SPAN_WORDS + 1);
    heard->states = mem_new_array(mem, const char *, tokens->count *SPAN_WORDS + 1);
    for (size_t i = 0; i < tokens->count; i++)
        for (size_t n = 0; n < SPAN_WORDS && i + n < tokens->count; n++) {
            char text[SPAN_TEXT];
            if (token_has(tokens, i + n, WORD_DROPPED))
                break;
            if (tokens_span(tokens, i, i + n + 1, text))
                heard->spans[i * SPAN_WORDS + n] = mem_strdup(mem, text);
            if (n < 3)
                heard->states[i * SPAN_WORDS + n] = tokens_state(tokens, i, i + n + 1);
        }
}

/* An abbreviation may stand for two words (St, Dr): only what was spelt out has a sound. */
static void sounds_fill(void *mem, struct address_heard *heard)
{
    heard->sounds = mem_new_array(mem, struct sound, heard->tokens.count + 1);
    for (size_t i = 0; i < heard->tokens.count; i++) {
        const struct token *token = &heard->tokens.all[i];
        heard->sounds[i] =
            sound_of(token->word_class & WORD_DIRECTION ? token->full : token->plain);
    }
}

static const char *number_text(void *mem, const struct tokens *tokens, size_t from)
{
    size_t end = tokens_number_end(tokens, from);
    char digits[NUMBER_TEXT];
    return tokens_number(tokens, from, end, digits) ? mem_strdup(mem, digits) : NULL;
}

static const char *unit_text(void *mem, const struct address_heard *heard)
{
    for (size_t i = 0; i + 1 < heard->tokens.count; i++)
        if (token_has(&heard->tokens, i, WORD_UNIT) && token_is_unit_value(&heard->tokens, i + 1)) {
            size_t end = tokens_number_end(&heard->tokens, i + 1);
            size_t n = end > i + 1 ? end - i - 2 : 0;
            const char *unit = n < SPAN_WORDS ? heard->spans[(i + 1) * SPAN_WORDS + n] : NULL;
            return unit ? mem_strdup(mem, unit) : NULL;
        }
    return NULL;
}

struct address *address_parse_said(void *mem, const char *text)
{
    struct address *address = mem_new(mem, struct address);
    struct address_heard *heard = mem_new(mem, struct address_heard);
    heard->tokens = address_tokens(mem, text);
    address_bound(&heard->tokens);
    heard->either = address_is_either(&heard->tokens);
    spans_fill(mem, heard);
    sounds_fill(mem, heard);
    address->heard = heard;
    address->number = number_text(mem, &heard->tokens, address_number_find(&heard->tokens));
    address->unit = unit_text(mem, heard);
    return address;
}
