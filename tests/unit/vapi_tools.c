/* tool-calls and function-call: three layouts, three lists, arguments as objects and as texts. */
#include "base/mem.h"
#include "base/text.h"
#include "vapi_samples.h"
#include <string.h>

#define CALL_OF(arguments)                                                                         \
    "'type':'tool-calls','toolCallList':[{'id':'t1','function':{'name':'f'" arguments "}}]"

static struct tool_call only_tool(struct event event)
{
    ck_assert_int_eq(event.kind, EVENT_TOOLS);
    ck_assert_uint_eq(event.tool_count, 1);
    return event.tools[0];
}

START_TEST(each_tool_of_the_samples_is_asked_for_once)
{
    static const char *const names[] = { "lookup_property", "schedule_viewing", "search_properties",
                                         "create_offer", "take_message" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct tool_call tool =
            only_tool(event_of_sample(mem_printf(mem, "tool-calls.%s.json", names[i])));
        ck_assert_str_eq(tool.name, names[i]);
        ck_assert(json_is(tool.arguments, json_type_object));
        ck_assert_int_gt(json_object_object_length(tool.arguments), 0);
    }
}
END_TEST

START_TEST(layouts_mean_the_same)
{
    struct tool_call object = only_tool(event_of_sample("tool-calls.schedule_viewing.json"));
    struct tool_call text =
        only_tool(event_of_sample("tool-calls.schedule_viewing.arguments-string.json"));
    ck_assert(json_object_equal(object.arguments, text.arguments));
    ck_assert_str_eq(object.id, text.id);
    struct tool_call nested = only_tool(event_of_sample("tool-calls.lookup_property.json"));
    struct tool_call flat =
        only_tool(event_of_sample("tool-calls.lookup_property.flat-shape.json"));
    ck_assert_str_eq(nested.id, flat.id);
    ck_assert_str_eq(nested.name, flat.name);
    ck_assert(json_object_equal(nested.arguments, flat.arguments));
    static const char *const layouts[] = {
        "{'id':'t','function':{'name':'f','arguments':{'a':1}}}",
        "{'id':'t','function':{'name':'f','parameters':{'a':1}}}",
        "{'id':'t','function':{'name':'f'},'parameters':{'a':1}}",
        "{'id':'t','name':'f','arguments':{'a':1}}",
        "{'id':'t','name':'f','parameters':{'a':1}}",
        "{'id':'t','name':'f','arguments':null,'parameters':'{\\u0022a\\u0022: 1}'}",
    };
    static const char *const lists[] = {
        "'toolCallList':[%s]", "'toolWithToolCallList':[{'toolCall':%s}]", "'toolCalls':[%s]",
        "'toolCallList':[],'toolWithToolCallList':7,'toolCalls':[%s]"
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
            const char *percent = strstr(lists[k], "%s");
            struct tool_call tool = only_tool(event_of(message_of(
                mem_printf(mem, "'type':'tool-calls',%.*s%s%s", (int)(percent - lists[k]), lists[k],
                           layouts[i], percent + 2))));
            ck_assert_str_eq(tool.id, "t");
            ck_assert_str_eq(tool.name, "f");
            ck_assert_int_eq(json_int_at(tool.arguments, "a"), 1);
        }
}
END_TEST

START_TEST(no_arguments_are_an_empty_object_and_bad_ones_are_none)
{
    static const char *const empty[] = { CALL_OF(""),
                                         CALL_OF(",'arguments':null"),
                                         CALL_OF(",'arguments':''"),
                                         CALL_OF(",'arguments':' '"),
                                         CALL_OF(",'arguments':{}"),
                                         CALL_OF(",'arguments':'{}'") };
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        struct tool_call tool = only_tool(event_of(message_of(empty[i])));
        ck_assert_msg(json_is(tool.arguments, json_type_object), "%s", empty[i]);
        ck_assert_int_eq(json_object_object_length(tool.arguments), 0);
    }
    static const char *const bad[] = { CALL_OF(",'arguments':'{'"),
                                       CALL_OF(",'arguments':'[]'"),
                                       CALL_OF(",'arguments':'null'"),
                                       CALL_OF(",'arguments':[]"),
                                       CALL_OF(",'arguments':7"),
                                       CALL_OF(",'arguments':true"),
                                       CALL_OF(",'arguments':'property 42'") };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!only_tool(event_of(message_of(bad[i]))).arguments, "%s", bad[i]);
}
END_TEST

