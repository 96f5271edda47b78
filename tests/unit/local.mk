# Unit tests with Check, one program an idea. A new one is one word in the list below: its source is
# the file of the same name, and support.c and understand_rows.c are there for it.

unit_tests = \
    tests/unit/test_access tests/unit/test_address tests/unit/test_amount tests/unit/test_audit \
    tests/unit/test_call_token \
    tests/unit/test_callers \
    tests/unit/test_cli \
    tests/unit/test_cli_csv \
    tests/unit/test_config \
    tests/unit/test_db \
    tests/unit/test_desk \
    tests/unit/test_diary \
    tests/unit/test_diary_store \
    tests/unit/test_faults \
    tests/unit/test_feed \
    tests/unit/test_fields \
    tests/unit/test_hours \
    tests/unit/test_instant \
    tests/unit/test_intent \
    tests/unit/test_json \
    tests/unit/test_key_use tests/unit/test_listing \
    tests/unit/test_migrate \
    tests/unit/test_oom \
    tests/unit/test_path \
    tests/unit/test_phone \
    tests/unit/test_plans \
    tests/unit/test_precondition \
    tests/unit/test_record \
    tests/unit/test_redact \
    tests/unit/test_request \
    tests/unit/test_response \
    tests/unit/test_retention \
    tests/unit/test_router \
    tests/unit/test_seal \
    tests/unit/test_secret \
    tests/unit/test_store \
    tests/unit/test_text \
    tests/unit/test_throttle \
    tests/unit/test_totals \
    tests/unit/test_vapi \
    tests/unit/test_viewings \
    tests/unit/test_webhook_auth \
    tests/unit/test_when
check_PROGRAMS += $(unit_tests)
EXTRA_tests_unit_test_feed_DEPENDENCIES = calendar.so
TESTS += $(unit_tests)

# Check's flags reach every program, which harms none and lets all of them share their objects.
AM_CPPFLAGS += $(CHECK_CFLAGS)

check_LIBRARIES = tests/unit/libsupport.a
tests_unit_libsupport_a_SOURCES = \
    tests/unit/support.c tests/unit/support.h tests/unit/understand_rows.c \
    tests/unit/understand_rows.h

# for programs that name no libraries of their own
LDADD = tests/unit/libsupport.a $(common_libs) $(CHECK_LIBS)

tests_unit_test_vapi_SOURCES = \
    tests/unit/test_vapi.c tests/unit/vapi_answer.c tests/unit/vapi_hostile.c \
    tests/unit/vapi_read.c tests/unit/vapi_report.c tests/unit/vapi_samples.c \
    tests/unit/vapi_samples.h tests/unit/vapi_tools.c

# What base/mem_exhausted.c asks of the C library goes through the test's hands.
tests_unit_test_oom_LDADD = src/http/cgi.$(OBJEXT) $(LDADD)
tests_unit_test_oom_LDFLAGS = $(AM_LDFLAGS) \
    -Wl,--wrap=__libc_malloc,--wrap=__libc_calloc,--wrap=__libc_realloc,--wrap=__libc_memalign

# The command line is the program's own: its objects, but for main().
unit_cli_objects = $(ai_realtor_OBJECTS:src/ai-realtor.o=)
tests_unit_test_cli_LDADD = $(unit_cli_objects) $(LDADD) $(CURL_LIBS)
tests_unit_test_cli_DEPENDENCIES = $(unit_cli_objects) tests/unit/libsupport.a libairealtor.a
tests_unit_test_cli_csv_LDADD = src/cli/csv.$(OBJEXT) $(LDADD)

EXTRA_DIST += tests/data
