/* What is personal, taken out: a line with the caller's name, one with the listing's address, and
 * what was said. The result is text as the input was, and of a length that goes with it. */
#include "base/text.h"
#include "fuzz.h"
#include "heard/redact.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *mem = mem_context(NULL);
    char *name = fuzz_text(mem, &data, &size, '\n'), *address = fuzz_text(mem, &data, &size, '\n');
    char *said = mem_strndup(mem, (const char *)data, size);
    size_t len = strlen(said);
    char *kept = redact(mem, said, *name ? name : NULL, *address ? address : NULL);
    FUZZ_CHECK(strlen(kept) <= 16 * len + 16);
    FUZZ_CHECK(!text_utf8_valid(said, len) || text_utf8_valid(kept, strlen(kept)));
    mem_free(mem);
    return 0;
}
