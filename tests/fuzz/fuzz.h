/* What fuzz targets share: libFuzzer's entry points, and inputs as texts. */
#ifndef AR_TESTS_FUZZ_H
#define AR_TESTS_FUZZ_H

#include "base/mem.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the run with a report unless the condition holds. */
#define FUZZ_CHECK(condition) ((condition) ? (void)0 : abort())

/* The bytes up to the next `stop` (or the end) as a text on mem; moves *data and *size behind it. A
 * NUL ends the text early. */
static inline char *fuzz_text(void *mem, const uint8_t **data, size_t *size, char stop)
{
    const uint8_t *end = memchr(*data, stop, *size);
    size_t len = end ? (size_t)(end - *data) : *size;
    char *text = mem_strndup(mem, (const char *)*data, len);
    *data += len + (end != NULL);
    *size -= len + (end != NULL);
    return text;
}

#endif
