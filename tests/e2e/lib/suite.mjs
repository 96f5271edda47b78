// A whole test file: for each kind of server asked for, a state, a server and a client.

import assert from 'node:assert/strict';
import { Client } from './client.mjs';
import { DEMO, LISTS } from './demo.mjs';
import { OwnDocument } from './openapi.mjs';
import { havePackages } from './paths.mjs';
import { prepareState } from './state.mjs';
import { serverKinds, startServer } from './servers.mjs';
import { Skip, diagnose, finish, skipAll, test } from './tap.mjs';

export class Bench {
  constructor(kind, state, server, options) {
    Object.assign(this, { kind, state, server, options });
    this.seen = new Map();
    this.client = this.newClient();
  }

  newClient(changes = {}) {
    return new Client({
      url: this.server.url, mount: this.server.mounts[0], apiKey: this.state.apiKey, webhookSecret: this.state.webhookSecret,
      observe: (answer) => this.remember(answer), ...changes,
    });
  }

  // One answer of each kind is enough, and ten of each keep the check honest.
  remember(answer) {
    if (/^text\/html\b/.test(answer.headers['content-type'] || '')) return;          // the web server's own words
    const shape = answer.json && typeof answer.json === 'object' ? Object.keys(answer.json).join() : '';
    const key = `${answer.method} ${answer.path.replace(/\d+/g, 'N')} ${answer.status} ${shape}`;
    const list = this.seen.get(key) ?? [];
    if (list.length < 10) list.push(answer);
    this.seen.set(key, list);
  }

  test(name, run, options) {
    return test(`[${this.kind}] ${name}`, run, options);
  }
}

// Runs `body(bench)` for every kind of server; then, unless told otherwise, checks that the program
// is still well and that every answer was as /openapi.json says.
export async function withServers(body, { packages = [], kinds = serverKinds(), state: stateOptions = {}, env = {}, describe = true, healthy = true } = {}) {
  if (packages.length && !havePackages(...packages)) {
    skipAll(`needs ${packages.join(', ')}: run "npm ci" in tests/`);
  }
  for (const kind of kinds) {
    let state = null;
    let bench = null;
    const started = await test(`[${kind}] the server starts and answers`, async () => {
      state = prepareState({ env, ...stateOptions });
      bench = new Bench(kind, state, await startServer(kind, state, { env }), { env });
    }, { always: true });
    if (!started || !bench) {
      state?.remove();
      continue;
    }
    try {
      await body(bench);
      if (describe) await checkDescribed(bench);
      if (healthy) await checkHealthy(bench);
    } catch (error) {
      await test(`[${kind}] the test file itself`, () => { throw error; });
    } finally {
      bench.client.close();
      await test(`[${kind}] the server stops and leaves nothing behind`, async () => {
        assert.equal(await bench.server.stop(), true, 'a process had to be killed');
      }, { always: true });
      state.remove();
    }
  }
  finish();
}

async function checkDescribed(bench) {
  await bench.test('every answer is as /openapi.json describes it', async () => {
    if (!havePackages('ajv', 'ajv-formats')) throw new Skip('needs ajv: run "npm ci" in tests/');
    const answer = await bench.client.get('/openapi.json');
    assert.equal(answer.status, 200);
    const own = new OwnDocument(answer.json);
    const faults = new Set();
    for (const list of [...bench.seen.values()]) {
      for (const seen of list) for (const fault of own.faults(seen)) faults.add(fault);
    }
    assert.deepEqual([...faults], []);
  });
}

async function checkHealthy(bench) {
  await bench.test('no crash, no sanitizer report, and a sound database at the end', async () => {
    const log = bench.server.programLog() + bench.server.serverLog();
    const bad = log.split('\n').filter((line) => /AddressSanitizer|LeakSanitizer|runtime error:|Segmentation|Assertion .* failed|core dumped|child (signalled|died)|child exited, pid: \d+ status: [1-9]/i.test(line));
    assert.deepEqual(bad.slice(0, 10), []);
    assert.equal(bench.state.integrity(), 'ok');
  });
}

// ---- expectations that many tests share -----------------------------------------------------

export function expectStatus(answer, status) {
  const wanted = Array.isArray(status) ? status : [status];
  assert.ok(wanted.includes(answer.status), `${answer.method ?? ''} ${answer.target ?? ''}: status ${answer.status}, not ${wanted.join(' or ')}: ${answer.text?.slice(0, 400)}`);
  return answer;
}

