// Vapi's own messages: what we answer is what Vapi's document allows, and the record is what the story
// tells, also when everything comes twice or in any order.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { DEMO, STORY_CLOCK } from './lib/demo.mjs';
import { createNumber, demoNumber, demoProperty, expectStatus, findCall, getCall, newCallId, random, shuffled, withServers } from './lib/suite.mjs';
import { FOREIGN, STORY, answerFaults, message, sample, sampleNames, schemaErrors, toolCall, toolCalls } from './lib/vapi.mjs';

// One call from ring to hang-up, in a plausible order.
const INBOUND = [
  'assistant-request', 'status-update.in-progress', 'assistant.started', 'assistant.speechStarted', 'speech-update',
  'voice-input', 'model-output', 'language-change-detected', 'tool-calls.lookup_property', 'tool-calls.lookup_property.flat-shape',
  'knowledge-base-request', 'user-interrupted', 'transcript.partial.user', 'transcript.final.user', 'transcript.final-only-type',
  'tool-calls.schedule_viewing', 'tool-calls.schedule_viewing.arguments-string', 'function-call.legacy', 'transcript.final.assistant',
  'conversation-update', 'tool-calls.search_properties', 'hang', 'tool-calls.create_offer', 'tool-calls.take_message',
  'status-update.ended', 'call.artifact.upload', 'end-of-call-report.completed', 'end-of-call-report.completed.legacy-fields',
];
// The same call, ending in a transfer to a person instead.
const FORWARDED = [
  ...INBOUND.slice(0, -4), 'transfer-destination-request', 'phone-call-control.forward', 'status-update.forwarding',
  'transfer-update', 'end-of-call-report.forwarded',
];
const OUTBOUND = ['status-update.outbound.queued', 'status-update.outbound.ringing', 'end-of-call-report.outbound.customer-did-not-answer'];
// Messages that belong to no call of ours, or to other features; they come last.
const OTHERS = ['handoff-destination-request', 'phone-call-control.hang-up', 'session.created', 'session.updated', 'session.deleted',
  'chat.created', 'chat.deleted', 'call.deleted', 'call.delete.failed'];

const SECRETS = ['EXAMPLE-NOT-A-REAL-TOKEN', 'X-Amz-Signature', 'opaque-per-call-token'];
const ORDERS = Number(process.env.E2E_ORDERS || 200);

