#include "desk/numbers.h"
#include "base/text.h"

static enum err hours_check(const struct phone_number *number, struct faults *faults)
{
    bool needed = number->forward_when == FORWARD_AFTER_HOURS;
    const char *start = number->business_hours_start, *end = number->business_hours_end;
    if (!start && !end && needed)
        return fault_add(faults, "business_hours_start",
                         "is needed, with business_hours_end, when forward_when is after_hours");
    if (start && !end)
        return fault_add(faults, "business_hours_end",
                         "is needed when business_hours_start is given");
    if (end && !start)
        return fault_add(faults, "business_hours_start",
                         "is needed when business_hours_end is given");
    return ERR_NONE;
}

static enum err forwarding_check(const struct phone_number *number, struct faults *faults)
{
    bool never = number->forward_when == FORWARD_NEVER || number->forward_when == WORD_NONE;
    if (!never && !number->forward_to_number)
        return fault_add(faults, "forward_to_number", "is needed unless forward_when is never");
    if (number->forward_to_number && text_equal(number->forward_to_number, number->phone_number))
        return fault_add(faults, "forward_to_number", "must not be the number itself");
    return ERR_NONE;
}

enum err number_check(const struct phone_number *number, struct faults *faults)
{
    enum err hours = hours_check(number, faults);
    enum err forwarding = forwarding_check(number, faults);
    return hours ? hours : forwarding;
}
