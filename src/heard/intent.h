/* What a caller's turn is about.
 *
 * A linear model over words and word pairs, trained when the program is built (train_intent.c, from
 * data/intents.tsv).  The rules by which turns are labelled are in that file's head; the first that
 * fits counts: what is finally asked for decides, then speak_agent before make_offer before
 * schedule_viewing before property_inquiry before general. */
#ifndef AR_HEARD_INTENT_H
#define AR_HEARD_INTENT_H

#include "store/words.h"

struct intent_guess {
    enum intent intent;
    double confidence; /* of all guesses with this confidence, about this share is right: 0 to 1 */
};

/* The most likely intent of text; of no words at all, INTENT_GENERAL. Any bytes; of longer texts
 * the first WORDS_BYTES count. NULL is fine. */
struct intent_guess intent_guess(const char *text);

#endif
