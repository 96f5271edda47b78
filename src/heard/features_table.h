/* The features that callers tell listings by; see features.h. */
#ifndef AR_HEARD_FEATURES_TABLE_H
#define AR_HEARD_FEATURES_TABLE_H

#include <stddef.h>

/* A phrase, in lower case, of words with one space between them, and what it names. */
struct feature_phrase {
    const char *phrase, *feature;
};
extern const struct feature_phrase feature_phrases[];
extern const size_t feature_phrase_count;

/* A name of words_property_type, and the words for it with one space between them. */
struct feature_type {
    const char *property_type, *words;
};
extern const struct feature_type feature_types[];
extern const size_t feature_type_count;

#endif
