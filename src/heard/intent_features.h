/* What the intent model sees of a text. Shared by the model and its trainer. */
#ifndef AR_HEARD_INTENT_FEATURES_H
#define AR_HEARD_INTENT_FEATURES_H

#include "heard/intent.h"
#include <stddef.h>
#include <stdint.h>

enum { INTENT_FEATURES = 8000, INTENT_SPACE = 1 << 16 };

/* The hashes of the text's features, ascending and distinct, and how many they are: words, pairs of
 * neighbours, parts and stems of words, what the words are about (intent_class.h), the order in
 * which that comes, and how the turn and its last clause begin. Words behind a "not" and in the
 * last clause count as others. Each has the value 1/sqrt(count). */
size_t intent_features(const char *text, uint16_t features[INTENT_FEATURES]);

#endif
