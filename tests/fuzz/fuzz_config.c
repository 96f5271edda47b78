/* A configuration file, a NUL, and lines of environment variables. */
#include "base/config.h"
#include "fuzz.h"
#include <stdio.h>
#include <unistd.h>

static char path[64];

static void file_remove(void)
{
    unlink(path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    snprintf(path, sizeof path, "/tmp/ar-fuzz-config.%ld", (long)getpid());
    atexit(file_remove);
    return 0;
}

static void file_fill(const uint8_t *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file && fwrite(bytes, 1, len, file) == len);
    fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ENTRIES_MAX = 16 };
    void *mem = mem_context(NULL);
    const uint8_t *end = memchr(data, '\0', size);
    size_t len = end ? (size_t)(end - data) : size, n = 0;
    char *environment[ENTRIES_MAX + 1];
    struct config config;
    const char *why = NULL;
    file_fill(data, len);
    data += len + (end != NULL);
    size -= len + (end != NULL);
    while (size > 0 && n < ENTRIES_MAX)
        environment[n++] = fuzz_text(mem, &data, &size, '\n');
    environment[n] = NULL;
    if (config_read(mem, path, environment, &config, &why))
        FUZZ_CHECK(why && *why);
    else
        FUZZ_CHECK(config.database && config.mount && config.max_body_bytes >= 1024);
    mem_free(mem);
    return 0;
}
