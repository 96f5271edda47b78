#include "desk/purge.h"
#include "base/instant.h"
#include "base/mem.h"
#include "store/audit.h"
#include "store/outbox.h"

int64_t purge_days(const struct config *config, const struct retention *own, enum retained kind)
{
    const int64_t configured[RETAINED_COUNT] = {
        [RETAINED_RECORDINGS] = config->retain_recordings_days,
        [RETAINED_TRANSCRIPTS] = config->retain_transcripts_days,
        [RETAINED_DETAILS] = config->retain_details_days,
        [RETAINED_TASKS] = config->retain_tasks_days,
        [RETAINED_JOURNAL] = config->retain_journal_days,
        [RETAINED_AUDIT] = config->retain_audit_days,
    };
    return own->days[kind] == NO_VALUE ? configured[kind] : own->days[kind];
}

void purge_put_days(struct json_object *to, const struct config *config,
                    const struct retention *own)
{
    for (int kind = 0; kind < RETAINED_COUNT; kind++) {
        struct json_object *one = json_put_object(to, words_name(&words_retained, kind));
        json_put_int(one, "days", purge_days(config, own, (enum retained)kind));
        json_put_text(one, "from", own->days[kind] == NO_VALUE ? "configuration" : "brokerage");
    }
}

char *purge_counts(void *mem, const struct purge *purge)
{
    char *text = NULL;
    for (int kind = 0; kind < RETAINED_COUNT; kind++)
        if (purge->removed[kind] > 0)
            mem_append(mem, &text, "%s%s=%lld", text ? "," : "", words_name(&words_retained, kind),
                       (long long)purge->removed[kind]);
    return text;
}

/* Runs one step in a transaction of its own; step says in *removed what it did. */
struct step {
    enum err (*run)(const struct purge *purge, const struct step *step, int64_t *removed);
    const struct retention_span *span; /* NULL: of no brokerage */
    int64_t before;
};

static enum err step_run(const struct purge *purge, const struct step *step, int64_t *removed)
{
    enum err err = db_begin(purge->db);
    if (err)
        return err;
    err = step->run(purge, step, removed);
    if (!err)
        return db_commit(purge->db);
    db_rollback(purge->db);
    return err;
}

/* Repeats the step until it finds less than a batch. */
static enum err step_repeat(struct purge *purge, const struct step *step, enum retained kind)
{
    int64_t removed = RETENTION_BATCH;
    while (removed == RETENTION_BATCH) {
        enum err err = step_run(purge, step, &removed);
        if (err)
            return err;
        purge->removed[kind] += removed;
    }
    return ERR_NONE;
}

/* ---- what belongs to calls ---- */

static enum err span_remove(const struct purge *purge, const struct step *step, int64_t *removed)
{
    return retention_remove(purge->db, step->span, purge->now, removed);
}

static enum err span_count(struct purge *purge, const struct retention_span *span)
{
    int64_t count;
    enum err err = retention_count(purge->db, span, &count);
    if (!err)
        purge->removed[span->kind] += count;
    return err;
}

static enum err span_purge(struct purge *purge, const struct retention_span *whole)
{
    struct retention_span part = *whole;
    enum err err = ERR_NONE;
    while (!err && part.from < whole->to) {
        part.to = whole->to;
        err = retention_cut(purge->db, &part);
        if (!err)
            err =
                step_repeat(purge, &(struct step){ .run = span_remove, .span = &part }, part.kind);
        part.from = part.to;
    }
    return err;
}

static enum err kind_purge(struct purge *purge, int64_t brokerage_id, const struct retention *own,
                           enum retained kind)
{
    int64_t days = purge_days(purge->config, own, kind);
    struct retention_span span = { .brokerage_id = brokerage_id, .kind = kind };
    enum err err = ERR_NONE;
    if (days == 0)
        return ERR_NONE;
    span.to = purge->now - days * DAY_MS;
    if (!purge->from_old)
        err = retention_mark(purge->db, brokerage_id, kind, &span.from);
    if (err || span.from >= span.to)
        return err;
    return purge->dry_run ? span_count(purge, &span) : span_purge(purge, &span);
}

