// The six endpoints of the brokerage's phone numbers.

import assert from 'node:assert/strict';
import { DEMO } from './lib/demo.mjs';
import { beginSeedCall, callback, createNumber, demoNumber, expectProblem, expectStatus, inParallel, newCallId, newNumber, withServers } from './lib/suite.mjs';

const COLUMNS = ['id', 'agent_id', 'phone_number', 'friendly_name', 'provider', 'provider_phone_id', 'is_active', 'is_primary',
  'greeting_message', 'ai_voice_id', 'ai_assistant_id', 'forward_to_number', 'forward_when', 'business_hours_start',
  'business_hours_end', 'timezone', 'can_receive_calls', 'can_make_calls', 'can_receive_texts', 'can_send_texts',
  'recording_enabled', 'transcription_enabled', 'total_calls', 'total_minutes', 'total_cost', 'last_call_at', 'created_at', 'updated_at'];

await withServers(async (bench) => {
  const { client } = bench;
  const test = (name, run, options) => bench.test(name, run, options);
  const numbers = () => client.all('/phone-numbers', 'phone_numbers');
  const primaries = async () => (await numbers()).filter((number) => number.is_primary);

  await test('the demo number is there, with every column of the table', async () => {
    const number = await demoNumber(client, DEMO.number);
    assert.ok(number);
    assert.equal(number.provider_phone_id, DEMO.providerPhoneId);
    for (const column of COLUMNS) assert.ok(column in number, `column ${column}`);
    assert.equal((await primaries()).length, 1);
  });

  await test('every setting can be given and is kept', async () => {
    const settings = {
      phone_number: newNumber(), friendly_name: 'Listings Hotline', provider: 'twilio', provider_phone_id: newCallId(),
      is_active: true, greeting_message: 'Thanks for calling. ¿Qué tal? 👋', ai_voice_id: 'voice-1', ai_assistant_id: 'assistant-1',
      forward_to_number: '+14155559876', forward_when: 'after_hours', business_hours_start: '09:00', business_hours_end: '18:00',
      timezone: 'America/New_York', can_receive_calls: true, can_make_calls: false, can_receive_texts: true, can_send_texts: false,
      recording_enabled: false, transcription_enabled: false,
    };
    const made = await createNumber(client, settings);
    const got = expectStatus(await client.get(`/phone-numbers/${made.id}`), 200).json;
    for (const [field, value] of Object.entries(settings)) {
      assert.equal(made[field], value, `answered ${field}`);
      assert.equal(got[field], value, `kept ${field}`);
    }
    assert.equal(got.total_calls, 0);
    assert.equal(got.total_minutes, 0);
    assert.equal(got.total_cost, 0);
    assert.equal(got.last_call_at, null);
    for (const field of ['created_at', 'updated_at']) assert.match(got[field], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  });

  await test('a number can be made from nothing but a number', async () => {
    const answer = expectStatus(await client.post('/phone-numbers', { phone_number: newNumber() }), 201);
    assert.equal(answer.json.provider, 'vapi');
    assert.equal(answer.json.is_active, true);
    assert.equal(answer.json.forward_when, 'never');
    assert.equal(answer.json.recording_enabled, true);
    if (answer.headers.location) expectStatus(await client.get(new URL(answer.headers.location, `${client.url}/`).pathname, { mount: '' }), 200);
  });

  await test('numbers become E.164, however they are written', async () => {
    for (const [written, wanted] of [
      ['(415) 556-7701', '+14155567701'], ['415-556-7702', '+14155567702'], ['1 415 556 7703', '+14155567703'],
      ['+1 (415) 556.7704', '+14155567704'], ['  +14155567705 ', '+14155567705'], ['+44 20 7946 0958', '+442079460958'],
    ]) {
      const made = expectStatus(await client.post('/phone-numbers', { phone_number: written }), 201).json;
      assert.equal(made.phone_number, wanted, written);
    }
    for (const nonsense of ['', '+', '123', '+1', '+1415555', '+999999999999999999', '555-1234', 'call me', '+14155551234;ext=1\u0000', '00000000000', '911']) {
      const problem = expectProblem(await client.post('/phone-numbers', { phone_number: nonsense }), 422);
      assert.ok(problem.errors.some((error) => error.field === 'phone_number'), nonsense);
    }
  });

  await test('the number to forward to is E.164 too', async () => {
    const made = await createNumber(client, { forward_to_number: '(415) 556-7799', forward_when: 'always' });
    assert.equal(made.forward_to_number, '+14155567799');
    expectProblem(await client.post('/phone-numbers', { phone_number: newNumber(), forward_to_number: 'home' }), 422);
  });

  await test('a number exists once, however it is written', async () => {
    const made = await createNumber(client, { phone_number: '+14155567601' });
    for (const written of ['+14155567601', '(415) 556-7601', '1-415-556-7601', DEMO.number]) {
      expectProblem(await client.post('/phone-numbers', { phone_number: written }), 409);
    }
    expectProblem(await client.post('/phone-numbers', { phone_number: newNumber(), provider_phone_id: made.provider_phone_id }), 409);
    const other = await createNumber(client);
    expectProblem(await client.put(`/phone-numbers/${other.id}`, { phone_number: '+14155567601' }), 409);
    assert.equal((await client.get(`/phone-numbers/${other.id}`)).json.phone_number, other.phone_number);
  });

  await test('all four ways to forward are known, and no others', async () => {
    for (const forward_when of ['always', 'unavailable', 'after_hours', 'never']) {
      const made = await createNumber(client, { forward_when, forward_to_number: '+14155559876', business_hours_start: '09:00', business_hours_end: '17:00' });
      assert.equal(made.forward_when, forward_when);
    }
    for (const forward_when of ['sometimes', '', 'ALWAYS', 1, true]) {
      expectProblem(await client.post('/phone-numbers', { phone_number: newNumber(), forward_when }), 422);
    }
  });

  await test('hours are HH:MM, and may span midnight', async () => {
    for (const [start, end] of [['09:00', '18:00'], ['00:00', '23:59'], ['22:00', '06:00']]) {
      const made = await createNumber(client, { business_hours_start: start, business_hours_end: end });
      assert.equal(made.business_hours_start, start);
      assert.equal(made.business_hours_end, end);
    }
    for (const bad of ['24:00', '9:00', '09:60', '0900', '09:00:00', 'nine', '-1:00', '09:0', ' 9:00', 900]) {
      const problem = expectProblem(await client.post('/phone-numbers', { phone_number: newNumber(), business_hours_start: bad, business_hours_end: '18:00' }), 422);
      assert.ok(problem.errors.some((error) => error.field === 'business_hours_start'), String(bad));
    }
  });

  await test('zone names are those of the system', async () => {
    for (const timezone of ['America/Los_Angeles', 'Europe/Berlin', 'UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires']) {
      assert.equal((await createNumber(client, { timezone })).timezone, timezone);
    }
    for (const timezone of ['Mars/Olympus', 'America/los_angeles_', '', '../../etc/passwd', '/etc/localtime', 'UTC\u0000', 'PST8PDT/../UTC', 'posixrules.x', 5]) {
      const problem = expectProblem(await client.post('/phone-numbers', { phone_number: newNumber(), timezone }), 422);
      assert.ok(problem.errors.some((error) => error.field === 'timezone'), String(timezone));
    }
  });

  await test('an update changes what it names and leaves the rest', async () => {
    const made = await createNumber(client, { friendly_name: 'Before', greeting_message: 'Hello', timezone: 'Europe/Berlin' });
    const after = expectStatus(await client.put(`/phone-numbers/${made.id}`, { friendly_name: 'After', is_active: false, can_make_calls: false }), 200).json;
    assert.equal(after.friendly_name, 'After');
    assert.equal(after.is_active, false);
    assert.equal(after.can_make_calls, false);
    for (const field of ['phone_number', 'greeting_message', 'timezone', 'provider_phone_id', 'is_primary', 'created_at']) assert.deepEqual(after[field], made[field], field);
    const cleared = expectStatus(await client.put(`/phone-numbers/${made.id}`, { greeting_message: null }), 200).json;
    assert.equal(cleared.greeting_message, null);
    assert.deepEqual((await client.get(`/phone-numbers/${made.id}`)).json, cleared);
  });

  await test('a bad update changes nothing', async () => {
    const made = await createNumber(client);
    expectProblem(await client.put(`/phone-numbers/${made.id}`, { friendly_name: 'Changed', timezone: 'Nowhere' }), 422);
    assert.deepEqual((await client.get(`/phone-numbers/${made.id}`)).json, made);
  });

  await test('counters cannot be set from outside', async () => {
    const made = await createNumber(client, {});
    const answer = await client.put(`/phone-numbers/${made.id}`, { total_calls: 1000, total_minutes: 5, total_cost: 7 });
    expectStatus(answer, [200, 422]);
    const got = (await client.get(`/phone-numbers/${made.id}`)).json;
    assert.deepEqual([got.total_calls, got.total_minutes, got.total_cost], [0, 0, 0]);
  });

  await test('exactly one is primary, whichever is made so', async () => {
    const one = await createNumber(client, { is_primary: true });
    assert.equal(one.is_primary, true);
    assert.deepEqual((await primaries()).map((number) => number.id), [one.id]);
    const two = await createNumber(client);
    assert.equal(two.is_primary, false);
    const set = expectStatus(await client.post(`/phone-numbers/${two.id}/set-primary`), 200).json;
    assert.equal(set.is_primary, true);
    assert.deepEqual((await primaries()).map((number) => number.id), [two.id]);
    expectStatus(await client.post(`/phone-numbers/${two.id}/set-primary`), 200);
    expectStatus(await client.put(`/phone-numbers/${one.id}`, { is_primary: true }), 200);
    assert.deepEqual((await primaries()).map((number) => number.id), [one.id]);
  });

  await test('an agent with numbers is never left without a primary one', async () => {
    const [primary] = await primaries();
    const answer = await client.put(`/phone-numbers/${primary.id}`, { is_primary: false });
    expectStatus(answer, [200, 409, 422]);
    assert.equal((await primaries()).length, 1);
    const made = await createNumber(client, { is_primary: true });
    expectStatus(await client.delete(`/phone-numbers/${made.id}`), [200, 204]);
    assert.equal((await primaries()).length, 1);
  });

  await test('32 at once want to be primary: one is', async () => {
    const made = await inParallel(Array.from({ length: 32 }), 8, () => createNumber(client));
    const answers = await Promise.all(made.map((number) => client.post(`/phone-numbers/${number.id}/set-primary`)));
    for (const answer of answers) expectStatus(answer, 200);
    const left = await primaries();
    assert.equal(left.length, 1);
    assert.ok(made.some((number) => number.id === left[0].id));
    const created = await Promise.all(Array.from({ length: 32 }, () => client.post('/phone-numbers', { phone_number: newNumber(), is_primary: true })));
    for (const answer of created) expectStatus(answer, 201);
    assert.equal((await primaries()).length, 1);
  });

  await test('32 at once want the same number: one gets it', async () => {
    const phone_number = newNumber();
    const answers = await Promise.all(Array.from({ length: 32 }, () => client.post('/phone-numbers', { phone_number })));
    assert.equal(answers.filter((answer) => answer.status === 201).length, 1);
    assert.equal(answers.filter((answer) => answer.status === 409).length, 31);
  });

  await test('calls count on their number, and stay when it goes', async () => {
    const number = await createNumber(client);
    const call = await beginSeedCall(client, { vapi_phone_id: number.provider_phone_id });
    expectStatus(await callback(client, call.call_id, { event: 'ended', status: 'completed', duration: 90, cost: 0.5 }), 200);
    const counted = (await client.get(`/phone-numbers/${number.id}`)).json;
    assert.equal(counted.total_calls, 1);
    assert.ok(Math.abs(counted.total_minutes - 1.5) < 0.01 || counted.total_minutes === 2, `total_minutes ${counted.total_minutes}`);
    assert.ok([0.5, 50].some((cost) => Math.abs(counted.total_cost - cost) < 1e-9), `total_cost ${counted.total_cost}`);
    assert.ok(counted.last_call_at);
    expectStatus(await client.delete(`/phone-numbers/${number.id}`), [200, 204]);
    expectProblem(await client.get(`/phone-numbers/${number.id}`), 404);
    expectProblem(await client.delete(`/phone-numbers/${number.id}`), 404);
    const kept = expectStatus(await client.get(`/phone-calls/${call.call_id}`), 200).json;
    assert.equal(kept.status, 'completed');
    assert.equal(kept.duration_seconds, 90);
    expectStatus(await client.post('/phone-numbers', { phone_number: number.phone_number }), 201);
  });

  await test('a number can be found by what it is', async () => {
    const inactive = await createNumber(client, { is_active: false });
    const answer = await client.get('/phone-numbers', { query: { is_active: 'false', limit: 100 } });
    if (answer.status === 200 && answer.json.phone_numbers.every((number) => !number.is_active)) {
      assert.ok(answer.json.phone_numbers.some((number) => number.id === inactive.id));
    }
  });
});
