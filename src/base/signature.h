/* How webhooks are signed: which bytes, with what, and how the result is written. For both sides of
 * it: api/ checks signatures, cli/ makes them when it plays Vapi (Vapi reference, section 8). */
#ifndef AR_BASE_SIGNATURE_H
#define AR_BASE_SIGNATURE_H

#include "base/secret.h"

enum signature_encoding { SIGNATURE_HEX, SIGNATURE_BASE64 };

/* What a payload may be composed of. {url} is not among them: what Vapi puts there is not told, and
 * proxies change it. */
enum signature_field {
    SIGNATURE_TIMESTAMP, /* {timestamp}: the header's text, as it is */
    SIGNATURE_BODY,      /* {body}: the raw bytes */
    SIGNATURE_METHOD,    /* {method} */
    SIGNATURE_ID,        /* {svix-id}: the message id header's text */
    SIGNATURE_FIELDS
};

struct signature_form {
    const char *header;           /* NULL: nothing is signed in this form */
    const char *timestamp_header; /* NULL: none; likewise the id's */
    const char *id_header;
    const char *prefix;  /* may stand before the signature, in any case; NULL: none */
    const char *payload; /* "{timestamp}.{body}" */
    enum secret_algorithm algorithm;
    enum signature_encoding encoding;
};

/* One of the secrets that are good at the same time. */
struct signature_secret {
    const char *text;       /* as both sides know it */
    struct secret_part key; /* what HMACs are made with: the text, or what it is the base64 of */
};

struct signature_secrets {
    const struct signature_secret *list; /* the first is the current one */
    size_t count;
};

/* Reads a file of secrets, one a line (secret_lines_read). ERR_INVALID, logged: no secret, or one
 * that should be base64 and is not. */
enum err signature_secrets_read(void *mem, const char *path, bool is_base64,
                                struct signature_secrets *secrets) AR_MUST_USE;

/* Whether the form's payload holds the field. */
bool signature_holds(const struct signature_form *form, enum signature_field field);

/* The signature without prefix, on mem; NULL when the payload holds a field that was not sent,
 * which is one with bytes NULL. */
char *signature_make(void *mem, const struct signature_form *form, struct secret_part key,
                     const struct secret_part fields[SIGNATURE_FIELDS]);
/* Whether `given`, the header's text, is that signature. Takes the same time wherever they differ.
 */
bool signature_fits(void *mem, const struct signature_form *form, struct secret_part key,
                    const struct secret_part fields[SIGNATURE_FIELDS], const char *given);

/* ---- forms as configured: each says what is wrong with the text, or NULL ---- */

/* A payload format: any text with {body} and no placeholders but those above. */
const char *signature_payload_fault(void *mem, const char *text);
const char *signature_algorithm_fault(void *mem, const char *text);
const char *signature_encoding_fault(void *mem, const char *text);
/* A header's name that every web server passes on; "" is none, and fine. */
const char *signature_header_fault(void *mem, const char *text);

/* The value of an algorithm's or encoding's name; the first for what is none. */
enum secret_algorithm signature_algorithm(const char *name);
enum signature_encoding signature_encoding(const char *name);

#endif
