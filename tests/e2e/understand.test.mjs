// ai-realtor understand: the form of its questions and answers, and how well it understands the
// labelled rows of tests/data/understand-*.jsonl.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { DATADIR, programPath } from './lib/paths.mjs';
import { cleanEnv, reachable, run } from './lib/process.mjs';
import { prepareState } from './lib/state.mjs';
import { diagnose, finish, Skip, test } from './lib/tap.mjs';

const program = reachable(programPath('ai-realtor'));
const NOW = { now: '2026-09-01T10:15:00-07:00', timezone: 'America/Los_Angeles' };

// Without any configuration, unless a state is given.
function understand(kind, lines, { state, args = [] } = {}) {
  const input = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const options = { input, env: { AI_REALTOR_CONFIG: '/nonexistent' } };
  const all = ['understand', kind, ...args];
  const result = state ? state.cli(all, { input }) : run(program, all, options);
  assert.ok(result.stdout === '' || result.stdout.endsWith('\n'));
  const answers = result.stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line));
  assert.equal(answers.length, lines.length, `${kind}: one answer for each question; ${result.stderr}`);
  return { ...result, answers };
}

const state = prepareState();
try {
  await test('each kind answers in its form', () => {
    const rows = [
      ['when', { text: 'tomorrow at 2', ...NOW }, { instant: '2026-09-02T21:00:00Z' }],
      ['when', { text: 'today at 9', ...NOW }, { past: 'Tuesday, September 1 at 9:00 AM has already passed.' }],
      ['when', { text: 'hello', ...NOW }, { invalid: 'I did not hear a date or time.' }],
      ['when', { text: 'tomorrow', ...NOW }, { ask: 'What time exactly on Wednesday, September 2?' }],
      ['when', { text: '2026-09-02 at 3pm', now: '2026-09-01T00:00:00Z', timezone: null }, { instant: '2026-09-02T15:00:00Z' }],
      ['phone', { text: 'four one five, triple five, oh one two three' }, { e164: '+14155550123' }],
      ['phone', { text: '020 7946 0018', region: 'gb' }, { e164: '+442079460018' }],
      ['phone', { text: '555 0123', region: 'US' }, { local: '5550123' }],
      ['phone', { text: 'anonymous' }, { invalid: 'I did not hear one telephone number that exists.' }],
      ['amount', { text: 'four hundred K' }, { dollars: 400000 }],
      ['amount', { text: '$1,234.50' }, { dollars: 1234.5 }],
      ['amount', { text: 'three bedrooms' }, { invalid: 'I did not hear one amount of money.' }],
      ['redact', { text: 'Ann Lee, 415 555 0142, saw 12 Lee St', caller_name: 'Ann Lee', listing_address: '12 Lee St' }, { text: 'Ann [name], [phone], saw 12 Lee St' }],
      ['redact', { text: '' }, { text: '' }],
    ];
    for (const [kind, question, answer] of rows) {
      const result = understand(kind, [question]);
      assert.deepEqual(result.answers, [answer], JSON.stringify(question));
      assert.equal(result.status, 0);
      assert.equal(result.stderr, '');
    }
    const [intent] = understand('intent', [{ text: 'can I come and see the house on Sunday' }]).answers;
    assert.deepEqual(Object.keys(intent), ['intent', 'confidence']);
    assert.equal(intent.intent, 'schedule_viewing');
    assert.ok(intent.confidence > 0.5 && intent.confidence <= 1);
  });

  await test('a bad line gets an error, the others their answers, and the exit code says so', () => {
    const bad = [
      'nonsense', '', '[]', '"tomorrow"', '{}', '{"text": null}', '{"text": 3}', '{"text": "x"} {"text": "x"}', '{"text": "x"',
      { text: 'tomorrow at 2', now: '2026-09-01' }, { text: 'tomorrow at 2', now: 7 },
      { text: 'tomorrow at 2', timezone: 'Mars/Olympus' }, { text: 'tomorrow at 2', timezone: '../../etc/passwd' },
      { text: 'tomorrow at 2', timezone: [] }, { text: 'x'.repeat(2 << 20) },
    ];
    const good = { text: 'tomorrow at 2', ...NOW };
    const result = understand('when', bad.flatMap((line) => [line, good]));
    assert.equal(result.status, 1);
    assert.match(result.stderr, new RegExp(`^ai-realtor understand when: ${bad.length} of ${2 * bad.length} lines`));
    result.answers.forEach((answer, i) => {
      if (i % 2) assert.deepEqual(answer, { instant: '2026-09-02T21:00:00Z' });
      else assert.deepEqual([Object.keys(answer), typeof answer.error], [['error'], 'string'], String(bad[i / 2]).slice(0, 80));
    });
    for (const region of ['USA', 'U', '1!', 1]) assert.ok(understand('phone', [{ text: '415 555 0123', region }]).answers[0].error, region);
    for (const name of ['caller_name', 'listing_address']) assert.ok(understand('redact', [{ text: 'x', [name]: 1 }]).answers[0].error);
  });

  await test('a file, a last line without an end, lines that end as in other systems', () => {
    const put = (text) => run(program, ['understand', 'amount'], { input: text }).stdout;
    assert.equal(put('{"text": "400k"}\r\n{"text": "500k"}'), '{"dollars":400000}\n{"dollars":500000}\n');
    assert.equal(put(''), '');
    const none = run(program, ['understand', 'amount', '/nonexistent'], {});
    assert.deepEqual([none.status, none.stdout], [3, '']);
    assert.equal(run(program, ['understand', 'amount', '-'], { input: '{"text": "400k"}\n' }).stdout, '{"dollars":400000}\n');
    assert.equal(run(program, ['understand'], {}).status, 2);
  });

  await test('who asks line by line is answered line by line', async () => {
    const child = spawn(program, ['understand', 'phone'], { env: cleanEnv(), stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    const lines = [];
    let wake;
    child.stdout.setEncoding('utf8').on('data', (text) => { lines.push(text); wake?.(); });
    for (let i = 1; i <= 3; i++) {
      const answered = new Promise((resolve) => { wake = resolve; });
      child.stdin.write(`{"text": "415 555 010${i}"}\n`);
      await answered;
      assert.equal(lines[i - 1], `{"e164":"+1415555010${i}"}\n`);
    }
    child.stdin.end();
    assert.equal(await ended, 0);
  });

  await test('listings are those of the brokerage at hand; without a database there are none', () => {
    const [one, none] = understand('where', [{ text: 'one twenty-three Main Street' }, { text: '9999 Nowhere Road' }], { state }).answers;
    assert.deepEqual(Object.keys(one), ['property_id', 'score']);
    assert.ok(one.score > 0 && one.score <= 1);
    assert.deepEqual(none, { none: true });
    const price = Number(state.sql(`SELECT price_cents FROM properties WHERE id = ${one.property_id}`)[0].price_cents) / 100;
    const asked = { text: 'ten under asking', property_id: one.property_id };
    assert.deepEqual(understand('amount', [asked], { state }).answers, [{ dollars: price - 10000 }]);

    state.sql("INSERT INTO brokerages (id, name, timezone, created_at, updated_at) VALUES (77, 'Other', 'UTC', 0, 0)");
    state.sql("INSERT INTO agents (id, brokerage_id, name, is_active, created_at, updated_at) VALUES (78, 77, 'Al Other', 1, 0, 0)");
    state.sql(`UPDATE properties SET brokerage_id = 77, agent_id = 78 WHERE id = ${one.property_id}`);
    state.sql(`UPDATE property_terms SET brokerage_id = 77 WHERE property_id = ${one.property_id}`);
    assert.ok(understand('amount', [asked], { state }).answers[0].error);
    assert.deepEqual(understand('where', [{ text: '123 Main Street' }], { state }).answers, [{ none: true }]);
    const other = { state, args: ['--agent-id', '78'] };
    assert.equal(understand('where', [{ text: '123 Main Street' }], other).answers[0].property_id, one.property_id);
    assert.deepEqual(understand('amount', [asked], other).answers, [{ dollars: price - 10000 }]);

    const closed = understand('amount', [asked, { text: '400k' }]);
    assert.deepEqual([closed.status, Object.keys(closed.answers[0]), closed.answers[1]], [78, ['error'], { dollars: 400000 }]);
    assert.equal(understand('where', [{ text: 'x' }, { text: 'y' }]).stderr.split('\n').length, 2, 'told once');
  });
} finally {
  state.remove();
}

// ---- how much is understood ------------------------------------------------------------------

const lines = (name) => fs.readFileSync(path.join(DATADIR, name), 'utf8').split('\n').filter(Boolean);

// The labelled rows of a kind: {in, expect}.
function rowsOf(kind) {
  const name = `understand-${kind}.jsonl`;
  if (!fs.existsSync(path.join(DATADIR, name))) throw new Skip(`there is no ${name}`);
  return lines(name).map((line) => JSON.parse(line));
}

// Listings imported by the real command into a brokerage of their own: their ids count from 1.
function listingsState(listings) {
  const own = prepareState({ demo: false });
  const cell = (value) => (value == null ? '' : `"${String(value).replace(/"/g, '""')}"`);
  const columns = ['address', 'unit', 'city', 'state', 'zip', 'price', 'property_type', 'bedrooms', 'description'];
  const csv = [columns.join(), ...listings.map((listing) => columns.map((name) => cell(listing[name])).join())].join('\n');
  const file = path.join(own.dir, 'listings.csv');
  fs.writeFileSync(file, csv, { mode: 0o644 });
  const result = own.cli(['property', 'import', file]);
  assert.equal(result.status, 0, result.stderr);
  return own;
}

const percent = (part, whole) => (whole ? (100 * part) / whole : 0);

// Prints the figures and the first few misses, then holds them to their goals (in percent).  A goal that
// is not reached yet has a floor beside it, which what is reached must not fall below.
function judge(kind, rows, answers, isRight, { floor, ...figures }) {
  const wrong = rows.map((row, i) => ({ row, answer: answers[i] })).filter(({ row, answer }) => !isRight(row, answer));
  for (const { row, answer } of wrong.slice(0, 12)) diagnose(`${JSON.stringify(row.in)}: ${JSON.stringify(answer)}, not ${JSON.stringify(row.expect)}`);
  const all = { ...figures, accuracy: { is: percent(rows.length - wrong.length, rows.length), least: figures.accuracy } };
  diagnose(`understand ${kind}: ${rows.length} rows; ${Object.entries(all).map(([name, figure]) => `${name} ${figure.is.toFixed(2)} %`).join(', ')}`);
  for (const [name, { is, least = 0, most = 100 }] of Object.entries(all)) {
    if (name === 'accuracy' && floor && is < least) diagnose(`understand ${kind}: the goal of ${least} % is not reached`);
    assert.ok(is >= (name === 'accuracy' && floor ? floor : least) && is <= most, `${kind}: ${name} is ${is.toFixed(2)} %, not from ${least} to ${most}`);
  }
}

const member = (row) => Object.keys(row.expect)[0];
const same = (row, answer) => JSON.stringify(answer[member(row)]) === JSON.stringify(row.expect[member(row)]);

await test('when: dates and times are understood', () => {
  const rows = rowsOf('when');
  const { answers } = understand('when', rows.map((row) => row.in));
  const isRight = (row, answer) => (row.expect.instant ? same(row, answer) : member(row) in answer);
  const wrong = rows.filter((row, i) => answers[i].instant && !isRight(row, answers[i])).length;
  judge('when', rows, answers, isRight, { accuracy: 99, 'wrong instants': { is: percent(wrong, rows.length), most: 0.3 } });
});

await test('phone: telephone numbers are understood', () => {
  const rows = rowsOf('phone');
  const { answers } = understand('phone', rows.map((row) => row.in));
  judge('phone', rows, answers, (row, answer) => (row.expect.invalid ? 'invalid' in answer : same(row, answer)), { accuracy: 99 });
});

await test('amount: sums of money are understood', () => {
  const rows = rowsOf('amount');
  const prices = [...new Set(rows.map((row) => row.in.asking).filter((price) => price !== undefined))];
  const own = listingsState(prices.map((price, i) => ({ address: `${i + 1} Price St`, price })));
  try {
    const questions = rows.map(({ in: { asking, ...rest } }) => (asking === undefined ? rest : { ...rest, property_id: prices.indexOf(asking) + 1 }));
    const { answers } = understand('amount', questions, { state: own });
    judge('amount', rows, answers, (row, answer) => ('dollars' in row.expect ? same(row, answer) : 'invalid' in answer), { accuracy: 99 });
  } finally {
    own.remove();
  }
});

// Each set of rows asks about listings of its own; those of the later ones have features too.
for (const set of ['', '-2', '-3', '-4', '-5']) {
  await test(`where${set}: listings are understood`, () => {
    const rows = rowsOf(`where${set}`);
    const listings = JSON.parse(fs.readFileSync(path.join(DATADIR, `listings${set}.json`), 'utf8'));
    const own = listingsState(listings);
    try {
      const place = new Map(listings.map((listing, i) => [listing.property_id, i + 1]));
      const answers = understand('where', rows.map((row) => row.in), { state: own }).answers;
      const expected = rows.map(({ in: said, expect }) => ({
        in: said,
        expect: 'property_id' in expect ? { property_id: place.get(expect.property_id) } : expect.ask ? { ask: expect.ask.map((id) => place.get(id)) } : expect,
      }));
      const sorted = (ids) => [...ids].sort((a, b) => a - b).join();
      const isRight = (row, answer) => (row.expect.ask ? Array.isArray(answer.ask) && sorted(answer.ask) === sorted(row.expect.ask) : same(row, answer));
      const wrong = expected.filter((row, i) => 'property_id' in answers[i] && !isRight(row, answers[i])).length;
      judge(`where${set}`, expected, answers, isRight, { accuracy: 97, 'wrong listings': { is: percent(wrong, rows.length), most: 0.5 } });
    } finally {
      own.remove();
    }
  });
}

// The difference between how sure the answers are and how many of them are right, by tenths.
function calibrationError(rows, answers) {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, sure: 0, right: 0 }));
  answers.forEach((answer, i) => {
    const bin = bins[Math.min(9, Math.floor(answer.confidence * 10))];
    bin.count++;
    bin.sure += answer.confidence;
    bin.right += answer.intent === rows[i].expect.intent;
  });
  return bins.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right), 0) / rows.length;
}

