// The calendar that an agent's phone subscribes to: its address, and what real clients make of it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { DEMO } from './lib/demo.mjs';
import { BUILDDIR, systemProgram } from './lib/paths.mjs';
import { RUN_AS, makeFolder, reachable, removeFolder, run, runAsync } from './lib/process.mjs';
import { beginSeedCall, createProperty, createTask, expectProblem, expectStatus, newCallId, withServers } from './lib/suite.mjs';
import { Skip } from './lib/tap.mjs';
import { toolCall, toolCalls } from './lib/vapi.mjs';

const LIMIT = 20;
const env = {
  AI_REALTOR_CALENDAR_MODULE: reachable(path.join(BUILDDIR, 'calendar.so')),
  AI_REALTOR_FAILURES_PER_MINUTE: String(LIMIT),
};
const ZONE = 'America/Los_Angeles';
const CALLER = '+14155550142';

// Days from today at that hour of the office's zone, as an instant and as the zone's clocks show it.
function daysAhead(days, hour) {
  const day = new Date(Date.now() + days * 86400000).toLocaleDateString('en-CA', { timeZone: ZONE });
  const naive = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
  const shown = new Date(naive).toLocaleString('sv-SE', { timeZone: ZONE });
  const instant = naive + (naive - Date.parse(`${shown.replace(' ', 'T')}Z`));
  return { day, instant: new Date(instant).toISOString(), clock: `${String(hour).padStart(2, '0')}:00` };
}

// A subscriber as people have it: vdirsyncer fetches the feed, khal shows it.
class Subscriber {
  constructor(url) {
    this.dir = makeFolder('cal');
    this.env = { HOME: this.dir, XDG_CONFIG_HOME: this.dir, XDG_DATA_HOME: this.dir, XDG_CACHE_HOME: this.dir };
    this.write('vdirsyncer.conf', `[general]
status_path = "${this.dir}/status/"
[pair agent]
a = "feed"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "http"
url = "${url}"
[storage local]
type = "filesystem"
path = "${this.dir}/events/"
fileext = ".ics"
`);
    this.write('khal.conf', `[calendars]
[[agent]]
path = ${this.dir}/events/
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = ${ZONE}
default_timezone = ${ZONE}
[sqlite]
path = ${this.dir}/khal.db
`);
  }

  write(name, text) {
    const file = path.join(this.dir, name);
    fs.writeFileSync(file, text);
    if (RUN_AS.uid !== undefined) fs.chownSync(file, RUN_AS.uid, RUN_AS.gid);
  }

  async sync() {
    for (const command of [['discover', 'agent'], ['sync', '--force-delete', 'agent']]) {
      const result = await runAsync('/usr/bin/vdirsyncer', ['-c', `${this.dir}/vdirsyncer.conf`, ...command], { env: this.env, input: 'y\ny\n' });
      assert.equal(result.status, 0, `vdirsyncer ${command}: ${result.stderr}${result.stdout}`);
    }
  }

  // What the client shows for the ten days around: one line an event.
  async shown() {
    await this.sync();
    const from = daysAhead(-1, 0).day;
    const result = await runAsync('/usr/bin/khal', ['-c', `${this.dir}/khal.conf`, 'list', '--once', '--day-format', '', '--format', '{start-long} | {end-long} | {cancelled}| {title} | {location}', from, '30d'], { env: this.env });
    assert.equal(result.status, 0, `khal: ${result.stderr}${result.stdout}`);
    return result.stdout.split('\n').filter((line) => line.includes(' | '));
  }

  remove() {
    removeFolder(this.dir);
  }
}

const READER = `
import json, sys
from icalendar import Calendar
out = []
for event in Calendar.from_ical(sys.stdin.buffer.read()).walk('VEVENT'):
    out.append({name: str(event.get(name)) for name in ('UID', 'SUMMARY', 'LOCATION', 'DESCRIPTION', 'STATUS', 'SEQUENCE')}
               | {'keys': sorted(event.keys()), 'start': event.decoded('DTSTART').astimezone(__import__('datetime').timezone.utc).isoformat()})
print(json.dumps(out))
`;

// The events as another implementation reads them.
async function readBack(bytes) {
  const result = await runAsync('/usr/bin/python3', ['-c', READER], { input: bytes });
  assert.equal(result.status, 0, result.stderr);
  return JSON.parse(result.stdout);
}

