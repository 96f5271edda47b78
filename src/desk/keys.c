#include "desk/keys.h"
#include "base/mem.h"
#include "base/text.h"
#include <assert.h>
#include <string.h>

/* 6 bytes make 8 characters of base64, 32 make 43. */
enum {
    PUBLIC_BYTES = 6,
    TOKEN_BYTES = 32,
    PROOF_BYTES = 6,
    PUBLIC_LENGTH = 12,                    /* with the mark */
    TOKEN_LENGTH = PUBLIC_LENGTH + 1 + 43, /* all but the proof */
};
static_assert(KEY_LENGTH == TOKEN_LENGTH + 8, "the proof has 8 characters");

static char *key_hash(void *mem, const unsigned char master[SECRET_KEY_BYTES], const char *key)
{
    unsigned char hash[SECRET_HASH_BYTES];
    secret_hash(master, key, strlen(key), hash);
    return secret_hex(mem, hash, sizeof hash);
}

/* The proof that belongs to a key's other characters. */
static char *key_proof(void *mem, const unsigned char master[SECRET_KEY_BYTES], const char *key)
{
    unsigned char hash[SECRET_HASH_BYTES];
    char *text = mem_printf(NULL, "key proof %.*s", TOKEN_LENGTH, key);
    secret_hash(master, text, strlen(text), hash);
    mem_free(text);
    return secret_base64_url(mem, hash, PROOF_BYTES);
}

char *key_issue(void *mem, const struct randomness *source,
                const unsigned char master[SECRET_KEY_BYTES], char **prefix, char **hash)
{
    *prefix = mem_printf(mem, KEY_MARK "%s", secret_token(mem, source, PUBLIC_BYTES));
    char *key = mem_printf(mem, "%s_%s", *prefix, secret_token(mem, source, TOKEN_BYTES));
    mem_append(mem, &key, "%s", key_proof(mem, master, key));
    *hash = key_hash(mem, master, key);
    return key;
}

bool key_prefix(const char *given, char prefix[KEY_PREFIX_SIZE])
{
    if (!given || strnlen(given, KEY_LENGTH + 1) != KEY_LENGTH ||
        !text_starts_with(given, KEY_MARK) || given[PUBLIC_LENGTH] != '_')
        return false;
    memcpy(prefix, given, PUBLIC_LENGTH);
    prefix[PUBLIC_LENGTH] = '\0';
    return true;
}

bool key_is_ours(const unsigned char master[SECRET_KEY_BYTES], const char *given)
{
    char prefix[KEY_PREFIX_SIZE];
    if (!key_prefix(given, prefix))
        return false;
    char *proof = key_proof(NULL, master, given);
    bool same = secret_equal(given + TOKEN_LENGTH, proof);
    mem_free(proof);
    return same;
}

bool key_matches(const unsigned char master[SECRET_KEY_BYTES], const char *given, const char *hash)
{
    char *theirs = key_hash(NULL, master, given);
    bool same = secret_equal(theirs, hash);
    mem_free(theirs);
    return same;
}
