// The call of the user's document: John asks about 123 Main St, books a viewing, and hangs up.

import assert from 'node:assert/strict';
import { DEMO, STORY_CLOCK, TOOLS } from './lib/demo.mjs';
import { beginSeedCall, callback, demoProperty, expectNoLeak, expectProblem, expectStatus, findCall, getCall, newCallId, seedTool, withServers } from './lib/suite.mjs';

const near = (a, b) => Math.abs(a - b) < 0.011;

await withServers(async (bench) => {
  const { client } = bench;
  const test = (name, run) => bench.test(name, run);
  const overview = async (query) => expectStatus(await client.get('/phone-calls/analytics/overview', { query }), 200).json;
  const byProperty = async (id) => expectStatus(await client.get('/phone-calls/analytics/by-property'), 200).json.properties.find((row) => row.property_id === id);
  const tasksOf = async (id) => (await client.all('/tasks', 'tasks')).filter((task) => task.phone_call_id === id);

  let property;
  await test('the demo listing is the one of the document', async () => {
    property = await demoProperty(client, DEMO.property.address);
    assert.ok(property);
    for (const field of ['price', 'bedrooms', 'bathrooms', 'square_feet', 'stage']) assert.equal(property[field], DEMO.property[field], field);
  });

  await test('/incoming answers who to be', async () => {
    const answer = await beginSeedCall(client);
    assert.ok(Number.isInteger(answer.call_id));
    for (const field of ['greeting', 'prompt', 'voice_id']) assert.ok(typeof answer[field] === 'string' && answer[field].length > 0, field);
    assert.ok('assistant_id' in answer);
    assert.equal(answer.recording_enabled, true);
    assert.equal(answer.transcription_enabled, true);
    assert.match(answer.greeting, new RegExp(DEMO.company));
    assert.match(answer.callback_url, new RegExp(`/voice-assistant/callback/${answer.call_id}$`));
    const functions = JSON.stringify(answer.functions);
    for (const tool of TOOLS) assert.ok(functions.includes(`"${tool}"`), tool);
    const call = await getCall(client, answer.call_id);
    assert.equal(call.status, 'in_progress');
    assert.equal(call.direction, 'inbound');
    assert.equal(call.phone_number, '+14155550188');
    assert.equal(call.vapi_call_id, answer.vapi_call_id);
  });

  await test('/incoming takes query parameters as well', async () => {
    const vapi_call_id = newCallId();
    const query = { phone_number: '+14155550188', vapi_call_id, vapi_phone_id: DEMO.providerPhoneId };
    const [one, two] = [
      expectStatus(await client.request('POST', '/incoming', { query, auth: 'secret' }), 200).json,
      expectStatus(await client.webhook('/incoming', query), 200).json,
    ];
    assert.deepEqual(one, two, 'the same call is answered the same, however it is said');
    assert.equal((await findCall(client, vapi_call_id)).id, one.call_id);
  });

  await test('the number called may be given by itself', async () => {
    const answer = await client.webhook('/incoming', { phone_number: '+14155550188', vapi_call_id: newCallId(), vapi_phone_id: DEMO.number });
    expectStatus(answer, 200);
  });

  await test('an unknown number is 404, and no call is kept', async () => {
    const vapi_call_id = newCallId();
    expectProblem(await client.webhook('/incoming', { phone_number: '+14155550188', vapi_call_id, vapi_phone_id: 'nobody-s-number' }), 404);
    assert.equal(await findCall(client, vapi_call_id), null);
  });

  // The story.  `times` is how often each message is delivered.
  async function play({ times, dateTime, caller }) {
    const send = async (run) => {
      const answers = [];
      for (let i = 0; i < times; i++) answers.push(expectStatus(await run(), 200).json);
      for (const answer of answers) assert.deepEqual(answer, answers[0], 'the same message gets the same answer');
      return answers[0];
    };
    const vapi_call_id = newCallId();
    const ring = { phone_number: caller, vapi_call_id, vapi_phone_id: DEMO.providerPhoneId };
    const begun = await send(() => client.webhook('/incoming', ring));
    const tell = (event) => send(() => callback(client, begun.call_id, event));
    await tell({ event: 'transcript', role: 'assistant', text: 'Thanks for calling Emprezario. How can I help?' });
    await tell({ event: 'transcript', role: 'user', text: 'Tell me about 123 Main St' });
    const looked = await tell({ event: 'function_call', name: 'lookup_property', arguments: { address: '123 Main St' } });
    await tell({ event: 'transcript', role: 'user', text: "Yes, tomorrow 2pm. I'm John, 555-1234" });
    const booked = await tell({ event: 'function_call', name: 'schedule_viewing',
      arguments: { property_id: property.id, caller_name: 'John', phone: '555-1234', date_time: dateTime } });
    await tell({ event: 'ended', status: 'completed', duration: 127, cost: 0.35, recording_url: 'https://storage.example/john.mp3' });
    return { id: begun.call_id, looked, booked };
  }

  await test('lookup_property tells what the document says, and nothing private', async () => {
    await client.put(`/properties/${property.id}`, { private_notes: 'the roof is a secret', next_action: 'lean on the seller' });
    const begun = await beginSeedCall(client);
    const answer = expectStatus(await seedTool(client, begun.call_id, 'lookup_property', { address: '123 Main St' }), 200);
    assert.equal(answer.json.name, 'lookup_property');
    for (const part of ['123 Main St', '$850,000', '3 bed', '2 bath', '1,800', 'researched', 'healthy']) {
      assert.ok(answer.json.result.toLowerCase().includes(part.toLowerCase()), `${part} in: ${answer.json.result}`);
    }
    assert.doesNotMatch(answer.json.result, /[\r\n\u2028\u2029]/);
    assert.doesNotMatch(answer.text, /roof is a secret|lean on the seller/);
    expectNoLeak(answer);
  });

  let before;
  let story;
  await test('the whole call leaves the record that the story tells', async () => {
    before = { overview: await overview(), property: (await byProperty(property.id)) ?? { total_calls: 0, inbound_calls: 0, viewings_scheduled: 0, unique_callers: 0 } };
    story = await play({ times: 1, dateTime: '2026-09-02T14:00:00', caller: '+14155550190' });
    const call = await getCall(client, story.id);
    assert.equal(call.status, 'completed');
    assert.equal(call.duration_seconds, 127);
    assert.ok(near(call.cost, 0.35));
    assert.equal(call.outcome, 'viewing_scheduled');
    assert.equal(call.intent, 'schedule_viewing');
    assert.equal(call.caller_name, 'John');
    assert.equal(call.phone_number, '+14155550190');
    assert.equal(call.property_id, property.id);
    assert.equal(call.follow_up_created, true);
    assert.equal(call.recording_url, 'https://storage.example/john.mp3');
    assert.ok(call.ended_at && call.started_at && call.created_at);
    assert.ok(JSON.stringify(call).includes('555-1234') || JSON.stringify(call).includes('5551234'), 'the claimed number is kept');
    assert.match(call.summary, /123 Main/);
  });

  await test('the viewing is a task at the right instant', async () => {
    const viewings = (await tasksOf(story.id)).filter((task) => task.kind === 'viewing');
    assert.equal(viewings.length, 1);
    assert.equal(Date.parse(viewings[0].scheduled_at), Date.parse('2026-09-02T21:00:00Z'), '2 pm in San Francisco');
    assert.equal(viewings[0].property_id, property.id);
    assert.equal(viewings[0].caller_name, 'John');
    assert.match(story.booked.result, /2|two/i);
  });

  await test('the transcription has every line once, in order', async () => {
    const answer = expectStatus(await client.get(`/phone-calls/transcription/${story.id}`), 200);
    const text = answer.text;
    const places = ['Thanks for calling Emprezario', 'Tell me about 123 Main St', 'Yes, tomorrow 2pm'].map((line) => {
      assert.equal(text.split(line).length >= 2, true, line);
      return text.indexOf(line);
    });
    assert.deepEqual([...places].sort((a, b) => a - b), places);
    assert.ok('summary' in answer.json);
  });

  await test('the recording is where the provider put it', async () => {
    const answer = expectStatus(await client.get(`/phone-calls/recording/${story.id}`), 200);
    assert.equal(answer.json.recording_url, 'https://storage.example/john.mp3');
  });

  await test('the analytics count it', async () => {
    const after = await overview();
    assert.equal(after.total_calls, before.overview.total_calls + 1);
    assert.equal(after.inbound_calls, before.overview.inbound_calls + 1);
    assert.equal(after.outbound_calls, before.overview.outbound_calls);
    assert.equal(after.completed_calls, before.overview.completed_calls + 1);
    assert.equal(after.missed_calls, before.overview.missed_calls);
    assert.ok(near(after.total_duration_minutes - before.overview.total_duration_minutes, 127 / 60) || after.total_duration_minutes - before.overview.total_duration_minutes === 2, 'minutes');
    assert.ok(near(after.total_cost - before.overview.total_cost, 0.35));
    assert.equal((after.intents.schedule_viewing ?? 0) - (before.overview.intents.schedule_viewing ?? 0), 1);
    assert.equal((after.outcomes.viewing_scheduled ?? 0) - (before.overview.outcomes.viewing_scheduled ?? 0), 1);
    const row = await byProperty(property.id);
    assert.equal(row.address.startsWith('123 Main St'), true);
    assert.equal(row.total_calls, before.property.total_calls + 1);
    assert.equal(row.inbound_calls, before.property.inbound_calls + 1);
    assert.equal(row.viewings_scheduled, before.property.viewings_scheduled + 1);
    assert.equal(row.unique_callers, before.property.unique_callers + 1);
    const rate = after.completion_rate;
    const share = after.completed_calls / after.total_calls;
    assert.ok(near(rate, share) || near(rate, share * 100) || Math.abs(rate - share * 100) < 0.06, `completion_rate ${rate}`);
    assert.equal((await overview({ from: '2000-01-01T00:00:00Z', to: '2000-02-01T00:00:00Z' })).total_calls, 0);
  });

  await test('everything delivered twice leaves the same', async () => {
    const numbers = async () => ({ ...(await overview()) });
    const first = await numbers();
    const twice = await play({ times: 2, dateTime: '2026-09-03T14:00:00', caller: '+14155550191' });
    const second = await numbers();
    assert.equal(second.total_calls, first.total_calls + 1);
    assert.ok(near(second.total_cost - first.total_cost, 0.35));
    const [one, two] = [await getCall(client, story.id), await getCall(client, twice.id)];
    for (const field of ['status', 'duration_seconds', 'cost', 'outcome', 'intent', 'caller_name', 'property_id', 'follow_up_created', 'recording_url']) {
      assert.deepEqual(two[field], one[field], field);
    }
    assert.deepEqual((await tasksOf(twice.id)).map((task) => task.kind).sort(), (await tasksOf(story.id)).map((task) => task.kind).sort());
    const lines = async (id) => (await client.get(`/phone-calls/transcription/${id}`)).text;
    for (const line of ['Tell me about 123 Main St', 'Yes, tomorrow 2pm']) {
      assert.equal((await lines(twice.id)).split(line).length, (await lines(story.id)).split(line).length, line);
    }
  });

  await test('a call can end in each way', async () => {
    for (const status of ['completed', 'failed', 'no_answer', 'busy']) {
      const begun = await beginSeedCall(client);
      expectStatus(await callback(client, begun.call_id, { event: 'ended', status, duration: 0 }), 200);
      assert.equal((await getCall(client, begun.call_id)).status, status);
    }
  });

  await test('an event that nobody knows, and one that is none', async () => {
    const begun = await beginSeedCall(client);
    expectStatus(await callback(client, begun.call_id, { event: 'confetti' }), [200, 400, 422]);
    expectProblem(await callback(client, begun.call_id, {}), [400, 422]);
    expectStatus(await callback(client, begun.call_id, { event: 'function_call' }), [200, 400, 422]);
    const unknown = expectStatus(await seedTool(client, begun.call_id, 'launch_rocket', {}), 200).json;
    assert.ok(typeof unknown.error === 'string' && unknown.error.length > 0);
    assert.equal((await getCall(client, begun.call_id)).status, 'in_progress');
  });
}, { env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
