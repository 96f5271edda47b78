/* A server message of Vapi's, from its bytes to the answer. */
#include "fuzz_office.h"
#include "vapi/vapi.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fuzz_office_open();
    return 0;
}

static void message_take(void *mem, struct json_object *body)
{
    struct vapi_setting setting = { .config = &office.config,
                                    .server_url = "https://desk.example/voice-assistant/incoming",
                                    .webhook_secret = OFFICE_SECRET };
    struct event event;
    struct answer answer;
    struct json_object *again;
    const char *why;
    vapi_event_read(mem, NULL, body, &event);
    FUZZ_CHECK(event.kind == EVENT_OTHER || event.dedup_key);
    if (event.body)
        FUZZ_CHECK(json_read(mem, event.body, strlen(event.body), &again, &why) == ERR_NONE);
    FUZZ_CHECK(fuzz_receive(mem, &event, &answer) == ERR_NONE);
    size_t len;
    const char *text = json_text(mem, vapi_answer_write(mem, &setting, &event, &answer), &len);
    FUZZ_CHECK(json_read(mem, text, len, &again, &why) == ERR_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *mem = mem_context(NULL);
    struct json_object *body;
    const char *why;
    if (json_read(mem, (const char *)data, size, &body, &why) == ERR_NONE && vapi_is_message(body))
        message_take(mem, body);
    mem_free(mem);
    return 0;
}
