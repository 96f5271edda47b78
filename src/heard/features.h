/* What was said of a property beside its address: "the condo on Oak", "the three bedroom". */
#ifndef AR_HEARD_FEATURES_H
#define AR_HEARD_FEATURES_H

#include <stdint.h>

struct features {
    const char *property_type; /* a name of words_property_type; NULL if none was said */
    int64_t bedrooms;          /* -1 if none were said */
};

/* "House", "home" and "place" are said of anything and name no type. NULL is fine. */
struct features features_heard(const char *text);

#endif