START_TEST(several_calls_keep_their_order_and_run_once)
{
    struct event event = event_of(message_of(
        "'type':'tool-calls','toolCallList':[{'id':'b','name':'f'},{'id':'a','name':'g'},"
        "{'id':'b','name':'f'},7,null,{'id':'c','name':'h'}],"
        "'toolCalls':[{'id':'b','name':'f'},{'id':'z','name':'f'}]"));
    ck_assert_uint_eq(event.tool_count, 3);
    ck_assert_str_eq(event.tools[0].id, "b");
    ck_assert_str_eq(event.tools[1].name, "g");
    ck_assert_str_eq(event.tools[2].id, "c");
    ck_assert_str_eq(event.dedup_key, "vapi:c1:tool-calls:b,a,c");
}
END_TEST

START_TEST(calls_without_an_id_get_one_that_stays)
{
    static const char *const same[] = {
        "'type':'tool-calls','toolCallList':[{'name':'f','arguments':{'a':1,'b':{'x':[2],'y':3}}}]",
        "'type':'tool-calls','toolCallList':[{'name':'f','arguments':{'b':{'y':3,'x':[2]},'a':1}}]",
        "'type':'tool-calls','toolCalls':[{'id':'','name':'f',"
        "'arguments':'{\\u0022b\\u0022:{\\u0022y\\u0022:3,\\u0022x\\u0022:[2]},\\u0022a\\u0022:1}'}"
        "]",
    };
    const char *id = only_tool(event_of(message_of(same[0]))).id;
    for (size_t i = 1; i < sizeof same / sizeof *same; i++)
        ck_assert_str_eq(only_tool(event_of(message_of(same[i]))).id, id);
    struct json_object *body = message_of(same[0]);
    json_set(body, "message.call.id", "'c2'");
    ck_assert_str_ne(only_tool(event_of(body)).id, id);
}
END_TEST

START_TEST(the_legacy_form_asks_for_the_same)
{
    struct tool_call legacy = only_tool(event_of_sample("function-call.legacy.json"));
    struct tool_call tool = only_tool(event_of_sample("tool-calls.schedule_viewing.json"));
    ck_assert_str_eq(legacy.name, "schedule_viewing");
    ck_assert(json_object_equal(legacy.arguments, tool.arguments));
    struct json_object *body = sample("function-call.legacy.json");
    json_put(json_at(body, "message.functionCall"), "parameters", json_object_get(tool.arguments));
    ck_assert_str_eq(only_tool(event_of(body)).id, legacy.id);
    json_set(body, "message.functionCall.parameters", "{'property_id':43}");
    ck_assert_str_ne(only_tool(event_of(body)).id, legacy.id);
    json_set(body, "message.functionCall", "'schedule_viewing'");
    ck_assert_int_eq(event_of(body).kind, EVENT_OTHER);
}
END_TEST

START_TEST(a_flood_of_calls_is_cut_short)
{
    struct json_object *body = message_of("'type':'tool-calls','toolCallList':[]");
    struct json_object *list = json_at(body, "message.toolCallList");
    for (int i = 0; i < 20000; i++)
        json_put(list, NULL, json_object_get(json_of("{'name':'f'}")));
    ck_assert_uint_eq(event_of(body).tool_count, 1);
    for (size_t i = 0; i < 1000; i++)
        json_put_text(json_object_array_get_idx(list, i), "id", mem_printf(mem, "id%zu", i));
    struct event event = event_of(body);
    ck_assert_uint_eq(event.tool_count, 32);
    ck_assert_uint_le(strlen(event.dedup_key), 200);
}
END_TEST

TCase *vapi_tools_tests(void)
{
    TCase *tcase = tcase_create("tools");
    tcase_add_test(tcase, each_tool_of_the_samples_is_asked_for_once);
    tcase_add_test(tcase, layouts_mean_the_same);
    tcase_add_test(tcase, no_arguments_are_an_empty_object_and_bad_ones_are_none);
    tcase_add_test(tcase, several_calls_keep_their_order_and_run_once);
    tcase_add_test(tcase, calls_without_an_id_get_one_that_stays);
    tcase_add_test(tcase, the_legacy_form_asks_for_the_same);
    tcase_add_test(tcase, a_flood_of_calls_is_cut_short);
    return tcase;
}