await test('intent: what callers want is understood', () => {
  const rows = rowsOf('intent');
  const { answers } = understand('intent', rows.map((row) => row.in));
  judge('intent', rows, answers, same, { accuracy: 96, floor: 95.5, 'calibration error': { is: 100 * calibrationError(rows, answers), most: 5 } });
});

await test('redact: what is personal goes, and all else stays', () => {
  const rows = rowsOf('redact');
  const { answers } = understand('redact', rows.map((row) => row.in));
  const leaks = (row, answer) => row.expect.gone.filter((piece) => answer.text.includes(piece)).length;
  const losses = (row, answer) => row.expect.stays.filter((piece) => !answer.text.includes(piece)).length
    + (row.expect.gone.length === 0 && answer.text !== row.in.text ? 1 : 0);
  const sum = (count) => rows.reduce((total, row, i) => total + count(row, answers[i]), 0);
  const pieces = (name) => rows.reduce((total, row) => total + row.expect[name].length, 0);
  judge('redact', rows, answers, (row, answer) => leaks(row, answer) + losses(row, answer) === 0, {
    accuracy: 99, leaks: { is: percent(sum(leaks), pieces('gone')), most: 0.5 }, losses: { is: percent(sum(losses), pieces('stays')), most: 0.5 },
  });
});

await test('ten thousand lines take no time to speak of', () => {
  const rows = rowsOf('when');
  const many = Array.from({ length: 10000 }, (_, i) => rows[i % rows.length].in);
  const begin = process.hrtime.bigint();
  understand('when', many);
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  diagnose(`10,000 lines in ${seconds.toFixed(2)} s`);
  assert.ok(seconds < 40, 'even with sanitizers, on a busy machine');
});
finish();
