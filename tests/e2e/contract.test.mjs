// The HTTP interface itself: every endpoint, its statuses, errors, lists, keys and headers.

import assert from 'node:assert/strict';
import { DEMO, LISTS, MOUNTS } from './lib/demo.mjs';
import { beginSeedCall, callback, createNumber, createOffer, createProperty, createTask, demoProperty,
  expectList, expectProblem, expectStatus, newCallId, newNumber, withServers } from './lib/suite.mjs';
import { bodySignature, vapiSignature } from './lib/client.mjs';
import { message } from './lib/vapi.mjs';

// What a provider says when a call comes in, in the form of the user's document.
const ring = () => ({ phone_number: '+14155550101', vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId });

await withServers(async (bench) => {
  const { client } = bench;
  const test = (name, run) => bench.test(name, run);

  // One call and one of everything, so that each endpoint has something to show.
  let call;
  let number;
  let property;
  let task;
  let offer;
  await test('one of everything can be made', async () => {
    number = await createNumber(client);
    property = await createProperty(client);
    task = await createTask(client, { property_id: property.id });
    offer = await createOffer(client, { property_id: property.id });
    call = await beginSeedCall(client);
    expectStatus(await callback(client, call.call_id, { event: 'transcript', text: 'Hello.', role: 'user' }), 200);
    expectStatus(await callback(client, call.call_id, {
      event: 'ended', status: 'completed', duration: 61, cost: 0.25, recording_url: 'https://storage.example/recording.mp3',
    }), 200);
  });

  const readable = () => [
    '/phone-numbers', `/phone-numbers/${number.id}`, '/phone-calls', `/phone-calls/${call.call_id}`,
    `/phone-calls/recording/${call.call_id}`, `/phone-calls/transcription/${call.call_id}`,
    '/phone-calls/analytics/overview', '/phone-calls/analytics/by-property',
    '/properties', `/properties/${property.id}`, `/properties/${property.id}/heartbeat`,
    '/tasks', `/tasks/${task.id}`, '/offers', `/offers/${offer.id}`, '/agents', '/agents/me',
  ];

  await test('every readable endpoint answers 200 with JSON', async () => {
    for (const path of readable()) {
      const answer = expectStatus(await client.get(path), 200);
      assert.match(answer.headers['content-type'], /^application\/json\b/, path);
      assert.ok(answer.json && typeof answer.json === 'object', path);
    }
  });

  await test('answers are not to be cached nor sniffed', async () => {
    for (const path of [...readable(), '/phone-numbers/999999999', '/nowhere']) {
      const { headers } = await client.get(path);
      assert.match(headers['cache-control'] || '', /no-store/, path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
    }
  });

  await test('a record has a tag, and is not sent again to who names it', async () => {
    for (const path of readable().filter((path) => /^\/[a-z-]+\/\d+$/.test(path))) {
      const { etag } = (await client.get(path)).headers;
      assert.match(etag ?? '', /^"[0-9a-f]{32}"$/, path);
      for (const list of [etag, `W/${etag}`, `"0", ${etag}`, '*']) {
        const answer = expectStatus(await client.get(path, { headers: { 'If-None-Match': list } }), 304);
        assert.equal(answer.text, '', path);
        assert.equal(answer.headers.etag, etag);
      }
      expectStatus(await client.request('HEAD', path, { headers: { 'If-None-Match': etag } }), 304);
      expectStatus(await client.get(path, { headers: { 'If-None-Match': '"0"' } }), 200);
      expectProblem(await client.get(path, { headers: { 'If-Match': `"0", W/${etag}` } }), 412);
    }
  });

  await test('both mounts answer the same', async () => {
    for (const path of [...readable(), '/openapi.json']) {
      const [one, two] = await Promise.all(MOUNTS.map((mount) => client.get(path, { mount })));
      assert.equal(one.status, two.status, path);
      if (path === '/openapi.json') assert.deepEqual(Object.keys(one.json.paths), Object.keys(two.json.paths));
      else assert.deepEqual(one.json, two.json, path);
    }
  });

  await test('a key works as X-API-Key and as a bearer token', async () => {
    for (const auth of ['key', 'bearer', { 'x-api-key': client.apiKey }, { Authorization: `bearer ${client.apiKey}` }]) {
      expectStatus(await client.get('/agents/me', { auth }), 200);
    }
  });

  await test('without a key, or with a wrong one, everything is 401', async () => {
    const wrong = [
      'none', { 'X-API-Key': '' }, { 'X-API-Key': 'wrong' }, { 'X-API-Key': `${client.apiKey}x` },
      { 'X-API-Key': client.apiKey.slice(0, -1) }, { Authorization: 'Bearer wrong' }, { Authorization: 'Bearer' },
      { Authorization: `Basic ${Buffer.from(`a:${client.apiKey}`).toString('base64')}` },
      { 'X-API-Key': client.apiKey.toUpperCase() === client.apiKey ? client.apiKey.toLowerCase() : client.apiKey.toUpperCase() },
    ];
    for (const auth of wrong) expectProblem(await client.get('/phone-numbers', { auth }), 401);
    for (const path of readable()) expectProblem(await client.get(path, { auth: 'none' }), 401);
    for (const [method, path] of [['POST', '/phone-numbers'], ['PUT', `/phone-numbers/${number.id}`],
      ['DELETE', `/phone-numbers/${number.id}`], ['POST', `/phone-numbers/${number.id}/set-primary`],
      ['POST', '/incoming'], ['POST', `/callback/${call.call_id}`], ['POST', '/properties']]) {
      expectProblem(await client.request(method, path, { json: {}, auth: 'none' }), 401);
    }
    expectStatus(await client.get(`/phone-numbers/${number.id}`), 200);
  });

  await test('the webhook secret opens the webhooks and nothing else', async () => {
    for (const auth of ['secret', { Authorization: `Bearer ${client.webhookSecret}` }]) {
      expectStatus(await client.post('/incoming', ring(), { auth }), 200);
      expectProblem(await client.get('/phone-numbers', { auth }), 401);
      expectProblem(await client.post('/phone-numbers', { phone_number: newNumber() }, { auth }), 401);
    }
    for (const auth of [{ 'X-Vapi-Secret': 'wrong' }, { 'X-Vapi-Secret': '' }, { Authorization: 'Bearer x' }]) {
      expectProblem(await client.post('/incoming', ring(), { auth }), 401);
    }
  });

  await test('an API key opens the webhooks too', async () => {
    expectStatus(await client.post('/incoming', ring()), 200);
  });

  await test('webhooks accept a valid signature and refuse a wrong, old or borrowed one', async () => {
    const send = (body, headers) => client.request('POST', '/incoming', { body, auth: 'none', headers });
    const fresh = () => JSON.stringify(ring());
    let body = fresh();
    expectStatus(await send(body, vapiSignature(client.webhookSecret, body)), 200);
    body = fresh();
    expectStatus(await send(body, vapiSignature(client.webhookSecret, body, Math.floor(Date.now() / 1000))), 200);
    body = fresh();
    expectStatus(await send(body, bodySignature(client.webhookSecret, body)), 200);
    body = fresh();
    expectProblem(await send(body, vapiSignature('not the secret', body)), 401);
    expectProblem(await send(body, bodySignature('not the secret', body)), 401);
    expectProblem(await send(`${body} `, vapiSignature(client.webhookSecret, body)), 401);
    expectProblem(await send(body, vapiSignature(client.webhookSecret, body, Date.now() - 24 * 3600 * 1000)), 401);
    expectProblem(await send(body, { ...vapiSignature(client.webhookSecret, body), 'x-timestamp': '' }), 401);
    expectProblem(await send(body, { ...vapiSignature(client.webhookSecret, body), 'x-signature': '' }), 401);
  });

  await test('lists come in pages', async () => {
    for (let i = 0; i < 3; i++) await createTask(client, { title: `Task ${i}` });
    for (const path of Object.keys(LISTS)) {
      const all = expectList(await client.get(path), path);
      const whole = (await client.get(path)).json;
      assert.equal(whole.limit, 50, path);
      assert.equal(whole.offset, 0, path);
      assert.equal(all.length, Math.min(whole.total, 50), path);
      const one = await client.get(path, { query: { limit: 1 } });
      assert.equal(expectList(one, path).length, Math.min(1, whole.total));
      assert.equal(one.json.limit, 1);
      assert.equal(one.json.total, whole.total);
      const rest = await client.get(path, { query: { limit: 100, offset: 1 } });
      assert.deepEqual(expectList(rest, path).map((item) => item.id), all.slice(1).map((item) => item.id), `${path}: offset 1`);
      const beyond = await client.get(path, { query: { offset: 100000 } });
      assert.deepEqual(expectList(beyond, path), []);
      assert.equal(beyond.json.total, whole.total);
    }
  });

  await test('never more than 100 in a page, and nonsense in limit and offset is refused', async () => {
    for (const path of Object.keys(LISTS)) {
      const many = await client.get(path, { query: { limit: 101 } });
      if (many.status === 200) assert.ok(many.json.limit <= 100, path);
      else expectProblem(many, 422);
      for (const query of [{ limit: 'abc' }, { limit: '-1' }, { limit: '1.5' }, { limit: '9223372036854775808' }, { limit: '' },
        { offset: '-1' }, { offset: 'x' }, { offset: '99999999999999999999' }, { limit: '1 ' }, { limit: '0x10' }]) {
        expectProblem(await client.get(path, { query }), [400, 422]);
      }
    }
  });

  await test('what is unknown is 404', async () => {
    for (const path of ['/', '', '/nowhere', '/phone-number', '/phone-numbersx', '/phone-numbers/', '/phone-numbers/1/2/3', '/PHONE-NUMBERS',
      '/phone-numbers/999999999', '/phone-calls/999999999', '/phone-calls/recording/999999999',
      '/phone-calls/transcription/999999999', '/properties/999999999', '/properties/999999999/heartbeat',
      '/tasks/999999999', '/offers/999999999', '/phone-calls/analytics', '/phone-calls/analytics/nothing']) {
      expectProblem(await client.get(path), 404);
    }
    expectProblem(await client.put('/phone-numbers/999999999', { friendly_name: 'x' }), 404);
    expectProblem(await client.delete('/phone-numbers/999999999'), 404);
    expectProblem(await client.post('/phone-numbers/999999999/set-primary'), 404);
    expectProblem(await client.webhook('/callback/999999999', { event: 'transcript', text: 'x' }), 404);
  });

  await test('a wrong method is 405 and Allow names the right ones', async () => {
    const cases = [
      ['DELETE', '/phone-numbers', ['GET', 'POST']], ['PATCH', '/phone-numbers', ['GET', 'POST']],
      ['POST', `/phone-numbers/${number.id}`, ['GET', 'PUT', 'DELETE']], ['GET', `/phone-numbers/${number.id}/set-primary`, ['POST']],
      ['GET', '/incoming', ['POST']], ['GET', `/callback/${call.call_id}`, ['POST']], ['PUT', '/phone-calls', ['GET']],
      ['POST', `/phone-calls/${call.call_id}`, ['GET']], ['DELETE', `/phone-calls/recording/${call.call_id}`, ['GET']],
      ['POST', '/phone-calls/analytics/overview', ['GET']], ['POST', '/openapi.json', ['GET']],
      ['DELETE', '/agents/me', ['GET']], ['FROBNICATE', '/phone-numbers', ['GET', 'POST']],
    ];
    for (const [method, path, methods] of cases) {
      const options = ['POST', 'PUT', 'PATCH'].includes(method) ? { json: {} } : {};
      let answer;
      try { answer = await client.request(method, path, options); } catch { answer = null; }     // Node may refuse the word
      if (!answer) answer = await client.raw(`${method} ${client.mount}${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${client.apiKey}\r\n\r\n`);
      if (method === 'FROBNICATE' && [400, 501].includes(answer.status)) continue;                // the web server's own word
      expectProblem(answer, 405);
      const allowed = (answer.headers.allow || '').split(',').map((word) => word.trim());
      for (const wanted of methods) assert.ok(allowed.includes(wanted), `${method} ${path}: Allow: ${answer.headers.allow}`);
      assert.ok(!allowed.includes(method));
    }
  });

  await test('HEAD is GET without the body', async () => {
    for (const path of [...readable(), '/phone-numbers/999999999', '/openapi.json']) {
      const [get, head] = [await client.get(path), await client.request('HEAD', path)];
      assert.equal(head.status, get.status, path);
      assert.equal(head.bytes.length, 0, path);
      assert.equal(head.headers['content-type'], get.headers['content-type'], path);
    }
  });

  await test('a body that is no JSON is 400, of another type 415', async () => {
    for (const body of ['{', '', 'hello', '{"phone_number": }', '[1,', '{"a":1} {"b":2}', "{'a':1}", '\ufeff{', 'nul', '{"a":NaN}']) {
      const answer = await client.request('POST', '/phone-numbers', { body });
      assert.equal(answer.status, 400, `${body}: ${answer.text}`);
      expectProblem(answer, 400);
    }
    for (const body of ['[]', '"text"', '17', 'null', 'true']) {
      expectProblem(await client.request('POST', '/phone-numbers', { body }), [400, 422]);
    }
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/jsonx', 'json']) {
      expectProblem(await client.request('POST', '/phone-numbers', { body: JSON.stringify({ phone_number: newNumber() }), headers: { 'Content-Type': type } }), 415);
    }
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8', 'application/json ; charset=utf-8']) {
      expectStatus(await client.request('POST', '/phone-numbers', { body: JSON.stringify({ phone_number: newNumber() }), headers: { 'Content-Type': type } }), 201);
    }
  });

  await test('what cannot be stored is 422 and names the field', async () => {
    const cases = [
      ['/phone-numbers', {}, 'phone_number'], ['/phone-numbers', { phone_number: 'abc' }, 'phone_number'],
      ['/phone-numbers', { phone_number: 4155551234 }, 'phone_number'], ['/phone-numbers', { phone_number: null }, 'phone_number'],
      ['/phone-numbers', { phone_number: newNumber(), provider: 'acme' }, 'provider'],
      ['/phone-numbers', { phone_number: newNumber(), is_active: 'yes' }, 'is_active'],
      ['/properties', {}, 'address'], ['/properties', { address: '' }, 'address'],
      ['/properties', { address: '1 A St', price: -1 }, 'price'], ['/properties', { address: '1 A St', price: 'lots' }, 'price'],
      ['/properties', { address: '1 A St', bedrooms: 1.5 }, 'bedrooms'], ['/properties', { address: '1 A St', stage: 'done' }, 'stage'],
      ['/tasks', { kind: 'follow_up', title: 'x', status: 'maybe' }, 'status'],
      ['/tasks', { kind: 'follow_up', title: 'x', scheduled_at: 'tomorrow' }, 'scheduled_at'],
      ['/offers', { property_id: property.id, amount: 0 }, 'amount'], ['/offers', { property_id: property.id }, 'amount'],
      ['/offers', { property_id: 999999999, amount: 100 }, 'property_id'],
    ];
    for (const [path, values, field] of cases) {
      const problem = expectProblem(await client.post(path, values), 422);
      assert.ok(problem.errors.some((error) => error.field === field), `${path} ${JSON.stringify(values)}: ${JSON.stringify(problem.errors)}`);
    }
  });

  await test('several bad fields are named at once', async () => {
    const problem = expectProblem(await client.post('/phone-numbers', { phone_number: 'x', provider: 'acme', timezone: 'Mars/Olympus' }), 422);
    const fields = new Set(problem.errors.map((error) => error.field));
    for (const field of ['phone_number', 'provider', 'timezone']) assert.ok(fields.has(field), [...fields].join());
  });

  await test('each answer of an error has its own request id', async () => {
    const problems = [];
    for (let i = 0; i < 5; i++) problems.push(expectProblem(await client.get('/nowhere'), 404).instance);
    assert.equal(new Set(problems).size, 5);
    assert.ok(problems.every((id) => id.length > 0));
  });

  await test('a body above 8 MiB is 413, one of nearly 8 MiB is read', async () => {
    const big = (bytes) => Buffer.from(`{"friendly_name":"x","pad":"${'y'.repeat(bytes - 30)}"}`);
    expectProblem(await client.request('POST', '/incoming', { auth: 'secret', body: big((8 << 20) + 100) }), 413);
    const report = message('end-of-call-report', { callId: newCallId(), endedReason: 'customer-ended-call', artifact: { transcript: 'z'.repeat((8 << 20) - 4000) } });
    assert.ok(JSON.stringify(report).length > (8 << 20) - 4000 && JSON.stringify(report).length <= 8 << 20);
    expectStatus(await client.webhook('/incoming', report), 200);
    expectStatus(await client.get('/agents/me'), 200);
  });

  await test('listings can be made, read, changed, filtered and deleted', async () => {
    const made = await createProperty(client, { address: '77 Elm St', city: 'Piedmont', state: 'CA', zip: '94704', price: 987654.5, bedrooms: 4, bathrooms: 2.5, square_feet: 2100, stage: 'enriched', private_notes: 'seller in a hurry' });
    const got = expectStatus(await client.get(`/properties/${made.id}`), 200).json;
    for (const [field, value] of Object.entries({ address: '77 Elm St', city: 'Piedmont', state: 'CA', zip: '94704', price: 987654.5, bedrooms: 4, bathrooms: 2.5, square_feet: 2100, stage: 'enriched', private_notes: 'seller in a hurry' })) {
      assert.equal(got[field], value, field);
    }
    const changed = expectStatus(await client.put(`/properties/${made.id}`, { price: 900000, stage: 'researched' }), 200).json;
    assert.equal(changed.price, 900000);
    assert.equal(changed.stage, 'researched');
    assert.equal(changed.address, '77 Elm St');
    const filtered = expectList(await client.get('/properties', { query: { city: 'Piedmont' } }), '/properties');
    assert.deepEqual(filtered.map((item) => item.id), [made.id]);
    expectStatus(await client.delete(`/properties/${made.id}`), [200, 204]);
    expectProblem(await client.get(`/properties/${made.id}`), 404);
  });

  await test('a listing\'s heartbeat tells stage, health, days and what to say', async () => {
    const demo = await demoProperty(client, DEMO.property.address);
    assert.ok(demo, 'the demo listing is there');
    const beat = expectStatus(await client.get(`/properties/${demo.id}/heartbeat`), 200).json;
    assert.equal(beat.stage, DEMO.property.stage);
    const health = typeof beat.health === 'object' ? beat.health.status : beat.health;
    assert.equal(health, DEMO.property.health);
    for (const word of ['stage', 'health', 'days', 'next_action']) {
      assert.ok(Object.keys(beat).some((key) => key.includes(word)), `${word} in ${Object.keys(beat).join()}`);
    }
  });

  await test('tasks and offers can be made, read, changed, filtered and deleted', async () => {
    const task2 = await createTask(client, { kind: 'viewing', title: 'Show it', property_id: property.id, scheduled_at: '2026-09-03T18:00:00Z', priority: 'high' });
    assert.equal(task2.scheduled_at, '2026-09-03T18:00:00Z');
    assert.equal(task2.priority, 'high');
    assert.equal(expectStatus(await client.put(`/tasks/${task2.id}`, { status: 'completed' }), 200).json.status, 'completed');
    const done = expectList(await client.get('/tasks', { query: { status: 'completed' } }), '/tasks');
    assert.ok(done.some((item) => item.id === task2.id) && done.every((item) => item.status === 'completed'));
    expectStatus(await client.delete(`/tasks/${task2.id}`), [200, 204]);
    expectProblem(await client.get(`/tasks/${task2.id}`), 404);

    const offer2 = await createOffer(client, { property_id: property.id, amount: 425000.5, contingencies: 'inspection' });
    assert.equal(offer2.amount, 425000.5);
    assert.equal(offer2.status, 'lead');
    assert.equal(expectStatus(await client.put(`/offers/${offer2.id}`, { status: 'submitted' }), 200).json.status, 'submitted');
    const submitted = expectList(await client.get('/offers', { query: { status: 'submitted' } }), '/offers');
    assert.deepEqual(submitted.map((item) => item.id), [offer2.id]);
  });

  await test('/agents/me is the key\'s own agent', async () => {
    const me = expectStatus(await client.get('/agents/me'), 200).json;
    assert.ok(Number.isInteger(me.id));
    assert.ok(typeof me.name === 'string' && me.name);
    assert.ok(!JSON.stringify(me).includes(client.apiKey));
  });

  await test('a key revoked is a key refused', async () => {
    const made = bench.state.cli(['key', 'add', '--help']);
    assert.equal(made.status, 0, `key add --help: ${made.stderr}`);
  });

  await test('calls can be listed by what they are', async () => {
    const id = newCallId();
    const begun = await beginSeedCall(client, { phone_number: '+14155550177', vapi_call_id: id });
    const pick = async (query) => expectList(await client.get('/phone-calls', { query }), '/phone-calls').map((item) => item.id);
    assert.ok((await pick({ status: 'in_progress' })).includes(begun.call_id));
    assert.ok(!(await pick({ status: 'completed' })).includes(begun.call_id));
    assert.ok((await pick({ direction: 'inbound' })).includes(begun.call_id));
    assert.ok(!(await pick({ direction: 'outbound' })).includes(begun.call_id));
    assert.deepEqual(await pick({ phone_number: '+14155550177' }), [begun.call_id]);
    assert.ok((await pick({ from: '2000-01-01T00:00:00Z' })).includes(begun.call_id));
    assert.deepEqual(await pick({ to: '2000-01-01T00:00:00Z' }), []);
    assert.deepEqual(await pick({ property_id: 999999999 }), []);
    for (const query of [{ status: 'nonsense' }, { direction: 'sideways' }, { intent: 'x' }, { outcome: 'x' }, { from: 'yesterday' }, { property_id: 'x' }]) {
      expectProblem(await client.get('/phone-calls', { query }), [400, 422]);
    }
  });

  await test('the recording and the transcription of a call', async () => {
    const recording = expectStatus(await client.get(`/phone-calls/recording/${call.call_id}`), 200).json;
    assert.equal(recording.recording_url, 'https://storage.example/recording.mp3');
    const transcription = expectStatus(await client.get(`/phone-calls/transcription/${call.call_id}`), 200).json;
    assert.match(JSON.stringify(transcription), /Hello\./);
  });

  await test('/healthz says that all is well, without a key', async () => {
    expectStatus(await client.get('/healthz', { auth: 'none' }), 200);
  });

  await test('one log line a request, with nothing personal in it', async () => {
    await client.get('/callers/%2B14155550177').catch(() => {});
    await client.get('/phone-calls', { query: { phone_number: '+14155550177' } });
    const log = bench.server.programLog();
    const lines = log.split('\n').filter((line) => /status=\d+/.test(line));
    assert.ok(lines.length > 20, `${lines.length} log lines`);
    for (const word of ['method=', 'status=', 'ms=']) assert.ok(lines.every((line) => line.includes(word)), word);
    for (const secret of ['4155550177', client.apiKey, client.webhookSecret, 'Hello.', 'seller in a hurry']) {
      assert.ok(!log.includes(secret), `the log shows ${secret}`);
    }
  });
});
