#include "base/seal.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    KEYS_MAX = 8,
    ID_CHARS = 8,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    FILE_MAX = 4096
};

static const char mark[] = "sealed:1:";
/* The line that says that nothing is sealed with the derived key any more. */
static const char forgotten_mark[] = "derived key forgotten";

struct key {
    unsigned char bytes[SECRET_KEY_BYTES];
    char id[ID_CHARS + 1];
};

struct seal {
    const char *path;
    const struct randomness *random;
    struct timespec changed; /* the file's, when it was read */
    off_t size;
    char master[2 * SECRET_KEY_BYTES + 1]; /* its first line */
    struct key keys[KEYS_MAX];             /* newest first */
    size_t count;
    bool derived; /* the last key is derived from the master key, and has no line of its own */
};

/* ---- the key file ---- */

static void key_identify(struct key *key)
{
    unsigned char hash[SECRET_HASH_BYTES];
    static const char label[] = "ai-realtor key id";
    secret_hash(key->bytes, label, sizeof label - 1, hash);
    sodium_bin2hex(key->id, sizeof key->id, hash, ID_CHARS / 2);
}

static void key_derive(const unsigned char master[SECRET_KEY_BYTES], struct key *key)
{
    static const char label[] = "ai-realtor sealing key";
    secret_hash(master, label, sizeof label - 1, key->bytes);
    key_identify(key);
}

static bool key_read(const char *hex, struct key *key)
{
    size_t len;
    bool read =
        sodium_hex2bin(key->bytes, sizeof key->bytes, hex, strlen(hex), NULL, &len, NULL) == 0;
    if (!read || len != sizeof key->bytes)
        return false;
    key_identify(key);
    return true;
}

/* The lines "seal HEX" below the first; the key derived from the first comes last. */
static enum err lines_read(struct seal *seal, char *lines)
{
    char *rest;
    struct key master;
    char *line = strtok_r(lines, "\r\n", &rest);
    if (!line || !key_read(line, &master)) {
        log_line(LOG_ERROR, "key_malformed", "file=\"%s\"", seal->path);
        return ERR_INVALID;
    }
    if (*seal->master && strcmp(seal->master, line) != 0) {
        log_line(LOG_ERROR, "key_changed",
                 "file=\"%s\" detail=\"another master key has taken its place; put the right one "
                 "back\"",
                 seal->path);
        return ERR_DENIED;
    }
    seal->count = 0;
    snprintf(seal->master, sizeof seal->master, "%s", line);
    bool forgotten = false;
    while ((line = strtok_r(NULL, "\r\n", &rest))) {
        forgotten |= strcmp(line, forgotten_mark) == 0;
        if (text_starts_with(line, "seal ") && seal->count < KEYS_MAX - 1 &&
            key_read(line + 5, &seal->keys[seal->count]))
            seal->count++;
    }
    seal->derived = !forgotten || seal->count == 0;
    if (seal->derived)
        key_derive(master.bytes, &seal->keys[seal->count++]);
    sodium_memzero(&master, sizeof master);
    return ERR_NONE;
}

