/* API keys: "ark_" and 8 characters, which are public and find the row; "_"; 32 random bytes as
 * URL-safe base64; and 8 characters of proof that this installation issued it, so that what is made
 * up is refused without a look into the database. Kept is only the BLAKE2b hash of the whole, keyed
 * with the master key. */
#ifndef AR_DESK_KEYS_H
#define AR_DESK_KEYS_H

#include "base/secret.h"
#include <stdbool.h>

#define KEY_MARK "ark_" /* begins every key */
enum { KEY_PREFIX_SIZE = 16, KEY_LENGTH = 64 };

/* Makes a new key, to be shown once, and what the store keeps of it; all on mem. */
char *key_issue(void *mem, const struct randomness *source,
                const unsigned char master[SECRET_KEY_BYTES], char **prefix, char **hash);
/* The public part of a key that somebody sent; false when that has not the form of a key. */
bool key_prefix(const char *given, char prefix[KEY_PREFIX_SIZE]);
/* Whether it is a key that was issued with that master key; it may have ended since. In time that
 * does not depend on what would be right. */
bool key_is_ours(const unsigned char master[SECRET_KEY_BYTES], const char *given);
/* Whether it is the key of that hash, in time that does not depend on the hash. */
bool key_matches(const unsigned char master[SECRET_KEY_BYTES], const char *given, const char *hash);

#endif
