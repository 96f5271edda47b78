#include "heard/features.h"
#include "heard/words.h"

static const struct {
    const char *property_type, *words;
} types[] = {
    { "condo", "condo condominium" },
    { "townhouse", "townhouse townhome rowhouse" },
    { "multi_family", "duplex triplex fourplex multifamily" },
    { "land", "lot land parcel" },
    { "commercial", "warehouse storefront commercial" },
};

static const char *type_at(const struct heard_words *words, int i)
{
    for (size_t k = 0; k < sizeof types / sizeof types[0]; k++)
        if (word_in(words, i, types[k].words))
            return types[k].property_type;
    return NULL;
}

/* "three bedroom", "2-bed" */
static int64_t bedrooms_at(const struct heard_words *words, int i)
{
    int64_t count = word_digits(words, i);
    int used = count >= 0 ? 1 : words_below_hundred(words, i, &count);
    used += used && word_is_mark(words, i + used, '-');
    return used && word_in(words, i + used, "bedroom bedrooms bed beds br") ? count : -1;
}

struct features features_heard(const char *text)
{
    struct features features = { NULL, -1 };
    struct heard_words words;
    words_split(text ? text : "", &words);
    for (int i = 0; i < words.count; i++) {
        int64_t bedrooms = bedrooms_at(&words, i);
        features.property_type =
            features.property_type ? features.property_type : type_at(&words, i);
        features.bedrooms = bedrooms >= 0 ? bedrooms : features.bedrooms;
    }
    return features;
}
