/* Words that tell what the numbers near them are. */
#ifndef AR_HEARD_REDACT_HINT_H
#define AR_HEARD_REDACT_HINT_H

#include "heard/redact_text.h"

/* What a lower-case word hints at, in singular or plural. */
enum redact_hint redact_hint_find(const char *word);

#endif
