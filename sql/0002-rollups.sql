-- The running totals, kept by triggers in the transaction that changes what they count, so that an
-- overview costs the same over a thousand calls and over a million.  A day is created_at / 86400000 (UTC).
-- PostgreSQL will have this file in its own dialect; nothing else depends on it.

CREATE TABLE call_rollups (
    brokerage_id INTEGER NOT NULL,
    agent_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    total INTEGER NOT NULL,
    inbound INTEGER NOT NULL,
    outbound INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    cost_micros INTEGER NOT NULL,
    intent_property_inquiry INTEGER NOT NULL,
    intent_schedule_viewing INTEGER NOT NULL,
    intent_make_offer INTEGER NOT NULL,
    intent_speak_agent INTEGER NOT NULL,
    intent_general INTEGER NOT NULL,
    outcome_information_provided INTEGER NOT NULL,
    outcome_viewing_scheduled INTEGER NOT NULL,
    outcome_offer_created INTEGER NOT NULL,
    outcome_message_taken INTEGER NOT NULL,
    outcome_transferred INTEGER NOT NULL,
    PRIMARY KEY (agent_id, day)
) STRICT;
CREATE INDEX call_rollups_by_brokerage ON call_rollups (brokerage_id, day);

CREATE TRIGGER phone_calls_added AFTER INSERT ON phone_calls BEGIN
    INSERT INTO call_rollups VALUES (NEW.brokerage_id, NEW.agent_id, NEW.created_at / 86400000,
        1, NEW.direction = 'inbound', NEW.direction = 'outbound', NEW.status = 'completed',
        NEW.status = 'failed' OR NEW.status = 'no_answer' OR NEW.status = 'busy', COALESCE(NEW.duration_seconds, 0),
        COALESCE(NEW.cost_micros, 0), COALESCE(NEW.intent = 'property_inquiry', 0),
        COALESCE(NEW.intent = 'schedule_viewing', 0), COALESCE(NEW.intent = 'make_offer', 0),
        COALESCE(NEW.intent = 'speak_agent', 0), COALESCE(NEW.intent = 'general', 0),
        COALESCE(NEW.outcome = 'information_provided', 0),
        COALESCE(NEW.outcome = 'viewing_scheduled', 0), COALESCE(NEW.outcome = 'offer_created', 0),
        COALESCE(NEW.outcome = 'message_taken', 0), COALESCE(NEW.outcome = 'transferred', 0))
    ON CONFLICT (agent_id, day) DO UPDATE SET
        total = total + excluded.total, inbound = inbound + excluded.inbound,
        outbound = outbound + excluded.outbound, completed = completed + excluded.completed,
        missed = missed + excluded.missed, seconds = seconds + excluded.seconds,
        cost_micros = cost_micros + excluded.cost_micros,
        intent_property_inquiry = intent_property_inquiry + excluded.intent_property_inquiry,
        intent_schedule_viewing = intent_schedule_viewing + excluded.intent_schedule_viewing,
        intent_make_offer = intent_make_offer + excluded.intent_make_offer,
        intent_speak_agent = intent_speak_agent + excluded.intent_speak_agent,
        intent_general = intent_general + excluded.intent_general,
        outcome_information_provided = outcome_information_provided + excluded.outcome_information_provided,
        outcome_viewing_scheduled = outcome_viewing_scheduled + excluded.outcome_viewing_scheduled,
        outcome_offer_created = outcome_offer_created + excluded.outcome_offer_created,
        outcome_message_taken = outcome_message_taken + excluded.outcome_message_taken,
        outcome_transferred = outcome_transferred + excluded.outcome_transferred;
END;

-- An agent and a beginning are given to a call once; what changes is added to the day's row.
CREATE TRIGGER phone_calls_recounted
AFTER UPDATE OF direction, status, duration_seconds, cost_micros, intent, outcome ON phone_calls
WHEN NEW.direction <> OLD.direction OR NEW.status <> OLD.status
    OR NEW.duration_seconds IS NOT OLD.duration_seconds OR NEW.cost_micros IS NOT OLD.cost_micros
    OR NEW.intent IS NOT OLD.intent OR NEW.outcome IS NOT OLD.outcome