await withServers(async (bench) => {
  const { client } = bench;
  const test = (name, run, options) => bench.test(name, run, options);
  let listing;
  let number;

  await test('the samples themselves are what Vapi\'s document says', async () => {
    const known = new Set(['assistant.started', 'function-call.legacy', 'tool-calls.lookup_property.flat-shape']);
    for (const name of sampleNames()) {
      if (!known.has(name)) assert.deepEqual(schemaErrors('ServerMessage', sample(name)), [], name);
    }
    const used = new Set([...INBOUND, ...FORWARDED, ...OUTBOUND, ...OTHERS, ...FOREIGN, 'end-of-call-report.assistant-error',
      'end-of-call-report.outbound.customer-busy', 'end-of-call-report.outbound.voicemail']);
    assert.deepEqual(sampleNames().filter((name) => !used.has(name)), [], 'a sample that no test plays');
  });

  await test('the story\'s number and listings are there', async () => {
    number = await demoNumber(client, STORY.number);
    number = expectStatus(await client.put(`/phone-numbers/${number.id}`, {
      provider_phone_id: STORY.providerPhoneId, timezone: 'America/Los_Angeles', forward_to_number: '+14155550199',
    }), 200).json;
    const demo = await demoProperty(client, DEMO.property.address);
    listing = expectStatus(await client.put(`/properties/${demo.id}`, STORY.properties[0]), 200).json;
    for (const other of STORY.properties.slice(1)) expectStatus(await client.post('/properties', other), 201);
  });

  // Posts a sample and checks the answer against Vapi's document.
  async function post(name, replace = {}) {
    const body = sample(name, { listing: listing.id, replace });
    const answer = expectStatus(await client.webhook('/incoming', body), 200);
    assert.ok(answer.json && typeof answer.json === 'object' && !Array.isArray(answer.json), `${name}: ${answer.text}`);
    const { type } = body.message;
    assert.deepEqual(answerFaults(type, answer.json), [], name);
    if (type === 'assistant-request') assert.ok(answer.json.assistant || answer.json.assistantId || answer.json.destination || answer.json.error, answer.text);
    if (type === 'function-call') assert.equal(typeof answer.json.result, 'string', answer.text);
    if (type === 'transfer-destination-request') assert.ok(answer.json.destination || answer.json.error, answer.text);
    for (const result of answer.json.results ?? []) {
      const sentence = result.result ?? result.error;
      assert.equal(typeof sentence, 'string');
      assert.doesNotMatch(sentence, /[\r\n\u2028\u2029]/, name);
    }
    if (type === 'tool-calls') {
      assert.deepEqual(answer.json.results.map((result) => result.toolCallId), body.message.toolCallList.map((call) => call.id));
    }
    return answer.json;
  }

  const mine = (list, id) => list.filter((item) => item.phone_call_id === id);

  const without = (item, ...fields) => Object.fromEntries(Object.entries(item).filter(([key]) => !fields.includes(key)));

  // All that is known of a call, ids and the clock's readings aside.
  async function record(vapiCallId) {
    const found = await findCall(client, vapiCallId);
    if (!found) return null;
    const call = await getCall(client, found.id);
    const text = expectStatus(await client.get(`/phone-calls/transcription/${found.id}`), 200).json;
    const recording = await client.get(`/phone-calls/recording/${found.id}`);
    // What is to be done "now" is due when the message came in.
    const due = (item) => (item.kind && item.kind !== 'viewing' ? ['scheduled_at'] : []);
    const sorted = (items) => items.map((item) => without(item, 'id', 'phone_call_id', 'revision', 'created_at', 'updated_at', ...due(item)))
      .map((item) => JSON.stringify(item)).sort().map((item) => JSON.parse(item));
    return {
      id: found.id,
      comparable: {
        // The two sample reports differ in one fact: only one of them says that consent was granted.
        call: without(call, 'id', 'vapi_call_id', 'created_at', 'updated_at', 'segments', 'consent'),
        transcription: JSON.parse(JSON.stringify(text, (key, value) => (['id', 'call_id', 'phone_call_id', 'created_at', 'updated_at'].includes(key) ? undefined : value))),
        recording: { status: recording.status, url: recording.json?.recording_url },
        tasks: sorted(mine(await client.all('/tasks', 'tasks'), found.id)),
        offers: sorted(mine(await client.all('/offers', 'offers'), found.id)),
      },
    };
  }

  // Takes away what a call left behind, so that the next one finds the same free hours.
  async function clear(id) {
    for (const offer of mine(await client.all('/offers', 'offers'), id)) expectStatus(await client.delete(`/offers/${offer.id}`), [200, 204]);
    for (const task of mine(await client.all('/tasks', 'tasks'), id)) expectStatus(await client.delete(`/tasks/${task.id}`), [200, 204]);
  }

  const sum = async () => {
    const overview = expectStatus(await client.get('/phone-calls/analytics/overview'), 200).json;
    return without(overview, 'id');
  };

  let told;
  await test('the whole call, in order: every answer is right and the record tells the story', async () => {
    for (const name of INBOUND) await post(name);
    told = await record(STORY.inboundCall);
    const { call, tasks, offers } = told.comparable;
    assert.equal(call.status, 'completed');
    assert.equal(call.direction, 'inbound');
    assert.equal(call.phone_number, STORY.caller);
    assert.ok([76, 76.4].includes(call.duration_seconds), `duration ${call.duration_seconds}`);
    assert.ok(Math.abs(call.cost - 0.1425) < 1e-9, `cost ${call.cost}`);
    assert.equal(Date.parse(call.started_at), Date.parse('2026-09-01T17:04:07.412Z'));
    assert.equal(Date.parse(call.ended_at), Date.parse('2026-09-01T17:05:23.812Z'));
    assert.equal(call.caller_name, STORY.callerName);
    assert.equal(call.property_id, listing.id);
    assert.equal(call.intent, 'schedule_viewing');
    assert.ok(['viewing_scheduled', 'offer_created'].includes(call.outcome), call.outcome);
    assert.match(call.message, /parking/);
    assert.match(call.summary, /123 Main/);
    assert.equal(call.follow_up_created, true);
    assert.equal(call.recording_url, `https://storage.vapi.ai/${STORY.inboundCall}-mono.mp3`);
    const viewings = tasks.filter((task) => task.kind === 'viewing');
    assert.equal(viewings.length, 1, 'two tool calls and a legacy one: one viewing');
    assert.equal(Date.parse(viewings[0].scheduled_at), Date.parse(STORY.viewing));
    assert.equal(viewings[0].caller_name, STORY.callerName);
    assert.equal(viewings[0].caller_phone, STORY.caller);
    assert.equal(tasks.filter((task) => task.priority === 'urgent').length, 1);
    assert.equal(tasks.filter((task) => task.priority === 'high').length, 1);
    assert.equal(tasks.length, 3);
    assert.equal(offers.length, 1);
    assert.equal(offers[0].amount, STORY.offer);
    assert.equal(offers[0].status, 'lead');
    assert.match(offers[0].contingencies, /inspection/);
  });

  await test('the final report\'s transcript replaces the running one', async () => {
    const answer = expectStatus(await client.get(`/phone-calls/transcription/${told.id}`), 200);
    const spoken = sample('end-of-call-report.completed').message.artifact.messages.filter((item) => ['user', 'bot', 'assistant'].includes(item.role));
    const lists = Object.values(answer.json).filter(Array.isArray);
    assert.equal(lists.length, 1, `one list of segments in ${Object.keys(answer.json)}`);
    assert.deepEqual(lists[0].map((segment) => segment.text), spoken.map((item) => item.message));
    assert.deepEqual(lists[0].map((segment) => segment.role), spoken.map((item) => (item.role === 'user' ? 'user' : 'assistant')));
  });

  await test('the same messages again change nothing, and are answered the same', async () => {
    const before = await sum();
    const answers = new Map();
    for (const name of INBOUND) answers.set(name, await post(name));
    for (const name of INBOUND) assert.deepEqual(await post(name), answers.get(name), name);
    assert.deepEqual((await record(STORY.inboundCall)).comparable, told.comparable);
    assert.deepEqual(await sum(), before);
  });

  await test('no credential, control URL or presigned URL is kept or logged', async () => {
    for (const name of ['forwarded', 'completed.legacy-fields']) await post(`end-of-call-report.${name}`);
    const files = fs.readdirSync(bench.state.dir).map((name) => path.join(bench.state.dir, name));
    // A database's side files come and go.
    const content = (file) => { try { return fs.readFileSync(file, 'latin1'); } catch { return ''; } };
    const everything = files.map(content).join('') + bench.server.programLog();
    for (const secret of SECRETS) assert.ok(!everything.includes(secret), secret);
    const control = /"(controlUrl|listenUrl)": "([^"]+)"/.exec(fs.readFileSync(new URL('../data/vapi/status-update.in-progress.json', import.meta.url), 'utf8'));
    if (control) assert.ok(!everything.includes(control[2]), 'the control URL');
  });

  // In any order, some of it twice: the same record in the end.
  function ordered(title, names, key, count, pick = (list) => list) {
    return test(`${title}: ${count} random orders leave the same record`, async () => {
      let wanted = null;
      const previous = await findCall(client, key);
      if (previous) await clear(previous.id);
      for (let seed = 0; seed <= count; seed++) {
        const rnd = random(seed);
        const id = newCallId();
        let list = pick(names, rnd, seed);
        if (seed > 0) {
          list = [...list, ...list.filter(() => rnd() < 0.2)];
          list = shuffled(list, rnd);
        }
        for (const name of list) await post(name, { [key]: id });
        const got = await record(id);
        assert.ok(got, `order ${seed} left no call: ${list.join(' ')}`);
        const normal = JSON.parse(JSON.stringify(got.comparable).split(id).join(key));
        wanted ??= normal;
        assert.deepEqual(normal, wanted, `order ${seed}: ${list.join(' ')}`);
        await clear(got.id);
      }
    }, { timeout: 1800000 });
  }

  const REPORTS = ['end-of-call-report.completed', 'end-of-call-report.completed.legacy-fields'];
  const either = (list, rnd, seed) => {
    const dropped = seed === 0 ? null : REPORTS[rnd() < 0.5 ? 0 : 1];
    return list.filter((name) => name !== dropped);
  };
  await ordered('the call', INBOUND, STORY.inboundCall, ORDERS, either);
  await ordered('the call without its beginning', INBOUND.slice(5), STORY.inboundCall, Math.ceil(ORDERS / 10), either);
  await ordered('the forwarded call', FORWARDED, STORY.inboundCall, Math.ceil(ORDERS / 5));
  await ordered('the call that nobody answered', OUTBOUND, STORY.outboundCall, Math.ceil(ORDERS / 10));

  await test('the forwarded call is completed, and its outcome a transfer', async () => {
    const id = newCallId();
    for (const name of FORWARDED.filter((item) => !/tool-calls|function-call/.test(item))) await post(name, { [STORY.inboundCall]: id });
    const { call } = (await record(id)).comparable;
    assert.equal(call.status, 'completed');
    assert.equal(call.outcome, 'transferred');
  });

  await test('outbound calls: not answered, busy, voicemail; cost 0 and no start are no errors', async () => {
    for (const [name, status] of [['customer-did-not-answer', 'no_answer'], ['customer-busy', 'busy'], ['voicemail', 'no_answer']]) {
      const id = newCallId();
      for (const part of OUTBOUND.slice(0, 2)) await post(part, { [STORY.outboundCall]: id });
      assert.equal((await record(id)).comparable.call.status, 'initiated');
      await post(`end-of-call-report.outbound.${name}`, { [STORY.outboundCall]: id });
      const { call } = (await record(id)).comparable;
      assert.equal(call.direction, 'outbound');
      assert.equal(call.status, status, name);
    }
  });

  await test('a call that broke off is failed, and what is known of it is kept', async () => {
    const id = newCallId();
    for (const name of ['assistant-request', 'status-update.in-progress', 'end-of-call-report.assistant-error']) await post(name, { [STORY.inboundCall]: id });
    const { call } = (await record(id)).comparable;
    assert.equal(call.status, 'failed');
    assert.equal(call.duration_seconds, 19);
    assert.match(call.summary, /123 Main/);
  });

  await test('messages of other features, and ones for other servers, are acknowledged', async () => {
    for (const name of OTHERS) await post(name);
    for (const name of FOREIGN) expectStatus(await client.webhook('/incoming', sample(name)), 200);
    for (const type of ['some-future-message', 'assistant.unheardOf', '']) expectStatus(await client.webhook('/incoming', message(type, { callId: newCallId() })), 200);
    expectStatus(await client.webhook('/incoming', { message: { type: 'status-update' } }), 200);
    expectStatus(await client.webhook('/incoming', { message: { type: 'hang', call: null, artifact: null, customer: null } }), 200);
  });

  await test('a status never moves back, and ended is final', async () => {
    const callId = newCallId();
    const status = async (word) => {
      expectStatus(await client.webhook('/incoming', message('status-update', { callId, status: word, ...(word === 'ended' ? { endedReason: 'customer-ended-call' } : {}) })), 200);
      return (await findCall(client, callId)).status;
    };
    assert.equal(await status('queued'), 'initiated');
    assert.equal(await status('in-progress'), 'in_progress');
    assert.equal(await status('ringing'), 'in_progress');
    const ended = await status('ended');
    assert.equal(await status('in-progress'), ended);
    assert.notEqual(ended, 'in_progress');
  });

  await test('every way a call can end is sorted right', async () => {
    const cases = {
      completed: ['customer-ended-call', 'assistant-ended-call', 'assistant-said-end-call-phrase', 'silence-timed-out', 'exceeded-max-duration', 'vonage-completed',
        'assistant-forwarded-call', 'assistant-request-returned-forwarding-phone-number', 'call.forwarding.operator-busy', 'call.in-progress.error-transfer-failed'],
      no_answer: ['customer-did-not-answer', 'call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable', 'call.ringing.sip-inbound-caller-hungup-before-call-connect', 'voicemail'],
      busy: ['customer-busy'],
      failed: ['manually-canceled', 'assistant-request-failed', 'assistant-request-returned-error', 'assistant-not-found', 'call.start.error-get-transport', 'pipeline-error-openai-llm-failed',
        'call.in-progress.error-vapifault-x', 'twilio-failed-to-connect-call', 'worker-shutdown', 'some-new-error-of-2027', 'some.new-providerfault-of-2027'],
    };
    for (const [status, reasons] of Object.entries(cases)) {
      for (const endedReason of reasons) {
        const callId = newCallId();
        expectStatus(await client.webhook('/incoming', message('end-of-call-report', { callId, endedReason, startedAt: '2026-09-01T17:04:07.412Z', endedAt: '2026-09-01T17:04:17.412Z', artifact: {}, analysis: {} })), 200);
        const call = await findCall(client, callId);
        assert.equal(call.status, status, endedReason);
        assert.equal(call.ended_reason, endedReason);
      }
    }
    const answered = newCallId();
    expectStatus(await client.webhook('/incoming', message('end-of-call-report', { callId: answered, endedReason: 'unheard-of', startedAt: '2026-09-01T17:04:07.412Z', endedAt: '2026-09-01T17:04:17.412Z' })), 200);
    assert.equal((await findCall(client, answered)).status, 'completed');
    const never = newCallId();
    expectStatus(await client.webhook('/incoming', message('end-of-call-report', { callId: never, endedReason: 'unheard-of' })), 200);
    assert.equal((await findCall(client, never)).status, 'failed');
  });

  await test('recordings whose consent was not granted are not shown', async () => {
    const callId = newCallId();
    const report = sample('end-of-call-report.completed', { listing: listing.id, replace: { [STORY.inboundCall]: callId } });
    report.message.compliance = { recordingConsent: { type: 'stay-on-line' } };
    expectStatus(await client.webhook('/incoming', report), 200);
    const call = await findCall(client, callId);
    assert.equal(call.recording_url, null);
    assert.ok(!(await client.get(`/phone-calls/recording/${call.id}`)).text.includes('storage.vapi.ai'));
  });

  // ---- who answers --------------------------------------------------------------------------

  const ring = async (phone, extra = {}) => {
    const body = message('assistant-request', { callId: newCallId(), providerPhoneId: phone.provider_phone_id, number: phone.phone_number, ...extra });
    const answer = expectStatus(await client.webhook('/incoming', body), 200);
    assert.deepEqual(answerFaults('assistant-request', answer.json), []);
    return answer.json;
  };

  await test('the assistant is complete', async () => {
    const { assistant } = await ring(number);
    assert.ok(assistant.firstMessage.includes(DEMO.company));
    assert.ok(assistant.name.length <= 40);
    const system = assistant.model.messages.filter((item) => item.role === 'system');
    assert.equal(system.length, 1);
    for (const word of [DEMO.company, 'America/Los_Angeles', '2026']) assert.ok(system[0].content.includes(word), word);
    assert.match(system[0].content, /September 1|2026-09-01/);
    const tools = assistant.model.tools.filter((tool) => tool.type === 'function');
    assert.deepEqual(tools.map((tool) => tool.function.name).sort(), ['cancel_viewing', 'check_availability', 'create_offer', 'lookup_property', 'reschedule_viewing', 'schedule_viewing', 'search_properties', 'stop_recording', 'take_message']);
    for (const tool of tools) {
      assert.ok(tool.function.description.length > 20, tool.function.name);
      assert.equal(tool.function.parameters.type, 'object');
    }
    for (const name of ['schedule_viewing', 'create_offer', 'take_message']) {
      const tool = tools.find((item) => item.function.name === name);
      assert.ok(tool.parameters.some((item) => /customer\.number/.test(item.value)), `${name}: the caller's number is static`);
    }
    assert.match(assistant.server.url, /^https?:\/\/.*\/voice-assistant\/incoming/);
    for (const wanted of ['status-update', 'tool-calls', 'end-of-call-report', 'transcript[transcriptType="final"]', 'transfer-destination-request', 'hang']) {
      assert.ok(assistant.serverMessages.includes(wanted), wanted);
    }
    for (const heavy of ['conversation-update', 'speech-update', 'model-output', 'phone-call-control']) assert.ok(!assistant.serverMessages.includes(heavy), heavy);
    assert.equal(assistant.artifactPlan.recordingEnabled, true);
    assert.equal(assistant.artifactPlan.transcriptPlan.enabled, true);
    assert.ok(!('recordingConsentPlan' in (assistant.compliancePlan ?? {})), 'for Enterprise accounts only');
    const schema = JSON.stringify(assistant.analysisPlan.structuredDataPlan.schema);
    for (const word of ['intent', 'outcome', 'caller_name', 'confidence']) assert.ok(schema.includes(word), word);
    assert.ok(assistant.analysisPlan.summaryPlan?.enabled !== false);
    assert.equal(assistant.backgroundSound, 'off');
    assert.ok(assistant.voice.provider && assistant.voice.voiceId);
    assert.ok(assistant.maxDurationSeconds > 600);
  });

  await test('what the number says is what the assistant does', async () => {
    const quiet = await createNumber(client, { greeting_message: 'Hi, Listings Hotline here.', ai_voice_id: 'voice-77', recording_enabled: false, transcription_enabled: false, timezone: 'America/New_York' });
    const { assistant } = await ring(quiet);
    assert.equal(assistant.firstMessage, 'Hi, Listings Hotline here.');
    assert.equal(assistant.voice.voiceId, 'voice-77');
    assert.equal(assistant.artifactPlan.recordingEnabled, false);
    assert.equal(assistant.artifactPlan.transcriptPlan.enabled, false);
    assert.ok(assistant.model.messages[0].content.includes('America/New_York'));
  });

  await test('a saved assistant is named, with overrides', async () => {
    const saved = await createNumber(client, { ai_assistant_id: '2f6d8b14-0c3e-4a59-b7d1-9e5c3a8f6b02' });
    const answer = await ring(saved);
    assert.equal(answer.assistantId, '2f6d8b14-0c3e-4a59-b7d1-9e5c3a8f6b02');
    assert.ok(!('assistant' in answer));
  });

  await test('a number that forwards now answers with a destination', async () => {
    const forward = { forward_to_number: '+14155559876', business_hours_start: '09:00', business_hours_end: '18:00' };
    const cases = [
      [{ forward_when: 'always' }, true], [{ forward_when: 'never' }, false],
      [{ forward_when: 'after_hours', timezone: 'America/Los_Angeles' }, false],            // 10:04 there
      [{ forward_when: 'after_hours', timezone: 'Europe/Berlin' }, true],                   // 19:04 there
      [{ forward_when: 'after_hours', timezone: 'Asia/Tokyo' }, true],                      // 02:04 there
      [{ forward_when: 'after_hours', timezone: 'Asia/Tokyo', business_hours_start: '22:00', business_hours_end: '06:00' }, false],
      [{ forward_when: 'after_hours', timezone: 'America/Los_Angeles', business_hours_start: '22:00', business_hours_end: '06:00' }, true],
    ];
    for (const [settings, forwards] of cases) {
      const answer = await ring(await createNumber(client, { ...forward, ...settings }));
      assert.equal('destination' in answer, forwards, JSON.stringify(settings));
      if (forwards) {
        assert.equal(answer.destination.type, 'number');
        assert.equal(answer.destination.number, '+14155559876');
      }
    }
  });

  await test('an unknown or inactive number gets a sentence to say', async () => {
    const inactive = await createNumber(client, { is_active: false });
    const deaf = await createNumber(client, { can_receive_calls: false });
    for (const phone of [inactive, deaf, { provider_phone_id: newCallId(), phone_number: '+14155559999' }]) {
      const answer = await ring(phone);
      assert.deepEqual(Object.keys(answer), ['error']);
      assert.ok(answer.error.length > 10);
    }
  });

  await test('the number is found by its own number when Vapi\'s id is unknown', async () => {
    const plain = await createNumber(client, { provider_phone_id: null });
    assert.ok('assistant' in await ring({ provider_phone_id: newCallId(), phone_number: plain.phone_number }));
  });

  await test('withheld, strange and missing callers are callers', async () => {
    for (const caller of ['anonymous', '+266696687', 'sip:someone@example.com', '', null]) {
      const callId = newCallId();
      const body = message('assistant-request', { callId, providerPhoneId: number.provider_phone_id, caller });
      const answer = expectStatus(await client.webhook('/incoming', body), 200).json;
      assert.ok(answer.assistant, String(caller));
      assert.ok(await findCall(client, callId));
    }
  });

  await test('a person is transferred to when the number knows one, and not otherwise', async () => {
    const ask = (phone) => client.webhook('/incoming', message('transfer-destination-request', { callId: newCallId(), providerPhoneId: phone.provider_phone_id, number: phone.phone_number }));
    const staffed = await createNumber(client, { forward_to_number: '+14155559876', forward_when: 'unavailable' });
    const answer = expectStatus(await ask(staffed), 200).json;
    assert.deepEqual(answerFaults('transfer-destination-request', answer), []);
    assert.equal(answer.destination.number, '+14155559876');
    const alone = expectStatus(await ask(await createNumber(client)), 200).json;
    assert.deepEqual(answerFaults('transfer-destination-request', alone), []);
    assert.ok(alone.error || alone.destination);
  });

  await test('the report that comes first makes the call, and tools that come late still answer', async () => {
    const callId = newCallId();
    await post('end-of-call-report.completed', { [STORY.inboundCall]: callId });
    assert.equal((await findCall(client, callId)).status, 'completed');
    const answer = expectStatus(await client.webhook('/incoming', toolCalls(callId, [toolCall('call_late', 'take_message', { caller_name: 'John Carter', message: 'late' })])), 200).json;
    assert.equal(answer.results.length, 1);
    assert.equal((await findCall(client, callId)).status, 'completed');
  });
}, { packages: ['ajv', 'ajv-formats'], env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
