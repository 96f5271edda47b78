/* Taking in an event: whether it is new, what it does. */
#include "desk/end.h"
#include "desk/greet.h"
#include "desk/hours.h"
#include "desk/record.h"
#include "desk/taking.h"
#include "desk/toolbox.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/slots.h"
#include "store/tasks.h"

static enum err ring(struct taking *taking)
{
    const struct phone_number *number = &taking->number;
    struct answer *answer = taking->answer;
    if (!taking->has_number || !number->is_active || !number->can_receive_calls) {
        answer->kind = ANSWER_REFUSED;
        answer->sentence = "Thank you for calling. This number is not in service. Goodbye.";
        return ERR_NONE;
    }
    record_status(&taking->call, CALL_IN_PROGRESS);
    if (hours_forwarded(number, taking->call.head.created_at)) {
        record_outcome(&taking->call, OUTCOME_TRANSFERRED, KNOWN_BY_PROVIDER);
        answer->kind = ANSWER_FORWARD;
        answer->forward_to = number->forward_to_number;
        answer->sentence = "Please hold while I connect you.";
        return ERR_NONE;
    }
    answer->kind = ANSWER_ASSISTANT;
    return receptionist_compose(taking->desk, number, &taking->call, &answer->receptionist);
}

static enum err speech(struct taking *taking)
{
    record_status(&taking->call, CALL_IN_PROGRESS);
    /* The report's transcript is whole; what trickles in behind it would be said twice. */
    if (taking->call.reported)
        return ERR_NONE;
    return segment_append(taking->desk->db, taking->call.head.id, &taking->event->speech,
                          taking->desk->now);
}

static enum err transfer_wanted(struct taking *taking)
{
    struct answer *answer = taking->answer;
    record_status(&taking->call, CALL_IN_PROGRESS);
    record_intent(&taking->call, INTENT_SPEAK_AGENT, TOOL_CONFIDENCE, KNOWN_BY_TOOL);
    if (!taking->has_number || !receptionist_can_transfer(&taking->number)) {
        answer->kind = ANSWER_REFUSED;
        answer->sentence = "Nobody is free to take the call right now. Offer to take a message.";
        return ERR_NONE;
    }
    answer->kind = ANSWER_FORWARD;
    answer->forward_to = taking->number.forward_to_number;
    answer->sentence = "I am connecting you now. One moment, please.";
    return ERR_NONE;
}

static void status(struct taking *taking)
{
    const struct event *event = taking->event;
    record_status(&taking->call, (enum call_status)event->status);
    record_consent(&taking->call, (enum consent)event->consent);
    if (event->forwarding)
        record_outcome(&taking->call, OUTCOME_TRANSFERRED, KNOWN_BY_PROVIDER);
    if (event->status >= CALL_COMPLETED)
        end_note(&taking->call, event, taking->desk->now);
}

static enum err act(struct taking *taking, bool fresh)
{
    const struct event *event = taking->event;
    if (event->kind == EVENT_RING)
        return ring(taking);
    if (event->kind == EVENT_TRANSFER_WANTED)
        return transfer_wanted(taking);
    if (event->kind == EVENT_TOOLS)
        return toolbox_run(taking->desk, &taking->call, taking->has_number ? &taking->number : NULL,
                           event, taking->answer);
    if (!fresh)
        return ERR_NONE;
    switch (event->kind) {
    case EVENT_STATUS:
        status(taking);
        return ERR_NONE;
    case EVENT_SPEECH:
        return speech(taking);
    case EVENT_TRANSFERRED:
        record_outcome(&taking->call, OUTCOME_TRANSFERRED, KNOWN_BY_PROVIDER);
        return ERR_NONE;
    case EVENT_REPORT:
        return end_report(taking->desk, &taking->call, &event->report);
    default:
        return ERR_NONE;
    }
}

static enum err journal(const struct taking *taking, bool *fresh)
{
    const struct event *event = taking->event;
    struct journal_entry entry = {
        .received_at = taking->desk->now,
        .form = event->form,
        .type = event->type,
        .dedup_key = event->dedup_key,
        .provider_call_id = event->facts.provider_call_id,
        .phone_call_id = taking->has_call ? taking->call.head.id : NO_VALUE,
        .body = event->body,
    };
    return journal_add(taking->desk->db, &entry, fresh);
}

