// A walk through the five layers of "Security & Privacy" in the architecture document. It is written
// to be read: each line tells what was tried and what came of it. By hand:
//
//     node tests/e2e/security-walk.test.mjs

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { DEMO, STORY_CLOCK } from './lib/demo.mjs';
import { RUN_AS } from './lib/process.mjs';
import { isPlainCgi, startServer } from './lib/servers.mjs';
import { Client, bodySignature, vapiSignature } from './lib/client.mjs';
import { beginSeedCall, callback, createOffer, createTask, demoProperty, expectStatus, findCall, getCall, newCallId, seedTool, withServers } from './lib/suite.mjs';
import { diagnose } from './lib/tap.mjs';
import { message, toolCall, toolCalls } from './lib/vapi.mjs';

// What the caller says in a call of each form: words that are nowhere else.
const CALLER = '+14155550177';
const PERSON = 'Wilhelmina Quackenbush';
const SAID = {
  transcript: 'my parrot Bartholomew cannot stand elevators',
  message: 'tell her that the zeppelin has landed',
  contingency: 'subject to selling grandmothers accordion',
  summary: 'The caller talked of a xylophone factory.',
  claimed: '628 555 0144',
  card: '4111 1111 1111 1111',
  notes: 'she collects porcelain hedgehogs',
};
const URLS = { recording: 'https://storage.example/quackenbush-tape.mp3', stereo: 'https://storage.example/quackenbush-stereo.mp3' };
// What Vapi puts into its messages and is nobody's to keep.
const VAPIS = {
  twilioAuthToken: 'tw1l10-auth-0f3c', accountSid: 'AC-5ecret-account', controlUrl: 'https://phone.vapi.example/c0ntr0l-me',
  listenUrl: 'wss://phone.vapi.example/l1sten-in', presigned: 'https://bucket.example/a.json?X-Amz-Signature=pr3s1gned',
};
const SECRETS = [
  PERSON, 'Quackenbush', 'Bartholomew', 'zeppelin', 'accordion', 'xylophone', '628 555 0144', '6285550144', '4111 1111', 'hedgehogs',
  'quackenbush-tape', 'quackenbush-stereo', ...Object.values(VAPIS), 'pr3s1gned',
];

const LATER = '2026-12-24T12:00:00Z';      // after the recordings' 90 days
const MUCH_LATER = '2026-12-24T13:00:00Z'; // each program's clock starts anew
let tried = 0;
let refused = 0;

function tell(text) { diagnose(`  ${text}`); }
const column = (text) => text.padEnd(72);
// A good one, so that nothing is refused for the wrong reason.
function allowed(what, answer, status = 200) {
  expectStatus(answer, status);
  tell(`allowed   ${column(what)} ${answer.status}`);
  return answer;
}
function refuse(what, answer, status = 401) {
  tried++;
  expectStatus(answer, status);
  for (const secret of [...SECRETS, CALLER]) assert.ok(!answer.text.includes(secret), `the refusal tells ${secret}`);
  refused++;
  tell(`REFUSED   ${column(what)} ${answer.status} ${answer.json?.title ?? ''}`);
  return answer;
}
function fails(what, result, pattern) {
  tried++;
  assert.notEqual(result.status, 0, `${what}: ${result.stdout}`);
  assert.match(result.stderr, pattern);
  refused++;
  tell(`REFUSED   ${column(what)} exit ${result.status}`);
}
function shows(what, finding) {
  tell(`found     ${column(what)} ${finding}`);
}

