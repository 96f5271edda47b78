/* Whether the master key is the one that the database was made with. */
#ifndef AR_STORE_MASTER_H
#define AR_STORE_MASTER_H

#include "store/db.h"

/* ERR_DENIED: with this key nothing of what the database holds can be read, and what would be
 * sealed with it could not be read with the right one. An audit log that somebody changed does not
 * make a key wrong while it opens what was sealed last. */
enum err master_check(struct db *db, struct seal *seal,
                      const unsigned char key[SECRET_KEY_BYTES]) AR_MUST_USE;

#endif
