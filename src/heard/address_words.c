#include "heard/address_words.h"
#include "heard/address_words_table.h"
#include "heard/lexicon.h"
#include <string.h>

enum { SLOTS = 4096 };
static struct lexicon_slot slots[SLOTS]; /* entries in address_words, values of enum word_class */

static void word_add(const char *word, const struct address_word *entry, unsigned word_class)
{
    struct lexicon_slot *slot = lexicon_slot(slots, SLOTS, word, strlen(word));
    slot->word = word;
    slot->length = strlen(word);
    slot->value |= word_class;
    slot->entry = entry ? entry : slot->entry;
}

static void slots_fill(void)
{
    for (size_t i = 0; i < address_word_count; i++)
        word_add(address_words[i].word, &address_words[i], address_words[i].word_class);
    for (size_t i = 0; i < address_word_list_count; i++)
        for (size_t k = 0; k < address_word_lists[i].count; k++)
            word_add(address_word_lists[i].words[k], NULL, address_word_lists[i].word_class);
}

static const struct lexicon_slot *word_known(const char *word)
{
    static bool filled;
    if (!filled)
        slots_fill();
    filled = true;
    return lexicon_slot(slots, SLOTS, word, strlen(word));
}

const char *address_word_full(const char *text)
{
    const struct address_word *entry = word_known(text)->entry;
    return entry ? entry->full : text;
}

struct address_word address_word_find(const char *word)
{
    const struct lexicon_slot *known = word_known(word);
    const struct address_word *entry = known->entry;
    struct address_word found = entry ? *entry : (struct address_word){ word, word, word, 0 };
    found.word_class = known->value;
    return found;
}

bool address_word_optional(const char *word)
{
    return (word_known(word)->value & WORD_OPTIONAL) != 0;
}

const char *address_state_find(const char *name)
{
    for (size_t i = 0; i < address_state_count; i++)
        if (name[0] == address_states[i].name[0] &&
            (!strcmp(name, address_states[i].name) || !strcmp(name, address_states[i].code)))
            return address_states[i].code;
    return NULL;
}
