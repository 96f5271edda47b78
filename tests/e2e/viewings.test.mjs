// /viewings: an agent's day over HTTP, and two who change one viewing.

import assert from 'node:assert/strict';
import { DEMO } from './lib/demo.mjs';
import { createProperty, createTask, expectList, expectProblem, expectStatus, newCallId, withServers } from './lib/suite.mjs';
import { toolCall, toolCalls } from './lib/vapi.mjs';

const CALLER = '+14155550147';

await withServers(async (bench) => {
  const { client } = bench;
  const test = (name, run) => bench.test(name, run);
  const make = (property, at) => createTask(client, { kind: 'viewing', title: 'Viewing', property_id: property.id, scheduled_at: at, duration_minutes: 30 });

  await test('a day of viewings, in the zone of the agent', async () => {
    const property = await createProperty(client);
    const inside = await make(property, '2031-05-07T06:59:00Z');
    const after = await make(property, '2031-05-07T07:29:00Z');
    const ids = async (query) => {
      const answer = await client.get('/viewings', { query: { property_id: property.id, ...query } });
      expectList(answer, '/viewings');
      return answer.json.viewings.map((one) => one.id);
    };
    assert.deepEqual(await ids({ day: '2031-05-06' }), [inside.id]);
    assert.deepEqual(await ids({ day: '2031-05-07' }), [after.id]);
    assert.deepEqual(await ids({ from: '2031-05-07T07:00:00Z' }), [after.id]);
    expectProblem(await client.get('/viewings', { query: { day: '2031-5-6' } }), 422);
    const tasks = await client.get('/tasks', { query: { property_id: property.id, day: '2031-05-06' } });
    assert.deepEqual(tasks.json.tasks.map((one) => one.id), [inside.id]);
  });

  await test('what a caller booked is confirmed, moved, and cancelled by the agent', async () => {
    const property = await createProperty(client);
    const book = toolCalls(newCallId(), [toolCall('tc-1', 'schedule_viewing', { property_id: property.id, caller_name: 'John', date_time: '2031-05-06T14:00:00-07:00' })],
      { providerPhoneId: DEMO.providerPhoneId, number: DEMO.number, caller: CALLER });
    expectStatus(await client.webhook('/incoming', book), 200);
    const [viewing] = (await client.get('/viewings', { query: { property_id: property.id } })).json.viewings;
    assert.equal(viewing.scheduled_at, '2031-05-06T21:00:00Z');
    const path = `/viewings/${viewing.id}`;
    const confirmed = expectStatus(await client.post(`${path}/confirm`), 200);
    assert.deepEqual([confirmed.json.state, confirmed.json.status], ['confirmed', 'confirmed']);
    const other = await make(property, '2031-05-06T23:00:00Z');
    const problem = expectProblem(await client.put(path, { scheduled_at: '2031-05-06T22:45:00Z' }), 409);
    assert.deepEqual(problem.conflicts.map(({ kind, id }) => [kind, id]), [['viewing', other.id]]);
    const moved = expectStatus(await client.put(path, { scheduled_at: '2031-05-06T22:00:00Z', duration_minutes: 60 }), 200);
    assert.deepEqual([moved.json.state, moved.json.duration_minutes], ['rescheduled', 60]);
    expectProblem(await client.post(`${path}/done`), 409);
    const cancelled = expectStatus(await client.post(`${path}/cancel`, { reason: 'The seller is away' }), 200);
    assert.equal(cancelled.json.state, 'cancelled');
    assert.match(cancelled.json.notes, /Cancelled: The seller is away$/);
    expectProblem(await client.put(path, { scheduled_at: '2031-05-06T20:00:00Z' }), 409);
  });

  await test('16 changes of one viewing at once with one tag: one wins, and the others are told', async () => {
    const property = await createProperty(client);
    const { id } = await make(property, '2031-05-08T17:00:00Z');
    const path = `/viewings/${id}`;
    const { etag } = (await client.get(path)).headers;
    const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => (index % 2
      ? client.put(path, { scheduled_at: `2031-05-08T${String(index + 4).padStart(2, '0')}:00:00Z` }, { headers: { 'If-Match': etag } })
      : client.post(`${path}/confirm`, undefined, { headers: { 'If-Match': etag } }))));
    for (const answer of answers) if (expectStatus(answer, [200, 412]).status === 412) expectProblem(answer, 412);
    const won = answers.filter((answer) => answer.status === 200);
    assert.equal(won.length, 1);
    assert.equal((await client.get(path)).json.revision, 2);
    assert.equal((await client.get(path)).headers.etag, won[0].headers.etag);
  });
});
