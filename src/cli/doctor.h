/* What the doctor found: one line each, told to people or as JSON. */
#ifndef AR_CLI_DOCTOR_H
#define AR_CLI_DOCTOR_H

#include "cli/cli.h"

enum finding_state {
    FINDING_DONE,
    FINDING_MISSING, /* a step that is still to be taken */
    FINDING_WEAK,    /* it works, but it should not be so */
    FINDING_BROKEN   /* it does not work */
};

struct finding {
    enum finding_state state;
    const char *what; /* "Database migration run" */
    const char *how;  /* what to do about it; NULL when nothing is */
};

struct findings {
    void *mem;
    struct finding *list;
    size_t count;
};

/* how may be NULL; on mem. */
void finding_add(struct findings *findings, enum finding_state state, const char *what,
                 const char *how, ...) AR_PRINTF(4, 5);
/* A step: done, or how to do it. */
void finding_step(struct findings *findings, bool done, const char *what, const char *how);

/* Whether the key opens anything now. */
bool finding_key_good(const struct api_key *key, int64_t now);

/* The steps of the integration checklist. */
void doctor_checklist(struct cli *cli, struct findings *findings);
/* Keys, copies of the database and the audit log. */
void doctor_access(struct cli *cli, struct findings *findings);
/* What lies in a web server's folders, logs and addresses. */
void doctor_exposed(struct cli *cli, struct findings *findings);
/* Files, secrets and settings that are weak or broken, and the two above. */
void doctor_weak_points(struct cli *cli, struct findings *findings);

#endif
