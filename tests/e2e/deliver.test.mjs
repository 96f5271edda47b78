// ai-realtor deliver: what waits for Vapi is carried out, whatever Vapi answers.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { RUN_AS, waitUntil } from './lib/process.mjs';
import { newCallId } from './lib/suite.mjs';
import { prepareState } from './lib/state.mjs';
import { finish, test } from './lib/tap.mjs';

const NOON = Date.parse('2026-09-01T12:00:00Z');
const KEY = 'vapi-private-key-of-the-test';
const SAID = 'a sentence that a caller said';
const CALLER = '+14155550177';

// Vapi, as far as deletion goes: answers what `behave` says, and keeps what it was asked.
class Vapi {
  constructor() {
    this.asked = [];
    this.behave = () => 200;
    this.server = http.createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text) => { body += text; });
      request.on('end', async () => {
        const seen = { method: request.method, url: request.url, headers: request.headers, body };
        this.asked.push(seen);
        const answer = await this.behave(seen, this.asked.length);
        if (answer === 'hang up') return request.socket.destroy();
        const { status, headers = {} } = typeof answer === 'number' ? { status: answer } : answer;
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(JSON.stringify({ id: 'x', customer: { number: CALLER }, transcript: SAID }));
      });
    });
  }

  async open() {
    await new Promise((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  take() { return this.asked.splice(0); }
}

const vapi = await new Vapi().open();
const state = prepareState();
const keyFile = path.join(state.dir, 'vapi-api-key');
const outputs = [];
let clock = NOON;

function environment(changes = {}) {
  return { AI_REALTOR_CLOCK: new Date(clock).toISOString(), AI_REALTOR_VAPI_API_URL: vapi.url, ...changes };
}
async function deliver(args = [], changes = {}) {
  const result = await state.cliAsync(['deliver', ...args], { env: environment(changes) });
  outputs.push(result.stdout, result.stderr);
  return result;
}
async function delivered(status, args, changes) {
  const result = await deliver(args, changes);
  assert.equal(result.status, status, `${result.stdout}${result.stderr}`);
  return result;
}
const jsonOf = async (status) => JSON.parse((await delivered(status, ['--json'])).stdout);
const doctor = () => JSON.parse(state.cli(['doctor', '--json'], { env: environment() }).stdout).findings;
const queue = () => state.sql('SELECT * FROM outbox ORDER BY id');
const actions = () => state.sql("SELECT action FROM audit_log WHERE subject = 'phone_calls' ORDER BY id").map((row) => row.action);

// Calls that are over, whose caller is then erased: that queues their deletion.
function queueCalls(ids) {
  const values = ids.map((id) => `(1, 1, 'inbound', '${CALLER}', '${id}', 'completed', ${clock - 60000}, ${clock - 50000}, ${clock})`);
  state.sql(`INSERT INTO phone_calls (brokerage_id, agent_id, direction, phone_number, vapi_call_id, status, created_at, ended_at, updated_at) VALUES ${values.join(', ')}`);
  const erased = state.cli(['caller', 'erase', CALLER], { env: environment() });
  assert.equal(erased.status, 0, erased.stderr);
  clock += 1000;                      // each program's clock begins where it is told, and goes on
}
function keyWrite(text, mode = 0o600) {
  fs.writeFileSync(keyFile, `${text}\n`);
  fs.chmodSync(keyFile, mode);
  if (RUN_AS.uid !== undefined) fs.chownSync(keyFile, RUN_AS.uid, RUN_AS.gid);
}
const ids = () => [newCallId(), newCallId(), newCallId()];

await test('there is nothing to do at first, for which no key is needed', async () => {
  assert.match((await delivered(0)).stdout, /nothing waits/);
  assert.match((await delivered(0, ['--dry-run'])).stdout, /nothing waits/);
  assert.deepEqual(vapi.take(), []);
});

const first = ids();
await test('without a key, or with one that others may read, it says what is missing', async () => {
  queueCalls(first);
  const without = await delivered(78);
  assert.match(without.stderr, new RegExp(`put a private key .* into ${keyFile}`));
  keyWrite(KEY, 0o644);
  assert.match((await delivered(78)).stderr, /nobody else may read/);
  keyWrite('');
  await delivered(78);
  keyWrite(KEY);
  assert.deepEqual(vapi.take(), []);
});

await test('a key never travels in clear, but on this machine', async () => {
  for (const url of ['http://api.vapi.ai', 'http://127.0.0.1:80@evil.example', 'http://127.0.0.1.evil.example', 'ftp://127.0.0.1']) {
    assert.match((await delivered(78, [], { AI_REALTOR_VAPI_API_URL: url })).stderr, /must begin with https/);
  }
});

await test('a dry run tells what would be done, and asks nobody', async () => {
  const { stdout } = await delivered(0, ['--dry-run']);
  assert.equal(stdout.trim().split('\n').length, 3, stdout);
  assert.match(stdout, /would delete call 1 at Vapi: queued 2026-09-01T12:00:00/);
  assert.equal(JSON.parse((await delivered(0, ['--dry-run', '--json', '--limit', '2'])).stdout).waiting.length, 2);
  assert.deepEqual(vapi.take(), []);
});

await test('each call is deleted once, with our key, and leaves a receipt', async () => {
  const counts = await jsonOf(0);
  assert.deepEqual(counts, { deleted: 3, gone_already: 0, postponed: 0, given_up: 0, waiting: 0, last_error: null });
  const asked = vapi.take();
  assert.deepEqual(asked.map(({ method, url }) => `${method} ${url}`), first.map((id) => `DELETE /call/${id}`));
  for (const { headers, body } of asked) {
    assert.equal(headers.authorization, `Bearer ${KEY}`);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(body, '{}');
  }
  assert.equal(state.sql('SELECT COUNT(*) AS n FROM phone_calls WHERE provider_deleted_at IS NOT NULL')[0].n, 3);
  assert.ok(queue().every((row) => row.done_at > NOON && row.done_at - NOON < 60000));
  assert.deepEqual(actions(), ['delete_at_vapi', 'delete_at_vapi', 'delete_at_vapi']);
  assert.match((await delivered(0)).stdout, /nothing waits/);
  assert.deepEqual(vapi.take(), []);
});

await test('what Vapi does not know is gone already', async () => {
  queueCalls(ids());
  vapi.behave = (request, count) => (count === 2 ? 404 : 200);
  const counts = await jsonOf(0);
  assert.equal(counts.deleted, 2);
  assert.equal(counts.gone_already, 1);
  assert.equal(actions().filter((action) => action === 'gone_at_vapi').length, 1);
});

await test('a key that Vapi refuses ends the run, and is held against no call', async () => {
  queueCalls(ids());
  for (const status of [401, 403]) {
    vapi.take();
    vapi.behave = () => status;
    assert.match((await delivered(78)).stderr, new RegExp(`Vapi refused the API key in ${keyFile} \\(status ${status}\\)`));
    assert.equal(vapi.take().length, 1);
  }
  assert.ok(queue().filter((row) => row.done_at === null).every((row) => row.attempts === 0 && row.not_before < clock));
});

await test('the rest waits when Vapi wants to be left alone, for as long as it says', async () => {
  vapi.behave = () => ({ status: 429, headers: { 'Retry-After': '7200' } });
  assert.match((await delivered(1)).stderr, /asks to wait/);
  assert.equal(vapi.take().length, 1);
  const [limited] = queue().filter((row) => row.attempts === 1 && row.done_at === null);
  assert.ok(limited.not_before >= clock + 7200e3, String(limited.not_before));
  vapi.behave = () => 200;
  assert.equal((await jsonOf(0)).deleted, 2);
  clock += 2 * 3600e3 + 60e3;
  assert.equal((await jsonOf(0)).deleted, 1);
  vapi.take();
});

await test('503 means that nothing was deleted: again later, after a longer while each time', async () => {
  const id = newCallId();
  queueCalls([id]);
  vapi.behave = () => 503;
  let pause = 0;
  for (let attempt = 1; attempt <= 4; attempt++) {
    assert.match((await delivered(1)).stderr, /status 503/);
    const [row] = queue().filter((one) => one.payload === id);
    assert.equal(row.attempts, attempt);
    assert.equal(row.last_error, 'status 503');
    const next = row.not_before - clock;
    assert.ok(next >= 60e3 * 2 ** (attempt - 1) && next <= 1.25 * 60e3 * 2 ** (attempt - 1) + 30e3, `${attempt}: ${next} ms`);
    assert.ok(next > pause);
    pause = next;
    assert.match((await delivered(0)).stdout, /nothing waits/);
    clock = row.not_before + 1000;
  }
  vapi.behave = () => 200;
  assert.equal((await jsonOf(0)).deleted, 1);
  assert.equal(vapi.take().length, 5);
});

await test('when Vapi fails one time after another, the run ends', async () => {
  queueCalls([...ids(), ...ids()]);
  for (const [behave, why] of [[() => 500, /status 500/], [() => 'hang up', /no answer/]]) {
    vapi.behave = behave;
    assert.match((await delivered(1)).stderr, why);
    assert.equal(vapi.take().length, 3);
  }
  clock += 300e3;
  const none = await delivered(1, [], { AI_REALTOR_VAPI_API_URL: 'http://127.0.0.1:9' });
  assert.match(none.stderr, /no answer: .*connect/i);
  clock += 600e3;
  vapi.behave = () => 200;
  assert.equal((await jsonOf(0)).waiting, 0);
  vapi.take();
});

await test('an address elsewhere is not followed, whoever sends us there', async () => {
  queueCalls([newCallId()]);
  vapi.behave = () => ({ status: 307, headers: { Location: `${vapi.url}/elsewhere` } });
  assert.match((await delivered(1)).stderr, /status 307/);
  assert.equal(vapi.take().length, 1);
  clock += 600e3;
  vapi.behave = () => 200;
  assert.equal((await jsonOf(0)).deleted, 1);
  vapi.take();
});

await test('what Vapi refuses for good is given up in the end, not in silence', async () => {
  const id = newCallId();
  queueCalls([id]);
  vapi.behave = () => 400;
  for (let attempt = 1; attempt < 12; attempt++) {
    await delivered(1);
    clock = queue().find((row) => row.payload === id).not_before + 1000;
  }
  assert.match((await delivered(1)).stderr, /refused 12 times to delete a call \(status 400\)/);
  assert.equal(vapi.take().length, 12);
  assert.equal(actions().at(-1), 'give_up');
  assert.match((await delivered(0)).stdout, /nothing waits/);
  assert.ok(doctor().some((finding) => finding.state === 'weak' && /given up/.test(finding.how)), JSON.stringify(doctor()));
});

await test('an id from outside leads nowhere else', async () => {
  const odd = ['../phone-number/1', 'a/b?c=d#e', '..', 'x y%2e\u00e9'];
  queueCalls(odd);
  vapi.behave = () => 200;
  assert.equal((await jsonOf(0)).deleted, odd.length);
  assert.deepEqual(vapi.take().map(({ url }) => url), odd.map((id) => `/call/${encodeURIComponent(id)}`));
});

await test('one run at a time; and nobody waits for it', async () => {
  queueCalls([newCallId()]);
  let answer;
  vapi.behave = () => new Promise((resolve) => { answer = resolve; });
  const slow = deliver();
  await waitUntil(() => answer, { what: 'the question to Vapi' });
  const second = await delivered(75);
  assert.match(second.stderr, /another ai-realtor deliver is at work/);
  const began = Date.now();
  assert.equal((await state.cliAsync(['caller', 'block', '+14155550111'], { env: environment({ AI_REALTOR_BUSY_TIMEOUT_MS: '500' }) })).status, 0, 'the database was held while Vapi was asked');
  assert.ok(Date.now() - began < 5000);
  answer(200);
  assert.equal((await slow).status, 0);
  assert.equal(vapi.take().length, 1);
});

await test('a run that was killed before the answer came is made up for', async () => {
  const id = newCallId();
  queueCalls([id]);
  let asked = false;
  vapi.behave = () => { asked = true; return new Promise(() => {}); };
  const killed = state.cliAsync(['deliver'], { env: environment(), timeout: 1500 });
  await waitUntil(() => asked, { what: 'the question to Vapi' });
  assert.equal((await killed).signal, 'SIGKILL');
  assert.equal(queue().find((row) => row.payload === id).done_at, null);
  vapi.behave = () => 404;
  assert.equal((await jsonOf(0)).gone_already, 1);
  vapi.take();
});

await test('the doctor tells of what has waited for more than a day', async () => {
  const what = 'Deletions at Vapi carried out';
  queueCalls([newCallId()]);
  assert.notEqual(doctor().find((finding) => finding.what === what).state, 'broken');
  clock += 2 * 86400e3;
  const { state: mark, how } = doctor().find((finding) => finding.what === what);
  assert.equal(mark, 'weak');
  assert.match(how, /1 waits? since .*ai-realtor deliver/);
  vapi.behave = () => 200;
  await delivered(0);
});

await test('what was done is forgotten after a while', async () => {
  clock += 60 * 86400e3;
  assert.ok(queue().length > 0);
  const purged = state.cli(['purge'], { env: environment() });
  assert.equal(purged.status, 0, purged.stderr);
  assert.deepEqual(queue(), []);
});

await test('nothing of a caller is said, logged or kept of it, nor our key', async () => {
  const kept = fs.readdirSync(state.dir).filter((name) => name !== 'vapi-api-key').map((name) => fs.readFileSync(path.join(state.dir, name), 'latin1'));
  for (const text of [...outputs, ...kept]) {
    for (const secret of [SAID, CALLER, CALLER.slice(1), KEY]) assert.ok(!text.includes(secret), `${secret} in ${text.slice(0, 200)}`);
  }
  assert.equal(state.cli(['audit', 'verify']).status, 0);
});

await new Promise((resolve) => { vapi.server.close(resolve); vapi.server.closeAllConnections(); });
state.remove();
finish();
