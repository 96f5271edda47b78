#include "store/audit_chain.h"
#include "base/instant.h"
#include "base/mem.h"
#include <string.h>

/* ---- hashing ---- */

/* Each part with its length before it, so that no two lists of parts make the same text. */
static void part_add(void *mem, char **text, const char *part)
{
    if (part)
        mem_append(mem, text, "%zu:%s,", strlen(part), part);
    else
        mem_append(mem, text, "-,");
}

static void number_add(void *mem, char **text, int64_t number)
{
    part_add(mem, text, number == NO_VALUE ? NULL : mem_printf(mem, "%lld", (long long)number));
}

/* The first word keeps what is hashed here apart from whatever else the master key hashes. */
static char *text_hash(void *mem, const unsigned char key[SECRET_KEY_BYTES], const char *text)
{
    unsigned char hash[SECRET_HASH_BYTES];
    secret_hash(key, text, strlen(text), hash);
    return secret_hex(mem, hash, sizeof hash);
}

char *audit_entry_hash(void *mem, const unsigned char key[SECRET_KEY_BYTES], const char *previous,
                       const struct audit_entry *entry)
{
    void *scratch = mem_context(NULL);
    char *text = mem_strdup(scratch, "audit row ");
    part_add(scratch, &text, previous);
    number_add(scratch, &text, entry->head.id);
    number_add(scratch, &text, entry->head.created_at);
    part_add(scratch, &text, entry->actor);
    number_add(scratch, &text, entry->head.brokerage_id);
    number_add(scratch, &text, entry->head.agent_id);
    number_add(scratch, &text, entry->api_key_id);
    part_add(scratch, &text, entry->action);
    part_add(scratch, &text, entry->subject);
    number_add(scratch, &text, entry->subject_id);
    part_add(scratch, &text, entry->fields);
    char *hash = text_hash(mem, key, text);
    mem_free(scratch);
    return hash;
}

char *audit_head_seal(void *mem, const unsigned char key[SECRET_KEY_BYTES],
                      const struct audit_head *head)
{
    void *scratch = mem_context(NULL);
    char *text = mem_strdup(scratch, "audit head ");
    number_add(scratch, &text, head->base_id);
    part_add(scratch, &text, head->base_hash);
    number_add(scratch, &text, head->last_id);
    part_add(scratch, &text, head->last_hash);
    char *seal = text_hash(mem, key, text);
    mem_free(scratch);
    return seal;
}

bool audit_head_fits(const unsigned char key[SECRET_KEY_BYTES], const struct audit_head *head)
{
    char *seal = audit_head_seal(NULL, key, head);
    bool fits = secret_equal(head->seal, seal);
    mem_free(seal);
    return fits;
}

/* ---- the head's row ---- */

struct audit_head audit_head_none(void)
{
    return (struct audit_head){ .base_hash = "begin", .last_hash = "begin", .seal = "" };
}

enum err audit_head_read(struct db *db, void *mem, struct audit_head *head)
{
    struct db_rows *rows;
    enum err err = db_select(db,
                             "SELECT base_id, base_hash, last_id, last_hash, seal FROM audit_head "
                             "WHERE id = 1",
                             DB_NO_ARGS, &rows);
    if (err)
        return err;
    *head = audit_head_none();
    if (db_next(rows))
        *head = (struct audit_head){ .base_id = db_int_at(rows, 0),
                                     .base_hash = db_text_at(mem, rows, 1),
                                     .last_id = db_int_at(rows, 2),
                                     .last_hash = db_text_at(mem, rows, 3),
                                     .seal = db_text_at(mem, rows, 4) };
    return db_done(rows);
}

enum err audit_head_write(struct db *db, const struct audit_head *head)
{
    return db_run(db,
                  "INSERT INTO audit_head (id, base_id, base_hash, last_id, last_hash, seal) "
                  "VALUES (1, $1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET base_id = $1, "
                  "base_hash = $2, last_id = $3, last_hash = $4, seal = $5",
                  DB_ARGS(db_int(head->base_id), db_text(head->base_hash), db_int(head->last_id),
                          db_text(head->last_hash), db_text(head->seal)));
}
