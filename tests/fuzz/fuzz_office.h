/* A brokerage for targets that need one: that of the unit tests, with the log kept quiet. */
#ifndef AR_TESTS_FUZZ_OFFICE_H
#define AR_TESTS_FUZZ_OFFICE_H

#include "base/log.h"
#include "fuzz.h"
#include <check.h>
/* Outside of a running test Check cannot report; here a failure ends the run. */
#define _mark_point(file, line) ((void)0)
#define _ck_assert_failed(...) abort()
#include "../unit/support.c"

/* Opens it once for the run and removes its folder at the end. */
static inline void fuzz_office_open(void)
{
    office_open();
    atexit(office_close);
    /* What is logged is an error already; standard error is libFuzzer's. */
    log_set_level((enum log_level)(LOG_ERROR + 1));
}

/* Gives the desk one event inside a transaction that is undone; what it says. */
static inline enum err fuzz_receive(void *mem, const struct event *event, struct answer *answer)
{
    struct desk desk = desk_on(mem);
    if (db_begin(office.db))
        abort();
    enum err err = desk_receive(&desk, event, answer);
    db_rollback(office.db);
    return err;
}

#endif
