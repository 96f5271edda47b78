/* Words that mean much the same to the intent model. */
#ifndef AR_HEARD_INTENT_CLASS_H
#define AR_HEARD_INTENT_CLASS_H

/* The name of the class that a lower-case word belongs to, in singular or plural; NULL if to none.
 * Static storage. */
const char *intent_class(const char *word);

#endif