// RFC 9457, as design chapter 4 has it.
export function expectProblem(answer, status) {
  expectStatus(answer, status);
  assert.match(answer.headers['content-type'] || '', /^application\/problem\+json\b/, `${answer.target}: content type`);
  const problem = answer.json;
  assert.ok(problem && typeof problem === 'object', 'a problem document is a JSON object');
  for (const member of ['type', 'title', 'detail', 'instance']) {
    assert.equal(typeof problem[member], 'string', `problem member ${member}: ${answer.text}`);
  }
  assert.equal(problem.status, answer.status);
  if (answer.status === 422) {
    assert.ok(Array.isArray(problem.errors) && problem.errors.length > 0, `422 names its fields: ${answer.text}`);
    for (const error of problem.errors) {
      assert.equal(typeof error.field, 'string');
      assert.equal(typeof error.detail, 'string');
    }
  }
  expectNoLeak(answer);
  return problem;
}

// Nothing of our insides in an answer.
export function expectNoLeak(answer) {
  assert.doesNotMatch(answer.text, /SQLITE|sqlite3?_|SELECT .* FROM|INSERT INTO|\.c:\d+|\/tmp\/|\/var\/lib|0x[0-9a-f]{8}/i, 'an answer shows our insides');
}

export function expectList(answer, path) {
  expectStatus(answer, 200);
  const name = LISTS[path];
  assert.ok(Array.isArray(answer.json[name]), `${path}: no list "${name}" in ${answer.text.slice(0, 200)}`);
  for (const member of ['total', 'limit', 'offset']) assert.ok(Number.isInteger(answer.json[member]), `${path}: ${member}`);
  return answer.json[name];
}

let serial = 0;

// A phone number that nobody else in this process has: valid NANP, of the fiction range's kind.
export function newNumber() {
  return `+1415556${String(1000 + serial++).padStart(4, '0')}`;
}

// A call id as Vapi makes them: a UUID.
export function newCallId() {
  const hex = () => Math.floor(Math.random() * 16).toString(16);
  return 'xxxxxxxx-xxxx-7xxx-9xxx-xxxxxxxxxxxx'.replace(/x/g, hex);
}

// The call that has this Vapi id, through the list.
export async function findCall(client, vapiCallId) {
  const calls = await client.all('/phone-calls', 'calls');
  const found = calls.filter((call) => call.vapi_call_id === vapiCallId);
  assert.ok(found.length <= 1, `${found.length} calls have the id ${vapiCallId}`);
  return found[0] ?? null;
}

export async function getCall(client, id) {
  return expectStatus(await client.get(`/phone-calls/${id}`), 200).json;
}

// The seed's form of a call's begin: answers what /incoming said.
export async function beginSeedCall(client, { phone_number = '+14155550188', vapi_call_id = newCallId(), vapi_phone_id = DEMO.providerPhoneId } = {}) {
  const answer = await client.webhook('/incoming', { phone_number, vapi_call_id, vapi_phone_id });
  expectStatus(answer, 200);
  return { ...answer.json, vapi_call_id };
}

export function callback(client, callId, event) {
  return client.webhook(`/callback/${callId}`, event);
}

export function seedTool(client, callId, name, args) {
  return callback(client, callId, { event: 'function_call', name, arguments: args });
}

// A promise pool: runs `work(item, index)` over all, at most `width` at a time.
export async function inParallel(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, async () => {
    for (;;) {
      const index = next++;
      if (index >= items.length) return;
      results[index] = await work(items[index], index);
    }
  }));
  return results;
}

// The same random numbers for the same seed: a failing order can be had again.
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled(items, rnd) {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(rnd() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

// ---- things made through the API ------------------------------------------------------------

async function create(client, path, values) {
  const answer = expectStatus(await client.post(path, values), 201);
  assert.ok(Number.isInteger(answer.json.id) && answer.json.id > 0, `${path}: an id in ${answer.text.slice(0, 200)}`);
  return answer.json;
}

export const createNumber = (client, values = {}) => create(client, '/phone-numbers', {
  phone_number: newNumber(), friendly_name: 'Test line', provider: 'vapi', provider_phone_id: newCallId(), ...values,
});

export const createProperty = (client, values = {}) => create(client, '/properties', {
  address: `${100 + serial++} Test Ave`, city: 'Oakland', state: 'CA', price: 500000, bedrooms: 2, bathrooms: 1, square_feet: 900, ...values,
});

export const createTask = (client, values = {}) => create(client, '/tasks', {
  kind: 'follow_up', title: 'Call back', ...values,
});

export const createOffer = (client, values = {}) => create(client, '/offers', { amount: 400000, ...values });

// The demo brokerage's number and listing, as the API shows them.
export async function demoNumber(client, e164) {
  return (await client.all('/phone-numbers', 'phone_numbers')).find((number) => number.phone_number === e164);
}

export async function demoProperty(client, address) {
  return (await client.all('/properties', 'properties')).find((property) => property.address === address);
}
