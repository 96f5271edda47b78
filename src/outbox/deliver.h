/* Carrying out what waits for the network: so far, deletion at Vapi.
 *
 * No transaction is open while Vapi is asked: a run that is killed in between asks again, and is
 * told that the call is gone. */
#ifndef AR_OUTBOX_DELIVER_H
#define AR_OUTBOX_DELIVER_H

#include "base/instant.h"
#include "base/secret.h"
#include "outbox/vapi_api.h"
#include "store/outbox.h"

enum deliver_result {
    DELIVER_DONE,
    DELIVER_GONE,      /* Vapi knew nothing of it any more */
    DELIVER_POSTPONED, /* it failed, and is tried again later */
    DELIVER_GIVEN_UP,  /* Vapi refused it again and again, for DELIVER_TRIES */
    DELIVER_RESULTS
};
enum { DELIVER_TRIES = 12 };

enum deliver_stop {
    DELIVER_TO_THE_END,
    DELIVER_DENIED,  /* Vapi does not accept the key: nothing is held against the rows */
    DELIVER_LIMITED, /* Vapi asks to be left alone for a while */
    DELIVER_FAILING, /* one failure after the other */
    DELIVER_LATE     /* DELIVER_SECONDS are over */
};
enum { DELIVER_SECONDS = 300, DELIVER_FAILURES = 3 };

struct deliver {
    struct db *db; /* for writing; no transaction is open */
    struct clock clock;
    const struct randomness *random;
    struct vapi_api *api;
    int64_t most; /* rows in this run */
    /* Notes in the audit log, inside the open transaction, what became of a row. */
    enum err (*receipt)(void *with, const struct outbox_job *job, const char *action);
    void *with;
    /* What came of it: */
    int64_t counts[DELIVER_RESULTS];
    enum deliver_stop stop;
    char last_error[160]; /* of the last failure; empty */
};

/* Takes row after row, whoever waits longest first. What was done before an error stays done. */
enum err deliver_run(struct deliver *deliver) AR_MUST_USE;

/* How long to wait after so many tries in vain: doubled each time, from a minute to a day, and up
 * to a quarter more by chance. */
int64_t deliver_pause(const struct randomness *random, int64_t attempts);

#endif
