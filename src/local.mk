# The sources, room by room, from the bottom up (see HACKING).

# memory, errors, text, JSON, time, log, configuration, secrets
libairealtor_a_SOURCES += \
    src/base/config.c src/base/config.h src/base/err.c src/base/err.h src/base/faults.c \
    src/base/faults.h src/base/instant.c src/base/instant.h src/base/json.c src/base/json.h \
    src/base/log.c src/base/log.h src/base/mem.c src/base/mem.h src/base/mem_exhausted.c \
    src/base/seal.c src/base/seal.h src/base/secret.c src/base/secret.h src/base/signature.c \
    src/base/signature.h src/base/text.c src/base/text.h src/base/throttle.c src/base/throttle.h \
    src/base/zone.c

# one file per table; db is the driver
libairealtor_a_SOURCES += \
    src/store/agent_diary.c src/store/agent_diary.h src/store/agents.c src/store/agents.h \
    src/store/analytics.c src/store/analytics.h src/store/audit.c src/store/audit.h \
    src/store/audit_chain.c src/store/audit_chain.h src/store/audit_verify.c src/store/callers.c \
    src/store/callers.h src/store/db.c src/store/db.h src/store/db_open.c src/store/db_place.c \
    src/store/db_rows.c src/store/db_sealed.c src/store/db_sqlite.h src/store/db_upkeep.c \
    src/store/do_not_call.c src/store/do_not_call.h src/store/field.c src/store/field.h \
    src/store/installation.c src/store/installation.h src/store/journal.c src/store/journal.h \
    src/store/master.c src/store/master.h src/store/migrate.c src/store/migrate.h \
    src/store/offers.c src/store/offers.h src/store/outbox.c src/store/outbox.h \
    src/store/phone_calls.c src/store/phone_calls.h src/store/phone_numbers.c \
    src/store/phone_numbers.h src/store/progress.c src/store/progress.h src/store/properties.c \
    src/store/properties.h src/store/property_find.c src/store/rekey.c src/store/rekey.h \
    src/store/retention.c src/store/retention.h src/store/row.c src/store/row.h src/store/slots.c \
    src/store/slots.h src/store/table.c src/store/table.h src/store/table_sql.c \
    src/store/table_sql.h src/store/tasks.c src/store/tasks.h src/store/viewing_policy.c \
    src/store/viewing_rules.c src/store/viewing_rules.h src/store/words.c src/store/words.h

# what was meant by what was said
libairealtor_a_SOURCES += \
    src/heard/address.h src/heard/address_bound.c src/heard/address_bound.h \
    src/heard/address_choose.c src/heard/address_fit.c src/heard/address_fit.h \
    src/heard/address_fold.c src/heard/address_fold.h src/heard/address_letter.c \
    src/heard/address_letter.h src/heard/address_listing.c src/heard/address_name.c \
    src/heard/address_name.h src/heard/address_narrow.c src/heard/address_number.c \
    src/heard/address_number.h src/heard/address_route.c src/heard/address_route.h \
    src/heard/address_said.c src/heard/address_said.h src/heard/address_sound.c \
    src/heard/address_sound.h src/heard/address_terms.c src/heard/address_terms.h \
    src/heard/address_token.c src/heard/address_token.h src/heard/address_words.c \
    src/heard/address_words.h src/heard/address_words_table.c src/heard/address_words_table.h \
    src/heard/amount.c src/heard/amount.h src/heard/amount_figure.c src/heard/amount_figure.h \
    src/heard/amount_number.c src/heard/amount_number.h src/heard/amount_other.c \
    src/heard/amount_other.h src/heard/amount_price.c src/heard/amount_price.h \
    src/heard/features.c src/heard/features.h src/heard/features_table.c \
    src/heard/features_table.h src/heard/intent.c src/heard/intent.h src/heard/intent_class.c \
    src/heard/intent_class.h src/heard/intent_features.c src/heard/intent_features.h \
    src/heard/intent_weights.h src/heard/lexicon.c src/heard/lexicon.h src/heard/phone.c \
    src/heard/phone.h src/heard/phone_plan.c src/heard/phone_plan.h src/heard/phone_plan_table.c \
    src/heard/phone_words.c src/heard/phone_words.h src/heard/redact.c src/heard/redact.h \
    src/heard/redact_access.c src/heard/redact_birth.c src/heard/redact_email.c \
    src/heard/redact_hint.c src/heard/redact_hint.h src/heard/redact_home.c \
    src/heard/redact_introduced.c src/heard/redact_listing.c src/heard/redact_name.c \
    src/heard/redact_near.c src/heard/redact_number.c src/heard/redact_rules.h \
    src/heard/redact_run.c src/heard/redact_run.h src/heard/redact_secret.c \
    src/heard/redact_text.c src/heard/redact_text.h src/heard/when.c src/heard/when.h \
    src/heard/when_clauses.c src/heard/when_clock.c src/heard/when_company.c src/heard/when_date.c \
    src/heard/when_day.c src/heard/when_holiday.c src/heard/when_listen.c src/heard/when_month.c \
    src/heard/when_said.h src/heard/when_say.c src/heard/when_span.c src/heard/when_zone.c \
    src/heard/words.c src/heard/words.h

