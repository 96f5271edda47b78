#include "desk/taking.h"
#include "base/mem.h"
#include "base/text.h"
#include "heard/phone.h"

static const char *e164_of(void *mem, const char *said)
{
    char heard[PHONE_TEXT];
    return said && phone_hear(said, "US", heard) == PHONE_E164 ? mem_strdup(mem, heard) : NULL;
}

/* A key opens its own brokerage's calls and no other's. */
static bool is_ours(const struct desk *desk, const struct row_head *head)
{
    return desk->brokerage_id == NO_VALUE || desk->brokerage_id == head->brokerage_id;
}

enum err taking_find_number(struct taking *taking)
{
    const struct desk *desk = taking->desk;
    const struct call_facts *facts = &taking->event->facts;
    bool named = facts->provider_phone_id || facts->our_number;
    enum err err = phone_number_find(desk->db, desk->mem, facts->provider_phone_id,
                                     e164_of(desk->mem, facts->our_number), &taking->number);
    /* The user's document names the number by the provider's id or by the number itself. */
    if (err == ERR_NOT_FOUND && facts->provider_phone_id)
        err = phone_number_find(desk->db, desk->mem, NULL,
                                e164_of(desk->mem, facts->provider_phone_id), &taking->number);
    if (err == ERR_NOT_FOUND && !named && desk->agent_id != NO_VALUE)
        err = phone_number_primary(desk->db, desk->mem, desk->agent_id, &taking->number);
    taking->has_number = err == ERR_NONE && is_ours(desk, &taking->number.head);
    return err == ERR_NOT_FOUND ? ERR_NONE : err;
}

enum err taking_find_call(struct taking *taking)
{
    const struct desk *desk = taking->desk;
    const struct event *event = taking->event;
    enum err err = ERR_NOT_FOUND;
    if (event->phone_call_id != NO_VALUE)
        err =
            table_get(desk->db, desk->mem, &table_phone_calls, event->phone_call_id, &taking->call);
    else if (event->facts.provider_call_id)
        err = phone_call_find(desk->db, desk->mem, event->facts.provider_call_id, &taking->call);
    if (err == ERR_NOT_FOUND && event->phone_call_id == NO_VALUE)
        return ERR_NONE;
    /* Our ids can be guessed: a message must be of the very call that its address names. */
    bool other = !err && event->facts.provider_call_id &&
                 !text_equal(event->facts.provider_call_id, taking->call.vapi_call_id);
    if (!err && (other || !is_ours(desk, &taking->call.head)))
        err = ERR_NOT_FOUND;
    taking->has_call = !err;
    taking->before = taking->call;
    return err;
}

enum err taking_number_of_call(struct taking *taking)
{
    enum err err = ERR_NOT_FOUND;
    if (taking->call.phone_number_id != NO_VALUE)
        err = table_get(taking->desk->db, taking->desk->mem, &table_phone_numbers,
                        taking->call.phone_number_id, &taking->number);
    taking->has_number = !err;
    return err == ERR_NOT_FOUND ? ERR_NONE : err;
}

enum err taking_create_call(struct taking *taking)
{
    const struct desk *desk = taking->desk;
    const struct call_facts *facts = &taking->event->facts;
    struct phone_call *call = &taking->call;
    phone_call_init(call);
    call->head.brokerage_id = taking->number.head.brokerage_id;
    call->head.agent_id = taking->number.head.agent_id;
    call->head.created_at = facts->created_at != NO_VALUE ? facts->created_at : desk->now;
    call->head.updated_at = desk->now;
    call->phone_number_id = taking->number.head.id;
    call->called_number = taking->number.phone_number;
    call->direction = facts->direction == WORD_NONE ? DIRECTION_INBOUND : facts->direction;
    call->phone_number = call->caller_phone = e164_of(desk->mem, facts->other_number);
    call->vapi_call_id = facts->provider_call_id;
    call->started_at = facts->started_at;
    /* Whatever asks for something shows that the line is open; spares the row a second write. */
    if (taking->event->kind != EVENT_STATUS && taking->event->kind != EVENT_REPORT)
        call->status = CALL_IN_PROGRESS;
    enum err err = phone_call_insert(desk->db, call);
    taking->has_call = !err;
    taking->before = *call;
    return err;
}

void taking_add_facts(struct taking *taking)
{
    const struct call_facts *facts = &taking->event->facts;
    struct phone_call *call = &taking->call;
    if (!call->phone_number)
        call->phone_number = call->caller_phone = e164_of(taking->desk->mem, facts->other_number);
    /* The report knows whether the call was answered at all. */
    if (call->started_at == NO_VALUE && !call->reported)
        call->started_at = facts->started_at;
}
