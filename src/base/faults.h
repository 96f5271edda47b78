/* What is wrong with an input, member by member: the `errors` of a 422 answer (RFC 9457), the lines
 * of an import's report. */
#ifndef AR_BASE_FAULTS_H
#define AR_BASE_FAULTS_H

#include "base/err.h"
#include <stddef.h>

struct fault {
    const char *field;  /* the member, column or parameter; "" for the whole */
    const char *detail; /* a sentence for people */
};

struct faults {
    void *mem;
    struct fault *list;
    size_t count;
};

/* An empty list on mem. */
struct faults faults_on(void *mem);
/* Notes that field is wrong; keeps at most 50. Returns ERR_INVALID, so it can end a function. */
enum err fault_add(struct faults *faults, const char *field, const char *detail, ...)
    AR_PRINTF(3, 4);

#endif
