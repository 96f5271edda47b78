// Consent, retention, and the caller's rights: what is kept, for how long, and how it goes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Client } from './lib/client.mjs';
import { DEMO, STORY_CLOCK } from './lib/demo.mjs';
import { beginSeedCall, callback, createNumber, createOffer, createTask, demoProperty, expectProblem, expectStatus, findCall, getCall, newCallId, newNumber, seedTool, withServers } from './lib/suite.mjs';
import { startServer } from './lib/servers.mjs';
import { message, toolCall, toolCalls } from './lib/vapi.mjs';

const CALLER = '+14155550177';
const NAME = 'Wilhelmina Quackenbush';
const WORDS = 'my parrot Bartholomew cannot stand elevators';
const URL = 'https://storage.example/wilhelmina.mp3';
const SECRETS = [CALLER, CALLER.slice(1), NAME, 'Wilhelmina', 'Bartholomew', 'wilhelmina.mp3'];

const LATER = { AI_REALTOR_CLOCK: '2026-10-20T12:00:00Z' };       // seven weeks after the story
const MUCH_LATER = { AI_REALTOR_CLOCK: '2031-01-01T12:00:00Z' };

await withServers(async (bench) => {
  const { client, state } = bench;
  const test = (name, run) => bench.test(name, run);
  const cli = (args, env = { AI_REALTOR_CLOCK: STORY_CLOCK }) => {
    const result = state.cli(args, { env });
    return { ...result, json: result.stdout.startsWith('{') ? JSON.parse(result.stdout) : undefined };
  };
  const cliDone = (args, env) => {
    const result = cli(args, env);
    assert.equal(result.status, 0, `ai-realtor ${args.join(' ')}: ${result.stderr}${result.stdout}`);
    return result;
  };
  const overview = async () => expectStatus(await client.get('/phone-calls/analytics/overview'), 200).json;
  const byProperty = async () => expectStatus(await client.get('/phone-calls/analytics/by-property'), 200).json.properties;
  const numbers = async () => (await client.all('/phone-numbers', 'phone_numbers')).map(({ id, total_calls, total_minutes, total_cost, last_call_at }) => ({ id, total_calls, total_minutes, total_cost, last_call_at }));
  const totals = async () => ({
    overview: await overview(), numbers: await numbers(),
    properties: (await byProperty()).map(({ unique_callers, ...row }) => row),
  });
  const report = (callId, members = {}, options = {}) => message('end-of-call-report', {
    callId, caller: CALLER, providerPhoneId: DEMO.providerPhoneId, endedReason: 'customer-ended-call',
    startedAt: '2026-09-01T17:04:00.000Z', endedAt: '2026-09-01T17:06:07.000Z', cost: 0.35,
    analysis: { summary: `${NAME} said that ${WORDS}.` },
    artifact: {
      recordingUrl: URL, stereoRecordingUrl: URL.replace('.mp3', '-stereo.mp3'), transcript: `AI: Hello.\nUser: ${WORDS}\n`,
      messages: [{ role: 'bot', message: 'Hello.', time: 1788282240000 }, { role: 'user', message: WORDS, time: 1788282250000 }],
    },
    ...members, ...options,
  });
  const ring = (callId, caller = CALLER) => message('assistant-request', { callId, caller, providerPhoneId: DEMO.providerPhoneId });
  const post = async (body) => expectStatus(await client.webhook('/incoming', body), 200).json;
  const files = () => fs.readdirSync(state.dir).filter((name) => name.startsWith('ai-realtor.db')).map((name) => fs.readFileSync(`${state.dir}/${name}`));
  const traces = (secrets) => files().flatMap((bytes) => secrets.filter((secret) => bytes.includes(secret)));

  // ---- consent ----------------------------------------------------------------------------

  await test('the greeting says that the call is recorded, before its question', async () => {
    assert.equal((await beginSeedCall(client)).greeting, 'Thanks for calling Emprezario. This call is recorded. How can I help?');
  });

  const greetingOf = async (values) => {
    const number = await createNumber(client, values);
    return (await beginSeedCall(client, { vapi_phone_id: number.provider_phone_id })).greeting;
  };
  await test('in the words of the number, after a greeting that asks nothing', async () => {
    assert.equal(await greetingOf({ greeting_message: 'Hotline here.', recording_notice: 'We keep a tape.' }), 'Hotline here. We keep a tape.');
    assert.equal(await greetingOf({ greeting_message: 'How can I help?' }), 'This call is recorded. How can I help?');
    assert.equal(await greetingOf({ greeting_message: 'Hotline' }), 'Hotline. This call is recorded.');
  });
  await test('not when it is off, nothing is recorded, or the greeting says it itself', async () => {
    assert.equal(await greetingOf({ greeting_message: 'Hi. Yes?', announce_recording: false }), 'Hi. Yes?');
    assert.equal(await greetingOf({ greeting_message: 'Hi. Yes?', recording_enabled: false }), 'Hi. Yes?');
    assert.equal(await greetingOf({ greeting_message: 'Hi, we are recording. Yes?' }), 'Hi, we are recording. Yes?');
  });
  await test("Vapi's consent plan is not sent: the account is not said to be entitled", async () => {
    const { assistant } = await post(ring(newCallId()));
    assert.match(assistant.firstMessage, /This call is recorded\./);
    assert.equal(assistant.compliancePlan, undefined);
  });

  const noRecording = async (vapiId) => {
    const call = await findCall(client, vapiId);
    assert.equal(call.consent, 'refused');
    assert.equal(call.recording_url, null);
    expectProblem(await client.get(`/phone-calls/recording/${call.id}`), 404);
    assert.deepEqual(state.sql(`SELECT id FROM recordings WHERE phone_call_id = ${call.id}`), []);
    assert.equal(state.sql(`SELECT kind FROM outbox WHERE phone_call_id = ${call.id}`).length, 1, 'deletion at Vapi is queued once');
  };
  const stop = (callId) => toolCalls(callId, [toolCall('call_stop', 'stop_recording', {})], { caller: CALLER, providerPhoneId: DEMO.providerPhoneId });
  await test('"don\'t record": whatever comes, in any order', async () => {
    for (const order of [['ring', 'stop', 'report'], ['ring', 'report', 'stop'], ['report', 'stop', 'report'], ['stop', 'report']]) {
      const id = newCallId();
      for (const step of order) {
        const answer = await post(step === 'ring' ? ring(id) : step === 'stop' ? stop(id) : report(id));
        if (step === 'stop') assert.match(answer.results[0].result, /no recording/);
      }
      await noRecording(id);
    }
  });
  await test('the short form knows it too', async () => {
    const begun = await beginSeedCall(client);
    expectStatus(await callback(client, begun.call_id, { event: 'ended', status: 'completed', duration: 5, recording_url: URL }), 200);
    assert.equal((await getCall(client, begun.call_id)).recording_url, URL);
    expectStatus(await seedTool(client, begun.call_id, 'stop_recording', {}), 200);
    await noRecording(begun.vapi_call_id);
    assert.equal((await getCall(client, begun.call_id)).intent, null, 'it is no wish');
  });
  await test("what Vapi's consent plan came to is kept with the call", async () => {
    for (const [compliance, consent, kept] of [[undefined, 'unknown', true], [{ recordingConsent: { type: 'stay-on-line', grantedAt: '2026-09-01T17:04:02.000Z' } }, 'given', true], [{ recordingConsent: { type: 'verbal' } }, 'refused', false]]) {
      const id = newCallId();
      await post(report(id, compliance ? { compliance } : {}));
      const call = await findCall(client, id);
      assert.equal(call.consent, consent);
      assert.equal(call.recording_url !== null, kept);
    }
  });

  await test('the short form tells of consent as well; refused is refused, and stays so', async () => {
    for (const [consent, kept] of [[undefined, true], ['unknown', true], ['given', true], ['refused', false]]) {
      const begun = await beginSeedCall(client);
      const ended = (more) => callback(client, begun.call_id, { event: 'ended', status: 'completed', duration: 5, recording_url: URL, ...more });
      assert.equal(expectProblem(await ended({ consent: 'perhaps' }), 422).errors[0].field, 'consent');
      assert.equal(expectProblem(await ended({ consent: true }), 422).errors[0].field, 'consent');
      expectStatus(await ended(consent ? { consent } : {}), 200);
      const call = await getCall(client, begun.call_id);
      assert.equal(call.consent, consent ?? 'unknown');
      assert.equal(call.recording_url !== null, kept);
      if (kept) continue;
      expectStatus(await ended({ consent: 'given', cost: 1 }), 200);
      await noRecording(begun.vapi_call_id);
    }
  });
  await test("Vapi's consent plan is sent where the account is entitled to it, and recording is announced", async () => {
    const config = `${state.config}.entitled`;
    fs.symlinkSync(state.config, config);
    const entitled = await startServer(bench.kind, { config }, { env: { AI_REALTOR_CLOCK: STORY_CLOCK, AI_REALTOR_VAPI_CONSENT_PLAN: 'yes' } });
    try {
      const there = new Client({ url: entitled.url, mount: entitled.mounts[0], apiKey: state.apiKey, webhookSecret: state.webhookSecret });
      const assistantOf = async (values) => {
        const number = await createNumber(client, values);
        return expectStatus(await there.webhook('/incoming', message('assistant-request', { callId: newCallId(), caller: CALLER, providerPhoneId: number.provider_phone_id, number: number.phone_number })), 200).json.assistant;
      };
      const { compliancePlan: plan, firstMessage } = await assistantOf({ recording_notice: 'We keep a tape.' });
      assert.equal(plan.recordingConsentPlan.type, 'stay-on-line');
      assert.match(plan.recordingConsentPlan.message, /^We keep a tape\. .*hang up/);
      assert.match(firstMessage, /We keep a tape\./);
      for (const values of [{ announce_recording: false }, { recording_enabled: false }]) {
        const { compliancePlan, artifactPlan, firstMessage: said } = await assistantOf(values);
        assert.equal(compliancePlan, undefined);
        assert.equal(artifactPlan.recordingEnabled, values.recording_enabled ?? true);
        assert.doesNotMatch(said, /record/);
      }
      there.close();
    } finally {
      assert.equal(await entitled.stop(), true);
    }
  });

  // ---- the caller's rights ----------------------------------------------------------------

  let property;
  let whole;
  await test('a whole call, with a viewing, an offer and a message', async () => {
    property = await demoProperty(client, DEMO.property.address);
    whole = newCallId();
    await post(ring(whole));
    await post(message('transcript', { callId: whole, caller: CALLER, role: 'user', transcriptType: 'final', transcript: WORDS }));
    const options = { caller: CALLER, providerPhoneId: DEMO.providerPhoneId };
    const args = { property_id: property.id, caller_name: NAME };
    const { results } = await post(toolCalls(whole, [
      toolCall('t1', 'schedule_viewing', { ...args, date_time: '2026-09-02T14:00:00' }),
      toolCall('t2', 'create_offer', { ...args, amount: '400k', contingencies: WORDS }),
      toolCall('t3', 'take_message', { caller_name: NAME, message: WORDS }),
    ], options));
    assert.equal(results.filter((result) => result.result).length, 3);
    await post(report(whole));
    await createTask(client, { title: `Send ${NAME} a card`, caller_name: NAME, caller_phone: CALLER });
    await createOffer(client, { property_id: property.id, caller_name: NAME, caller_phone: CALLER });
  });

  await test('the summary of a caller, by number with or without the plus', async () => {
    for (const phone of [CALLER, CALLER.slice(1), encodeURIComponent(CALLER)]) {
      const { json } = expectStatus(await client.get(`/callers/${phone}`), 200);
      assert.equal(json.phone_number, CALLER);
      assert.equal(json.caller_name, NAME);
      assert.ok(json.calls >= 1 && json.tasks >= 4 && json.offers >= 2, JSON.stringify(json));
      assert.equal(json.do_not_call, false);
    }
    expectProblem(await client.get('/callers/+14155559999'), 404);
    expectProblem(await client.get('/callers/nobody'), 404);
    expectProblem(await client.get('/callers/0123'), 404);
    expectProblem(await client.post(`/callers/${CALLER}`, {}), 405);
  });

  await test('the export holds all of it, on either way', async () => {
    const { json } = expectStatus(await client.get(`/callers/${CALLER}/export`), 200);
    const call = json.calls.find((one) => one.vapi_call_id === whole);
    assert.equal(call.message, WORDS);
    assert.equal(call.consent, 'unknown');
    assert.deepEqual(call.segments.map((segment) => segment.text), ['Hello.', WORDS]);
    assert.deepEqual(call.recordings.map((recording) => recording.kind), ['mono', 'stereo']);
    assert.ok(json.tasks.some((task) => task.title === `Send ${NAME} a card`));
    assert.ok(json.tasks.some((task) => task.kind === 'viewing') && json.offers.some((offer) => offer.contingencies === WORDS));
    const told = cliDone(['caller', 'export', CALLER]).json;
    assert.deepEqual({ ...told, exported_at: null }, { ...json, exported_at: null });
    const { entries } = cliDone(['audit', 'list', '--action', 'export', '--json']).json;
    assert.deepEqual(entries.map(({ actor, subject, subject_id }) => [actor.replace(/:.*/, ''), subject, subject_id]), [
      ['cli', 'callers', json.calls.at(-1).id], ['key', 'callers', json.calls.at(-1).id],
    ], 'who looked is told, the latest first');
    assert.ok(!JSON.stringify(entries).includes(CALLER.slice(-7)), 'and of whom, without the number');
    assert.equal(cli(['caller', 'export', '+14155559999']).status, 3);
    assert.equal(cliDone(['audit', 'list', '--action', 'export', '--json']).json.entries.length, 2, 'nothing held, nothing seen');
    assert.equal(cliDone(['caller', 'show', '--json', '415-555-0177']).json.phone_number, CALLER);
    assert.equal(cli(['caller', 'show', '+14155559999']).status, 3);
    assert.equal(cli(['caller', 'show', 'nobody']).status, 2);
  });

  await test("an agent's key sees the agent's own, and neither exports nor erases", async () => {
    const added = cliDone(['agent', 'add', '--name', 'Another Agent', '--json']).json;
    const mine = client.with({ apiKey: cliDone(['key', 'add', '--name', 'test', '--agent-id', String(added.id)]).stdout.trim().split('\n').pop() });
    expectProblem(await mine.get(`/callers/${CALLER}`), 404);
    for (const [method, path] of [['GET', '/export'], ['DELETE', ''], ['DELETE', '/do-not-call']]) {
      expectProblem(await mine.request(method, `/callers/${CALLER}${path}`), 403);
    }
    expectProblem(await client.get(`/callers/${CALLER}`, { auth: 'none' }), 401);
    expectProblem(await client.get(`/callers/${CALLER}`, { auth: 'secret' }), 401);
  });

  await test('the do-not-call list', async () => {
    const phone = newNumber();
    expectProblem(await client.delete(`/callers/${phone}/do-not-call`), 404);
    const first = expectStatus(await client.put(`/callers/${phone}/do-not-call`), 200).json;
    assert.equal(first.do_not_call, true);
    assert.deepEqual(expectStatus(await client.put(`/callers/${phone}/do-not-call`), 200).json, first);
    assert.equal(expectStatus(await client.get(`/callers/${phone}`), 200).json.do_not_call, true);
    expectStatus(await client.delete(`/callers/${phone}/do-not-call`), 204);
    expectProblem(await client.get(`/callers/${phone}`), 404);
    const numbers = [newNumber(), newNumber(), newNumber()].sort();
    for (const number of numbers) expectStatus(await client.put(`/callers/${number}/do-not-call`), 200);
    const list = expectStatus(await client.get('/do-not-call', { query: { limit: 2, offset: 1 } }), 200).json;
    assert.deepEqual({ ...list, numbers: list.numbers.map((one) => one.phone_number) }, { numbers: numbers.slice(1), total: 3, limit: 2, offset: 1 });
    expectProblem(await client.get('/do-not-call', { query: { limit: 0 } }), 422);
    assert.deepEqual(cliDone(['caller', 'blocked', '--json']).json.numbers.map((one) => one.phone_number), numbers);
    for (const number of numbers) expectStatus(await client.delete(`/callers/${number}/do-not-call`), 204);
    assert.equal(cliDone(['caller', 'blocked']).stdout, '');
    cliDone(['caller', 'block', phone]);
    assert.equal(cliDone(['caller', 'show', '--json', phone]).json.do_not_call, true);
    cliDone(['caller', 'unblock', phone]);
    assert.equal(cli(['caller', 'unblock', phone]).status, 3);
  });

  await test('an erased caller is nowhere: not in the database, its WAL, or the journal', async () => {
    assert.ok(traces([CALLER]).length > 0, 'the number was there');
    const before = await totals();
    const rows = state.sql('SELECT COUNT(*) AS n FROM audit_log')[0].n;
    const { json } = expectStatus(await client.delete(`/callers/${CALLER}`), 200);
    assert.ok(json.calls >= 1 && json.tasks >= 4 && json.offers >= 2, JSON.stringify(json));
    assert.deepEqual(traces(SECRETS), []);
    const ids = state.sql('SELECT id FROM phone_calls WHERE erased_at IS NOT NULL').map((row) => row.id);
    for (const table of ['transcript_segments', 'recordings', 'tool_results', 'webhook_journal']) {
      assert.deepEqual(state.sql(`SELECT id FROM ${table} WHERE phone_call_id IN (${ids})`), [], table);
    }
    for (const id of ids) {
      const shown = [await client.get(`/phone-calls/${id}`), await client.get(`/phone-calls/transcription/${id}`)];
      for (const answer of shown) for (const secret of SECRETS) assert.ok(!expectStatus(answer, 200).text.includes(secret), secret);
      assert.equal(state.sql(`SELECT payload FROM outbox WHERE phone_call_id = ${id} AND kind = 'vapi_delete_call'`).length, 1);
    }
    for (const path of ['/tasks', '/offers']) {
      const { text } = expectStatus(await client.get(path, { query: { limit: 100 } }), 200);
      for (const secret of SECRETS) assert.ok(!text.includes(secret), `${path}: ${secret}`);
    }
    assert.deepEqual(await totals(), before);
    assert.equal(state.sql('SELECT COUNT(*) AS n FROM audit_log')[0].n, rows + 1, 'a receipt is left');
    assert.equal(state.sql('SELECT action FROM audit_log ORDER BY id DESC LIMIT 1')[0].action, 'erase');
    expectProblem(await client.get(`/callers/${CALLER}`), 404);
    expectProblem(await client.delete(`/callers/${CALLER}`), 404);
  });

  await test('nothing that comes late brings the caller back, but figures count', async () => {
    const id = newCallId();
    await post(ring(id));
    expectStatus(await client.delete(`/callers/${CALLER}`), 200);
    const before = await overview();
    await post(message('transcript', { callId: id, caller: CALLER, role: 'user', transcriptType: 'final', transcript: WORDS }));
    const late = await post(toolCalls(id, [toolCall('t', 'take_message', { caller_name: NAME, message: WORDS })], { caller: CALLER }));
    assert.match(late.results[0].error, /Nothing more can be kept/);
    for (let i = 0; i < 2; i++) await post(report(id));
    const call = await findCall(client, id);
    assert.equal(call.status, 'completed');
    assert.equal(call.duration_seconds, 127);
    for (const field of ['phone_number', 'caller_phone', 'caller_name', 'message', 'transcription', 'summary', 'recording_url']) assert.equal(call[field], null, field);
    assert.equal((await overview()).completed_calls, before.completed_calls + 1);
    expectProblem(await client.get(`/callers/${CALLER}`), 404);
    assert.deepEqual(state.sql(`SELECT id FROM webhook_journal WHERE phone_call_id = ${call.id}`), []);
  });

  await test('the command line erases as well', async () => {
    const caller = '+14155550178';
    await post(message('assistant-request', { callId: newCallId(), caller, providerPhoneId: DEMO.providerPhoneId }));
    assert.match(cliDone(['caller', 'erase', caller]).stdout, /erased from 1 call,/);
    assert.deepEqual(traces([caller]), []);
    assert.equal(cli(['caller', 'erase', caller]).status, 3);
  });

  // ---- retention --------------------------------------------------------------------------

  await test('the periods are the configuration\'s until the brokerage has its own', async () => {
    assert.deepEqual(cliDone(['retention', '--json']).json.recordings, { days: 90, from: 'configuration' });
    assert.deepEqual(cliDone(['retention', '--json', '--recordings', '30', '--details', '0']).json.recordings, { days: 30, from: 'brokerage' });
    assert.match(cliDone(['retention']).stdout, /details +for ever/);
    assert.deepEqual(cliDone(['retention', '--json', '--details', 'default']).json.details, { days: 1095, from: 'configuration' });
    assert.equal(cli(['retention', '--audit', 'soon']).status, 2);
    assert.equal(cli(['purge'], { AI_REALTOR_RETAIN_JOURNAL_DAYS: '-1' }).status, 78);
  });

  await test('a broker reads and changes the periods over HTTP as well', async () => {
    const { json } = expectStatus(await client.get('/retention'), 200);
    assert.deepEqual(json, cliDone(['retention', '--json']).json);
    assert.deepEqual(json.tasks, { days: 1095, from: 'configuration' });
    const changed = expectStatus(await client.put('/retention', { recordings: 31, tasks: 0 }), 200).json;
    assert.deepEqual(changed, { ...json, recordings: { days: 31, from: 'brokerage' }, tasks: { days: 0, from: 'brokerage' } });
    assert.deepEqual(changed, cliDone(['retention', '--json']).json);
    const before = state.sql('SELECT COUNT(*) AS n FROM audit_log')[0].n;
    expectStatus(await client.put('/retention', { tasks: null, recordings: null }), 200);
    assert.equal(state.sql('SELECT fields FROM audit_log ORDER BY id DESC LIMIT 1')[0].fields, 'recordings,tasks');
    assert.deepEqual(expectStatus(await client.put('/retention', {}), 200).json.recordings, { days: 90, from: 'configuration' });
    assert.equal(state.sql('SELECT COUNT(*) AS n FROM audit_log')[0].n, before + 1, 'nothing changed, nothing noted');
    for (const [field, days] of [['recordings', -1], ['recordings', 36501], ['recordings', 1.5], ['recordings', '30'], ['recordings', true], ['forever', 3], ['audit', [3]]]) {
      assert.equal(expectProblem(await client.put('/retention', { journal: 3, [field]: days }), 422).errors[0].field, field);
    }
    assert.equal(expectStatus(await client.get('/retention'), 200).json.journal.days, 30);
    expectStatus(await client.put('/retention', { recordings: 30 }), 200);
  });

  let kept;
  await test('nothing is old yet', async () => {
    kept = newCallId();
    await post(report(kept));
    assert.deepEqual(cliDone(['purge', '--json']).json.removed, { recordings: 0, transcripts: 0, details: 0, tasks: 0, journal: 0, audit: 0 });
  });

  await test('what is old goes, kind by kind; a dry run says the same and removes nothing', async () => {
    const before = await totals();
    const dry = cliDone(['purge', '--dry-run', '--json'], LATER).json;
    assert.equal((await findCall(client, kept)).recording_url, URL);
    const { removed } = cliDone(['purge', '--json'], LATER).json;
    assert.deepEqual(removed, dry.removed);
    assert.ok(removed.recordings >= 3 && removed.journal > 0, JSON.stringify(removed));
    assert.equal(removed.transcripts + removed.details + removed.tasks + removed.audit, 0);
    const call = await findCall(client, kept);
    assert.equal(call.recording_url, null);
    assert.equal(call.phone_number, CALLER);
    assert.deepEqual(state.sql('SELECT id FROM recordings'), []);
    assert.deepEqual(await totals(), before);
    assert.equal(Object.values(cliDone(['purge', '--json'], LATER).json.removed).reduce((a, b) => a + b), 0, 'once is enough');
  });

  await test('in the end only figures are left, and they are all there', async () => {
    const before = await totals();
    const { removed } = cliDone(['purge', '--json'], MUCH_LATER).json;
    for (const kind of ['transcripts', 'details', 'tasks', 'audit']) assert.ok(removed[kind] > 0, kind);
    const call = await findCall(client, kept);
    for (const field of ['phone_number', 'caller_name', 'summary', 'transcription', 'message']) assert.equal(call[field], null, field);
    for (const table of ['transcript_segments', 'tool_results', 'webhook_journal']) assert.deepEqual(state.sql(`SELECT id FROM ${table}`), [], table);
    assert.deepEqual(await totals(), before);
    assert.equal(cli(['audit', 'verify']).status, 0);
    const { entries } = cliDone(['audit', 'list', '--json']).json;
    assert.deepEqual(entries.map(({ action, actor }) => [action, actor.replace(/:.*/, '')]), [['purge', 'cli']], 'the receipt');
    assert.equal(entries[0].fields, Object.entries(removed).filter(([, count]) => count > 0).map(([kind, count]) => `${kind}=${count}`).join());
  });
}, { env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