await withServers(async (bench) => {
  const { client, state } = bench;
  const test = (name, run) => bench.test(name, run);
  const newAddress = async () => expectStatus(await client.post('/agents/me/calendar'), 201).json.url;
  const pathOf = (url) => url.slice(url.indexOf('/tasks/'));
  const fetch = (url, options) => client.get(pathOf(url), { auth: 'none', ...options });
  const needs = (...programs) => {
    const missing = programs.filter((name) => !systemProgram(name));
    if (missing.length) throw new Skip(`needs ${missing.join(' and ')} (Debian's packages of that name)`);
  };

  await test('the address is made, opens the calendar, and is shown once', async () => {
    expectProblem(await client.get('/agents/me/calendar'), 404);
    const made = expectStatus(await client.post('/agents/me/calendar'), 201).json;
    assert.match(made.url, /^http:\/\/127\.0\.0\.1:\d+\/voice-assistant\/tasks\/calendar\.ics\?token=ark_[\w-]{60}$/);
    assert.equal(made.webcal_url, made.url.replace(/^http/, 'webcal'));
    const answer = expectStatus(await fetch(made.url), 200);
    assert.match(answer.headers['content-type'], /^text\/calendar; *charset=utf-8$/i);
    assert.equal(answer.headers['cache-control'], 'private, no-cache');
    assert.ok(answer.text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n') && answer.text.endsWith('END:VCALENDAR\r\n'));
    const about = expectStatus(await client.get('/agents/me/calendar'), 200);
    assert.ok(!about.text.includes('ark_'));
    // Many a client adds parameters of its own.
    expectStatus(await fetch(`${made.url}&nocache=1`), 200);
    expectStatus(await client.request('HEAD', pathOf(made.url), { auth: 'none' }), 200);
  });

  await test('a poller that has it is told so, until something changes', async () => {
    const url = await newAddress();
    const { headers } = await fetch(url);
    const again = await fetch(url, { headers: { 'If-None-Match': headers.etag } });
    assert.equal(expectStatus(again, 304).text, '');
    const { instant } = daysAhead(4, 9);
    await createTask(client, { kind: 'viewing', title: 'Viewing', scheduled_at: instant, duration_minutes: 30 });
    const changed = expectStatus(await fetch(url, { headers: { 'If-None-Match': headers.etag } }), 200);
    assert.notEqual(changed.headers.etag, headers.etag);
  });

  await test('a new address ends the old one; a wrong one, or none, is 404 and slowed down', async () => {
    const old = await newAddress();
    const url = await newAddress();
    expectProblem(await fetch(old), 404);
    expectProblem(await client.get('/tasks/calendar.ics'), 404);
    expectProblem(await client.get('/tasks/calendar.ics', { query: { token: client.apiKey } }), 404);
    expectProblem(await client.get('/tasks', { auth: { 'X-API-Key': url.split('token=')[1] } }), 401);
    let last;
    for (let i = 0; i < 2 * LIMIT && last?.status !== 429; i++) last = await fetch(`${url}x${i}`);
    expectProblem(last, 429);
    expectStatus(await fetch(url), 200);
    expectStatus(await client.delete('/agents/me/calendar'), 204);
    expectProblem(await fetch(url), 404);
  });

  await test('a broker makes and takes addresses on the command line', async () => {
    const { name, id } = (await client.get('/agents/me')).json;
    const made = state.cli(['agent', 'calendar', name.toUpperCase()]);
    assert.equal(made.status, 0, made.stderr);
    const url = made.stdout.trim();
    expectStatus(await fetch(url), 200);
    const json = JSON.parse(state.cli(['agent', 'calendar', String(id), '--json']).stdout);
    expectProblem(await fetch(url), 404);
    expectStatus(await fetch(json.url), 200);
    assert.equal(state.cli(['agent', 'calendar', name, '--revoke']).status, 0);
    expectProblem(await fetch(json.url), 404);
    assert.equal(state.cli(['agent', 'calendar', name, '--revoke']).status, 3);
    assert.equal(state.cli(['agent', 'calendar', 'Nobody At All']).status, 3);
    assert.equal(state.cli(['key', 'add', '--name', 'x', '--role', 'calendar']).status, 2);
  });

  await test('no text breaks out of its property: another implementation reads what was meant', async () => {
    needs('khal');
    const url = await newAddress();
    const names = [
      // python3-icalendar 4 misreads a backslash before n, comma or semicolon: tests/unit/test_feed has those.
      'Eve \\ ;,"q":=^x', 'Eve=0D=0AATTACH:http://evil.example/', 'Eve %0d%0aEND:VEVENT', 'Eve,;VALUE=URI:x',
      '🏠👨‍👩‍👧 Ève \u202e end', `Eve ${'🏠;,\\'.repeat(40)}`,
    ];
    for (const [index, caller_name] of names.entries()) {
      const property = await createProperty(client, { address: `${900 + index} Hostile;, \\ St X-EVIL:1` });
      const task = await createTask(client, { kind: 'viewing', title: 'Viewing', property_id: property.id, scheduled_at: daysAhead(12 + index, 9).instant, duration_minutes: 30, caller_name });
      const events = await readBack((await fetch(url)).bytes);
      const event = events.filter((one) => one.UID.startsWith(`task-${task.id}-`));
      assert.equal(event.length, 1);
      assert.equal(event[0].DESCRIPTION, `Visitor: ${caller_name}\nTask ${task.id}`);
      assert.ok(event[0].SUMMARY.startsWith(`To confirm: viewing of ${900 + index} Hostile;, \\ St`), event[0].SUMMARY);
      assert.equal(Date.parse(event[0].start), Date.parse(task.scheduled_at));
      assert.deepEqual(event[0].keys.filter((key) => !['UID', 'DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE', 'DTSTART', 'DTEND', 'STATUS', 'TRANSP', 'SUMMARY', 'LOCATION', 'DESCRIPTION'].includes(key)), []);
    }
  });

  await test('a viewing booked, moved and cancelled by phone appears, moves and disappears in a calendar', async () => {
    needs('vdirsyncer', 'khal');
    const url = await newAddress();
    const all = new Subscriber(url);
    const standing = new Subscriber(`${url}&cancelled=no`);
    try {
      const listing = await createProperty(client, { address: '77 Calendar Ct', city: 'Oakland', state: 'CA', zip: '94601' });
      const ours = (lines) => lines.filter((line) => line.includes('77 Calendar Ct'));
      assert.deepEqual(ours(await all.shown()), []);
      const first = daysAhead(6, 14);
      // Each in a call of its own, from the same number.
      const say = async (name, args) => {
        const answer = await client.webhook('/incoming', toolCalls(newCallId(), [toolCall(`tc-${name}`, name, args)], { providerPhoneId: DEMO.providerPhoneId, number: DEMO.number, caller: CALLER }));
        return expectStatus(answer, 200).json.results[0].result;
      };
      await say('schedule_viewing', { property_id: listing.id, caller_name: 'John Carter', date_time: first.instant });
      const [booked] = ours(await all.shown());
      assert.match(booked, new RegExp(`^${first.day} 14:00 \\| ${first.day} 14:30 \\| \\| .*viewing of 77 Calendar Ct with John \\| 77 Calendar Ct, Oakland, CA 94601`));

      const second = daysAhead(7, 16);
      await say('reschedule_viewing', { date_time: second.instant });
      const moved = ours(await all.shown());
      assert.equal(moved.length, 1);
      assert.match(moved[0], new RegExp(`^${second.day} 16:00 \\| ${second.day} 16:30 \\| \\| `));
      assert.deepEqual(ours(await standing.shown()), moved);

      await say('cancel_viewing', { address: '77 Calendar Court' });
      const left = ours(await all.shown());
      assert.equal(left.length, 1);
      assert.match(left[0], new RegExp(`^${second.day} 16:00 .*\\| CANCELLED \\| Cancelled: viewing of 77 Calendar Ct`));
      assert.deepEqual(ours(await standing.shown()), []);
    } finally {
      all.remove();
      standing.remove();
    }
  });

  await test('no token is in a log of ours', async () => {
    const url = await newAddress();
    const token = url.split('token=')[1];
    expectStatus(await fetch(url), 200);
    expectProblem(await fetch(`${url}x`), 404);
    const log = bench.server.programLog();
    assert.match(log, /route=\/tasks\/calendar\.ics status=200/);
    assert.ok(!log.includes(token) && !/ark_[\w-]{8}_/.test(log), 'a token is in the log');
    assert.ok(['', '-wal'].map((end) => `${state.database}${end}`).filter(fs.existsSync).every((file) => !fs.readFileSync(file, 'latin1').includes(token.slice(13))));
  });
}, { env });
