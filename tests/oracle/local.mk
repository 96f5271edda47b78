# What words mean, against other programs that should know; each says what it needs.
oracle_tests = tests/oracle/phone.test.mjs tests/oracle/when.test.mjs

if HAVE_NODE
TESTS += $(oracle_tests)
endif
$(oracle_tests:.mjs=.log): ai-realtor

EXTRA_DIST += $(oracle_tests) tests/oracle/phone-oracle.cc tests/oracle/phone-oracle.sh \
    tests/oracle/phone-plans.py
