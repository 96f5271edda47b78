#include "desk/keys.h"
#include "base/mem.h"
#include "base/text.h"
#include <string.h>

static const char mark[] = "ark_";

/* 6 bytes make 8 characters of base64, 32 make 43. */
enum {
    PUBLIC_BYTES = 6,
    TOKEN_BYTES = 32,
    PUBLIC_LENGTH = 12, /* with the mark */
    KEY_LENGTH = PUBLIC_LENGTH + 1 + 43
};

static char *key_hash(void *mem, const unsigned char master[SECRET_KEY_BYTES], const char *key)
{
    unsigned char hash[SECRET_HASH_BYTES];
    secret_hash(master, key, strlen(key), hash);
    return secret_hex(mem, hash, sizeof hash);
}

char *key_issue(void *mem, const struct randomness *source,
                const unsigned char master[SECRET_KEY_BYTES], char **prefix, char **hash)
{
    *prefix = mem_printf(mem, "%s%s", mark, secret_token(mem, source, PUBLIC_BYTES));
    char *key = mem_printf(mem, "%s_%s", *prefix, secret_token(mem, source, TOKEN_BYTES));
    *hash = key_hash(mem, master, key);
    return key;
}

bool key_prefix(const char *given, char prefix[KEY_PREFIX_SIZE])
{
    if (!given || strnlen(given, KEY_LENGTH + 1) != KEY_LENGTH || !text_starts_with(given, mark) ||
        given[PUBLIC_LENGTH] != '_')
        return false;
    memcpy(prefix, given, PUBLIC_LENGTH);
    prefix[PUBLIC_LENGTH] = '\0';
    return true;
}

bool key_matches(const unsigned char master[SECRET_KEY_BYTES], const char *given, const char *hash)
{
    char *theirs = key_hash(NULL, master, given);
    bool same = secret_equal(theirs, hash);
    mem_free(theirs);
    return same;
}
