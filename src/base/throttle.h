/* Slowing down who fails too often, across all processes of an installation and without a list that
 * somebody could fill: a file of a fixed number of slots, mapped by each process, in which an
 * address has the place that a keyed hash gives it.
 *
 * A slot is one 64-bit number, changed by compare-and-swap: a leaky bucket in the form of the time
 * at which it would be empty again (GCRA, as in ATM traffic management). Whatever a crash leaves
 * there is a valid bucket, and none stays full longer than a minute, even when the clock is set
 * back. Addresses that share a slot share its bucket. That harms only who fails: a good credential
 * is never asked about here. */
#ifndef AR_BASE_THROTTLE_H
#define AR_BASE_THROTTLE_H

#include "base/secret.h"
#include <stdint.h>

enum { THROTTLE_SLOTS = 4096 };

struct throttle;

/* Maps the file, which is made if need be, for `per_minute` failures (1 or more) of one address.
 * Released with mem. ERR_FULL: it cannot be opened or made; logged. */
enum err throttle_open(void *mem, const char *path, const unsigned char key[SECRET_KEY_BYTES],
                       int64_t per_minute, struct throttle **throttle) AR_MUST_USE;
/* Notes a failure of the address at that instant. 0: it may go on trying; else it had its share and
 * this one was not counted: after so many milliseconds the next is. The address is one of
 * REMOTE_ADDR; an IPv6 one counts by its /64; NULL and what is no address are one more. */
int64_t throttle_fail(struct throttle *throttle, const char *address, int64_t now);

#endif
