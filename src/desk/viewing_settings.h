/* What a broker sets of viewings (store/viewing_rules.h), as it comes in. */
#ifndef AR_DESK_VIEWING_SETTINGS_H
#define AR_DESK_VIEWING_SETTINGS_H

#include "base/faults.h"
#include "store/viewing_rules.h"

/* What must hold of a row of one of those tables beyond its single fields; adds faults. A row about
 * a property belongs to the property's agent, and the property to the row's brokerage. */
enum err viewing_setting_check(struct db *db, void *mem, const struct table *table, void *record,
                               struct faults *faults) AR_MUST_USE;

#endif
