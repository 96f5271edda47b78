-- What bench keeps of a run: json is a line printed by load, commits or spawn.
CREATE TABLE measure (
    round INTEGER NOT NULL,
    what TEXT NOT NULL,
    connections INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('hello', 'ours', 'commits')),
    json TEXT NOT NULL CHECK (json_valid(json)),
    PRIMARY KEY (round, what, connections, side)
) STRICT;
CREATE TABLE size (what TEXT PRIMARY KEY, bytes INTEGER NOT NULL);
CREATE TABLE memory (idle_kb INTEGER NOT NULL);
CREATE TABLE trace (failed INTEGER NOT NULL, says TEXT NOT NULL);

CREATE VIEW figure AS
SELECT round, what, connections, side, CAST(json_extract(json, '$.rps') AS REAL) AS rps,
    json_extract(json, '$.p50_ms') AS p50, json_extract(json, '$.p99_ms') AS p99,
    json_extract(json, '$.cpu_per_1000') AS cpu, json_extract(json, '$.load_cpu') AS load_cpu,
    json_extract(json, '$.errors') + json_extract(json, '$.requests')
        - coalesce(json_extract(json, '$.status.200'), 0) AS failed
FROM measure;

-- hello's, ours and the commits' figures of one round side by side.
CREATE VIEW duel AS
SELECT ours.round, ours.what, ours.connections, ours.rps, ours.p50, ours.p99, ours.cpu, ours.load_cpu,
    ours.failed, hello.rps AS hello_rps, hello.p50 AS hello_p50, hello.p99 AS hello_p99,
    hello.cpu AS hello_cpu, commits.rps AS commits_rps, commits.p50 AS commits_p50
FROM figure AS ours
JOIN figure AS hello USING (round, what, connections)
LEFT JOIN figure AS commits
    ON commits.round = ours.round AND commits.what = ours.what AND commits.connections = ours.connections
    AND commits.side = 'commits'
WHERE ours.side = 'ours' AND hello.side = 'hello';

CREATE TABLE name (what TEXT PRIMARY KEY, says TEXT NOT NULL, place INTEGER NOT NULL);
INSERT INTO name VALUES
    ('get_call', 'GET /phone-calls/{id}', 1),
    ('incoming', 'POST /incoming, plain form', 2),
    ('assistant-request', 'POST /incoming, Vapi assistant-request', 3),
    ('tool-calls', 'POST /incoming, Vapi tool-calls', 4),
    ('overview', 'GET analytics/overview, fewer calls', 5),
    ('overview_many', 'GET analytics/overview, many calls', 6);
