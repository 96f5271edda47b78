/* Vapi's sample messages and its OpenAPI document, for the tests of vapi/. */
#ifndef AR_TESTS_VAPI_SAMPLES_H
#define AR_TESTS_VAPI_SAMPLES_H

#include "vapi/vapi.h"
#include <check.h>

/* All on one context of the test, which the fixtures make and free. */
extern void *mem;
void samples_setup(void);
void samples_teardown(void);

/* The sample of that file name, parsed; ends the test if there is none. */
struct json_object *sample(const char *name);
/* The names of all sample messages. */
char **sample_names(size_t *count);

/* JSON text with ' for ", parsed. */
struct json_object *json_of(const char *text);
/* A message {"message": …} from such text of its members; a call and a timestamp come by
 * themselves. */
struct json_object *message_of(const char *members);
struct event event_of(struct json_object *body);
struct event event_of_sample(const char *name);

/* Sets what stands at a path such as "message.call.id"; value as text for json_of, NULL removes. */
void json_set(struct json_object *json, const char *path, const char *value);

/* What is wrong with value by that schema of the OpenAPI document, members unknown to it included;
 * NULL if nothing is. */
const char *schema_fault(const char *schema, struct json_object *value);
struct json_object *schema_find(const char *name);

TCase *vapi_read_tests(void);
TCase *vapi_tools_tests(void);
TCase *vapi_report_tests(void);
TCase *vapi_answer_tests(void);
TCase *vapi_hostile_tests(void);

#endif
