-- The tables.  Instants are milliseconds since 1970 UTC; money is in cents, the cost of calls in
-- micro-dollars; phone numbers are E.164.  Words are those of src/store/words.c.
-- Words are checked by OR: for IN with more than two SQLite builds a table each time a row is written.
-- Whatever belongs to an agent also names the agent's brokerage, so that one condition decides who sees it.

-- retain_*_days: how long what callers said is kept; 0 is for ever, null as the configuration has it.
CREATE TABLE brokerages (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    timezone TEXT NOT NULL DEFAULT 'America/Los_Angeles',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    retain_recordings_days INTEGER CHECK (retain_recordings_days >= 0),
    retain_transcripts_days INTEGER CHECK (retain_transcripts_days >= 0),
    retain_details_days INTEGER CHECK (retain_details_days >= 0),
    retain_tasks_days INTEGER CHECK (retain_tasks_days >= 0),
    retain_journal_days INTEGER CHECK (retain_journal_days >= 0),
    retain_audit_days INTEGER CHECK (retain_audit_days >= 0)
) STRICT;

CREATE TABLE agents (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT,
    phone TEXT CHECK (phone LIKE '+%'),
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    calendar_token_hash TEXT UNIQUE,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX agents_by_brokerage ON agents (brokerage_id);

-- prefix is public and finds the row; hash is keyed BLAKE2b of the whole key, which is nowhere kept.
-- The role calendar opens its agent's calendar feed and nothing else.
CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY,
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('agent', 'broker', 'calendar')),
    prefix TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER
) STRICT;
CREATE INDEX api_keys_by_agent ON api_keys (agent_id);
CREATE UNIQUE INDEX api_keys_one_calendar ON api_keys (agent_id)
    WHERE role = 'calendar' AND revoked_at IS NULL;

