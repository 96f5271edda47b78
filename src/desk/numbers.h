/* What must hold between the fields of a phone number, beyond what holds for each of them. */
#ifndef AR_DESK_NUMBERS_H
#define AR_DESK_NUMBERS_H

#include "base/faults.h"
#include "store/phone_numbers.h"

/* Business hours are given together, and given when calls are forwarded after hours; a number that
 * forwards says where to, and not to itself. ERR_INVALID with the faults added. */
enum err number_check(const struct phone_number *number, struct faults *faults) AR_MUST_USE;

#endif
