/* The rules of redaction, each for one kind of personal thing. They mark what they find; the first
 * to mark a word names it. */
#ifndef AR_HEARD_REDACT_RULES_H
#define AR_HEARD_REDACT_RULES_H

#include "heard/redact_text.h"

/* Marks as kept the words of the listing's street, and its number before them. NULL is fine. */
void redact_listing_keep(void *mem, struct redact_text *text, const char *listing_address);

/* john@example.com; john dot smith at example dot com. */
void redact_emails(struct redact_text *text);
/* Names that are introduced: "my name is John Smith", "this is John Smith calling". */
void redact_introductions(struct redact_text *text);
/* The caller's surname wherever it is a name, also spelt in letters. NULL is fine. */
void redact_names(void *mem, struct redact_text *text, const char *caller_name);
/* "I live at 12 Oak Street, apartment 4, Dover, NJ 07801". */
void redact_homes(struct redact_text *text);
/* "born March 3rd, 1985". */
void redact_births(struct redact_text *text);
/* "the password is ...". */
void redact_passwords(struct redact_text *text);
/* "the lockbox opens with 4719". */
void redact_access_codes(struct redact_text *text);
/* IBANs, and licence and passport numbers with letters in them. */
void redact_lettered(struct redact_text *text);
/* Telephone, card, account, social security numbers and PINs. */
void redact_numbers(struct redact_text *text);

/* The hint of word i among its neighbours: "zip code" is none of a secret. */
enum redact_hint redact_hint_here(const struct redact_text *text, size_t i);

/* What the words near from..to-1 say it is: the nearest before them, or else after them. *close
 * tells whether only linking words stand between. */
enum redact_hint redact_hint_near(const struct redact_text *text, size_t from, size_t to,
                                  bool *close);

#endif
