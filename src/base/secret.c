#include "base/secret.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 4096 };

static void system_fill(const struct randomness *source, void *bytes, size_t len)
{
    (void)source;
    randombytes_buf(bytes, len);
}

const struct randomness randomness_system = { system_fill };

void secret_start(void)
{
    /* Seeded by the kernel once, not asked for every nonce. */
    randombytes_set_implementation(&randombytes_internal_implementation);
    if (sodium_init() < 0) {
        log_line(LOG_ERROR, "sodium_failed", "detail=\"no randomness\"");
        _exit(71);
    }
}

char *secret_token(void *mem, const struct randomness *source, size_t bytes)
{
    unsigned char raw[64];
    if (bytes > sizeof raw)
        bytes = sizeof raw;
    source->fill(source, raw, bytes);
    char *text = secret_base64_url(mem, raw, bytes);
    sodium_memzero(raw, sizeof raw);
    return text;
}

/* ---- bytes as text ---- */

char *secret_hex(void *mem, const unsigned char *bytes, size_t len)
{
    char *text = mem_bytes(mem, 2 * len + 1);
    return sodium_bin2hex(text, 2 * len + 1, bytes, len);
}

static char *base64(void *mem, const unsigned char *bytes, size_t len, int variant)
{
    size_t size = sodium_base64_encoded_len(len, variant);
    return sodium_bin2base64(mem_bytes(mem, size), size, bytes, len, variant);
}

char *secret_base64(void *mem, const unsigned char *bytes, size_t len)
{
    return base64(mem, bytes, len, sodium_base64_VARIANT_ORIGINAL);
}

char *secret_base64_url(void *mem, const unsigned char *bytes, size_t len)
{
    return base64(mem, bytes, len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool secret_base64_read(void *mem, const char *text, struct secret_part *bytes)
{
    static const int variants[] = {
        sodium_base64_VARIANT_ORIGINAL,
        sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
        sodium_base64_VARIANT_URLSAFE,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING,
    };
    size_t len = strlen(text);
    unsigned char *place = (unsigned char *)mem_bytes(mem, len + 1);
    bytes->bytes = place;
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++)
        if (sodium_base642bin(place, len, text, len, NULL, &bytes->len, NULL, variants[i]) == 0)
            return bytes->len > 0;
    return false;
}

/* ---- hashes ---- */

void secret_hash(const unsigned char *key, const void *bytes, size_t len,
                 unsigned char hash[SECRET_HASH_BYTES])
{
    crypto_generichash(hash, SECRET_HASH_BYTES, bytes, len, key, key ? SECRET_KEY_BYTES : 0);
}

/* GLib's, since libsodium has no SHA-1. */
size_t secret_hmac(enum secret_algorithm algorithm, struct secret_part key,
                   const struct secret_part *parts, size_t count, unsigned char mac[SECRET_MAC_MAX])
{
    static const GChecksumType types[] = {
        [SECRET_SHA256] = G_CHECKSUM_SHA256,
        [SECRET_SHA512] = G_CHECKSUM_SHA512,
        [SECRET_SHA1] = G_CHECKSUM_SHA1,
    };
    gsize len = SECRET_MAC_MAX;
    GHmac *hmac = g_hmac_new(types[algorithm], key.bytes, key.len);
    for (size_t i = 0; i < count; i++)
        g_hmac_update(hmac, parts[i].bytes, (gssize)parts[i].len);
    g_hmac_get_digest(hmac, mac, &len);
    g_hmac_unref(hmac);
    return len;
}

bool secret_equal(const char *given, const char *kept)
{
    unsigned char a[SECRET_HASH_BYTES], b[SECRET_HASH_BYTES];
    secret_hash(NULL, given, strlen(given), a);
    secret_hash(NULL, kept, strlen(kept), b);
    return sodium_memcmp(a, b, sizeof a) == 0;
}

/* ---- files ---- */

/* Opens path for reading and checks its mode against `forbidden` bits. */
static enum err private_open(const char *path, mode_t forbidden, int *fd)
{
    struct stat st;
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0) {
        enum err err = errno == ENOENT ? ERR_NOT_FOUND : ERR_DENIED;
        log_line(LOG_ERROR, "secret_unreadable", "file=\"%s\" detail=\"%s\"", path,
                 strerror(errno));
        return err;
    }
    if (fstat(*fd, &st) == 0 && (st.st_mode & forbidden) == 0)
        return ERR_NONE;
    close(*fd);
    log_line(LOG_ERROR, "secret_exposed", "file=\"%s\" detail=\"others may read it; chmod 600\"",
             path);
    return ERR_DENIED;
}

