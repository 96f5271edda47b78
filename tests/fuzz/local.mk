# Fuzz targets: configure with CC=clang and --enable-fuzz, then `make fuzz TIME=60`. See README.

EXTRA_DIST += tests/fuzz/README tests/fuzz/corpus tests/fuzz/run

if FUZZ
# fuzz_office.h includes tests/unit/support.c, which makes the brokerage and speaks to Check.
fuzz_programs = \
    tests/fuzz/fuzz_config tests/fuzz/fuzz_csv tests/fuzz/fuzz_heard \
    tests/fuzz/fuzz_json_message tests/fuzz/fuzz_path tests/fuzz/fuzz_query \
    tests/fuzz/fuzz_redact tests/fuzz/fuzz_request tests/fuzz/fuzz_signature \
    tests/fuzz/fuzz_tool_args
noinst_PROGRAMS += $(fuzz_programs)

fuzz_link = $(AM_LDFLAGS) -fsanitize=fuzzer
fuzz_with_office = tests/fuzz/fuzz.h tests/fuzz/fuzz_office.h

tests_fuzz_fuzz_config_SOURCES = tests/fuzz/fuzz_config.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_config_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_config_LDADD = $(common_libs)

tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz_csv.c tests/fuzz/fuzz.h src/cli/csv.c src/cli/csv.h
tests_fuzz_fuzz_csv_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_csv_LDADD = $(common_libs)

tests_fuzz_fuzz_heard_SOURCES = tests/fuzz/fuzz_heard.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_heard_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_heard_LDADD = $(common_libs)

tests_fuzz_fuzz_path_SOURCES = tests/fuzz/fuzz_path.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_path_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_path_LDADD = $(common_libs)

tests_fuzz_fuzz_redact_SOURCES = tests/fuzz/fuzz_redact.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_redact_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_redact_LDADD = $(common_libs)

tests_fuzz_fuzz_signature_SOURCES = tests/fuzz/fuzz_signature.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_signature_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_signature_LDADD = $(common_libs)

fuzz_office_libs = $(common_libs) $(CHECK_LIBS)

tests_fuzz_fuzz_json_message_SOURCES = tests/fuzz/fuzz_json_message.c $(fuzz_with_office)
tests_fuzz_fuzz_json_message_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_json_message_LDADD = $(fuzz_office_libs)

tests_fuzz_fuzz_query_SOURCES = tests/fuzz/fuzz_query.c $(fuzz_with_office)
tests_fuzz_fuzz_query_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_query_LDADD = $(fuzz_office_libs)

tests_fuzz_fuzz_request_SOURCES = tests/fuzz/fuzz_request.c $(fuzz_with_office)
tests_fuzz_fuzz_request_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_request_LDADD = $(fuzz_office_libs)

tests_fuzz_fuzz_tool_args_SOURCES = tests/fuzz/fuzz_tool_args.c $(fuzz_with_office)
tests_fuzz_fuzz_tool_args_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_tool_args_LDADD = $(fuzz_office_libs)

TIME = 60
FUZZ_JOBS = 2
fuzz: $(fuzz_programs)
	@printf '%s\n' $(fuzz_programs) | \
	    srcdir='$(srcdir)' xargs -n 1 -P $(FUZZ_JOBS) $(srcdir)/tests/fuzz/run $(TIME)
else
fuzz:
	@echo "configure with CC=clang and --enable-fuzz (tests/fuzz/README)" >&2; exit 1
endif
.PHONY: fuzz
