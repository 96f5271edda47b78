/* Sealing: what callers said is kept encrypted, so that a copy of the database without the key file
 * tells nothing. XChaCha20-Poly1305 with a random nonce; each value is bound to its table, column
 * and row, so that none can be moved to another place.
 *
 * A sealed text reads "sealed:1:KEYID:BASE64". The key file's first line is the master key, from
 * which the first sealing key is derived; lines "seal HEX" below it are later sealing keys, newest
 * first. */
#ifndef AR_BASE_SEAL_H
#define AR_BASE_SEAL_H

#include "base/secret.h"
#include <stdint.h>

struct seal;

/* Where a sealed value lives. */
struct seal_place {
    const char *table, *column;
    int64_t row;
};

/* Reads the keys of the file, which must be private. The same errors as secret_key_read. */
enum err seal_open(void *mem, const char *key_file, const struct randomness *random,
                   struct seal **seal) AR_MUST_USE;
/* Reads the file again if it has changed: another process may have begun to use a new key. ERR_FULL
 * (logged) when it has another master key, or cannot be used: nothing may be sealed until that is
 * mended, but what is sealed can still be read. One that is missing changes nothing. */
enum err seal_refresh(struct seal *seal) AR_MUST_USE;
/* The id of the key that seals now; borrowed until the next refresh. */
const char *seal_key_id(const struct seal *seal);

/* The text sealed for that place, on mem. */
char *seal_text(void *mem, const struct seal *seal, const struct seal_place *place,
                const char *text);
/* The inverse, on mem; a text that is not sealed comes back as it is. ERR_FAILED (logged): sealed
 * with a key that is not in the file, or not for this place, or altered. */
enum err seal_open_text(void *mem, struct seal *seal, const struct seal_place *place,
                        const char *sealed, const char **text) AR_MUST_USE;

/* Whether the text is sealed, and with a key that is in the file. */
bool seal_knows(struct seal *seal, const char *sealed);

/* Adds a new random sealing key to the file, to be used from now on; the old ones stay for reading.
 */
enum err seal_key_add(struct seal *seal) AR_MUST_USE;
/* Drops all keys but the newest from the file, once nothing is sealed with them. */
enum err seal_keys_forget(struct seal *seal) AR_MUST_USE;
/* How many keys the file has. */
size_t seal_key_count(const struct seal *seal);

#endif
