/* Words and what is known of each: an open hash table, filled once from constant lists. */
#ifndef AR_HEARD_LEXICON_H
#define AR_HEARD_LEXICON_H

#include <stddef.h>
#include <stdint.h>

struct lexicon_slot {
    const char *word; /* not copied, need not be terminated; NULL in a slot that is free */
    size_t length;
    unsigned value;
    const void *entry;
};

/* The slot of the word among `count` of them, a power of two and always more than there are words;
 * if the word is new, a free one. */
struct lexicon_slot *lexicon_slot(struct lexicon_slot *slots, size_t count, const char *word,
                                  size_t length);

#endif
