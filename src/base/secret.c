#include "base/secret.h"
#include "base/log.h"
#include "base/mem.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void system_fill(const struct randomness *source, void *bytes, size_t len)
{
    (void)source;
    randombytes_buf(bytes, len);
}

const struct randomness randomness_system = { system_fill };

void secret_start(void)
{
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
    size_t size = sodium_base64_encoded_len(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = mem_bytes(mem, size);
    sodium_bin2base64(text, size, raw, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(raw, sizeof raw);
    return text;
}

char *secret_hex(void *mem, const unsigned char *bytes, size_t len)
{
    char *text = mem_bytes(mem, 2 * len + 1);
    return sodium_bin2hex(text, 2 * len + 1, bytes, len);
}

void secret_hash(const unsigned char *key, const void *bytes, size_t len,
                 unsigned char hash[SECRET_HASH_BYTES])
{
    crypto_generichash(hash, SECRET_HASH_BYTES, bytes, len, key, key ? SECRET_KEY_BYTES : 0);
}

void secret_hmac(const char *key, const struct secret_part *parts, size_t count,
                 unsigned char mac[SECRET_MAC_BYTES])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, strlen(key));
    for (size_t i = 0; i < count; i++)
        crypto_auth_hmacsha256_update(&state, parts[i].bytes, parts[i].len);
    crypto_auth_hmacsha256_final(&state, mac);
}

bool secret_equal(const char *given, const char *kept)
{
    unsigned char a[SECRET_HASH_BYTES], b[SECRET_HASH_BYTES];
    secret_hash(NULL, given, strlen(given), a);
    secret_hash(NULL, kept, strlen(kept), b);
    return sodium_memcmp(a, b, sizeof a) == 0;
}

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

/* Reads the first line; the caller's buffer is always terminated. */
static enum err line_read(const char *path, mode_t forbidden, char *buffer, size_t size)
{
    int fd;
    enum err err = private_open(path, forbidden, &fd);
    if (err)
        return err;
    ssize_t got = read(fd, buffer, size - 1);
    close(fd);
    buffer[got > 0 ? got : 0] = '\0';
    buffer[strcspn(buffer, "\r\n")] = '\0';
    if (buffer[0])
        return ERR_NONE;
    log_line(LOG_ERROR, "secret_empty", "file=\"%s\"", path);
    return ERR_INVALID;
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
    char buffer[4096];
    enum err err = line_read(path, S_IRWXO, buffer, sizeof buffer);
    if (!err)
        *line = mem_strdup(mem, buffer);
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
