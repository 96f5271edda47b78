// The diary under a crowd: 64 callers on four processes fight over 20 slots of one property.  Nobody
// is told of a slot what is not so: no two viewings overlap, none that was promised is lost, and
// every refusal comes with times that were free.  DIARY_SECONDS says for how long (6).

import assert from 'node:assert/strict';
import { createProperty, expectStatus, newCallId, random, withServers } from './lib/suite.mjs';
import { toolCall, toolCalls, message } from './lib/vapi.mjs';
import { DEMO } from './lib/demo.mjs';
import { removeFolder } from './lib/process.mjs';
import { startServer } from './lib/servers.mjs';

const CALLERS = 64;
const SECONDS = Number(process.env.DIARY_SECONDS || 6);
const HALF_HOUR = 1800000;

// Tuesday and Wednesday, 10:00 to 15:00 in San Francisco: 20 slots of half an hour.
const DAYS = ['2031-05-06', '2031-05-07'];
const SLOTS = DAYS.flatMap((day) => Array.from({ length: 10 }, (_, index) => Date.parse(`${day}T17:00:00Z`) + index * HALF_HOUR));
const iso = (instant) => new Date(instant).toISOString();

await withServers(async (bench) => {
  const { client } = bench;
  const second = await startServer(bench.kind, bench.state, { env: bench.options.env });
  const clients = [client, bench.newClient({ url: second.url })];
  const test = (name, run, options) => bench.test(name, run, options);

  // One caller: a number of its own, and calls one after the other, each on either server.
  class Caller {
    constructor(index) {
      this.number = `+1212555${String(1000 + index).padStart(4, '0')}`;
      this.random = random(index + 1);
      this.open = [];            // calls that go on
      this.viewings = new Map(); // task id -> start, as we were told last
    }

    pick(list) { return list[Math.floor(this.random() * list.length)]; }

    call() {
      this.callId = newCallId();
      this.serial = 0;
    }

    send(body) { return this.pick(clients).webhook('/incoming', body); }

    async tool(name, args) {
      const id = `call_${++this.serial}`;
      const answer = expectStatus(await this.send(toolCalls(this.callId, [toolCall(id, name, args)], { providerPhoneId: DEMO.providerPhoneId, caller: this.number })), 200);
      const { result, error } = answer.json.results[0];
      const text = result ?? error;
      assert.doesNotMatch(text, /[\r\n]/, 'one line');
      const facts = text.includes(' Facts: ') ? JSON.parse(text.slice(text.indexOf(' Facts: ') + 8)) : {};
      return { ok: result !== undefined, text, facts };
    }

    async hangUp() {
      expectStatus(await this.send(message('status-update', { callId: this.callId, providerPhoneId: DEMO.providerPhoneId, caller: this.number, status: 'ended' })), 200);
    }
  }

  const counts = { booked: 0, refused: 0, moved: 0, cancelled: 0, offersTaken: 0 };
  const callers = Array.from({ length: CALLERS }, (_, index) => new Caller(index));
  let listing;

  await test('the property is open for 20 slots a week', async () => {
    listing = await createProperty(client, { address: '1 Battle Rd' });
    for (const weekday of ['tuesday', 'wednesday']) {
      expectStatus(await client.post('/viewing-hours', { property_id: listing.id, weekday, opens_at: '10:00', closes_at: '15:00' }), 201);
    }
    assert.ok((/fcgi$/.test(bench.kind) ? 4 : 0) <= new Set(bench.server.responders()).size, 'four processes');
  });

  // Books; a refusal must come with times that are free: one of them is taken at once, in the same
  // call, and has to be had.
  async function book(caller) {
    const args = { property_id: listing.id, caller_name: 'C' };
    const wanted = caller.pick(SLOTS);
    let start = wanted;
    let answer = await caller.tool('schedule_viewing', { ...args, date_time: iso(wanted) });
    if (!answer.ok) {
      counts.refused++;
      const offered = answer.facts.alternatives;
      assert.ok(Array.isArray(offered) && offered.length >= 1 && offered.length <= 3, answer.text);
      for (const { scheduled_at: at } of offered) assert.notEqual(Date.parse(at), wanted, 'what was refused is not offered');
      if (caller.random() < 0.3) return;
      start = Date.parse(caller.pick(offered).scheduled_at);
      answer = await caller.tool('schedule_viewing', { ...args, date_time: iso(start) });
      assert.ok(answer.ok, `an offer was not kept: ${answer.text}`);
      counts.offersTaken++;
    }
    assert.equal(Date.parse(answer.facts.scheduled_at), start);
    if (!caller.viewings.has(answer.facts.task_id)) counts.booked++;
    caller.viewings.set(answer.facts.task_id, start);
    if (caller.random() < 0.2) {                                        // said twice
      const again = await caller.tool('schedule_viewing', { ...args, date_time: iso(start) });
      assert.equal(again.facts.task_id, answer.facts.task_id);
    }
  }

  async function change(caller) {
    const [id] = caller.pick([...caller.viewings]);
    if (caller.random() < 0.6) {
      const answer = await caller.tool('cancel_viewing', { task_id: id });
      assert.ok(answer.ok, answer.text);
      caller.viewings.delete(id);
      counts.cancelled++;
      return;
    }
    let start = caller.pick(SLOTS);
    let answer = await caller.tool('reschedule_viewing', { task_id: id, date_time: iso(start) });
    if (!answer.ok) {
      counts.refused++;
      start = Date.parse(caller.pick(answer.facts.alternatives).scheduled_at);
      answer = await caller.tool('reschedule_viewing', { task_id: id, date_time: iso(start) });
      assert.ok(answer.ok, `an offer was not kept: ${answer.text}`);
      counts.offersTaken++;
    }
    assert.equal(answer.facts.task_id, id, 'a viewing that was moved is the same one');
    caller.viewings.set(id, start);
    counts.moved++;
  }

  await test(`${CALLERS} callers fight for ${SECONDS} s: what they are told is so`, async () => {
    const end = Date.now() + SECONDS * 1000;
    await Promise.all(callers.map(async (caller) => {
      while (Date.now() < end) {
        caller.call();
        await (caller.viewings.size > 0 && caller.random() < 0.6 ? change(caller) : book(caller));
        if (caller.random() < 0.9) await caller.hangUp();
        else caller.open.push(caller.callId);
      }
    }));
    process.stdout.write(`# ${JSON.stringify(counts)}\n`);
    assert.ok(counts.booked > SLOTS.length && counts.refused > SLOTS.length && counts.cancelled > 0 && counts.moved > 0 && counts.offersTaken > SLOTS.length, 'there was a fight');
  }, { timeout: (SECONDS + 120) * 1000 });

  await test('no overlap, no lost booking, none that nobody made', async () => {
    const all = await client.all('/tasks', 'tasks');
    const viewings = all.filter((task) => task.property_id === listing.id && task.status !== 'cancelled')
      .map((task) => ({ id: task.id, start: Date.parse(task.scheduled_at), end: Date.parse(task.scheduled_at) + task.duration_minutes * 60000, caller: task.caller_phone }))
      .sort((a, b) => a.start - b.start);
    for (let i = 1; i < viewings.length; i++) assert.ok(viewings[i].start >= viewings[i - 1].end, `${JSON.stringify(viewings[i - 1])} and ${JSON.stringify(viewings[i])}`);
    const told = callers.flatMap((caller) => [...caller.viewings].map(([id, start]) => `${id} ${start} ${caller.number}`)).sort();
    assert.deepEqual(viewings.map((item) => `${item.id} ${item.start} ${item.caller}`).sort(), told);
  });

  await test('what was held is let go at hang-up', async () => {
    const [before] = bench.state.sql('SELECT count(*) AS n FROM slot_holds');
    assert.ok(before.n > 0);
    for (const caller of callers) {
      for (caller.callId of caller.open) await caller.hangUp();
    }
    const [held] = bench.state.sql('SELECT count(*) AS n FROM slot_holds');
    assert.equal(held.n, 0);
  });

  await test('the second server stops', async () => {
    clients[1].close();
    assert.equal(await second.stopServer(), true);
    removeFolder(second.dir);
  }, { always: true });
}, { env: { AI_REALTOR_BUSY_TIMEOUT_MS: '30000' } });