static enum err file_faulty(const char *path, const char *event)
{
    log_line(LOG_ERROR, event, "file=\"%s\"", path);
    return ERR_INVALID;
}

/* Reads what fits; the caller's buffer is always terminated. */
static enum err file_read(const char *path, mode_t forbidden, char *buffer, size_t size)
{
    int fd;
    enum err err = private_open(path, forbidden, &fd);
    if (err)
        return err;
    ssize_t got = read(fd, buffer, size - 1);
    close(fd);
    buffer[got > 0 ? got : 0] = '\0';
    return ERR_NONE;
}

static enum err line_read(const char *path, mode_t forbidden, char *buffer, size_t size)
{
    enum err err = file_read(path, forbidden, buffer, size);
    if (err)
        return err;
    buffer[strcspn(buffer, "\r\n")] = '\0';
    return buffer[0] ? ERR_NONE : file_faulty(path, "secret_empty");
}

enum err secret_key_read(const char *path, unsigned char key[SECRET_KEY_BYTES])
{
    char line[4 * SECRET_KEY_BYTES];
    size_t len = 0;
    enum err err = line_read(path, S_IRWXG | S_IRWXO, line, sizeof line);
    if (!err && (sodium_hex2bin(key, SECRET_KEY_BYTES, line, strlen(line), NULL, &len, NULL) != 0 ||
                 len != SECRET_KEY_BYTES)) {
        log_line(LOG_ERROR, "key_malformed",
                 "file=\"%s\" detail=\"64 hexadecimal digits expected\"", path);
        err = ERR_INVALID;
    }
    sodium_memzero(line, sizeof line);
    return err;
}

enum err secret_line_read(void *mem, const char *path, char **line)
{
    char buffer[FILE_MAX];
    enum err err = line_read(path, S_IRWXO, buffer, sizeof buffer);
    if (!err)
        *line = mem_strdup(mem, buffer);
    sodium_memzero(buffer, sizeof buffer);
    return err;
}

/* Cuts the text into its lines, which go on mem. */
static char **lines_cut(void *mem, char *text, size_t *count)
{
    char **lines = NULL, *rest = NULL;
    for (char *line = strtok_r(text, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
        char *kept = text_trim(mem, line);
        if (!*kept || *kept == '#')
            continue;
        lines = mem_resize(mem, lines, char *, *count + 1);
        lines[(*count)++] = kept;
    }
    return lines;
}

enum err secret_lines_read(void *mem, const char *path, char ***lines, size_t *count)
{
    char buffer[FILE_MAX];
    enum err err = file_read(path, S_IRWXO, buffer, sizeof buffer);
    *count = 0;
    if (!err && strlen(buffer) == sizeof buffer - 1)
        err = file_faulty(path, "secret_too_long");
    if (!err)
        *lines = lines_cut(mem, buffer, count);
    if (!err && *count == 0)
        err = file_faulty(path, "secret_empty");
    sodium_memzero(buffer, sizeof buffer);
    return err;
}

enum err secret_line_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        if (errno == EEXIST)
            return ERR_CONFLICT;
        log_line(LOG_ERROR, "secret_unwritable", "file=\"%s\" detail=\"%s\"", path,
                 strerror(errno));
        return ERR_FAILED;
    }
    bool written = dprintf(fd, "%s\n", text) > 0 && fsync(fd) == 0;
    return close(fd) == 0 && written ? ERR_NONE : ERR_FAILED;
}
