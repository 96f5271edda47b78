/* Randomness, key files, keyed hashes and MACs: thin wrappers of libsodium, and of GLib where it
 * has more. */
#ifndef AR_BASE_SECRET_H
#define AR_BASE_SECRET_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

enum { SECRET_KEY_BYTES = 32, SECRET_HASH_BYTES = 32, SECRET_MAC_MAX = 64 };

/* Bytes somewhere. */
struct secret_part {
    const void *bytes;
    size_t len;
};

/* Where random bytes come from. Passed in, so that tests can foresee them. */
struct randomness {
    void (*fill)(const struct randomness *source, void *bytes, size_t len);
};
extern const struct randomness randomness_system;

/* Must be called once before anything else here; ends the process if libsodium cannot start. */
void secret_start(void);

/* len random bytes as unpadded URL-safe base64. */
char *secret_token(void *mem, const struct randomness *source, size_t bytes);
/* len bytes as lower-case hexadecimal; as base64 with padding (RFC 4648, section 4); and as
 * unpadded URL-safe base64 (section 5). */
char *secret_hex(void *mem, const unsigned char *bytes, size_t len);
char *secret_base64(void *mem, const unsigned char *bytes, size_t len);
char *secret_base64_url(void *mem, const unsigned char *bytes, size_t len);
/* The bytes of base64 in either alphabet, padded or not; false if text is something else. */
bool secret_base64_read(void *mem, const char *text, struct secret_part *bytes) AR_MUST_USE;

/* BLAKE2b-256 of the bytes, keyed where key is not NULL (SECRET_KEY_BYTES). */
void secret_hash(const unsigned char *key, const void *bytes, size_t len,
                 unsigned char hash[SECRET_HASH_BYTES]);
enum secret_algorithm { SECRET_SHA256, SECRET_SHA512, SECRET_SHA1 };
/* HMAC (RFC 2104) with that hash over the parts, one after the other; returns its length. */
size_t secret_hmac(enum secret_algorithm algorithm, struct secret_part key,
                   const struct secret_part *parts, size_t count,
                   unsigned char mac[SECRET_MAC_MAX]);
/* Whether two texts are equal, in time that depends on the length of `given` alone. */
bool secret_equal(const char *given, const char *kept);

/* Reads a key of SECRET_KEY_BYTES bytes (as 64 hexadecimal digits). ERR_NOT_FOUND: no such file;
 * ERR_DENIED: others may read it; ERR_INVALID: not a key; logged. */
enum err secret_key_read(const char *path, unsigned char key[SECRET_KEY_BYTES]) AR_MUST_USE;
/* Reads the first line of a file of at most 4 KiB, which must be for its owner and group alone. */
enum err secret_line_read(void *mem, const char *path, char **line) AR_MUST_USE;
/* Reads all lines of such a file, trimmed, but for blank ones and those that begin with '#'.
 * ERR_INVALID: there is none, or the file is longer. */
enum err secret_lines_read(void *mem, const char *path, char ***lines, size_t *count) AR_MUST_USE;
/* Writes text and a line break into a new file of mode 0600; ERR_CONFLICT if it exists. */
enum err secret_line_write(const char *path, const char *text) AR_MUST_USE;

#endif
