#include "heard/lexicon.h"
#include <string.h>

/* FNV-1a, its halves mixed */
static uint32_t hash_of(const char *word, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 16777619u;
    return hash ^ hash >> 16;
}

struct lexicon_slot *lexicon_slot(struct lexicon_slot *slots, size_t count, const char *word,
                                  size_t length)
{
    size_t at = hash_of(word, length) & (count - 1);
    while (slots[at].word &&
           (slots[at].length != length || memcmp(slots[at].word, word, length) != 0))
        at = (at + 1) & (count - 1);
    return &slots[at];
}
