-- An id that a calendar, an export or the audit log has named is not given to another row: when the newest row
-- of a table goes, its id is noted here, and db_next_id looks.  So only deleting costs something.
-- PostgreSQL has identity columns for that and needs nothing of this file but the table.

CREATE TABLE id_floors (
    table_name TEXT PRIMARY KEY,
    last_id INTEGER NOT NULL
) STRICT;

-- What was deleted before this, as far as the audit log knows of it.
INSERT INTO id_floors (table_name, last_id)
SELECT subject, MAX(subject_id) FROM audit_log
WHERE subject_id IS NOT NULL AND subject IN (
    'agents', 'phone_numbers', 'properties', 'phone_calls', 'scheduled_tasks',
    'offers', 'viewing_rules', 'viewing_hours', 'viewing_blackouts', 'open_houses')
GROUP BY subject;

CREATE TRIGGER agents_id_used_up AFTER DELETE ON agents
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM agents)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('agents', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER phone_numbers_id_used_up AFTER DELETE ON phone_numbers
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM phone_numbers)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('phone_numbers', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER properties_id_used_up AFTER DELETE ON properties
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM properties)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('properties', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER phone_calls_id_used_up AFTER DELETE ON phone_calls
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM phone_calls)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('phone_calls', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER scheduled_tasks_id_used_up AFTER DELETE ON scheduled_tasks
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM scheduled_tasks)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('scheduled_tasks', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER offers_id_used_up AFTER DELETE ON offers
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM offers)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('offers', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER viewing_rules_id_used_up AFTER DELETE ON viewing_rules
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM viewing_rules)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('viewing_rules', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER viewing_hours_id_used_up AFTER DELETE ON viewing_hours
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM viewing_hours)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('viewing_hours', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER viewing_blackouts_id_used_up AFTER DELETE ON viewing_blackouts
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM viewing_blackouts)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('viewing_blackouts', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;

CREATE TRIGGER open_houses_id_used_up AFTER DELETE ON open_houses
WHEN OLD.id > (SELECT COALESCE(MAX(id), 0) FROM open_houses)
BEGIN
    INSERT INTO id_floors (table_name, last_id) VALUES ('open_houses', OLD.id)
    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
    WHERE excluded.last_id > id_floors.last_id;
END;