# calendars: what libical writes is in a module of its own, for what it costs a program to start
libairealtor_a_SOURCES += src/calendar/calendar.h src/calendar/load.c
moduledir = $(pkglibdir)
module_PROGRAMS = calendar.so
calendar_so_SOURCES = \
    src/calendar/calendar.h src/calendar/ical.c src/calendar/ical.h src/calendar/ical_zone.c
calendar_so_CFLAGS = $(AM_CFLAGS) -fPIC -fvisibility=hidden $(ICAL_CFLAGS)
calendar_so_LDFLAGS = $(AM_LDFLAGS) -shared
calendar_so_LDADD = $(ICAL_LIBS)

# what the receptionist does
libairealtor_a_SOURCES += \
    src/desk/callers.c src/desk/callers.h src/desk/desk.h src/desk/diary.c src/desk/diary.h \
    src/desk/diary_busy.c src/desk/diary_offer.c src/desk/diary_rules.c src/desk/end.c \
    src/desk/end.h src/desk/event.c src/desk/event.h src/desk/feed.c src/desk/feed.h \
    src/desk/feed_key.c src/desk/fields.c src/desk/fields.h src/desk/fields_record.c \
    src/desk/fields_take.c src/desk/fields_take.h src/desk/greet.c src/desk/greet.h \
    src/desk/heartbeat.c src/desk/hours.c src/desk/hours.h src/desk/keys.c src/desk/keys.h \
    src/desk/listing.c src/desk/listing.h src/desk/listing_find.c src/desk/numbers.c \
    src/desk/numbers.h src/desk/purge.c \
    src/desk/purge.h src/desk/receive.c src/desk/record.c src/desk/record.h src/desk/taking.c \
    src/desk/taking.h src/desk/tool_args.c src/desk/tool_args.h src/desk/tool_availability.c \
    src/desk/tool_change.c src/desk/tool_lookup.c src/desk/tool_message.c src/desk/tool_offer.c \
    src/desk/tool_recording.c src/desk/tool_search.c src/desk/tool_slots.c src/desk/tool_viewing.c \
    src/desk/toolbox.c src/desk/toolbox.h src/desk/tools.c src/desk/tools.h \
    src/desk/viewing_settings.c src/desk/viewing_settings.h src/desk/viewing_states.c \
    src/desk/viewing_states.h src/desk/viewings.c src/desk/viewings.h

# Vapi's wire format
libairealtor_a_SOURCES += \
    src/vapi/analysis.c src/vapi/analysis.h src/vapi/answer.c src/vapi/assistant.c \
    src/vapi/assistant.h src/vapi/assistant_tools.c src/vapi/ending.c src/vapi/journal.c \
    src/vapi/journal.h src/vapi/liquid.c src/vapi/liquid.h src/vapi/message.c src/vapi/message.h \
    src/vapi/messages.c src/vapi/plans.c src/vapi/report.c src/vapi/segments.c src/vapi/segments.h \
    src/vapi/tool_calls.c src/vapi/url.c src/vapi/url.h src/vapi/vapi.h

# the HTTP interface
libairealtor_a_SOURCES += \
    src/api/analytics.c src/api/api.h src/api/app.c src/api/audit.c src/api/auth.c \
    src/api/calendar.c src/api/call_token.c src/api/call_token.h src/api/callers.c \
    src/api/credential.c src/api/dispatch.c src/api/exchange.c src/api/handlers.h src/api/health.c \
    src/api/input.c src/api/openapi.c src/api/openapi.h src/api/openapi_schema.c \
    src/api/precondition.c src/api/precondition.h src/api/records.c src/api/resource.c \
    src/api/resource.h src/api/resources.c src/api/retention.c src/api/routes.c src/api/seed.c \
    src/api/seed.h src/api/service.c src/api/viewing_settings.c src/api/viewings.c \
    src/api/webhook_auth.c src/api/webhook_auth.h src/api/webhooks.c

