#include "outbox/deliver.h"
#include "base/mem.h"
#include <stdio.h>

/* What an answer means for the row, and for the run. */
enum verdict {
    VERDICT_DONE,
    VERDICT_GONE,
    VERDICT_LATER,
    VERDICT_REFUSED, /* another time will hardly be better */
    VERDICT_DENIED,
    VERDICT_LIMITED
};

static enum verdict verdict_of(long status)
{
    static const struct {
        long status;
        enum verdict verdict;
    } rows[] = {
        { 401, VERDICT_DENIED }, { 403, VERDICT_DENIED },  { 404, VERDICT_GONE },
        { 408, VERDICT_LATER },  { 429, VERDICT_LIMITED },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].status == status)
            return rows[i].verdict;
    if (status >= 200 && status < 300)
        return VERDICT_DONE;
    return status >= 300 && status < 500 ? VERDICT_REFUSED : VERDICT_LATER;
}

int64_t deliver_pause(const struct randomness *random, int64_t attempts)
{
    uint16_t chance;
    int64_t pause = MINUTE_MS << (attempts < 0 ? 0 : attempts > 11 ? 11 : attempts);
    random->fill(random, &chance, sizeof chance);
    pause = pause > DAY_MS ? DAY_MS : pause;
    return pause + pause / 4 * chance / UINT16_MAX;
}

static void error_note(struct deliver *deliver, const struct vapi_reply *reply)
{
    if (reply->status == 0)
        snprintf(deliver->last_error, sizeof deliver->last_error, "no answer: %s", reply->why);
    else
        snprintf(deliver->last_error, sizeof deliver->last_error, "status %ld", reply->status);
}

/* ---- keeping what came of it ---- */

/* Whether Vapi deleted it or knew nothing of it is a difference: with another account's key it
 * knows nothing. */
static enum err end_write(struct deliver *deliver, const struct outbox_job *job,
                          enum deliver_result result)
{
    static const char *const actions[DELIVER_RESULTS] = { [DELIVER_DONE] = "delete_at_vapi",
                                                          [DELIVER_GONE] = "gone_at_vapi",
                                                          [DELIVER_GIVEN_UP] = "give_up" };
    const char *error = result == DELIVER_GIVEN_UP ? deliver->last_error : NULL;
    enum err err = outbox_end(deliver->db, job->id, error, clock_now(&deliver->clock));
    return err ? err : deliver->receipt(deliver->with, job, actions[result]);
}

static enum err postpone_write(struct deliver *deliver, const struct outbox_job *job,
                               const struct vapi_reply *reply)
{
    int64_t pause = deliver_pause(deliver->random, job->attempts);
    int64_t asked = reply->retry_after == NO_VALUE ? 0 : reply->retry_after * SECOND_MS;
    asked = asked > DAY_MS ? DAY_MS : asked;
    return outbox_postpone(deliver->db, job->id, deliver->last_error,
                           clock_now(&deliver->clock) + (asked > pause ? asked : pause));
}

/* One row's end, in a transaction of its own. */
static enum err result_keep(struct deliver *deliver, const struct outbox_job *job,
                            const struct vapi_reply *reply, enum deliver_result result)
{
    enum err err = db_begin(deliver->db);
    if (err)
        return err;
    err = result == DELIVER_POSTPONED ? postpone_write(deliver, job, reply)
                                      : end_write(deliver, job, result);
    if (err) {
        db_rollback(deliver->db);
        return err;
    }
    deliver->counts[result]++;
    return db_commit(deliver->db);
}

/* ---- one row ---- */

static enum deliver_result result_of(enum verdict verdict, int64_t attempts)
{
    switch (verdict) {
    case VERDICT_DONE:
        return DELIVER_DONE;
    case VERDICT_GONE:
        return DELIVER_GONE;
    case VERDICT_REFUSED:
        return attempts + 1 >= DELIVER_TRIES ? DELIVER_GIVEN_UP : DELIVER_POSTPONED;
    default:
        return DELIVER_POSTPONED;
    }
}

static enum err job_run(struct deliver *deliver, const struct outbox_job *job, int *failures)
{
    struct vapi_reply reply;
    vapi_call_delete(deliver->api, job->payload, &reply);
    enum verdict verdict = verdict_of(reply.status);
    if (verdict != VERDICT_DONE && verdict != VERDICT_GONE)
        error_note(deliver, &reply);
    *failures = verdict == VERDICT_LATER ? *failures + 1 : 0;
    if (verdict == VERDICT_DENIED) {
        deliver->stop = DELIVER_DENIED;
        return ERR_NONE;
    }
    if (verdict == VERDICT_LIMITED)
        deliver->stop = DELIVER_LIMITED;
    else if (*failures >= DELIVER_FAILURES)
        deliver->stop = DELIVER_FAILING;
    return result_keep(deliver, job, &reply, result_of(verdict, job->attempts));
}

enum err deliver_run(struct deliver *deliver)
{
    void *mem = mem_context(NULL);
    struct outbox_job *jobs;
    size_t count;
    int failures = 0;
    int64_t began = monotonic_ms();
    enum err err = outbox_due(deliver->db, mem, "vapi_delete_call", clock_now(&deliver->clock),
                              deliver->most, &jobs, &count);
    for (size_t i = 0; i < count && !err && deliver->stop == DELIVER_TO_THE_END; i++) {
        if (monotonic_ms() - began > DELIVER_SECONDS * SECOND_MS)
            deliver->stop = DELIVER_LATE;
        else
            err = job_run(deliver, &jobs[i], &failures);
    }
    mem_free(mem);
    return err;
}
