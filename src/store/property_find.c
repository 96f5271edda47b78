#include "base/mem.h"
#include "store/properties.h"
#include <string.h>

/* A term may have thousands of listings, of which a page is wanted: each term's are read in the
 * order of their ids from the index of terms alone and no further than the page goes.  Terms that
 * nothing carries, which most are, are left out beforehand: each would be looked for again at
 * every listing. */
enum {
    VALUES_STEP = 8, /* lists of terms are filled up to a multiple: few statements to prepare */
    COUNTED = 256,   /* how far a term's listings are counted */
    MANY = 16384     /* what is taken for the number of more */
};

struct known {
    struct property_terms terms;
    int64_t listings; /* of all terms together, about */
};

/* "(VALUES ($3), ($4), …)" for count terms and NULLs behind them. */
static char *values_list(void *mem, const struct property_terms *terms, struct db_value *values,
                         size_t *n)
{
    char *list = NULL;
    for (size_t i = 0; i < terms->count || i % VALUES_STEP; i++) {
        values[(*n)++] = db_text(i < terms->count ? terms->all[i] : NULL);
        mem_append(mem, &list, "%s($%zu)", i ? ", " : "", *n);
    }
    return list;
}

static enum err known_read(struct db_rows *rows, void *mem, const struct property_terms *said,
                           struct known *known)
{
    char **all = mem_new_array(mem, char *, said->count);
    while (db_next(rows)) {
        int64_t listings = db_int_at(rows, 1);
        if (listings == 0 || known->terms.count == said->count)
            continue;
        all[known->terms.count++] = mem_strdup(mem, db_text_at(mem, rows, 0));
        known->listings += listings < COUNTED ? listings : MANY;
    }
    known->terms.all = all;
    return db_done(rows);
}

/* Which of the terms any listing carries. */
static enum err known_find(struct db *db, void *mem, int64_t brokerage_id,
                           const struct property_terms *said, struct known *known)
{
    struct db_value values[PROPERTY_TERMS_MAX + 2] = { db_int(brokerage_id), db_int(COUNTED) };
    struct property_terms some = *said;
    struct db_rows *rows;
    size_t n = 2;
    *known = (struct known){ .listings = 0 };
    some.count = some.count < PROPERTY_TERMS_MAX ? some.count : PROPERTY_TERMS_MAX;
    if (some.count == 0)
        return ERR_NONE;
    const char *list = values_list(mem, &some, values, &n);
    char *sql = mem_printf(mem,
                           "WITH said (term) AS (VALUES %s) SELECT term, "
                           "(SELECT COUNT(*) FROM (SELECT 1 FROM property_terms AS some WHERE "
                           "some.brokerage_id = $1 AND some.term = said.term LIMIT $2) AS few) "
                           "FROM said WHERE term IS NOT NULL",
                           list);
    enum err err = db_select(db, sql, values, n, &rows);
    return err ? err : known_read(rows, mem, &some, known);
}

/* " AND EXISTS (any of the terms)"; values grow by them. */
static char *exists_term(void *mem, const struct property_terms *terms, struct db_value *values,
                         size_t *n)
{
    char *places = NULL;
    for (size_t i = 0; i < terms->count; i++) {
        values[(*n)++] = db_text(terms->all[i]);
        mem_append(mem, &places, "%s$%zu", i ? ", " : "", *n);
    }
    if (!places)
        return mem_strdup(mem, "");
    return mem_printf(mem,
                      " AND EXISTS (SELECT 1 FROM property_terms AS more WHERE "
                      "more.brokerage_id = $1 AND more.term IN (%s) AND "
                      "more.property_id = some.property_id)",
                      places);
}

/* The first of each term's listings, put together. */
static char *union_of_firsts(void *mem, const struct property_terms *terms, const char *exists,
                             struct db_value *values, size_t *n)
{
    char *sql = NULL;
    for (size_t i = 0; i < terms->count; i++) {
        values[(*n)++] = db_text(terms->all[i]);
        mem_append(mem, &sql,
                   "%sSELECT property_id FROM (SELECT some.property_id FROM property_terms AS some "
                   "WHERE some.brokerage_id = $1 AND some.term = $%zu%s "
                   "ORDER BY some.property_id LIMIT $2) AS firsts",
                   i ? " UNION " : "", *n, exists);
    }
    return sql;
}

static enum err known_list(struct db *db, void *mem, int64_t brokerage_id,
                           const struct property_terms *some, const struct property_terms *more,
                           int64_t limit, struct property **list, size_t *count)
{
    struct db_value values[2 * PROPERTY_TERMS_MAX + 2] = { db_int(brokerage_id), db_int(limit) };
    size_t n = 2;
    const char *exists = exists_term(mem, more, values, &n);
    char *where = mem_printf(mem, "id IN (%s) ORDER BY id LIMIT $2",
                             union_of_firsts(mem, some, exists, values, &n));
    return table_where(db, mem, &table_properties, where, values, n, (void **)list, count);
}

enum err property_find_by_terms(struct db *db, void *mem, int64_t brokerage_id,
                                const struct property_terms *some,
                                const struct property_terms *more, int64_t limit,
                                struct property **list, size_t *count)
{
    struct known first, second;
    *list = NULL;
    *count = 0;
    if (some->count == 1 && more->count == 0)
        return known_list(db, mem, brokerage_id, some, more, limit, list, count);
    enum err err = known_find(db, mem, brokerage_id, some, &first);
    if (!err)
        err = known_find(db, mem, brokerage_id, more, &second);
    if (err || first.terms.count == 0 || (more->count > 0 && second.terms.count == 0))
        return err;
    bool swap = second.terms.count > 0 && second.listings < first.listings;
    const struct property_terms *rare = swap ? &second.terms : &first.terms,
                                *other = swap ? &first.terms : &second.terms;
    return known_list(db, mem, brokerage_id, rare, other, limit, list, count);
}

/* From each term to the next: none of a term's listings is read but the first. */
enum err property_terms_begun(struct db *db, void *mem, int64_t brokerage_id, const char *begin,
                              int64_t limit, char ***terms, size_t *count)
{
    static const char sql[] =
        "WITH RECURSIVE begun (term) AS ("
        "SELECT MIN(t.term) FROM property_terms AS t WHERE t.brokerage_id = $1 AND t.term >= $2 "
        "AND t.term < $3 UNION ALL "
        "SELECT (SELECT MIN(t.term) FROM property_terms AS t WHERE t.brokerage_id = $1 AND "
        "t.term > begun.term AND t.term < $3) FROM begun WHERE begun.term IS NOT NULL) "
        "SELECT term FROM begun WHERE term IS NOT NULL LIMIT $4";
    char *end = mem_strdup(mem, begin);
    struct db_rows *rows;
    *terms = mem_new_array(mem, char *, (size_t)limit);
    *count = 0;
    end[strlen(end) - 1]++; /* the first text behind those that begin so */
    enum err err = db_select(
        db, sql, DB_ARGS(db_int(brokerage_id), db_text(begin), db_text(end), db_int(limit)), &rows);
    if (err)
        return err;
    while (db_next(rows))
        (*terms)[(*count)++] = mem_strdup(mem, db_text_at(mem, rows, 0));
    return db_done(rows);
}
