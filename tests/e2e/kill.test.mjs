// kill -9 at random moments under load: every answer that was given is in the database.

import assert from 'node:assert/strict';
import { DEMO } from './lib/demo.mjs';
import { isPlainCgi } from './lib/servers.mjs';
import { expectStatus, newCallId, random, withServers } from './lib/suite.mjs';
import { sleep, waitUntil } from './lib/process.mjs';
import { toolCall, toolCalls } from './lib/vapi.mjs';

const KILLS = Number(process.env.E2E_KILLS || 50);
const WORKERS = 8;

await withServers(async (bench) => {
  const { client, server, state, kind } = bench;
  const promised = { calls: [], lines: [], messages: [], ended: [], numbers: [] };
  const answers = { given: 0, refused: 0, broken: 0 };
  let running = true;

  // One write; true if it was answered with success, and then it must be there for ever.
  async function attempt(send) {
    try {
      const answer = await send();
      if (answer.status >= 200 && answer.status < 300) {
        answers.given++;
        return answer;
      }
      answers.refused++;
    } catch {
      answers.broken++;
    }
    await sleep(5);
    return null;
  }

  async function worker(index) {
    for (let round = 0; running; round++) {
      const vapi_call_id = newCallId();
      const begun = await attempt(() => client.webhook('/incoming', { phone_number: '+14155550155', vapi_call_id, vapi_phone_id: DEMO.providerPhoneId }));
      if (!begun) continue;
      const id = begun.json.call_id;
      promised.calls.push({ id, vapi_call_id });
      const text = `worker ${index} round ${round}`;
      if (await attempt(() => client.webhook(`/callback/${id}`, { event: 'transcript', role: 'user', text }))) promised.lines.push({ id, text });
      const body = toolCalls(vapi_call_id, [toolCall('call_1', 'take_message', { caller_name: 'J', message: text })], { providerPhoneId: DEMO.providerPhoneId, caller: '+14155550155' });
      const told = await attempt(() => client.webhook('/incoming', body));
      if (told?.json.results?.[0]?.result) promised.messages.push({ id, text });
      if (await attempt(() => client.webhook(`/callback/${id}`, { event: 'ended', status: 'completed', duration: 30 + index, cost: 0.01 }))) promised.ended.push({ id, duration: 30 + index });
      const number = await attempt(() => client.post('/phone-numbers', { phone_number: `+1${2012 + index}55${String(10000 + round).padStart(5, '0').slice(-5)}` }));
      if (number) promised.numbers.push(number.json.id);
    }
  }

  let kills = 0;
  await bench.test(`${KILLS} times all responders are killed under load, and the server goes on`, async () => {
    const workers = Array.from({ length: WORKERS }, (_, index) => worker(index));
    const rnd = random(20260901);
    try {
      for (let round = 0; round < KILLS; round++) {
        await waitUntil(async () => {
          const before = answers.given;
          await sleep(isPlainCgi(kind) ? 1 : 20);
          return answers.given > before;
        }, { patience: 60000, what: `answers after kill ${round}` });
        await sleep(rnd() * 120);
        const pids = isPlainCgi(kind) ? await waitUntil(() => { const list = server.responders(); return list.length > 0 && list; }, { every: 1, patience: 20000, what: 'a CGI process' }) : server.responders();
        for (const pid of pids) {
          try { process.kill(pid, 'SIGKILL'); kills++; } catch { /* it ended by itself */ }
        }
        if (round % 10 === 9) assert.equal(state.integrity(), 'ok', `integrity after kill ${round + 1}`);
      }
    } finally {
      running = false;
      await Promise.all(workers);
    }
    assert.ok(kills >= KILLS / 2, `${kills} processes killed`);
    assert.ok(answers.given >= KILLS, JSON.stringify(answers));
  }, { timeout: 1800000 });

  await bench.test('it answers again after the last one', async () => {
    await waitUntil(async () => (await client.get('/agents/me')).status === 200, { patience: 30000, every: 100, what: 'an answer' });
  });

  await bench.test('the database is sound', async () => {
    assert.equal(state.integrity(), 'ok');
    assert.equal(state.sql('SELECT count(*) AS n FROM pragma_foreign_key_check')[0].n, 0);
  });

  await bench.test('every answer that was given is in the database', async () => {
    const rows = (statement) => new Set(state.sql(statement).map((row) => Object.values(row).join('|')));
    const calls = rows('SELECT id, vapi_call_id FROM phone_calls');
    for (const { id, vapi_call_id } of promised.calls) assert.ok(calls.has(`${id}|${vapi_call_id}`), `call ${id}`);
    // What was said is sealed in the database: it is read back as its owner reads it.
    const lines = new Map();
    for (const { id, text } of promised.lines) {
      if (!lines.has(id)) lines.set(id, new Set((await client.get(`/phone-calls/transcription/${id}`)).json.segments.map((segment) => segment.text)));
      assert.ok(lines.get(id).has(text), `line of call ${id}`);
    }
    for (const { id, text } of promised.messages) assert.equal((await client.get(`/phone-calls/${id}`)).json.message, text, `message of call ${id}`);
    const ended = rows("SELECT id, duration_seconds FROM phone_calls WHERE status = 'completed'");
    for (const { id, duration } of promised.ended) assert.ok(ended.has(`${id}|${duration}`), `end of call ${id}`);
    const numbers = rows('SELECT id FROM phone_numbers');
    for (const id of promised.numbers) assert.ok(numbers.has(String(id)), `number ${id}`);
  });

  await bench.test('nothing is half-written, and the sums still add up', async () => {
    const [row] = state.sql('SELECT count(*) AS calls, coalesce(sum(duration_seconds), 0) AS seconds FROM phone_calls');
    const overview = expectStatus(await client.get('/phone-calls/analytics/overview'), 200).json;
    assert.equal(overview.total_calls, row.calls);
    assert.ok(Math.abs(overview.total_duration_minutes - row.seconds / 60) < 0.51);
    const [lost] = state.sql('SELECT count(*) AS n FROM phone_calls c WHERE c.message IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scheduled_tasks t WHERE t.phone_call_id = c.id)');
    assert.equal(lost.n, 0, 'a message without its task');
    assert.equal(state.sql('SELECT count(*) AS n FROM phone_numbers WHERE is_primary = 1')[0].n, 1);
  });

  await bench.test('what was answered before is answered the same again', async () => {
    for (const { id, vapi_call_id } of promised.calls.slice(-5)) {
      const again = expectStatus(await client.webhook('/incoming', { phone_number: '+14155550155', vapi_call_id, vapi_phone_id: DEMO.providerPhoneId }), 200);
      assert.equal(again.json.call_id, id);
    }
  });
}, { describe: false, healthy: false });
