/* The tables of address_words.c. */
#ifndef AR_HEARD_ADDRESS_WORDS_TABLE_H
#define AR_HEARD_ADDRESS_WORDS_TABLE_H

#include "heard/address_words.h"
#include <stddef.h>

/* Words with another canonical form. */
extern const struct address_word address_words[];
extern const size_t address_word_count;

/* States and districts by name without spaces. */
struct address_state {
    const char *name, *code;
};
extern const struct address_state address_states[];
extern const size_t address_state_count;

/* Words of a class; a word may be in several lists. */
struct address_word_list {
    const char *const *words;
    size_t count;
    unsigned word_class;
};
extern const struct address_word_list address_word_lists[];
extern const size_t address_word_list_count;

#endif
