-- RESULTS.md's tables, out of what results.sql keeps.  Every ratio is taken within a round; what is shown
-- is the median over the rounds.

CREATE TEMP TABLE goal (place INTEGER PRIMARY KEY, says TEXT, at_least INTEGER, bound REAL, unit TEXT);
INSERT INTO goal VALUES
    (1, 'GET /phone-calls/{id}, 8 connections: requests/s against hello', 1, 0.8, ''),
    (2, 'GET /phone-calls/{id}, 32 connections: requests/s against hello', 1, 0.8, ''),
    (3, 'POST /incoming, plain form, 32 connections: requests/s against raw commits', 1, 3, ''),
    (4, 'POST /incoming, assistant-request, 32 connections: requests/s against raw commits', 1, 3, ''),
    (5, 'POST /incoming, plain form, 32 connections: requests/s against hello', 1, 0.4, ''),
    (6, 'POST /incoming, assistant-request, 32 connections: requests/s against hello', 1, 0.4, ''),
    (7, 'POST /incoming, plain form, 32 connections: p99', 0, 8, ' ms'),
    (8, 'POST /incoming, assistant-request, 32 connections: p99', 0, 8, ' ms'),
    (9, 'POST /incoming, plain form, 1 connection: p50 against a raw commit and a hello', 0, 1.3, ''),
    (10, 'POST /incoming, assistant-request, 1 connection: p50 against a raw commit and a hello', 0, 1.3, ''),
    (11, 'Plain CGI: time against a C program that reads one row', 0, 1.6, ''),
    (12, 'GET analytics/overview: p50 over many calls against p50 over fewer', 0, 1.2, ''),
    (13, 'Resident memory of an idle responder', 0, 12, ' MB');

CREATE TEMP TABLE value (place INTEGER, value REAL);
INSERT INTO value
    SELECT CASE connections WHEN 8 THEN 1 ELSE 2 END, rps / hello_rps FROM duel
        WHERE what = 'get_call' AND connections IN (8, 32)
    UNION ALL SELECT CASE what WHEN 'incoming' THEN 3 ELSE 4 END, rps / commits_rps FROM duel
        WHERE what IN ('incoming', 'assistant-request') AND connections = 32
    UNION ALL SELECT CASE what WHEN 'incoming' THEN 5 ELSE 6 END, rps / hello_rps FROM duel
        WHERE what IN ('incoming', 'assistant-request') AND connections = 32
    UNION ALL SELECT CASE what WHEN 'incoming' THEN 7 ELSE 8 END, p99 FROM duel
        WHERE what IN ('incoming', 'assistant-request') AND connections = 32
    UNION ALL SELECT CASE what WHEN 'incoming' THEN 9 ELSE 10 END, p50 / (commits_p50 + hello_p50) FROM duel
        WHERE what IN ('incoming', 'assistant-request') AND connections = 1
    UNION ALL SELECT 11, json_extract(json, '$.ratio') FROM measure WHERE what = 'cgi'
    UNION ALL SELECT 12, max(many.p50 / few.p50, few.p50 / many.p50) FROM duel AS many JOIN duel AS few
        USING (round, connections) WHERE many.what = 'overview_many' AND few.what = 'overview'
    UNION ALL SELECT 13, idle_kb / 1024.0 FROM memory;

CREATE TEMP TABLE middle AS
SELECT place, avg(value) AS value FROM (
    SELECT place, value, row_number() OVER (PARTITION BY place ORDER BY value) AS rank,
        count(*) OVER (PARTITION BY place) AS of FROM value)
WHERE rank IN ((of + 1) / 2, of / 2 + 1) GROUP BY place;

.mode markdown --wrap 0
SELECT says AS target,
    CASE WHEN at_least THEN 'at least ' ELSE 'at most ' END || format('%g', bound) || unit AS wanted,
    format('%.2f', value) || unit AS measured,
    CASE WHEN value IS NULL THEN 'not measured' WHEN at_least = (value >= bound) THEN 'reached'
        ELSE 'missed' END AS "is"
FROM goal LEFT JOIN middle USING (place)
UNION ALL SELECT 'No answer to a write leaves before its fsync (strace)', 'none', says,
    CASE failed WHEN 0 THEN 'reached' ELSE 'missed' END FROM trace;

.print
.print ## The figures
.print
.print Medians over the rounds; times in milliseconds, CPU in seconds of the responder for a thousand requests.
.print

-- The medians of every column of duel, each on its own.
CREATE TEMP VIEW long AS
SELECT what, connections, 'rps' AS key, rps AS value FROM duel
UNION ALL SELECT what, connections, 'p50', p50 FROM duel
UNION ALL SELECT what, connections, 'p99', p99 FROM duel
UNION ALL SELECT what, connections, 'cpu', cpu FROM duel
UNION ALL SELECT what, connections, 'hello_rps', hello_rps FROM duel
UNION ALL SELECT what, connections, 'hello_p50', hello_p50 FROM duel
UNION ALL SELECT what, connections, 'hello_p99', hello_p99 FROM duel
UNION ALL SELECT what, connections, 'hello_cpu', hello_cpu FROM duel
UNION ALL SELECT what, connections, 'ratio', rps / hello_rps FROM duel
UNION ALL SELECT what, connections, 'commits', commits_rps FROM duel
UNION ALL SELECT what, connections, 'load', load_cpu FROM duel;

CREATE TEMP TABLE median AS
SELECT what, connections, key, avg(value) AS value FROM (
    SELECT *, row_number() OVER (PARTITION BY what, connections, key ORDER BY value) AS rank,
        count(*) OVER (PARTITION BY what, connections, key) AS of FROM long WHERE value IS NOT NULL)
WHERE rank IN ((of + 1) / 2, of / 2 + 1) GROUP BY what, connections, key;

SELECT says AS request, connections AS conn, bytes,
    format('%.0f', max(value) FILTER (WHERE key = 'rps')) AS "req/s",
    format('%.0f', max(value) FILTER (WHERE key = 'hello_rps')) AS "hello req/s",
    format('%.2f', max(value) FILTER (WHERE key = 'ratio')) AS ratio,
    format('%.2f', max(value) FILTER (WHERE key = 'p50')) AS p50,
    format('%.2f', max(value) FILTER (WHERE key = 'hello_p50')) AS "hello p50",
    format('%.2f', max(value) FILTER (WHERE key = 'p99')) AS p99,
    format('%.2f', max(value) FILTER (WHERE key = 'hello_p99')) AS "hello p99",
    format('%.3f', max(value) FILTER (WHERE key = 'cpu')) AS CPU,
    format('%.3f', max(value) FILTER (WHERE key = 'hello_cpu')) AS "hello CPU",
    iif(max(value) FILTER (WHERE key = 'commits') IS NULL, '',
        format('%.0f', max(value) FILTER (WHERE key = 'commits'))) AS "raw commits/s",
    (SELECT sum(failed) FROM duel WHERE what = median.what AND connections = median.connections) AS failed
FROM median JOIN name USING (what) JOIN size USING (what)
GROUP BY what, connections ORDER BY place, connections;

.print
.mode list
.headers off
SELECT 'One plain CGI request: ' || json_extract(json, '$.a_ms') || ' ms; the program that reads one row: '
    || json_extract(json, '$.b_ms') || ' ms.' FROM measure WHERE what = 'cgi';
