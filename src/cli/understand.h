/* What words mean, asked line by line: a question as JSON, an answer as JSON. */
#ifndef AR_CLI_UNDERSTAND_H
#define AR_CLI_UNDERSTAND_H

#include "base/json.h"
#include "cli/cli.h"

/* One run: who asks, and whose listings are meant. */
struct asker {
    struct cli *cli;
    int64_t brokerage_id; /* NO_VALUE until a question wants listings */
    int code;             /* of opening the database: CLI_DONE, or why there are no listings */
};

/* One question and the answer to it. */
struct understanding {
    struct asker *asker;
    void *mem; /* of this question alone */
    struct json_object *in, *out;
    const char *text; /* what was said */
    const char *why;  /* with ERR_INVALID: what is wrong with the question */
};

/* Each puts its answer into out. ERR_INVALID with why; ERR_FAILED when there are no listings to be
 * had. */
enum err understand_when(struct understanding *one) AR_MUST_USE;
enum err understand_where(struct understanding *one) AR_MUST_USE;
enum err understand_phone(struct understanding *one) AR_MUST_USE;
enum err understand_amount(struct understanding *one) AR_MUST_USE;
enum err understand_intent(struct understanding *one) AR_MUST_USE;
enum err understand_redact(struct understanding *one) AR_MUST_USE;

#endif
