/* Vapi's wire format, against its samples, its OpenAPI document and the reference's remarks on
 * readings that go wrong. */
#include "vapi_samples.h"
#include <stdlib.h>

int main(void)
{
    TCase *cases[] = { vapi_read_tests(), vapi_tools_tests(), vapi_report_tests(),
                       vapi_answer_tests(), vapi_hostile_tests() };
    Suite *suite = suite_create("vapi");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tcase_add_checked_fixture(cases[i], samples_setup, samples_teardown);
        tcase_set_timeout(cases[i], 120);
        suite_add_tcase(suite, cases[i]);
    }
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