/* A message for a number that is not ours: kept, since it comes only once, and answered politely.
 * Not so one that came with a key: whoever has a key of another brokerage could keep the real
 * message of a call from being taken later. */
static enum err stranger(struct taking *taking)
{
    bool fresh;
    if (taking->event->kind == EVENT_RING)
        return ring(taking);
    if (taking->event->kind == EVENT_TOOLS)
        toolbox_refuse(taking->desk->mem, taking->event,
                       "This number is not in service, so nothing can be done for the caller.",
                       taking->answer);
    return taking->desk->brokerage_id == NO_VALUE ? journal(taking, &fresh) : ERR_NONE;
}

/* Who refused to be recorded is not: what is known of a recording goes, here and at the provider,
 * where the call must be over first. */
static enum err refusal_keep(struct taking *taking)
{
    const struct desk *desk = taking->desk;
    struct phone_call *call = &taking->call;
    if (call->consent != CONSENT_REFUSED)
        return ERR_NONE;
    call->recording_url = NULL;
    if (taking->before.consent == CONSENT_REFUSED)
        return ERR_NONE;
    enum err err = recordings_delete(desk->db, call->head.id);
    int64_t over = desk->now + desk->config->max_call_seconds * SECOND_MS + HOUR_MS;
    return err ? err : outbox_delete_call(desk->db, call->head.id, over, desk->now);
}

/* Writes what changed. A message may have been taken before it was known which property it was
 * about. */
static enum err call_keep(struct taking *taking)
{
    const struct desk *desk = taking->desk;
    int64_t property_id = taking->call.property_id;
    enum err err = refusal_keep(taking);
    /* What was held while the caller decided is free again. */
    if (!err && taking->before.status < CALL_COMPLETED && taking->call.status >= CALL_COMPLETED)
        err = slot_holds_release(desk->db, taking->call.head.id);
    if (!err && taking->before.property_id == NO_VALUE && property_id != NO_VALUE)
        err = tasks_adopt_property(desk->db, taking->call.head.id, property_id);
    return err ? err
               : table_change(desk->db, desk->mem, &table_phone_calls, &taking->before,
                              &taking->call, desk->now);
}

/* The caller was erased meanwhile: what still comes in changes figures and leaves no trace else,
 * not even in the journal. It may come twice, since what it sets is the same then. */
static enum err late(const struct taking *known)
{
    struct event bare = event_bare(known->event);
    struct taking taking = *known;
    taking.event = &bare;
    taking.answer->phone_call_id = taking.call.head.id;
    if (bare.kind == EVENT_SPEECH)
        return ERR_NONE;
    if (bare.kind == EVENT_TOOLS) {
        toolbox_refuse(taking.desk->mem, &bare, "Nothing more can be kept for this caller.",
                       taking.answer);
        return ERR_NONE;
    }
    enum err err = act(&taking, true);
    return err ? err : call_keep(&taking);
}

enum err desk_receive(const struct desk *desk, const struct event *event, struct answer *answer)
{
    struct taking taking = { .desk = desk, .event = event, .answer = answer };
    bool fresh;
    *answer = (struct answer){ .kind = ANSWER_NOTED, .phone_call_id = NO_VALUE };
    if (event->kind == EVENT_OTHER)
        return ERR_NONE;
    enum err err = taking_find_call(&taking);
    if (!err)
        err = taking.has_call ? taking_number_of_call(&taking) : taking_find_number(&taking);
    if (!err && !taking.has_call && !taking.has_number)
        return stranger(&taking);
    if (!err && taking.has_call && taking.call.erased_at != NO_VALUE)
        return late(&taking);
    if (!err && !taking.has_call)
        err = taking_create_call(&taking);
    if (!err)
        err = journal(&taking, &fresh);
    if (err)
        return err;
    answer->phone_call_id = taking.call.head.id;
    taking_add_facts(&taking);
    err = act(&taking, fresh);
    if (!err)
        err = end_guess(desk, &taking.call);
    if (!err)
        err = end_summarise(desk, &taking.call);
    return err ? err : call_keep(&taking);
}
