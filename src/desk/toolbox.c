#include "desk/toolbox.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "store/journal.h"
#include <string.h>

static void answer_put(struct tool_answer *answer, const struct tool_call *wanted, bool ok,
                       const char *sentence, struct json_object *facts)
{
    *answer = (struct tool_answer){ wanted->id, wanted->name, ok, sentence, facts };
}

/* What an earlier delivery of the same tool call was answered. */
static enum err answer_recall(const struct desk *desk, int64_t call_id,
                              const struct tool_call *wanted, struct tool_answer *answer)
{
    struct tool_result kept;
    struct json_object *facts;
    const char *why;
    enum err err = tool_result_find(desk->db, desk->mem, call_id, wanted->id, &kept);
    if (err)
        return err;
    err = json_read(desk->mem, kept.facts, strlen(kept.facts), &facts, &why);
    if (!err)
        answer_put(answer, wanted, kept.ok, kept.sentence, facts);
    return err;
}

/* Gives a tool call that has no id of its own the one under which its answer is kept: that of the
 * latest if it was the same wish. */
static enum err id_settle(const struct desk *desk, int64_t call_id, struct tool_call *wanted)
{
    const char *last;
    int64_t serial;
    if (!wanted->id_is_wish)
        return ERR_NONE;
    enum err err = tool_result_last(desk->db, desk->mem, call_id, &last, &serial);
    bool again = last && text_starts_with(last, mem_printf(desk->mem, "%s.", wanted->id));
    wanted->id = again ? last : mem_printf(desk->mem, "%s.%lld", wanted->id, (long long)serial);
    return err;
}

static enum err tool_work(struct tool_run *run, const struct tool *tool)
{
    if (!tool) {
        run->sentence = "There is no such tool. Offer to take a message instead.";
        return ERR_NONE;
    }
    if (tool->intent != WORD_NONE)
        record_intent(run->call, (enum intent)tool->intent, TOOL_CONFIDENCE, KNOWN_BY_TOOL);
    if (!run->arguments) {
        run->sentence = "I did not get the details. Please ask the caller again.";
        return ERR_NONE;
    }
    return tool->run(run);
}

static void run_reset(struct tool_run *run)
{
    run->ok = false;
    run->sentence = "That did not work. Offer to take a message instead.";
    run->facts = json_object_on(run->desk->mem);
}

/* Works in a part of the transaction of its own. What the store will not have leaves no half behind
 * and is answered like any other failure; only a store that is busy or full refuses the whole
 * message. */
static enum err tool_try(struct tool_run *run, const struct tool *tool)
{
    struct db *db = run->desk->db;
    struct phone_call before = *run->call;
    enum err err = db_part_begin(db);
    if (err)
        return err;
    err = tool_work(run, tool);
    if (!err)
        return db_part_keep(db);
    db_part_undo(db);
    *run->call = before;
    run_reset(run);
    return err == ERR_BUSY || err == ERR_FULL ? err : ERR_NONE;
}

static enum err tool_run_once(const struct desk *desk, struct tool_run *run,
                              const struct tool_call *wanted, struct tool_answer *answer)
{
    run->arguments = wanted->arguments;
    run_reset(run);
    enum err err = tool_try(run, tool_find(wanted->name));
    if (err)
        return err;
    const char *sentence = text_one_line(desk->mem, run->sentence);
    struct tool_result result = { run->ok, sentence, json_text(desk->mem, run->facts, NULL) };
    answer_put(answer, wanted, run->ok, sentence, run->facts);
    return tool_result_add(desk->db, run->call->head.id, wanted->id, wanted->name, &result,
                           desk->now);
}

static const char *timezone_of(const struct desk *desk, const struct phone_number *number,
                               const struct phone_call *call)
{
    struct brokerage brokerage;
    if (number)
        return number->timezone;
    if (brokerage_get(desk->db, desk->mem, call->head.brokerage_id, &brokerage) == ERR_NONE)
        return brokerage.timezone;
    return "UTC";
}

static void answers_begin(void *mem, const struct event *event, struct answer *answer)
{
    answer->kind = ANSWER_TOOLS;
    answer->tools = mem_new_array(mem, struct tool_answer, event->tool_count + 1);
    answer->tool_count = event->tool_count;
}

enum err toolbox_run(const struct desk *desk, struct phone_call *call,
                     const struct phone_number *number, const struct event *event,
                     struct answer *answer)
{
    struct tool_run run = {
        .desk = desk, .call = call, .number = number, .timezone = timezone_of(desk, number, call)
    };
    record_status(call, CALL_IN_PROGRESS);
    answers_begin(desk->mem, event, answer);
    for (size_t i = 0; i < event->tool_count; i++) {
        struct tool_call wanted = event->tools[i];
        enum err err = id_settle(desk, call->head.id, &wanted);
        if (!err)
            err = answer_recall(desk, call->head.id, &wanted, &answer->tools[i]);
        if (err == ERR_NOT_FOUND)
            err = tool_run_once(desk, &run, &wanted, &answer->tools[i]);
        if (err)
            return err;
    }
    return ERR_NONE;
}

void toolbox_refuse(void *mem, const struct event *event, const char *sentence,
                    struct answer *answer)
{
    answers_begin(mem, event, answer);
    for (size_t i = 0; i < event->tool_count; i++)
        answer_put(&answer->tools[i], &event->tools[i], false, sentence, json_object_on(mem));
}
