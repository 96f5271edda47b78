// Many callers at once: exactly one winner, and sums that add up.

import assert from 'node:assert/strict';
import { DEMO, INTENTS, OUTCOMES } from './lib/demo.mjs';
import { beginSeedCall, callback, createNumber, createProperty, expectProblem, expectStatus, findCall, inParallel, newCallId, random, seedTool, withServers } from './lib/suite.mjs';
import { message, toolCall, toolCalls } from './lib/vapi.mjs';

const CALLERS = 32;
const LOAD = Number(process.env.E2E_LOAD || 400);
const many = (work) => Promise.all(Array.from({ length: CALLERS }, (_, index) => work(index)));
const near = (a, b, slack = 0.011) => Math.abs(a - b) <= slack;

await withServers(async (bench) => {
  const { client } = bench;
  const test = (name, run, options) => bench.test(name, run, options);
  const vapi = { providerPhoneId: DEMO.providerPhoneId };

  await test('one call id, 32 deliveries at once: one call, one answer', async () => {
    for (const form of ['seed', 'vapi']) {
      const id = newCallId();
      const before = (await client.get('/phone-calls/analytics/overview')).json.total_calls;
      const answers = await many(() => client.webhook('/incoming', form === 'seed'
        ? { phone_number: '+14155550181', vapi_call_id: id, vapi_phone_id: DEMO.providerPhoneId }
        : message('assistant-request', { callId: id, ...vapi })));
      for (const answer of answers) {
        expectStatus(answer, 200);
        assert.deepEqual(answer.json, answers[0].json, form);
      }
      assert.ok(await findCall(client, id));
      assert.equal((await client.get('/phone-calls/analytics/overview')).json.total_calls, before + 1);
    }
  });

  await test('one tool call id, 32 deliveries at once: one effect, one answer', async () => {
    const id = newCallId();
    const listing = await createProperty(client);
    const body = toolCalls(id, [toolCall('call_offer', 'create_offer', { property_id: listing.id, caller_name: 'Jane', amount: '450k' })], vapi);
    const answers = await many(() => client.webhook('/incoming', body));
    for (const answer of answers) {
      expectStatus(answer, 200);
      assert.deepEqual(answer.json, answers[0].json);
    }
    const call = await findCall(client, id);
    assert.equal((await client.all('/offers', 'offers')).filter((offer) => offer.phone_call_id === call.id).length, 1);
    assert.equal((await client.all('/tasks', 'tasks')).filter((task) => task.phone_call_id === call.id).length, 1);
  });

  await test('one hour of one listing, 32 callers at once: one viewing', async () => {
    const listing = await createProperty(client);
    const calls = await inParallel(Array.from({ length: CALLERS }), 16, (_, index) => beginSeedCall(client, { phone_number: `+141555502${String(index).padStart(2, '0')}` }));
    const answers = await Promise.all(calls.map((call, index) => seedTool(client, call.call_id, 'schedule_viewing', { property_id: listing.id, caller_name: `Caller ${index}`, date_time: '2031-05-06T10:00:00-07:00' })));
    for (const answer of answers) expectStatus(answer, 200);
    const viewings = (await client.all('/tasks', 'tasks')).filter((task) => task.property_id === listing.id && task.kind === 'viewing');
    assert.equal(viewings.length, 1);
    const outcomes = (await Promise.all(calls.map((call) => client.get(`/phone-calls/${call.call_id}`)))).map((answer) => answer.json.outcome);
    assert.equal(outcomes.filter((outcome) => outcome === 'viewing_scheduled').length, 1);
  });

  await test('one primary flag, 32 takers at once, while numbers come and go: one holder', async () => {
    const numbers = await inParallel(Array.from({ length: CALLERS }), 8, () => createNumber(client));
    const answers = await many((index) => client.post(`/phone-numbers/${numbers[index].id}/set-primary`));
    for (const answer of answers) expectStatus(answer, 200);
    await many((index) => (index % 2 ? client.delete(`/phone-numbers/${numbers[index].id}`) : client.post(`/phone-numbers/${numbers[index].id}/set-primary`)));
    const left = (await client.all('/phone-numbers', 'phone_numbers')).filter((number) => number.is_primary);
    assert.equal(left.length, 1);
  });

  await test('one tag, 32 changes of one record at once: one wins, and each that lost may try again', async () => {
    const { id } = await createProperty(client);
    const path = `/properties/${id}`;
    const { etag } = (await client.get(path)).headers;
    assert.match(etag, /^"[0-9a-f]{32}"$/);
    const answers = await many((index) => client.put(path, { private_notes: `by ${index}` }, { headers: { 'If-Match': etag } }));
    for (const answer of answers) if (expectStatus(answer, [200, 412]).status === 412) expectProblem(answer, 412);
    const won = answers.filter((answer) => answer.status === 200);
    assert.equal(won.length, 1);
    const now = await client.get(path);
    assert.equal(now.headers.etag, won[0].headers.etag);
    assert.equal(now.json.private_notes, won[0].json.private_notes);
    // Each reads and changes until it has its way: no change is lost.
    await client.put(path, { price: 1000 });
    await many(async () => {
      for (;;) {
        const seen = await client.get(path);
        const answer = await client.put(path, { price: seen.json.price + 1 }, { headers: { 'If-Match': `"0", ${seen.headers.etag}` } });
        if (expectStatus(answer, [200, 412]).status === 200) return;
      }
    });
    assert.equal((await client.get(path)).json.price, 1000 + CALLERS);
    expectStatus(await client.delete(path, { headers: { 'If-Match': etag } }), 412);
    expectStatus(await client.delete(path, { headers: { 'If-Match': '*' } }), 204);
  });

  await test('the sums equal a recount after a mixed load', async () => {
    const listings = await inParallel(Array.from({ length: 6 }), 3, (_, index) => createProperty(client, { address: `${800 + index} Recount Rd` }));
    const numbers = await inParallel(Array.from({ length: 4 }), 2, () => createNumber(client));
    await inParallel(Array.from({ length: LOAD }), CALLERS, async (_, index) => {
      const rnd = random(index + 1);
      const pick = (list) => list[Math.floor(rnd() * list.length)];
      const number = pick(numbers);
      const caller = `+1415555${String(100 + Math.floor(rnd() * 40)).padStart(4, '0')}`;
      if (rnd() < 0.3) {                                               // Vapi's form, report first or last
        const id = newCallId();
        const options = { callId: id, providerPhoneId: number.provider_phone_id, number: number.phone_number, caller, call: { type: rnd() < 0.3 ? 'outboundPhoneCall' : 'inboundPhoneCall' } };
        const report = message('end-of-call-report', { ...options, startedAt: '2026-09-01T17:00:00.000Z', endedAt: `2026-09-01T17:0${Math.floor(rnd() * 9)}:30.500Z`,
          endedReason: pick(['customer-ended-call', 'customer-busy', 'customer-did-not-answer', 'pipeline-error-x']), cost: Math.floor(rnd() * 1e6) / 1e6,
          analysis: { structuredData: { intent: pick(INTENTS), outcome: pick(OUTCOMES), confidence: 0.8 } }, artifact: {} });
        const tools = toolCalls(id, [toolCall('call_1', pick(['lookup_property', 'take_message']), { property_id: pick(listings).id, caller_name: 'J', message: 'm' })], options);
        for (const body of rnd() < 0.5 ? [tools, report] : [report, tools]) expectStatus(await client.webhook('/incoming', body), 200);
        return;
      }
      const call = await beginSeedCall(client, { phone_number: caller, vapi_phone_id: number.provider_phone_id });
      const listing = pick(listings);
      const steps = [
        () => seedTool(client, call.call_id, 'lookup_property', { property_id: listing.id }),
        () => seedTool(client, call.call_id, 'create_offer', { property_id: listing.id, caller_name: 'J', amount: 1000 + index }),
        () => seedTool(client, call.call_id, 'schedule_viewing', { property_id: listing.id, caller_name: 'J', date_time: new Date(Date.UTC(2032, 0, 1 + index, 18)).toISOString() }),
        () => seedTool(client, call.call_id, 'take_message', { caller_name: 'J', message: 'm' }),
        () => callback(client, call.call_id, { event: 'transcript', role: 'user', text: `line ${index}` }),
      ];
      for (const step of steps) if (rnd() < 0.4) expectStatus(await step(), 200);
      if (rnd() < 0.85) {
        expectStatus(await callback(client, call.call_id, { event: 'ended', status: pick(['completed', 'completed', 'completed', 'failed', 'no_answer', 'busy']), duration: Math.floor(rnd() * 300), cost: Math.floor(rnd() * 100) / 100 }), 200);
      }
    });

    const [calls, overview, byProperty, tasks, offers] = [await client.all('/phone-calls', 'calls'), (await client.get('/phone-calls/analytics/overview')).json,
      (await client.get('/phone-calls/analytics/by-property')).json.properties, await client.all('/tasks', 'tasks'), await client.all('/offers', 'offers')];
    const count = (list, condition) => list.filter(condition).length;
    const sum = (list, field) => list.reduce((total, item) => total + (item[field] ?? 0), 0);

    assert.equal(overview.total_calls, calls.length);
    assert.equal(overview.inbound_calls, count(calls, (call) => call.direction === 'inbound'));
    assert.equal(overview.outbound_calls, count(calls, (call) => call.direction === 'outbound'));
    assert.equal(overview.completed_calls, count(calls, (call) => call.status === 'completed'));
    assert.equal(overview.missed_calls, count(calls, (call) => ['failed', 'no_answer', 'busy'].includes(call.status)));
    assert.ok(near(overview.total_duration_minutes, sum(calls, 'duration_seconds') / 60, 0.51), 'minutes');
    assert.ok(near(overview.total_cost, sum(calls, 'cost')), `cost ${overview.total_cost} ${sum(calls, 'cost')}`);
    for (const intent of INTENTS) assert.equal(overview.intents[intent] ?? 0, count(calls, (call) => call.intent === intent), intent);
    for (const outcome of OUTCOMES) assert.equal(overview.outcomes[outcome] ?? 0, count(calls, (call) => call.outcome === outcome), outcome);

    for (const listing of listings) {
      const row = byProperty.find((item) => item.property_id === listing.id) ?? {};
      const about = calls.filter((call) => call.property_id === listing.id);
      assert.equal(row.total_calls ?? 0, about.length, listing.address);
      assert.equal(row.inbound_calls ?? 0, count(about, (call) => call.direction === 'inbound'));
      assert.equal(row.outbound_calls ?? 0, count(about, (call) => call.direction === 'outbound'));
      assert.equal(row.unique_callers ?? 0, new Set(about.map((call) => call.phone_number)).size);
      assert.equal(row.viewings_scheduled ?? 0, count(tasks, (task) => task.kind === 'viewing' && task.property_id === listing.id), 'viewings');
      assert.equal(row.offers_created ?? 0, count(offers, (offer) => offer.property_id === listing.id), 'offers');
    }

    for (const { id } of numbers) {
      const number = (await client.get(`/phone-numbers/${id}`)).json;
      const rows = calls.filter((call) => call.phone_number_id === id);
      assert.equal(number.total_calls, rows.length);
      assert.ok(near(number.total_minutes, sum(rows, 'duration_seconds') / 60, 0.51), 'minutes of a number');
      assert.ok(near(number.total_cost, sum(rows, 'cost')) || near(number.total_cost, 100 * sum(rows, 'cost'), 0.5), 'cost of a number');
    }

    // The same from the rows, seen by a program that is not ours.
    const [rows] = bench.state.sql("SELECT count(*) AS n, sum(status = 'completed') AS done, coalesce(sum(duration_seconds), 0) AS seconds FROM phone_calls");
    assert.equal(rows.n, calls.length);
    assert.equal(rows.done, overview.completed_calls);
    assert.equal(rows.seconds, sum(calls, 'duration_seconds'));
    const [orphans] = bench.state.sql('SELECT count(*) AS n FROM pragma_foreign_key_check');
    assert.equal(orphans.n, 0);
  }, { timeout: 600000 });
}, { env: { AI_REALTOR_BUSY_TIMEOUT_MS: '30000' } });   // a loaded machine is no failure here