await withServers(async (bench) => {
  const { client, state } = bench;
  const test = (name, run) => bench.test(name, run);
  const cli = (...args) => {
    const result = state.cli(args, { env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
    assert.equal(result.status, 0, `ai-realtor ${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  };
  const addKey = (...args) => JSON.parse(cli('key', 'add', '--name', 'walk', '--json', ...args));
  const withKey = (key) => ({ 'X-API-Key': key });
  const rows = (table) => state.sql(`SELECT COUNT(*) AS n FROM ${table}`)[0].n;
  const traces = () => ['phone_calls', 'transcript_segments', 'webhook_journal', 'scheduled_tasks', 'offers', 'tool_results', 'recordings', 'audit_log'].map(rows).join();
  const story = { caller: CALLER, providerPhoneId: DEMO.providerPhoneId };
  const document = (await client.get('/openapi.json')).json;
  let property;
  let seedCall;
  let vapiCall;

  await test('layer 1, API keys: every endpoint wants one', async () => {
    const { id, key } = addKey('--role', 'broker');
    const stranger = 'ark_AAAAAAAA_' + 'A'.repeat(51);
    const before = traces();
    allowed('GET /phone-calls with the key of an agent', await client.get('/phone-calls'));
    const open = [];
    let locked = 0;
    for (const [pattern, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (!operation.responses) continue;
        const target = pattern.replace('{id}', '1').replace('{phone}', CALLER.slice(1));
        if (operation.security?.length === 0) { open.push(target); continue; }
        // What calendars subscribe to has its key in the address, and without it is not there at all.
        const hidden = operation.security.every((one) => Object.keys(one).every((name) => document.components.securitySchemes[name].in === 'query'));
        for (const auth of ['none', withKey(stranger)]) expectStatus(await client.request(method.toUpperCase(), target, { auth, json: method === 'get' ? undefined : {} }), hidden ? 404 : 401);
        locked++;
      }
    }
    tried += 2 * locked;
    refused += 2 * locked;
    assert.deepEqual(open.sort(), ['/healthz', '/openapi.json']);
    tell(`REFUSED   ${column(`all ${locked} operations of /openapi.json, without a key and with a made-up one`)} 401 (calendars: 404)`);
    refuse('a key with its last character changed', await client.get('/tasks', { auth: withKey(key.slice(0, -1) + (key.endsWith('x') ? 'y' : 'x')) }));
    refuse('the public part of a key alone', await client.get('/tasks', { auth: withKey(key.slice(0, 13)) }));
    refuse('a good key in the address instead of a header', await client.get('/tasks', { auth: 'none', query: { api_key: key } }));
    refuse('the webhook secret as a key', await client.get('/tasks', { auth: withKey(client.webhookSecret) }));
    allowed('the key itself', await client.get('/tasks', { auth: withKey(key) }));
    cli('key', 'revoke', String(id));
    refuse('the same key, revoked a moment ago', await client.get('/tasks', { auth: withKey(key) }));
    const ended = addKey('--expires', '2027-01-01T00:00:00Z');
    state.sql(`UPDATE api_keys SET expires_at = 1 WHERE id = ${ended.id}`);
    refuse('a key that has expired', await client.get('/tasks', { auth: withKey(ended.key) }));
    const agent = addKey('--role', 'agent');
    refuse("an agent's key, for what is a broker's", await client.get('/retention', { auth: withKey(agent.key) }), 403);
    refuse("an agent's key, to make another agent", await client.post('/agents', { name: 'Eve' }, { auth: withKey(agent.key) }), 403);
    const files = fs.readdirSync(state.dir).filter((name) => name.startsWith('ai-realtor.db')).map((name) => fs.readFileSync(path.join(state.dir, name), 'latin1')).join();
    assert.ok(!files.includes(key.slice(13)) && !bench.server.programLog().includes(key.slice(13)));
    shows('the key in the database or the log', 'nothing: only a keyed hash');
    assert.equal(traces().split(',').slice(0, -1).join(), before.split(',').slice(0, -1).join());
  });

  await test('layer 2, webhooks: only who holds the secret speaks for Vapi', async () => {
    const ring = { phone_number: CALLER, vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId };
    const body = JSON.stringify(ring);
    const post = (auth, sent = body) => client.request('POST', '/incoming', { body: sent, auth });
    const { webhookSecret: secret } = client;
    const now = Date.parse(STORY_CLOCK);
    const before = traces();
    const captured = vapiSignature(secret, body, now);
    refuse('a call announced without any credential', await post('none'));
    refuse('with a guessed secret', await post({ 'X-Vapi-Secret': 'letmein' }));
    refuse('with a signature of another secret', await post(vapiSignature('another', body, now)));
    refuse("with the signature of another body (the caller's number changed)", await post(captured, body.replace(CALLER, '+19005550100')));
    refuse('well signed, but an hour ago', await post(vapiSignature(secret, body, now - 3600e3)));
    refuse('well signed, but an hour ahead', await post(vapiSignature(secret, body, now + 3600e3)));
    refuse('a captured signature with a fresh time', await post({ ...captured, 'x-timestamp': String(now + 1000) }));
    refuse("the document's signature with one digit changed", await post({ 'X-Vapi-Signature': bodySignature(secret, body)['X-Vapi-Signature'].replace(/.$/, (c) => (c === '0' ? '1' : '0')) }));
    refuse('an empty secret', await post({ 'X-Vapi-Secret': '' }));
    assert.equal(traces(), before);
    shows('what the refused ones left in the database', 'nothing');
    const first = allowed("Vapi's HMAC-SHA256 of time and body", await post(captured));
    const again = allowed('the very same message once more (a replay, or Vapi repeating)', await post(captured));
    assert.equal(again.json.call_id, first.json.call_id);
    assert.equal(state.sql(`SELECT COUNT(*) AS n FROM phone_calls WHERE vapi_call_id = '${ring.vapi_call_id}'`)[0].n, 1);
    shows('calls that came of the two', 'one: a replay has no second effect');
    const other = () => JSON.stringify({ ...ring, vapi_call_id: newCallId() });
    for (const [what, auth] of [["the document's X-Vapi-Signature", (text) => bodySignature(secret, text)], ['X-Vapi-Secret', () => ({ 'X-Vapi-Secret': secret })], ['Authorization: Bearer', () => ({ Authorization: `Bearer ${secret}` })], ['an API key', () => withKey(client.apiKey)]]) {
      const text = other();
      allowed(what, await post(auth(text), text));
    }
    const [one, two] = [newCallId(), newCallId()];
    const start = (id) => message('assistant-request', { callId: id, ...story });
    const { assistant } = (await client.webhook('/incoming', start(one))).json;
    expectStatus(await client.webhook('/incoming', start(two)), 200);
    const token = { 'X-Call-Token': assistant.server.headers['X-Call-Token'] };
    const status = (id) => client.post('/incoming', message('status-update', { callId: id, ...story, status: 'in-progress' }), { auth: token });
    refuse("the token of one call, for a message of another", await status(two));
    allowed('for a message of its own', await status(one));
    const config = `${state.config}.none`;
    fs.symlinkSync(state.config, config);
    const bare = await startServer(bench.kind, { config }, { env: { AI_REALTOR_WEBHOOK_SECRET_FILE: '', AI_REALTOR_CLOCK: STORY_CLOCK } });
    try {
      const there = new Client({ url: bare.url, mount: bare.mounts[0], webhookSecret: '' });
      for (const auth of ['none', { 'X-Vapi-Secret': '' }, vapiSignature('', body, now)]) refuse('any webhook where no secret is configured', await there.request('POST', '/incoming', { body, auth }));
      there.close();
    } finally {
      assert.equal(await bare.stop(), true);
    }
  });

  const report = (callId, members = {}) => message('end-of-call-report', {
    callId, ...story, endedReason: 'customer-ended-call', startedAt: '2026-09-01T17:04:00.000Z', endedAt: '2026-09-01T17:06:07.000Z', cost: 0.35,
    call: { monitor: { controlUrl: VAPIS.controlUrl, listenUrl: VAPIS.listenUrl }, phoneCallProviderDetails: { accountSid: VAPIS.accountSid }, transport: { twilioAuthToken: VAPIS.twilioAuthToken } },
    phoneNumber: { id: DEMO.providerPhoneId, provider: 'twilio', number: DEMO.number, twilioAuthToken: VAPIS.twilioAuthToken, twilioAccountSid: VAPIS.accountSid },
    analysis: { summary: `${PERSON} called. ${SAID.summary} Call her at ${SAID.claimed}; her card is ${SAID.card}.`, structuredData: { caller_name: PERSON, link: VAPIS.presigned } },
    artifact: {
      recordingUrl: URLS.recording, stereoRecordingUrl: URLS.stereo, logUrl: VAPIS.presigned, presignedUrl: VAPIS.presigned,
      transcript: `AI: Hello.\nUser: ${SAID.transcript}\n`,
      messages: [{ role: 'bot', message: 'Hello.', time: 1788282240000 }, { role: 'user', message: SAID.transcript, time: 1788282250000 }],
    },
    ...members,
  });

  await test('a whole call of each form is played', async () => {
    property = await demoProperty(client, DEMO.property.address);
    const args = { property_id: property.id, caller_name: PERSON, phone: SAID.claimed };
    const wishes = [['schedule_viewing', { ...args, date_time: '2026-09-02T14:00:00' }], ['create_offer', { ...args, amount: '400k', contingencies: SAID.contingency }], ['take_message', { ...args, message: SAID.message }]];
    seedCall = await beginSeedCall(client, { phone_number: CALLER });
    const { call_id: id } = seedCall;
    expectStatus(await callback(client, id, { event: 'transcript', role: 'user', text: SAID.transcript, timestamp: '2026-09-01T17:04:10Z', twilioAuthToken: VAPIS.twilioAuthToken, monitor: { controlUrl: VAPIS.controlUrl } }), 200);
    for (const [name, members] of wishes) expectStatus(await seedTool(client, id, name, members), 200);
    expectStatus(await callback(client, id, { event: 'ended', status: 'completed', duration: 120, recording_url: URLS.recording }), 200);
    vapiCall = newCallId();
    for (const body of [message('assistant-request', { callId: vapiCall, ...story }),
      message('transcript', { callId: vapiCall, ...story, role: 'user', transcriptType: 'final', transcript: SAID.transcript }),
      toolCalls(vapiCall, wishes.map(([name, members], i) => toolCall(`t${i}`, name, { ...members, date_time: '2026-09-02T16:00:00' })), story),
      report(vapiCall)]) allowed(`Vapi's ${body.message.type}`, await client.webhook('/incoming', body));
    await createTask(client, { title: `Send ${PERSON} a card`, notes: SAID.notes, caller_name: PERSON, caller_phone: CALLER });
    await createOffer(client, { property_id: property.id, caller_name: PERSON, caller_phone: CALLER, contingencies: SAID.contingency, notes: SAID.notes });
    const call = await findCall(client, vapiCall);
    assert.equal(call.recording_url, URLS.recording);
    assert.equal(call.message, SAID.message);
    assert.equal(call.claimed_phone, '+16285550144');
    assert.ok(seedCall.recording_enabled && /recorded/.test(seedCall.greeting));
    shows('layer 3: calls are recorded by default, and the greeting says so', `"${seedCall.greeting}"`);
  });

  await test('layer 3, recordings: stored securely, kept as long as the policy says', async () => {
    const call = await findCall(client, vapiCall);
    const stranger = addKey('--agent-id', String(JSON.parse(cli('agent', 'add', '--name', 'Another Agent', '--json')).id));
    allowed("the recording's address, for the agent's own key", await client.get(`/phone-calls/recording/${call.id}`));
    refuse('the same without a key', await client.get(`/phone-calls/recording/${call.id}`, { auth: 'none' }));
    refuse('the same with the webhook secret', await client.get(`/phone-calls/recording/${call.id}`, { auth: 'secret' }));
    refuse("the same with another agent's key", await client.get(`/phone-calls/recording/${call.id}`, { auth: withKey(stranger.key) }), 404);
    const [{ url }] = state.sql(`SELECT url FROM recordings WHERE phone_call_id = ${call.id} LIMIT 1`);
    assert.match(url, /^sealed:1:/);
    shows('the address in the database', url.slice(0, 40) + '…');

    const quiet = newCallId();
    expectStatus(await client.webhook('/incoming', message('assistant-request', { callId: quiet, ...story })), 200);
    const stop = allowed('"please don\'t record this": stop_recording', await client.webhook('/incoming', toolCalls(quiet, [toolCall('s', 'stop_recording', {})], story)));
    shows('what the caller hears', `"${stop.json.results[0].result.split(' Facts:')[0]}"`);
    expectStatus(await client.webhook('/incoming', report(quiet)), 200);
    const refusedCall = await findCall(client, quiet);
    assert.equal(refusedCall.consent, 'refused');
    refuse('the recording that Vapi reports all the same', await client.get(`/phone-calls/recording/${refusedCall.id}`), 404);
    assert.equal(refusedCall.recording_url, null);
  });

  await test('layer 4, transcripts: sealed at rest', async () => {
    const call = await findCall(client, vapiCall);
    const backup = path.join(state.dir, 'backup.db');
    cli('backup', backup);
    const places = [...fs.readdirSync(state.dir).filter((name) => /ai-realtor\.db|backup|\.log$/.test(name)).map((name) => path.join(state.dir, name)),
      ...fs.readdirSync(bench.server.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))];
    assert.ok(places.some((name) => name.endsWith('.db')) && (isPlainCgi(bench.kind) || places.some((name) => name.endsWith('-wal'))) && places.some((name) => name.endsWith('program.log')));
    for (const place of places) {
      tried++;
      const bytes = fs.readFileSync(place);
      for (const secret of SECRETS) {
        assert.ok(!bytes.includes(secret), `${secret} in ${place}`);
        assert.ok(!bytes.includes(Buffer.from(secret, 'utf16le')), `${secret} in ${place}`);
        for (let at = 0; at < 3; at++) {
          const inside = Buffer.from('x'.repeat(at) + secret).toString('base64').slice(at ? 4 : 0, -4);
          assert.ok(inside.length < 6 || !bytes.includes(inside), `${secret}, in base64, in ${place}`);
        }
      }
      refused++;
    }
    shows(`${SECRETS.length} things said or secret, in ${places.length} files (database, WAL, backup, logs)`, 'nothing');
    for (const secret of [CALLER, CALLER.slice(1), SAID.claimed.replace(/ /g, '')]) assert.ok(!bench.server.programLog().includes(secret), `${secret} in the log`);
    shows("the caller's number in the log", 'nothing');
    const columns = [];
    for (const { name } of state.sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
      for (const column of state.sql(`SELECT name FROM pragma_table_info('${name}')`)) {
        if (state.sql(`SELECT COUNT(*) AS n FROM "${name}" WHERE CAST("${column.name}" AS TEXT) LIKE '%${CALLER.slice(1)}%'`)[0].n > 0) columns.push(`${name}.${column.name}`);
      }
    }
    assert.deepEqual(columns.sort(), ['offers.caller_phone', 'phone_calls.caller_phone', 'phone_calls.phone_number', 'scheduled_tasks.caller_phone']);
    shows('the number itself is in clear, as README says, in these columns alone', columns.join(' '));

    const stolen = path.join(state.dir, 'stolen');
    fs.mkdirSync(stolen);
    fs.copyFileSync(backup, path.join(stolen, 'ai-realtor.db'));
    fs.writeFileSync(path.join(stolen, 'master.key'), `${crypto.randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    for (const name of ['', 'ai-realtor.db', 'master.key']) if (RUN_AS.uid !== undefined) fs.chownSync(path.join(stolen, name), RUN_AS.uid, RUN_AS.gid);
    const thief = { AI_REALTOR_DATABASE: path.join(stolen, 'ai-realtor.db'), AI_REALTOR_MASTER_KEY_FILE: path.join(stolen, 'master.key') };
    fails('a stolen backup, read with our own program and a key of the thief', state.cli(['call', 'show', String(call.id)], { env: thief }), /cannot|key/);
    fails('the same with a key file that others may read', (fs.chmodSync(thief.AI_REALTOR_MASTER_KEY_FILE, 0o644), state.cli(['call', 'show', String(call.id)], { env: thief })), /master key/);

    const other = await getCall(client, seedCall.call_id);
    state.sql(`UPDATE phone_calls SET message = (SELECT message FROM phone_calls WHERE id = ${call.id}) WHERE id = ${other.id}`);
    refuse("a sealed message moved to another call behind the program's back", await client.get(`/phone-calls/${other.id}`), 500);
    state.sql(`UPDATE phone_calls SET message = NULL WHERE id = ${other.id}`);
    refuse('a transcript without a key', await client.get(`/phone-calls/transcription/${call.id}`, { auth: 'none' }));
    refuse('a transcript with the webhook secret', await client.get(`/phone-calls/transcription/${call.id}`, { auth: 'secret' }));
    allowed("a transcript with its agent's key", await client.get(`/phone-calls/transcription/${call.id}`));
    for (const secret of ['Quackenbush', '4111', '0144']) assert.ok(!call.summary.includes(secret), `${secret} in the summary: ${call.summary}`);
    assert.match(call.summary, /xylophone factory/);
    shows('the summary, with what is personal taken out', `"${call.summary}"`);
    const moved = cli('rekey').trim();
    assert.equal((await findCall(client, vapiCall)).message, SAID.message);
    shows('ai-realtor rekey, while the service runs', moved);
    fs.rmSync(backup);
    fs.rmSync(stolen, { recursive: true });
  });

  await test("layer 5, callers' data: known by E.164, asked, told, and forgotten", async () => {
    const call = await findCall(client, vapiCall);
    assert.match(call.phone_number, /^\+[1-9]\d{7,14}$/);
    shows("the caller's number", `${call.phone_number} (E.164); consent: ${call.consent}`);
    for (const [compliance, consent] of [[{ recordingConsent: { type: 'stay-on-line', grantedAt: '2026-09-01T17:04:02.000Z' } }, 'given'], [{ recordingConsent: { type: 'verbal' } }, 'refused']]) {
      const id = newCallId();
      expectStatus(await client.webhook('/incoming', report(id, { compliance })), 200);
      const asked = await findCall(client, id);
      assert.equal(asked.consent, consent);
      assert.equal(asked.recording_url !== null, consent === 'given');
      shows(`consent ${consent}, as Vapi's consent plan reports it`, asked.recording_url ? 'the recording is kept' : 'no recording is kept');
    }
    const agent = addKey('--role', 'agent');
    refuse('what is held of a caller, without a key', await client.get(`/callers/${CALLER}`, { auth: 'none' }));
    refuse("all of it, with an agent's key", await client.get(`/callers/${CALLER}/export`, { auth: withKey(agent.key) }), 403);
    refuse("erasing, with an agent's key", await client.delete(`/callers/${CALLER}`, { auth: withKey(agent.key) }), 403);
    const held = allowed('the export, for the broker (right to know)', await client.get(`/callers/${CALLER}/export`)).json;
    assert.ok(held.calls.length >= 4 && held.tasks.length >= 5 && held.offers.length >= 3);
    allowed('never call this number again', await client.put(`/callers/${CALLER}/do-not-call`));
    const erased = allowed('erasing, for the broker (right to be forgotten)', await client.delete(`/callers/${CALLER}`)).json;
    shows('erased', `${erased.calls} calls, ${erased.tasks} tasks, ${erased.offers} offers`);
    allowed('the do-not-call list, which is to be obeyed further', await client.get('/do-not-call'));
    allowed('and taken off it at the caller\'s wish', await client.delete(`/callers/${CALLER}/do-not-call`), 204);
    refuse('what is held of the caller now', await client.get(`/callers/${CALLER}`), 404);
    const left = fs.readdirSync(state.dir).filter((name) => name.startsWith('ai-realtor.db')).filter((name) => { const bytes = fs.readFileSync(path.join(state.dir, name)); return bytes.includes(CALLER) || bytes.includes(PERSON); });
    assert.deepEqual(left, []);
    shows("name and number in the database's files now", 'nothing');
    assert.deepEqual(state.sql(`SELECT id FROM phone_calls WHERE phone_number = '${CALLER}' OR caller_phone = '${CALLER}'`), []);
    const receipt = state.sql("SELECT action, subject, actor FROM audit_log WHERE action = 'erase'");
    assert.equal(receipt.length, 1);
    shows('the receipt in the audit log', JSON.stringify(receipt[0]));
  });

  await test('in time: what is old goes, and what is gone here is deleted at Vapi', async () => {
    const asked = [];
    const vapi = http.createServer((request, response) => { asked.push(`${request.method} ${request.url}`); request.resume(); request.on('end', () => response.end('{}')); });
    await new Promise((resolve) => { vapi.listen(0, '127.0.0.1', resolve); });
    const old = newCallId();
    expectStatus(await client.webhook('/incoming', report(old, { caller: '+14155550199' })), 200);
    assert.equal((await findCall(client, old)).recording_url, URLS.recording);
    const purged = state.cli(['purge'], { env: { AI_REALTOR_CLOCK: LATER } });
    assert.equal(purged.status, 0, purged.stderr);
    assert.equal((await findCall(client, old)).recording_url, null);
    assert.deepEqual(state.sql('SELECT id FROM recordings'), []);
    shows("ai-realtor purge, after the recordings' 90 days", purged.stdout.split('\n')[0]);
    const file = path.join(state.dir, 'vapi-api-key');
    fs.writeFileSync(file, 'a-private-key\n', { mode: 0o600 });
    if (RUN_AS.uid !== undefined) fs.chownSync(file, RUN_AS.uid, RUN_AS.gid);
    const run = await state.cliAsync(['deliver'], { env: { AI_REALTOR_CLOCK: MUCH_LATER, AI_REALTOR_VAPI_API_URL: `http://127.0.0.1:${vapi.address().port}` } });
    assert.equal(run.status, 0, run.stderr);
    for (const id of [vapiCall, old]) assert.ok(asked.includes(`DELETE /call/${id}`), `${id === old ? "old" : "erased"} ${id}: ${run.stdout} ${JSON.stringify(state.sql("SELECT * FROM outbox WHERE done_at IS NULL"))} ${asked.length} asked`);
    shows('ai-realtor deliver', run.stdout.trim());
    await new Promise((resolve) => { vapi.close(resolve); vapi.closeAllConnections(); });
  });

  await test('who touches the record of it is found out', async () => {
    const proof = cli('audit', 'verify').trim();
    shows('ai-realtor audit verify', proof.slice(0, 60));
    const [{ id, action }] = state.sql("SELECT id, action FROM audit_log WHERE action = 'erase'");
    state.sql(`UPDATE audit_log SET action = 'create' WHERE id = ${id}`);
    fails('the receipt changed in the database', state.cli(['audit', 'verify']), new RegExp(`entry ${id} was changed`));
    state.sql(`UPDATE audit_log SET action = '${action}' WHERE id = ${id}`);
    cli('audit', 'verify');
    tell('');
    tell(`${tried} things were tried by those who should not; ${refused} were refused or found nothing.`);
    assert.equal(tried, refused);
  });
}, { env: { AI_REALTOR_CLOCK: STORY_CLOCK, AI_REALTOR_FAILURES_PER_MINUTE: '0' } });
