# What `make check` runs. Each program prints TAP, and each test point counts.
#
#   make check           unit tests, then the end-to-end tests through lighttpd's FastCGI
#   make check-unit      unit tests alone
#   make check-servers   the end-to-end tests through every other server
#   make check-valgrind  unit tests under valgrind

TESTS =
check_PROGRAMS =
TEST_EXTENSIONS = .mjs

AM_TESTS_ENVIRONMENT = \
    abs_top_srcdir='$(abs_top_srcdir)'; export abs_top_srcdir; \
    abs_top_builddir='$(abs_top_builddir)'; export abs_top_builddir; \
    CK_TAP_LOG_FILE_NAME=-; export CK_TAP_LOG_FILE_NAME; \
    CK_VERBOSITY=silent; export CK_VERBOSITY; \
    CK_TIMEOUT_MULTIPLIER=10; export CK_TIMEOUT_MULTIPLIER;
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
MJS_LOG_DRIVER = $(LOG_DRIVER)
MJS_LOG_COMPILER = $(NODE)

if HAVE_CHECK
include tests/unit/local.mk
endif
include tests/e2e/local.mk
include tests/oracle/local.mk
include tests/fuzz/local.mk

check-unit: $(check_PROGRAMS)
	$(MAKE) check-TESTS TESTS='$(check_PROGRAMS)'

# The results of each server get a folder of their own, so that none overwrites another's.
OTHER_SERVERS = apache-fcgid apache-proxy-fcgi apache-cgi
check-servers: all
	@for server in $(OTHER_SERVERS); do \
	    SERVERS=$$server E2E_ORDERS=$${E2E_ORDERS:-20} E2E_LOAD=$${E2E_LOAD:-150} $(MAKE) check-TESTS TESTS='$(e2e_server_tests)' TEST_SUITE_LOG=test-suite-$$server.log || exit 1; \
	    mkdir -p results/$$server; \
	    mv $(e2e_server_tests:.mjs=.trs) results/$$server; \
	done

# Not those that fork, measure time or load thousands of rows: the sanitizers have them.
check-valgrind: $(check_PROGRAMS)
	@for test in $(check_PROGRAMS); do \
	    case $$test in \
	    *_access|*_address|*_audit|*_callers|*_cli|*_desk|*_faults|*_feed|*_key_use|*_migrate|*_oom|*_plans) continue ;; \
	    *_redact|*_retention|*_throttle|*_totals|*_vapi) continue ;; \
	    esac; \
	    CK_FORK=no CK_VERBOSITY=minimal abs_top_srcdir='$(abs_top_srcdir)' srcdir='$(srcdir)' \
	    G_SLICE=always-malloc valgrind -q --error-exitcode=9 --leak-check=full \
	        --soname-synonyms=somalloc=NONE \
	        --errors-for-leak-kinds=definite ./$$test || { echo "$$test is not clean"; exit 1; }; \
	done

.PHONY: check-unit check-servers check-valgrind
