/* The one way in which a function says how it went.
 *
 * A function that can fail for a reason its caller may act on returns an `enum err`; ERR_NONE is 0,
 * so `if (err) return err;` passes a failure on.  Whoever meets a failure first logs it, once;
 * those above only pass it on.  api/ turns the value into an HTTP status, cli/ into an exit code.
 */
#ifndef AR_BASE_ERR_H
#define AR_BASE_ERR_H

enum err {
    ERR_NONE = 0,
    ERR_NOT_FOUND, /* no such thing, or not the asker's */
    ERR_CONFLICT,  /* it contradicts what is there already */
    ERR_INVALID,   /* the input is wrong; where a `struct faults` was given, it says how */
    ERR_DENIED,    /* the asker may not */
    ERR_BUSY,      /* somebody else holds it; the same call may succeed later */
    ERR_FULL,      /* out of order until somebody mends it: a full disk, a missing file */
    ERR_FAILED     /* anything else; logged where it happened */
};

#define AR_MUST_USE __attribute__((warn_unused_result))
#define AR_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* A short English name of err, for logs. Static storage. */
const char *err_name(enum err err);

#endif
