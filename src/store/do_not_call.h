/* Whom a brokerage must not call. */
#ifndef AR_STORE_DO_NOT_CALL_H
#define AR_STORE_DO_NOT_CALL_H

#include "store/db.h"

/* Since when the number is on the list; ERR_NOT_FOUND: it is not. */
enum err do_not_call_since(struct db *db, int64_t brokerage_id, const char *phone,
                           int64_t *since) AR_MUST_USE;
/* Puts it on the list; one that is there stays as it is. */
enum err do_not_call_add(struct db *db, int64_t brokerage_id, const char *phone,
                         int64_t now) AR_MUST_USE;
struct blocked {
    const char *phone;
    int64_t since;
};
/* A page of the list, by number, on mem; total may be NULL. */
enum err do_not_call_list(struct db *db, void *mem, int64_t brokerage_id, int64_t limit,
                          int64_t offset, struct blocked **list, size_t *count,
                          int64_t *total) AR_MUST_USE;
/* ERR_NOT_FOUND: it is not on the list. */
enum err do_not_call_remove(struct db *db, int64_t brokerage_id, const char *phone) AR_MUST_USE;

#endif
