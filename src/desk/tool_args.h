/* A tool's arguments: written by a language model from speech, so nothing about them is certain. */
#ifndef AR_DESK_TOOL_ARGS_H
#define AR_DESK_TOOL_ARGS_H

#include "desk/listing.h"
#include "desk/tools.h"

/* A text argument on one line, trimmed and of at most max characters; numbers count as their
 * digits. NULL when it is missing or blank. */
const char *arg_text(struct tool_run *run, const char *name, size_t max);
/* The same, where a list of texts will do too: its members with commas. */
const char *arg_texts(struct tool_run *run, const char *name, size_t max);
/* Dollars as cents: a number, or a text such as "$400,000" or "400k" (with asking_cents at hand
 * also "asking price"). NO_VALUE when it is missing, negative or no amount. */
int64_t arg_cents(struct tool_run *run, const char *name, int64_t asking_cents);
/* A whole number from 0 on, also as text; NO_VALUE. */
int64_t arg_count(struct tool_run *run, const char *name);

/* Fails the tool with a sentence that tells the model what to ask or say. Always ERR_NONE. */
enum err tool_fail(struct tool_run *run, const char *sentence, ...) AR_PRINTF(2, 3);
/* Ends the tool well with the sentence to say. Always ERR_NONE. */
enum err tool_say(struct tool_run *run, const char *sentence, ...) AR_PRINTF(2, 3);

/* The property that the arguments mean, by property_id, else by address, else the one the call was
 * about so far. *found is false when there is none to go on with: then the tool has already failed
 * with the question to ask. */
enum err arg_property(struct tool_run *run, struct property *property, bool *found) AR_MUST_USE;
/* Keeps who is calling: the name and the claimed number, on the call. */
void arg_caller(struct tool_run *run, const char **name);
/* The number to call back: the claimed one, else the one the call came from; NULL. */
const char *callback_number(const struct phone_call *call);
/* The callback number as it is spoken; NULL. */
const char *callback_spoken(void *mem, const struct phone_call *call);

#endif