# requests, responses, FastCGI and CGI
libairealtor_a_SOURCES += \
    src/http/path.c src/http/path.h src/http/request.c src/http/request.h src/http/response.c \
    src/http/response.h src/http/server.h

# the transports are the responder's alone
voice_assistant_SOURCES = \
    src/http/cgi.c src/http/fastcgi.c src/voice-assistant.c

# the command line, and all that talks to the network
ai_realtor_SOURCES = \
    src/ai-realtor.c src/cli/agent.c src/cli/agent_calendar.c src/cli/audit.c src/cli/brokerage.c \
    src/cli/call.c src/cli/caller.c src/cli/cli.c src/cli/cli.h src/cli/cli_audit.c \
    src/cli/cli_open.c src/cli/commands.c src/cli/commands.h src/cli/csv.c src/cli/csv.h \
    src/cli/deliver.c src/cli/demo.c src/cli/doctor.c src/cli/doctor.h src/cli/doctor_access.c \
    src/cli/doctor_checklist.c src/cli/doctor_exposed.c src/cli/doctor_weak.c src/cli/help.c \
    src/cli/help.h src/cli/import.c src/cli/import.h src/cli/import_read.c src/cli/import_report.c \
    src/cli/init.c src/cli/init.h src/cli/init_files.c src/cli/key.c src/cli/keyring.c \
    src/cli/keyring.h src/cli/known.c src/cli/known.h src/cli/lines.c src/cli/lines.h \
    src/cli/number.c src/cli/options.c src/cli/options.h src/cli/property.c src/cli/purge.c \
    src/cli/rekey.c src/cli/restore.c src/cli/scenarios.c src/cli/show.c src/cli/show.h \
    src/cli/simulate.c src/cli/simulate.h src/cli/simulate_play.c src/cli/simulate_record.c \
    src/cli/simulate_seed.c src/cli/simulate_stage.c src/cli/simulate_vapi.c src/cli/understand.c \
    src/cli/understand.h src/cli/understand_kinds.c src/cli/upkeep.c src/cli/upkeep.h \
    src/cli/viewing.c src/cli/web.c src/cli/web.h src/outbox/deliver.c src/outbox/deliver.h \
    src/outbox/network.c src/outbox/network.h src/outbox/vapi_api.c src/outbox/vapi_api.h

# what is built into the programs
EXTRA_DIST += src/api/openapi-base.json src/api/embed-json.awk
nodist_libairealtor_a_SOURCES += src/api/openapi-base.c
src/api/openapi-base.c: src/api/openapi-base.json src/api/embed-json.awk
	@$(MKDIR_P) src/api
	$(AM_V_GEN)$(AWK) -f $(srcdir)/src/api/embed-json.awk $(srcdir)/src/api/openapi-base.json > $@.tmp
	@mv $@.tmp $@
CLEANFILES += src/api/openapi-base.c

# the intent model, trained while building: a tool of the build, without sanitizers, which would take minutes
noinst_PROGRAMS += src/heard/train_intent
src_heard_train_intent_SOURCES = \
    src/base/mem.c src/base/mem.h src/base/mem_exhausted.c src/heard/intent_class.c \
    src/heard/intent_class.h src/heard/intent_features.c src/heard/intent_features.h \
    src/heard/lexicon.c src/heard/lexicon.h src/heard/train_intent.c src/heard/words.c \
    src/heard/words.h src/store/words.c src/store/words.h
src_heard_train_intent_CFLAGS = $(PROJECT_CFLAGS) -O2
src_heard_train_intent_LDADD = $(LINEAR_LIBS) $(TALLOC_LIBS) $(GLIB_LIBS) -lm
EXTRA_DIST += data/intents.tsv
src/heard/intent_weights.h: data/intents.tsv src/heard/train_intent$(EXEEXT)
	$(AM_V_GEN)src/heard/train_intent$(EXEEXT) $(srcdir)/data/intents.tsv > $@.tmp
	@mv $@.tmp $@
src/heard/intent.$(OBJEXT): src/heard/intent_weights.h
CLEANFILES += src/heard/intent_weights.h
intent-report: src/heard/train_intent$(EXEEXT)
	src/heard/train_intent$(EXEEXT) --check $(srcdir)/data/intents.tsv
.PHONY: intent-report