static enum err file_read(struct seal *seal)
{
    char lines[FILE_MAX];
    unsigned char checked[SECRET_KEY_BYTES];
    struct stat st;
    enum err err = secret_key_read(seal->path, checked); /* its mode, its form */
    if (err)
        return err;
    int fd = open(seal->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        return ERR_DENIED;
    ssize_t got = read(fd, lines, sizeof lines - 1);
    close(fd);
    lines[got > 0 ? got : 0] = '\0';
    err = lines_read(seal, lines);
    sodium_memzero(lines, sizeof lines);
    if (!err) {
        seal->changed = st.st_mtim;
        seal->size = st.st_size;
    }
    return err;
}

enum err seal_open(void *mem, const char *key_file, const struct randomness *random,
                   struct seal **seal)
{
    *seal = mem_new(mem, struct seal);
    (*seal)->path = mem_strdup(*seal, key_file);
    (*seal)->random = random;
    return file_read(*seal);
}

enum err seal_refresh(struct seal *seal)
{
    struct stat st;
    if (stat(seal->path, &st) != 0)
        return ERR_NONE; /* what is known still serves */
    bool same = st.st_mtim.tv_sec == seal->changed.tv_sec &&
                st.st_mtim.tv_nsec == seal->changed.tv_nsec && st.st_size == seal->size;
    return same || file_read(seal) == ERR_NONE ? ERR_NONE : ERR_FULL;
}

const char *seal_key_id(const struct seal *seal)
{
    return seal->keys[0].id;
}

size_t seal_key_count(const struct seal *seal)
{
    return seal->count;
}

/* Writes the file anew beside the old one and puts it in its place, so that none is ever half
 * there. */
static enum err file_replace(struct seal *seal, const char *text)
{
    char *path = mem_printf(NULL, "%s.new", seal->path);
    struct stat st;
    unlink(path);
    enum err err = secret_line_write(path, text);
    /* It goes on belonging to whom it belonged to. */
    if (!err && stat(seal->path, &st) == 0 && chown(path, st.st_uid, st.st_gid) != 0)
        log_line(LOG_WARN, "key_owner", "file=\"%s\" detail=\"%s\"", path, strerror(errno));
    if (!err && rename(path, seal->path) != 0)
        err = ERR_FAILED;
    mem_free(path);
    return err ? err : file_read(seal);
}

static void key_line(char **text, const struct key *key)
{
    char hex[2 * SECRET_KEY_BYTES + 1];
    sodium_bin2hex(hex, sizeof hex, key->bytes, sizeof key->bytes);
    mem_append(NULL, text, "\nseal %s", hex);
    sodium_memzero(hex, sizeof hex);
}

/* The file's text: the master key, these keys, and whether the derived one still counts. */
static char *file_compose(const struct seal *seal, const struct key *fresh, size_t kept,
                          bool derived)
{
    char *text = mem_strdup(NULL, seal->master);
    if (fresh)
        key_line(&text, fresh);
    for (size_t i = 0; i < kept; i++)
        key_line(&text, &seal->keys[i]);
    if (!derived)
        mem_append(NULL, &text, "\n%s", forgotten_mark);
    return text;
}

enum err seal_key_add(struct seal *seal)
{
    struct key fresh;
    if (seal->count >= KEYS_MAX - 1)
        return ERR_CONFLICT;
    seal->random->fill(seal->random, fresh.bytes, sizeof fresh.bytes);
    char *text = file_compose(seal, &fresh, seal->count - seal->derived, seal->derived);
    enum err err = file_replace(seal, text);
    mem_free(text);
    return err;
}

enum err seal_keys_forget(struct seal *seal)
{
    if (seal->count == 1)
        return ERR_NONE;
    char *text = file_compose(seal, NULL, 1, false);
    enum err err = file_replace(seal, text);
    mem_free(text);
    return err;
}

/* ---- values ---- */

static char *place_text(void *mem, const struct seal_place *place)
{
    return mem_printf(mem, "%s.%s:%lld", place->table, place->column, (long long)place->row);
}

char *seal_text(void *mem, const struct seal *seal, const struct seal_place *place,
                const char *text)
{
    const struct key *key = &seal->keys[0];
    size_t len = strlen(text);
    void *scratch = mem_context(NULL);
    char *place_name = place_text(scratch, place);
    unsigned char *box = (unsigned char *)mem_bytes(scratch, NONCE + len + TAG);
    seal->random->fill(seal->random, box, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, NULL, (const unsigned char *)text, len,
                                               (const unsigned char *)place_name,
                                               strlen(place_name), NULL, box, key->bytes);
    size_t head = sizeof mark - 1 + ID_CHARS + 1;
    size_t size =
        sodium_base64_encoded_len(NONCE + len + TAG, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    char *sealed = mem_bytes(mem, head + size);
    snprintf(sealed, head + 1, "%s%s:", mark, key->id);
    sodium_bin2base64(sealed + head, size, box, NONCE + len + TAG,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    mem_free(scratch);
    return sealed;
}

static const struct key *key_find(struct seal *seal, const char *id)
{
    for (int again = 0; again < 2; again++) {
        for (size_t i = 0; i < seal->count; i++)
            if (strncmp(seal->keys[i].id, id, ID_CHARS) == 0)
                return &seal->keys[i];
        if (seal_refresh(seal))
            break;
    }
    return NULL;
}

bool seal_knows(struct seal *seal, const char *sealed)
{
    return text_starts_with(sealed, mark) && strlen(sealed) > sizeof mark + ID_CHARS &&
           key_find(seal, sealed + sizeof mark - 1);
}

static enum err refuse(const struct seal_place *place, const char *why)
{
    log_line(LOG_ERROR, "unseal_failed", "table=%s column=%s row=%lld detail=\"%s\"", place->table,
             place->column, (long long)place->row, why);
    return ERR_FAILED;
}

enum err seal_open_text(void *mem, struct seal *seal, const struct seal_place *place,
                        const char *sealed, const char **text)
{
    size_t head = sizeof mark - 1 + ID_CHARS + 1, len = strlen(sealed), got;
    *text = NULL;
    if (!text_starts_with(sealed, mark)) {
        *text = mem_strdup(mem, sealed);
        return ERR_NONE;
    }
    const struct key *key = len > head ? key_find(seal, sealed + sizeof mark - 1) : NULL;
    if (!key)
        return refuse(place, "sealed with a key that the key file does not have");
    void *scratch = mem_context(NULL);
    unsigned char *box = (unsigned char *)mem_bytes(scratch, len);
    char *place_name = place_text(scratch, place);
    bool decoded = sodium_base642bin(box, len, sealed + head, len - head, NULL, &got, NULL,
                                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0;
    char *plain = mem_bytes(mem, len + 1);
    unsigned long long plain_len = 0;
    bool opened = decoded && got >= NONCE + TAG &&
                  crypto_aead_xchacha20poly1305_ietf_decrypt(
                      (unsigned char *)plain, &plain_len, NULL, box + NONCE, got - NONCE,
                      (const unsigned char *)place_name, strlen(place_name), box, key->bytes) == 0;
    mem_free(scratch);
    plain[plain_len] = '\0';
    if (!opened)
        return refuse(place, "altered, or moved from another place");
    *text = plain;
    return ERR_NONE;
}