BEGIN
    UPDATE call_rollups SET
        inbound = inbound + (NEW.direction = 'inbound') - (OLD.direction = 'inbound'),
        outbound = outbound + (NEW.direction = 'outbound') - (OLD.direction = 'outbound'),
        completed = completed + (NEW.status = 'completed') - (OLD.status = 'completed'),
        missed = missed + (NEW.status = 'failed' OR NEW.status = 'no_answer' OR NEW.status = 'busy')
            - (OLD.status = 'failed' OR OLD.status = 'no_answer' OR OLD.status = 'busy'),
        seconds = seconds + (COALESCE(NEW.duration_seconds, 0)) - (COALESCE(OLD.duration_seconds, 0)),
        cost_micros = cost_micros + (COALESCE(NEW.cost_micros, 0)) - (COALESCE(OLD.cost_micros, 0)),
        intent_property_inquiry = intent_property_inquiry + (COALESCE(NEW.intent = 'property_inquiry', 0)) - (COALESCE(OLD.intent = 'property_inquiry', 0)),
        intent_schedule_viewing = intent_schedule_viewing + (COALESCE(NEW.intent = 'schedule_viewing', 0)) - (COALESCE(OLD.intent = 'schedule_viewing', 0)),
        intent_make_offer = intent_make_offer + (COALESCE(NEW.intent = 'make_offer', 0)) - (COALESCE(OLD.intent = 'make_offer', 0)),
        intent_speak_agent = intent_speak_agent + (COALESCE(NEW.intent = 'speak_agent', 0)) - (COALESCE(OLD.intent = 'speak_agent', 0)),
        intent_general = intent_general + (COALESCE(NEW.intent = 'general', 0)) - (COALESCE(OLD.intent = 'general', 0)),
        outcome_information_provided = outcome_information_provided + (COALESCE(NEW.outcome = 'information_provided', 0)) - (COALESCE(OLD.outcome = 'information_provided', 0)),
        outcome_viewing_scheduled = outcome_viewing_scheduled + (COALESCE(NEW.outcome = 'viewing_scheduled', 0)) - (COALESCE(OLD.outcome = 'viewing_scheduled', 0)),
        outcome_offer_created = outcome_offer_created + (COALESCE(NEW.outcome = 'offer_created', 0)) - (COALESCE(OLD.outcome = 'offer_created', 0)),
        outcome_message_taken = outcome_message_taken + (COALESCE(NEW.outcome = 'message_taken', 0)) - (COALESCE(OLD.outcome = 'message_taken', 0)),
        outcome_transferred = outcome_transferred + (COALESCE(NEW.outcome = 'transferred', 0)) - (COALESCE(OLD.outcome = 'transferred', 0))
    WHERE agent_id = NEW.agent_id AND day = NEW.created_at / 86400000;
END;

-- Nothing of the program moves a call to another agent or day; totals would be wrong if it did.
CREATE TRIGGER phone_calls_stay BEFORE UPDATE OF agent_id, brokerage_id, created_at ON phone_calls
WHEN NEW.agent_id <> OLD.agent_id OR NEW.brokerage_id <> OLD.brokerage_id
    OR NEW.created_at <> OLD.created_at
BEGIN
    SELECT RAISE(ABORT, 'a call stays with its agent and its time');
END;

