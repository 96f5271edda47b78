# End-to-end tests over HTTP, through real web servers. SERVERS names which; see tests/e2e/README.

# those that run through every kind of server
e2e_server_tests = \
    tests/e2e/contract.test.mjs tests/e2e/numbers.test.mjs tests/e2e/seed-call.test.mjs \
    tests/e2e/vapi-call.test.mjs tests/e2e/tools.test.mjs tests/e2e/hostile.test.mjs \
    tests/e2e/concurrency.test.mjs tests/e2e/privacy.test.mjs tests/e2e/webhooks.test.mjs \
    tests/e2e/keys.test.mjs tests/e2e/security-walk.test.mjs tests/e2e/calendar.test.mjs \
    tests/e2e/viewings.test.mjs
# those that choose their servers themselves
e2e_other_tests = \
    tests/e2e/deliver.test.mjs \
    tests/e2e/diary.test.mjs \
    tests/e2e/doctor.test.mjs \
    tests/e2e/faults.test.mjs tests/e2e/kill.test.mjs \
    tests/e2e/openapi.test.mjs \
    tests/e2e/sdk-types.test.mjs \
    tests/e2e/servers.test.mjs \
    tests/e2e/understand.test.mjs \
    tests/e2e/units.test.mjs

if HAVE_NODE
TESTS += $(e2e_server_tests) $(e2e_other_tests)
endif
# The programs are what is tested: rebuilt before, and their tests run anew when they change.
$(e2e_server_tests:.mjs=.log) $(e2e_other_tests:.mjs=.log): voice-assistant ai-realtor calendar.so

EXTRA_DIST += $(e2e_server_tests) $(e2e_other_tests) tests/e2e/README \
    tests/package.json tests/package-lock.json \
    tests/e2e/lib/client.mjs tests/e2e/lib/demo.mjs tests/e2e/lib/openapi.mjs \
    tests/e2e/lib/paths.mjs tests/e2e/lib/process.mjs tests/e2e/lib/servers.mjs \
    tests/e2e/lib/state.mjs tests/e2e/lib/suite.mjs tests/e2e/lib/tap.mjs tests/e2e/lib/vapi.mjs
AM_TESTS_ENVIRONMENT += E2E_SKIP_STATUS=0; export E2E_SKIP_STATUS;
