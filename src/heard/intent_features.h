/* What the intent model sees of a text. Shared by the model and its trainer. */
#ifndef AR_HEARD_INTENT_FEATURES_H
#define AR_HEARD_INTENT_FEATURES_H

#include "heard/intent.h"
#include <stddef.h>
#include <stdint.h>

enum { INTENT_FEATURES = 2000 };

/* The hashes of the text's features, ascending and distinct, and how many they are: words, pairs of
 * neighbours, beginnings of long words; words behind a "not" and in the last clause count as
 * others. Each has the value 1/sqrt(count). */
size_t intent_features(const char *text, uint32_t features[INTENT_FEATURES]);

/* One feature's part in the score of each intent. The table is in ascending order of hash. */
struct intent_weight {
    uint32_t hash;
    float weights[INTENT_COUNT];
};

#endif