CREATE TRIGGER phone_calls_removed AFTER DELETE ON phone_calls BEGIN
    INSERT INTO call_rollups VALUES (OLD.brokerage_id, OLD.agent_id, OLD.created_at / 86400000,
        -(1), -(OLD.direction = 'inbound'), -(OLD.direction = 'outbound'),
        -(OLD.status = 'completed'),
        -(OLD.status = 'failed' OR OLD.status = 'no_answer' OR OLD.status = 'busy'),
        -(COALESCE(OLD.duration_seconds, 0)), -(COALESCE(OLD.cost_micros, 0)),
        -(COALESCE(OLD.intent = 'property_inquiry', 0)),
        -(COALESCE(OLD.intent = 'schedule_viewing', 0)), -(COALESCE(OLD.intent = 'make_offer', 0)),
        -(COALESCE(OLD.intent = 'speak_agent', 0)), -(COALESCE(OLD.intent = 'general', 0)),
        -(COALESCE(OLD.outcome = 'information_provided', 0)),
        -(COALESCE(OLD.outcome = 'viewing_scheduled', 0)),
        -(COALESCE(OLD.outcome = 'offer_created', 0)),
        -(COALESCE(OLD.outcome = 'message_taken', 0)), -(COALESCE(OLD.outcome = 'transferred', 0)))
    ON CONFLICT (agent_id, day) DO UPDATE SET
        total = total + excluded.total, inbound = inbound + excluded.inbound,
        outbound = outbound + excluded.outbound, completed = completed + excluded.completed,
        missed = missed + excluded.missed, seconds = seconds + excluded.seconds,
        cost_micros = cost_micros + excluded.cost_micros,
        intent_property_inquiry = intent_property_inquiry + excluded.intent_property_inquiry,
        intent_schedule_viewing = intent_schedule_viewing + excluded.intent_schedule_viewing,
        intent_make_offer = intent_make_offer + excluded.intent_make_offer,
        intent_speak_agent = intent_speak_agent + excluded.intent_speak_agent,
        intent_general = intent_general + excluded.intent_general,
        outcome_information_provided = outcome_information_provided + excluded.outcome_information_provided,
        outcome_viewing_scheduled = outcome_viewing_scheduled + excluded.outcome_viewing_scheduled,
        outcome_offer_created = outcome_offer_created + excluded.outcome_offer_created,
        outcome_message_taken = outcome_message_taken + excluded.outcome_message_taken,
        outcome_transferred = outcome_transferred + excluded.outcome_transferred;
END;

-- What the calls of a number add up to.
CREATE TRIGGER phone_numbers_add AFTER INSERT ON phone_calls WHEN NEW.phone_number_id IS NOT NULL
BEGIN
    UPDATE phone_numbers SET total_calls = total_calls + 1,
        total_seconds = total_seconds + COALESCE(NEW.duration_seconds, 0),
        total_cost_micros = total_cost_micros + COALESCE(NEW.cost_micros, 0),
        last_call_at = CASE WHEN last_call_at > NEW.created_at THEN last_call_at
            ELSE NEW.created_at END
    WHERE id = NEW.phone_number_id;
END;

CREATE TRIGGER phone_numbers_recount
AFTER UPDATE OF phone_number_id, duration_seconds, cost_micros ON phone_calls
WHEN NEW.phone_number_id IS NOT OLD.phone_number_id
    OR NEW.duration_seconds IS NOT OLD.duration_seconds OR NEW.cost_micros IS NOT OLD.cost_micros
BEGIN
    UPDATE phone_numbers SET total_calls = total_calls - 1,
        total_seconds = total_seconds - COALESCE(OLD.duration_seconds, 0),
        total_cost_micros = total_cost_micros - COALESCE(OLD.cost_micros, 0)
    WHERE id = OLD.phone_number_id;
    UPDATE phone_numbers SET total_calls = total_calls + 1,
        total_seconds = total_seconds + COALESCE(NEW.duration_seconds, 0),
        total_cost_micros = total_cost_micros + COALESCE(NEW.cost_micros, 0)
    WHERE id = NEW.phone_number_id;
END;

CREATE TRIGGER phone_numbers_subtract AFTER DELETE ON phone_calls
WHEN OLD.phone_number_id IS NOT NULL
BEGIN
    UPDATE phone_numbers SET total_calls = total_calls - 1,
        total_seconds = total_seconds - COALESCE(OLD.duration_seconds, 0),
        total_cost_micros = total_cost_micros - COALESCE(OLD.cost_micros, 0)
    WHERE id = OLD.phone_number_id;
END;