static enum err brokerage_purge(struct purge *purge, int64_t brokerage_id, int64_t *audit_days)
{
    struct retention own;
    enum err err = retention_get(purge->db, brokerage_id, &own);
    for (int kind = 0; kind < RETAINED_AUDIT && !err; kind++)
        err = kind_purge(purge, brokerage_id, &own, (enum retained)kind);
    if (err)
        return err;
    int64_t days = purge_days(purge->config, &own, RETAINED_AUDIT);
    *audit_days = days == 0 || *audit_days == 0 ? 0 : days > *audit_days ? days : *audit_days;
    return ERR_NONE;
}

/* ---- what belongs to no call ---- */

static enum err journal_remove(const struct purge *purge, const struct step *step, int64_t *removed)
{
    return strangers_remove(purge->db, step->before, removed);
}

static enum err ended_remove(const struct purge *purge, const struct step *step, int64_t *removed)
{
    return outbox_ended_remove(purge->db, step->before, RETENTION_BATCH, removed);
}

/* Messages of numbers that are nobody's, and what the outbox has done, as old as the journal. */
static enum err strangers_purge(struct purge *purge)
{
    static const struct {
        enum err (*run)(const struct purge *purge, const struct step *step, int64_t *removed);
        enum err (*count)(struct db *db, int64_t before, int64_t *count);
    } rows[] = { { journal_remove, strangers_count }, { ended_remove, outbox_ended_count } };
    int64_t before = purge->now - purge->config->retain_journal_days * DAY_MS, count = 0;
    enum err err = ERR_NONE;
    if (purge->config->retain_journal_days == 0)
        return ERR_NONE;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && !err; i++) {
        struct step step = { .run = rows[i].run, .before = before };
        if (!purge->dry_run) {
            err = step_repeat(purge, &step, RETAINED_JOURNAL);
            continue;
        }
        err = rows[i].count(purge->db, before, &count);
        purge->removed[RETAINED_JOURNAL] += count;
    }
    return err;
}

static enum err audit_remove(const struct purge *purge, const struct step *step, int64_t *removed)
{
    return audit_prune(purge->db, purge->key, step->before, RETENTION_BATCH, removed);
}

/* The log is one chain, of which only the beginning can go: whoever keeps it longest decides. */
static enum err audit_purge(struct purge *purge, int64_t days)
{
    struct step step = { .run = audit_remove, .before = purge->now - days * DAY_MS };
    int64_t count = 0;
    if (days == 0)
        return ERR_NONE;
    if (!purge->dry_run)
        return step_repeat(purge, &step, RETAINED_AUDIT);
    enum err err = retention_audit_count(purge->db, step.before, &count);
    purge->removed[RETAINED_AUDIT] += count;
    return err;
}

/* ---- the whole ---- */

static enum err scrub(const struct purge *purge)
{
    int64_t sum = 0;
    for (int kind = 0; kind < RETAINED_COUNT; kind++)
        sum += purge->removed[kind];
    /* Somebody reads: then the next purge does it. */
    enum err err = sum > 0 && !purge->dry_run ? db_scrub(purge->db) : ERR_NONE;
    return err == ERR_BUSY ? ERR_NONE : err;
}

enum err purge_run(struct purge *purge)
{
    void *mem = mem_context(NULL);
    int64_t *ids, audit_days = 1;
    size_t count;
    enum err err = retention_brokerages(purge->db, mem, &ids, &count);
    for (size_t i = 0; i < count && !err; i++)
        err = brokerage_purge(purge, ids[i], &audit_days);
    mem_free(mem);
    if (!err)
        err = strangers_purge(purge);
    if (!err && count > 0)
        err = audit_purge(purge, audit_days);
    return err ? err : scrub(purge);
}
