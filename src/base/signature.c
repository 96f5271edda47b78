#include "base/signature.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include <string.h>

enum { HEADER_NAME_MAX = 50 };

static const char *const field_names[] = {
    [SIGNATURE_TIMESTAMP] = "{timestamp}",
    [SIGNATURE_BODY] = "{body}",
    [SIGNATURE_METHOD] = "{method}",
    [SIGNATURE_ID] = "{svix-id}",
};
static const char *const algorithm_names[] = {
    [SECRET_SHA256] = "sha256",
    [SECRET_SHA512] = "sha512",
    [SECRET_SHA1] = "sha1",
    NULL,
};
static const char *const encoding_names[] = {
    [SIGNATURE_HEX] = "hex",
    [SIGNATURE_BASE64] = "base64",
    NULL,
};

/* ---- secrets ---- */

static enum err key_make(void *mem, bool is_base64, struct signature_secret *secret)
{
    if (is_base64)
        return secret_base64_read(mem, secret->text, &secret->key) ? ERR_NONE : ERR_INVALID;
    secret->key = (struct secret_part){ secret->text, strlen(secret->text) };
    return ERR_NONE;
}

enum err signature_secrets_read(void *mem, const char *path, bool is_base64,
                                struct signature_secrets *secrets)
{
    char **lines;
    size_t count;
    enum err err = secret_lines_read(mem, path, &lines, &count);
    if (err)
        return err;
    struct signature_secret *list = mem_new_array(mem, struct signature_secret, count);
    for (size_t i = 0; i < count && !err; i++) {
        list[i].text = lines[i];
        err = key_make(mem, is_base64, &list[i]);
    }
    if (err)
        log_line(LOG_ERROR, "secret_malformed", "file=\"%s\" detail=\"base64 expected\"", path);
    *secrets = (struct signature_secrets){ list, err ? 0 : count };
    return err;
}

/* ---- payloads ---- */

/* A stretch of a payload format: a placeholder, or the text up to the next brace. */
struct piece {
    struct secret_part text;
    int field; /* enum signature_field, or one of these */
};
enum { PIECE_TEXT = -1, PIECE_UNKNOWN = -2 };

/* Takes the piece at *at and moves on to the next; false at the end. */
static bool piece_take(const char **at, struct piece *piece)
{
    size_t len = strcspn(*at, "{}");
    *piece = (struct piece){ { *at, len }, len > 0 ? PIECE_TEXT : PIECE_UNKNOWN };
    if (**at == '\0')
        return false;
    for (int i = 0; i < SIGNATURE_FIELDS && len == 0; i++)
        if (text_starts_with(*at, field_names[i])) {
            piece->field = i;
            len = strlen(field_names[i]);
        }
    *at += len > 0 ? len : 1;
    return true;
}

bool signature_holds(const struct signature_form *form, enum signature_field field)
{
    const char *at = form->payload;
    struct piece piece;
    while (piece_take(&at, &piece))
        if (piece.field == (int)field)
            return true;
    return false;
}

/* What the payload is made of, on mem; NULL when a field is missing. */
static struct secret_part *payload_compose(void *mem, const char *payload,
                                           const struct secret_part fields[SIGNATURE_FIELDS],
                                           size_t *count)
{
    struct secret_part *parts = mem_new_array(mem, struct secret_part, strlen(payload) + 1);
    struct piece piece;
    *count = 0;
    while (piece_take(&payload, &piece)) {
        struct secret_part part = piece.field >= 0 ? fields[piece.field] : piece.text;
        if (!part.bytes)
            return NULL;
        parts[(*count)++] = part;
    }
    return parts;
}

/* ---- signatures ---- */

char *signature_make(void *mem, const struct signature_form *form, struct secret_part key,
                     const struct secret_part fields[SIGNATURE_FIELDS])
{
    unsigned char mac[SECRET_MAC_MAX];
    size_t count;
    struct secret_part *parts = payload_compose(mem, form->payload, fields, &count);
    if (!parts)
        return NULL;
    size_t len = secret_hmac(form->algorithm, key, parts, count, mac);
    return form->encoding == SIGNATURE_BASE64 ? secret_base64(mem, mac, len)
                                              : secret_hex(mem, mac, len);
}

bool signature_fits(void *mem, const struct signature_form *form, struct secret_part key,
                    const struct secret_part fields[SIGNATURE_FIELDS], const char *given)
{
    size_t prefix = form->prefix ? strlen(form->prefix) : 0;
    char *made = signature_make(mem, form, key, fields);
    if (!made)
        return false;
    if (prefix > 0 && strncasecmp(given, form->prefix, prefix) == 0)
        given += prefix;
    return secret_equal(form->encoding == SIGNATURE_HEX ? text_lower(mem, given) : given, made);
}

/* ---- forms as configured ---- */

/* The place of the name in a list that NULL ends; -1 if it is not there. */
static int name_find(const char *const *names, const char *name)
{
    for (int i = 0; names[i]; i++)
        if (text_equal(names[i], name))
            return i;
    return -1;
}

const char *signature_payload_fault(void *mem, const char *text)
{
    const char *at = text;
    struct piece piece;
    while (piece_take(&at, &piece))
        if (piece.field == PIECE_UNKNOWN)
            return mem_printf(mem,
                              "may hold {timestamp}, {body}, {method} and {svix-id}, not \"%s\"",
                              (const char *)piece.text.bytes);
    return strstr(text, field_names[SIGNATURE_BODY]) ? NULL : "must hold {body}";
}

const char *signature_algorithm_fault(void *mem, const char *text)
{
    (void)mem;
    return name_find(algorithm_names, text) < 0 ? "must be sha256, sha512 or sha1" : NULL;
}

const char *signature_encoding_fault(void *mem, const char *text)
{
    (void)mem;
    return name_find(encoding_names, text) < 0 ? "must be hex or base64" : NULL;
}

const char *signature_header_fault(void *mem, const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t len = strlen(text);
    if (len <= HEADER_NAME_MAX && strspn(text, allowed) == len)
        return NULL;
    return mem_printf(mem, "must be a header's name: at most %d letters, digits and hyphens",
                      HEADER_NAME_MAX);
}

enum secret_algorithm signature_algorithm(const char *name)
{
    int place = name_find(algorithm_names, name);
    return place < 0 ? SECRET_SHA256 : (enum secret_algorithm)place;
}

enum signature_encoding signature_encoding(const char *name)
{
    int place = name_find(encoding_names, name);
    return place < 0 ? SIGNATURE_HEX : (enum signature_encoding)place;
}