-- What happened around a property, by day.  Unique callers cannot be added up over days: they are
-- counted along phone_calls_by_property.
CREATE TABLE property_rollups (
    property_id INTEGER NOT NULL REFERENCES properties (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    inbound INTEGER NOT NULL DEFAULT 0,
    outbound INTEGER NOT NULL DEFAULT 0,
    viewings INTEGER NOT NULL DEFAULT 0,
    offers INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (property_id, day)
) STRICT;

CREATE TRIGGER property_calls_add AFTER INSERT ON phone_calls
WHEN NEW.property_id IS NOT NULL
BEGIN
    INSERT INTO property_rollups (property_id, day, inbound, outbound)
    SELECT NEW.property_id, NEW.created_at / 86400000, NEW.direction = 'inbound', NEW.direction = 'outbound'
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = NEW.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET inbound = inbound + excluded.inbound, outbound = outbound + excluded.outbound;
END;

CREATE TRIGGER property_calls_move AFTER UPDATE OF property_id, direction ON phone_calls
WHEN NEW.property_id IS NOT OLD.property_id OR NEW.direction <> OLD.direction
BEGIN
    INSERT INTO property_rollups (property_id, day, inbound, outbound)
    SELECT OLD.property_id, OLD.created_at / 86400000, -(OLD.direction = 'inbound'), -(OLD.direction = 'outbound')
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = OLD.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET inbound = inbound + excluded.inbound, outbound = outbound + excluded.outbound;
    INSERT INTO property_rollups (property_id, day, inbound, outbound)
    SELECT NEW.property_id, NEW.created_at / 86400000, NEW.direction = 'inbound', NEW.direction = 'outbound'
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = NEW.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET inbound = inbound + excluded.inbound, outbound = outbound + excluded.outbound;
END;

CREATE TRIGGER property_calls_subtract AFTER DELETE ON phone_calls
WHEN OLD.property_id IS NOT NULL
BEGIN
    INSERT INTO property_rollups (property_id, day, inbound, outbound)
    SELECT OLD.property_id, OLD.created_at / 86400000, -(OLD.direction = 'inbound'), -(OLD.direction = 'outbound')
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = OLD.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET inbound = inbound + excluded.inbound, outbound = outbound + excluded.outbound;
END;

CREATE TRIGGER property_viewings_add AFTER INSERT ON scheduled_tasks
WHEN NEW.property_id IS NOT NULL AND NEW.kind = 'viewing'
BEGIN
    INSERT INTO property_rollups (property_id, day, viewings)
    SELECT NEW.property_id, NEW.created_at / 86400000, 1
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = NEW.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET viewings = viewings + excluded.viewings;
END;

CREATE TRIGGER property_viewings_move AFTER UPDATE OF property_id ON scheduled_tasks
WHEN NEW.kind = 'viewing' AND NEW.property_id IS NOT OLD.property_id
BEGIN
    INSERT INTO property_rollups (property_id, day, viewings)
    SELECT OLD.property_id, OLD.created_at / 86400000, -(1)
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = OLD.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET viewings = viewings + excluded.viewings;
    INSERT INTO property_rollups (property_id, day, viewings)
    SELECT NEW.property_id, NEW.created_at / 86400000, 1
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = NEW.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET viewings = viewings + excluded.viewings;
END;

CREATE TRIGGER property_viewings_subtract AFTER DELETE ON scheduled_tasks
WHEN OLD.property_id IS NOT NULL AND OLD.kind = 'viewing'
BEGIN
    INSERT INTO property_rollups (property_id, day, viewings)
    SELECT OLD.property_id, OLD.created_at / 86400000, -(1)
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = OLD.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET viewings = viewings + excluded.viewings;
END;

CREATE TRIGGER property_offers_add AFTER INSERT ON offers
WHEN NEW.property_id IS NOT NULL
BEGIN
    INSERT INTO property_rollups (property_id, day, offers)
    SELECT NEW.property_id, NEW.created_at / 86400000, 1
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = NEW.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET offers = offers + excluded.offers;
END;

CREATE TRIGGER property_offers_subtract AFTER DELETE ON offers
WHEN OLD.property_id IS NOT NULL
BEGIN
    INSERT INTO property_rollups (property_id, day, offers)
    SELECT OLD.property_id, OLD.created_at / 86400000, -(1)
    WHERE EXISTS (SELECT 1 FROM properties WHERE id = OLD.property_id)
    ON CONFLICT (property_id, day) DO UPDATE SET offers = offers + excluded.offers;
END;