-- total_* add up phone_calls (triggers in 0002); total_minutes and total_cost (cents) derive from them.
CREATE TABLE phone_numbers (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    phone_number TEXT NOT NULL UNIQUE CHECK (phone_number LIKE '+%'),
    friendly_name TEXT,
    provider TEXT NOT NULL DEFAULT 'vapi'
        CHECK (provider = 'vapi' OR provider = 'twilio' OR provider = 'plivo'),
    provider_phone_id TEXT UNIQUE,
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
    greeting_message TEXT,
    ai_voice_id TEXT,
    ai_assistant_id TEXT,
    forward_to_number TEXT CHECK (forward_to_number LIKE '+%'),
    forward_when TEXT NOT NULL DEFAULT 'never'
        CHECK (forward_when = 'always' OR forward_when = 'unavailable' OR
            forward_when = 'after_hours' OR forward_when = 'never'),
    business_hours_start TEXT CHECK (business_hours_start LIKE '__:__'),
    business_hours_end TEXT CHECK (business_hours_end LIKE '__:__'),
    timezone TEXT NOT NULL,
    can_receive_calls INTEGER NOT NULL DEFAULT 1 CHECK (can_receive_calls IN (0, 1)),
    can_make_calls INTEGER NOT NULL DEFAULT 1 CHECK (can_make_calls IN (0, 1)),
    can_receive_texts INTEGER NOT NULL DEFAULT 0 CHECK (can_receive_texts IN (0, 1)),
    can_send_texts INTEGER NOT NULL DEFAULT 0 CHECK (can_send_texts IN (0, 1)),
    recording_enabled INTEGER NOT NULL DEFAULT 1 CHECK (recording_enabled IN (0, 1)),
    transcription_enabled INTEGER NOT NULL DEFAULT 1 CHECK (transcription_enabled IN (0, 1)),
    announce_recording INTEGER NOT NULL DEFAULT 1 CHECK (announce_recording IN (0, 1)),
    recording_notice TEXT,
    total_calls INTEGER NOT NULL DEFAULT 0,
    total_seconds INTEGER NOT NULL DEFAULT 0,
    total_cost_micros INTEGER NOT NULL DEFAULT 0,
    total_minutes REAL GENERATED ALWAYS AS (total_seconds / 60.0) VIRTUAL,
    total_cost REAL GENERATED ALWAYS AS (total_cost_micros / 10000.0) VIRTUAL,
    last_call_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX phone_numbers_by_brokerage ON phone_numbers (brokerage_id);
CREATE UNIQUE INDEX phone_numbers_one_primary ON phone_numbers (agent_id) WHERE is_primary = 1;

CREATE TABLE properties (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    address TEXT NOT NULL CHECK (address <> ''),
    unit TEXT,
    city TEXT,
    state TEXT,
    zip TEXT,
    price_cents INTEGER CHECK (price_cents > 0),
    bedrooms INTEGER CHECK (bedrooms >= 0),
    bathrooms REAL CHECK (bathrooms >= 0),
    square_feet INTEGER CHECK (square_feet > 0),
    year_built INTEGER,
    property_type TEXT
        CHECK (property_type = 'house' OR property_type = 'condo' OR property_type = 'townhouse' OR
            property_type = 'multi_family' OR property_type = 'land' OR
            property_type = 'commercial' OR property_type = 'other'),
    listing_status TEXT NOT NULL DEFAULT 'active'
        CHECK (listing_status = 'active' OR listing_status = 'pending' OR listing_status = 'sold' OR
            listing_status = 'off_market'),
    mls_number TEXT,
    description TEXT,
    private_notes TEXT,
    stage TEXT NOT NULL DEFAULT 'new_property'
        CHECK (stage = 'new_property' OR stage = 'enriched' OR stage = 'researched' OR
            stage = 'waiting_for_contracts' OR stage = 'complete'),
    stage_changed_at INTEGER NOT NULL,
    blocked_reason TEXT,
    next_action TEXT,
    last_activity_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX properties_by_brokerage ON properties (brokerage_id, listing_status, price_cents);
CREATE INDEX properties_by_agent ON properties (agent_id);

-- The inverted index of what a caller may say of an address; see src/heard/address.h for the terms.
CREATE TABLE property_terms (
    brokerage_id INTEGER NOT NULL,
    term TEXT NOT NULL,
    property_id INTEGER NOT NULL REFERENCES properties (id) ON DELETE CASCADE,
    PRIMARY KEY (brokerage_id, term, property_id)
) STRICT;
CREATE INDEX property_terms_by_property ON property_terms (property_id);

CREATE TABLE property_stages (
    id INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES properties (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    entered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX property_stages_by_property ON property_stages (property_id, entered_at);

-- phone_number is the other party's; our own number is phone_number_id (and called_number, which stays
-- when the number is deleted).  reported is 1 once the provider's final report has been taken in;
-- *_source says who knew: a tool that did it, the provider's signalling, or its analysis.  consent is to
-- being recorded.  erased_at is when what was known of the caller was taken out; nothing gets in again.
-- provider_deleted_at is when the provider said that it holds nothing of it any more.
CREATE TABLE phone_calls (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    phone_number_id INTEGER REFERENCES phone_numbers (id) ON DELETE SET NULL,
    property_id INTEGER REFERENCES properties (id) ON DELETE SET NULL,
    direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    phone_number TEXT,
    called_number TEXT,
    vapi_call_id TEXT UNIQUE,
    status TEXT NOT NULL
        CHECK (status = 'initiated' OR status = 'in_progress' OR status = 'completed' OR
            status = 'failed' OR status = 'no_answer' OR status = 'busy'),
    ended_reason TEXT,
    duration_seconds INTEGER CHECK (duration_seconds >= 0),
    cost_micros INTEGER CHECK (cost_micros >= 0),
    transcription TEXT,
    summary TEXT,
    summary_source TEXT
        CHECK (summary_source = 'tool' OR summary_source = 'analysis' OR
            summary_source = 'provider' OR summary_source = 'guess'),
    intent TEXT
        CHECK (intent = 'property_inquiry' OR intent = 'schedule_viewing' OR
            intent = 'make_offer' OR intent = 'speak_agent' OR intent = 'general'),
    intent_source TEXT
        CHECK (intent_source = 'tool' OR intent_source = 'analysis' OR intent_source = 'provider' OR
            intent_source = 'guess'),
    confidence_score REAL CHECK (confidence_score BETWEEN 0 AND 1),
    outcome TEXT
        CHECK (outcome = 'information_provided' OR outcome = 'viewing_scheduled' OR
            outcome = 'offer_created' OR outcome = 'message_taken' OR outcome = 'transferred'),
    outcome_source TEXT
        CHECK (outcome_source = 'tool' OR outcome_source = 'analysis' OR
            outcome_source = 'provider' OR outcome_source = 'guess'),
    caller_name TEXT,
    caller_phone TEXT,
    claimed_phone TEXT,
    message TEXT,
    follow_up_created INTEGER NOT NULL DEFAULT 0 CHECK (follow_up_created IN (0, 1)),
    recording_url TEXT,
    consent TEXT NOT NULL DEFAULT 'unknown'
        CHECK (consent = 'unknown' OR consent = 'given' OR consent = 'refused'),
    reported INTEGER NOT NULL DEFAULT 0 CHECK (reported IN (0, 1)),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    erased_at INTEGER,
    provider_deleted_at INTEGER,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX phone_calls_by_agent ON phone_calls (agent_id, created_at);
CREATE INDEX phone_calls_by_brokerage ON phone_calls (brokerage_id, created_at);
CREATE INDEX phone_calls_by_caller ON phone_calls (brokerage_id, phone_number, created_at);
CREATE INDEX phone_calls_by_claim ON phone_calls (brokerage_id)
    WHERE phone_number IS NULL AND claimed_phone IS NOT NULL;
CREATE INDEX phone_calls_by_property ON phone_calls (property_id, created_at, phone_number)
    WHERE property_id IS NOT NULL;
CREATE INDEX phone_calls_by_number ON phone_calls (phone_number_id);

-- What was said.  Running segments come while the call lasts; the final report's replace them all.
CREATE TABLE transcript_segments (
    id INTEGER PRIMARY KEY,
    phone_call_id INTEGER NOT NULL REFERENCES phone_calls (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('assistant', 'user')),
    text TEXT NOT NULL,
    spoken_at INTEGER
) STRICT;
CREATE INDEX transcript_segments_by_call ON transcript_segments (phone_call_id, spoken_at, position);

-- A viewing is a task with a state, which goes with its status (src/store/tasks.h).  revision is
-- raised by every change.
CREATE TABLE scheduled_tasks (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    property_id INTEGER REFERENCES properties (id) ON DELETE SET NULL,
    phone_call_id INTEGER REFERENCES phone_calls (id) ON DELETE SET NULL,
    kind TEXT NOT NULL
        CHECK (kind = 'viewing' OR kind = 'follow_up' OR kind = 'offer'),
    title TEXT NOT NULL CHECK (title <> ''),
    notes TEXT,
    status TEXT NOT NULL DEFAULT 'pending'
        CHECK (status = 'pending' OR status = 'confirmed' OR status = 'completed' OR
            status = 'cancelled'),
    state TEXT
        CHECK (state = 'requested' OR state = 'confirmed' OR state = 'rescheduled' OR
            state = 'cancelled' OR state = 'done' OR state = 'no_show'),
    revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
    priority TEXT NOT NULL DEFAULT 'normal'
        CHECK (priority = 'low' OR priority = 'normal' OR priority = 'high' OR priority = 'urgent'),
    scheduled_at INTEGER,
    duration_minutes INTEGER CHECK (duration_minutes > 0),
    caller_name TEXT,
    caller_phone TEXT,
    claimed_phone TEXT,
    completed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX scheduled_tasks_by_agent ON scheduled_tasks (agent_id, scheduled_at);
CREATE INDEX scheduled_tasks_by_brokerage ON scheduled_tasks (brokerage_id, scheduled_at);
CREATE INDEX scheduled_tasks_by_property ON scheduled_tasks (property_id, scheduled_at);
CREATE INDEX scheduled_tasks_by_call ON scheduled_tasks (phone_call_id);
CREATE INDEX scheduled_tasks_by_caller ON scheduled_tasks (brokerage_id, caller_phone)
    WHERE caller_phone IS NOT NULL;

-- How viewings are booked, for an agent (property_id null) or one property, whose values win over
-- the agent's, one by one; null is not said.  timezone is where the hours below count.
CREATE TABLE viewing_rules (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    property_id INTEGER REFERENCES properties (id) ON DELETE CASCADE,
    length_minutes INTEGER CHECK (length_minutes > 0),
    buffer_minutes INTEGER CHECK (buffer_minutes >= 0),
    notice_minutes INTEGER CHECK (notice_minutes >= 0),
    same_day TEXT CHECK (same_day IN ('allowed', 'refused')),
    max_parties INTEGER CHECK (max_parties > 0),
    confirm_by TEXT
        CHECK (confirm_by = 'nobody' OR confirm_by = 'agent' OR confirm_by = 'seller'),
    timezone TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX viewing_rules_of_agent ON viewing_rules (agent_id) WHERE property_id IS NULL;
CREATE UNIQUE INDEX viewing_rules_of_property ON viewing_rules (property_id)
    WHERE property_id IS NOT NULL;
CREATE INDEX viewing_rules_by_agent ON viewing_rules (agent_id);
CREATE INDEX viewing_rules_by_brokerage ON viewing_rules (brokerage_id);

-- When a property can be viewed, or (property_id null) an agent shows; a property's own hours replace
-- its agent's.
CREATE TABLE viewing_hours (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    property_id INTEGER REFERENCES properties (id) ON DELETE CASCADE,
    weekday TEXT NOT NULL
        CHECK (weekday = 'monday' OR weekday = 'tuesday' OR weekday = 'wednesday' OR
            weekday = 'thursday' OR weekday = 'friday' OR weekday = 'saturday' OR
            weekday = 'sunday'),
    opens_at TEXT NOT NULL CHECK (opens_at LIKE '__:__'),
    closes_at TEXT NOT NULL CHECK (closes_at LIKE '__:__'),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX viewing_hours_by_agent ON viewing_hours (agent_id, property_id);
CREATE INDEX viewing_hours_by_property ON viewing_hours (property_id);
CREATE INDEX viewing_hours_by_brokerage ON viewing_hours (brokerage_id);

-- When not: the property's and the agent's both count.  Whole days (the last one included), or from
-- one instant to another.
CREATE TABLE viewing_blackouts (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    property_id INTEGER REFERENCES properties (id) ON DELETE CASCADE,
    first_day TEXT CHECK (first_day LIKE '____-__-__'),
    last_day TEXT CHECK (last_day LIKE '____-__-__'),
    starts_at INTEGER,
    ends_at INTEGER,
    note TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX viewing_blackouts_by_agent ON viewing_blackouts (agent_id, property_id);
CREATE INDEX viewing_blackouts_by_property ON viewing_blackouts (property_id);
CREATE INDEX viewing_blackouts_by_brokerage ON viewing_blackouts (brokerage_id);

CREATE TABLE open_houses (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    property_id INTEGER NOT NULL REFERENCES properties (id) ON DELETE CASCADE,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    note TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX open_houses_by_agent ON open_houses (agent_id, starts_at);
CREATE INDEX open_houses_by_brokerage ON open_houses (brokerage_id, starts_at);
CREATE INDEX open_houses_by_property ON open_houses (property_id, starts_at);

-- A slot that was offered to a caller, who is still deciding.
CREATE TABLE slot_holds (
    id INTEGER PRIMARY KEY,
    phone_call_id INTEGER NOT NULL REFERENCES phone_calls (id) ON DELETE CASCADE,
    property_id INTEGER NOT NULL REFERENCES properties (id) ON DELETE CASCADE,
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX slot_holds_by_call ON slot_holds (phone_call_id);
CREATE INDEX slot_holds_by_property ON slot_holds (property_id, starts_at);
CREATE INDEX slot_holds_by_agent ON slot_holds (agent_id, starts_at);
CREATE INDEX slot_holds_by_end ON slot_holds (expires_at);

-- What is said once of the whole installation.  domain: random; what makes its calendars' UIDs its own.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    domain TEXT NOT NULL CHECK (domain <> '')
) STRICT;

CREATE TABLE offers (
    id INTEGER PRIMARY KEY,
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    agent_id INTEGER NOT NULL REFERENCES agents (id),
    property_id INTEGER NOT NULL REFERENCES properties (id),
    phone_call_id INTEGER REFERENCES phone_calls (id) ON DELETE SET NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    contingencies TEXT,
    status TEXT NOT NULL DEFAULT 'lead'
        CHECK (status = 'lead' OR status = 'submitted' OR status = 'countered' OR
            status = 'accepted' OR status = 'rejected' OR status = 'withdrawn'),
    caller_name TEXT,
    caller_phone TEXT,
    claimed_phone TEXT,
    notes TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX offers_by_agent ON offers (agent_id, created_at);
CREATE INDEX offers_by_brokerage ON offers (brokerage_id, created_at);
CREATE INDEX offers_by_property ON offers (property_id, created_at);
CREATE INDEX offers_by_call ON offers (phone_call_id);
CREATE INDEX offers_by_caller ON offers (brokerage_id, caller_phone)
    WHERE caller_phone IS NOT NULL;

-- Every server message that changed or asked for something, once: dedup_key says what makes two of a
-- call the same.  Call first in the index, so that a call's messages lie together in it.
CREATE TABLE webhook_journal (
    id INTEGER PRIMARY KEY,
    received_at INTEGER NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('seed', 'vapi')),
    type TEXT NOT NULL,
    dedup_key TEXT NOT NULL,
    provider_call_id TEXT,
    phone_call_id INTEGER REFERENCES phone_calls (id) ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX webhook_journal_once ON webhook_journal (phone_call_id, dedup_key);
CREATE UNIQUE INDEX webhook_journal_once_of_strangers ON webhook_journal (dedup_key)
    WHERE phone_call_id IS NULL;

-- What a tool call was answered, so that a retry gets the same answer and has no second effect.
CREATE TABLE tool_results (
    id INTEGER PRIMARY KEY,
    phone_call_id INTEGER NOT NULL REFERENCES phone_calls (id) ON DELETE CASCADE,
    tool_call_id TEXT NOT NULL,
    name TEXT NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    sentence TEXT NOT NULL,
    facts TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (phone_call_id, tool_call_id)
) STRICT;

CREATE TABLE recordings (
    id INTEGER PRIMARY KEY,
    phone_call_id INTEGER NOT NULL REFERENCES phone_calls (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('mono', 'stereo')),
    url TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (phone_call_id, kind)
) STRICT;

-- Work that may wait, for cron and not for the caller.  done_at with last_error: it was given up.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    phone_call_id INTEGER REFERENCES phone_calls (id) ON DELETE CASCADE,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL,
    done_at INTEGER,
    last_error TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_waiting ON outbox (not_before) WHERE done_at IS NULL;
CREATE INDEX outbox_ended ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_by_call ON outbox (phone_call_id, kind);

-- How far `ai-realtor purge` has come: of calls made before done_before nothing of that kind is left.
CREATE TABLE retention_marks (
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    kind TEXT NOT NULL
        CHECK (kind = 'recordings' OR kind = 'transcripts' OR kind = 'details' OR kind = 'tasks'
            OR kind = 'journal'),
    done_before INTEGER NOT NULL,
    PRIMARY KEY (brokerage_id, kind)
) STRICT;

-- Whom the brokerage must not call.
CREATE TABLE do_not_call (
    brokerage_id INTEGER NOT NULL REFERENCES brokerages (id),
    phone_number TEXT NOT NULL CHECK (phone_number LIKE '+%'),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brokerage_id, phone_number)
) STRICT;

-- Who changed what, in a chain of hashes; see src/store/audit.h.  Rows outlive what they tell of.
CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    brokerage_id INTEGER,
    agent_id INTEGER,
    api_key_id INTEGER,
    action TEXT NOT NULL CHECK (action <> ''),
    subject TEXT NOT NULL CHECK (subject <> ''),
    subject_id INTEGER,
    fields TEXT,
    hash TEXT NOT NULL
) STRICT;

-- base_* is what stood before the oldest row that is kept, last_* the newest row.
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    base_id INTEGER NOT NULL,
    base_hash TEXT NOT NULL,
    last_id INTEGER NOT NULL,
    last_hash TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
