-- Fills a demo brokerage with :count finished calls, spread evenly over the last 365 days, over its phone
-- numbers and its properties; the first 500 are still in progress.  The triggers keep the totals.
-- The n-th call's vapi_call_id is bench-n.

PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
BEGIN IMMEDIATE;

CREATE TEMP TABLE line AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, brokerage_id, agent_id, phone_number
    FROM phone_numbers;
CREATE TEMP TABLE house AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM properties;

INSERT INTO phone_calls (brokerage_id, agent_id, phone_number_id, property_id, direction, phone_number,
    called_number, vapi_call_id, status, ended_reason, duration_seconds, cost_micros, transcription,
    summary, intent, intent_source, confidence_score, outcome, outcome_source, caller_name, caller_phone,
    recording_url, reported, created_at, started_at, ended_at, updated_at)
WITH RECURSIVE
    number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < :count),
    moment AS (SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000 - 365 * 86400000 AS first),
    call AS (
        SELECT n, first + n * (365 * 86400000 / :count) AS began, n <= 500 AS running, n % 10 = 0 AS missed,
            n % (SELECT count(*) FROM line) AS line, n * 7 % (SELECT count(*) FROM house) AS house
        FROM number, moment)
SELECT line.brokerage_id, line.agent_id, line.id, CASE WHEN n % 3 THEN house.id END,
    CASE WHEN n % 5 THEN 'inbound' ELSE 'outbound' END, '+1415555' || substr('0000' || n % 10000, -4),
    line.phone_number, 'bench-' || n,
    CASE WHEN running THEN 'in_progress' WHEN missed THEN 'no_answer' ELSE 'completed' END,
    CASE WHEN NOT running THEN 'customer-ended-call' END,
    CASE WHEN NOT running AND NOT missed THEN 30 + n % 300 END,
    CASE WHEN NOT running AND NOT missed THEN 1000 * (20 + n % 200) END,
    CASE WHEN NOT running AND NOT missed THEN
        'Assistant: Thanks for calling. How can I help? User: Tell me about 123 Main St. Assistant: 123 '
        || 'Main St is $850,000, 3 bed, 2 bath, 1,800 sqft. Want to schedule a viewing? User: Yes, '
        || 'tomorrow at 2pm, my name is John. Assistant: Great, your viewing is booked. Goodbye.' END,
    CASE WHEN NOT running AND NOT missed THEN
        'The caller asked about 123 Main St and booked a viewing for the next day at 2 pm.' END,
    CASE WHEN missed THEN NULL WHEN n % 4 = 1 THEN 'schedule_viewing' WHEN n % 4 = 2 THEN 'make_offer'
        WHEN n % 4 = 3 THEN 'speak_agent' ELSE 'property_inquiry' END,
    CASE WHEN NOT missed THEN 'tool' END, CASE WHEN NOT missed THEN 0.9 END,
    CASE WHEN missed OR running THEN NULL WHEN n % 4 = 1 THEN 'viewing_scheduled'
        WHEN n % 4 = 2 THEN 'offer_created' WHEN n % 4 = 3 THEN 'message_taken'
        ELSE 'information_provided' END,
    CASE WHEN NOT missed AND NOT running THEN 'tool' END, 'John Carter',
    '+1415555' || substr('0000' || n % 10000, -4),
    CASE WHEN NOT running AND NOT missed THEN 'https://recordings.example/' || n || '.wav' END,
    NOT running, began, began + 1000, CASE WHEN NOT running THEN began + 1000 * (31 + n % 300) END,
    began + 1000 * (31 + n % 300)
FROM call JOIN line ON line.place = call.line LEFT JOIN house ON house.place = call.house;

COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
