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
/* ERR_NOT_FOUND: it is not on the list. */
enum err do_not_call_remove(struct db *db, int64_t brokerage_id, const char *phone) AR_MUST_USE;

#endif
