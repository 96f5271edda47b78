/* A tool's arguments, as a speech model may have written them: a line with the tool's name, then
 * JSON. The answer is one line to be spoken, with facts. */
#include "base/text.h"
#include "fuzz_office.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fuzz_office_open();
    return 0;
}

static struct event event_with(struct tool_call *tool)
{
    struct event event;
    event_init(&event, "vapi");
    event.kind = EVENT_TOOLS;
    event.type = "tool-calls";
    event.dedup_key = "fuzz";
    event.body = "{}";
    event.facts.provider_call_id = "fuzz-call";
    event.facts.provider_phone_id = "vapi-number-1";
    event.facts.other_number = "+12125550123";
    event.tools = tool;
    event.tool_count = 1;
    return event;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *mem = mem_context(NULL);
    struct tool_call tool = { .id = "t", .name = fuzz_text(mem, &data, &size, '\n') };
    struct answer answer;
    const char *why;
    if (!text_utf8_valid(tool.name, strlen(tool.name)) ||
        json_read(mem, (const char *)data, size, &tool.arguments, &why)) {
        mem_free(mem);
        return 0;
    }
    if (!json_is(tool.arguments, json_type_object))
        tool.arguments = NULL;
    struct event event = event_with(&tool);
    FUZZ_CHECK(fuzz_receive(mem, &event, &answer) == ERR_NONE);
    FUZZ_CHECK(answer.kind == ANSWER_TOOLS && answer.tool_count == 1);
    const char *sentence = answer.tools[0].sentence;
    FUZZ_CHECK(!text_blank(sentence) && !strpbrk(sentence, "\r\n"));
    FUZZ_CHECK(text_utf8_valid(sentence, strlen(sentence)));
    FUZZ_CHECK(json_is(answer.tools[0].facts, json_type_object));
    mem_free(mem);
    return 0;
}
