#include "heard/address_words.h"
#include "heard/address_words_table.h"
#include <stdlib.h>
#include <string.h>

static int word_compare(const void *key, const void *entry)
{
    return strcmp(key, ((const struct address_word *)entry)->word);
}

static int text_compare(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

static const struct address_word *word_known(const char *word)
{
    return bsearch(word, address_words, address_word_count, sizeof address_words[0], word_compare);
}

static bool is_listed(const char *word, const struct address_word_list *list)
{
    return bsearch(word, list->words, list->count, sizeof list->words[0], text_compare) != NULL;
}

const char *address_word_full(const char *text)
{
    const struct address_word *known = word_known(text);
    return known ? known->full : text;
}

struct address_word address_word_find(const char *word)
{
    const struct address_word *known = word_known(word);
    struct address_word found = known ? *known : (struct address_word){ word, word, word, 0 };
    for (size_t i = 0; i < address_word_list_count; i++)
        if (is_listed(word, &address_word_lists[i]))
            found.word_class |= address_word_lists[i].word_class;
    return found;
}

bool address_word_optional(const char *word)
{
    const struct address_word *known = word_known(word);
    if (known && known->word_class & WORD_OPTIONAL)
        return true;
    for (size_t i = 0; i < address_word_list_count; i++)
        if (address_word_lists[i].word_class == WORD_OPTIONAL)
            return is_listed(word, &address_word_lists[i]);
    return false;
}

const char *address_state_find(const char *name)
{
    for (size_t i = 0; i < address_state_count; i++)
        if (!strcmp(name, address_states[i].name) || !strcmp(name, address_states[i].code))
            return address_states[i].code;
    return NULL;
}
