# What is installed beside the programs, and what a release carries along.

man_MANS = man/ai-realtor.1 man/voice-assistant.8 man/ai-realtor.conf.5
EXTRA_DIST += $(man_MANS)

examplesdir = $(docdir)/examples
nobase_dist_examples_DATA = \
    lighttpd/fastcgi.conf lighttpd/cgi.conf \
    apache/fcgid.conf apache/proxy-fcgi.conf apache/cgi.conf \
    apache/voice-assistant@.service apache/voice-assistant.socket \
    systemd/ai-realtor-purge.service systemd/ai-realtor-purge.timer \
    systemd/ai-realtor-deliver.service systemd/ai-realtor-deliver.timer \
    systemd/ai-realtor-backup.service systemd/ai-realtor-backup.timer \
    cgi-bin/.htaccess cgi-bin/README
dist_doc_DATA = README NEWS COPYING
EXTRA_DIST += lighttpd/serve.conf.in .ci/run

EXTRA_DIST += bench/README bench/RESULTS.md bench/bench bench/trace bench/utterance bench/utterance.c bench/trace.awk bench/server.sh \
    bench/hello.c bench/commits.c bench/row.c bench/spawn.c bench/load.c \
    bench/client.c bench/client.h bench/measure.c bench/measure.h bench/request.c bench/request.h \
    bench/incoming.json bench/tool-calls.json bench/assistant-request.json \
    bench/calls.sql bench/report.sql bench/results.sql
