// What bad input gets: a problem document, or in a tool call an error to say; never a 5xx, never a
// crash, nothing half-written; and the next request is answered.

import assert from 'node:assert/strict';
import { DEMO } from './lib/demo.mjs';
import { beginSeedCall, callback, createNumber, createProperty, expectNoLeak, expectProblem, expectStatus, newCallId, newNumber, seedTool, withServers } from './lib/suite.mjs';
import { sleep } from './lib/process.mjs';
import { message, toolCall, toolCalls } from './lib/vapi.mjs';

const long = 'x'.repeat(10000);
const NASTY = {
  'ten thousand characters': long,
  'format strings': '%s%s%s%n%x%p%99999d',
  SQL: "'; DROP TABLE phone_calls; --",
  'more SQL': '" OR 1=1 --',
  'LIKE wildcards': '%_%',
  'header injection': 'x\r\nSet-Cookie: evil=1\r\n\r\n<html>',
  'control characters': '\u0001\u0002\u001b[31m\u007f',
  'a NUL': 'before\u0000after',
  'right-to-left': '\u202eevil\u202c',
  emoji: '👩‍👩‍👧‍👦'.repeat(50),
  'combining marks': `a${'\u0301'.repeat(500)}`,
  HTML: '<script>alert(1)</script>',
  Liquid: '{{ "now" | date: "%s" }}{% raw %}',
  'the path of a file': '../../../../etc/passwd',
  empty: '',
  blanks: '   \t\n ',
};
const NESTED = (levels, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

await withServers(async (bench) => {
  const { client, kind } = bench;
  let property;

  // Every test ends with a look at whether the program still answers, and answers sensibly.
  const test = (name, run, options) => bench.test(name, async () => {
    await run();
    expectStatus(await client.get('/agents/me'), 200);
  }, options);

  // What came is an answer to the client's mistake, or success; and shows nothing of our insides.
  function expectTame(answer, what) {
    assert.ok(answer.status >= 200 && answer.status < 500, `${what}: status ${answer.status}: ${answer.text.slice(0, 300)}`);
    if (answer.status >= 400 && /json/.test(answer.headers['content-type'] ?? '')) expectProblem(answer, answer.status);
    expectNoLeak(answer);
    assert.ok(!('set-cookie' in answer.headers), what);
  }

  const counts = () => Object.fromEntries(['phone_numbers', 'properties', 'phone_calls', 'scheduled_tasks', 'offers', 'transcript_segments', 'webhook_journal']
    .map((table) => [table, bench.state.sql(`SELECT count(*) AS n FROM ${table}`)[0].n]));

  await test('there is something to attack', async () => {
    property = await createProperty(client);
  });

  await test('JSON that is malformed', async () => {
    const before = counts();
    const bodies = ['{', '}', '{"a"', '{"a":', '{"a":1,}', '[1,2', '"unterminated', '{"a":"\\x"}', '{"a":01}', '{"a":1e}', '{"a":+1}', '{a:1}', '//x', '{"a":1}/*', '\u0000', '{"a":"\u0001"}', '{"a":tru}', '{"a":Infinity}', '-', '.', '{"a":1}{', '\ufeff'];
    for (const body of bodies) {
      for (const path of ['/phone-numbers', '/properties', '/tasks']) expectTame(await client.request('POST', path, { body }), `${path} ${body}`);
      for (const path of ['/incoming', '/callback/1']) expectTame(await client.request('POST', path, { body, auth: 'secret' }), `${path} ${body}`);
    }
    assert.deepEqual(counts(), before);
  });

  await test('JSON that is deep', async () => {
    for (const body of [NESTED(10000), NESTED(10000, '{"a":', '}').replace(/:}/, ':1}'), `{"phone_number":${NESTED(10000)}}`, `{"message":${NESTED(2000)}}`,
      '['.repeat(100000), '{"a":'.repeat(100000), `{"message":{"type":"tool-calls","toolCallList":${NESTED(5000)}}}`]) {
      expectTame(await client.request('POST', '/phone-numbers', { body }), 'numbers');
      expectTame(await client.request('POST', '/incoming', { body, auth: 'secret' }), 'incoming');
    }
  });

  await test('JSON that is wide and large', async () => {
    const members = `{${Array.from({ length: 100000 }, (_, i) => `"k${i}":${i}`).join()}}`;
    const numbers = `[${'1,'.repeat(500000)}1]`;
    const digits = `{"phone_number":${'9'.repeat(100000)}}`;
    const fraction = `{"address":"1 A St","price":1.${'0'.repeat(100000)}1}`;
    const exponent = '{"address":"1 A St","price":1e400}';
    for (const body of [members, numbers, digits]) expectTame(await client.request('POST', '/phone-numbers', { body }), body.slice(0, 20));
    for (const body of [fraction, exponent, members]) expectTame(await client.request('POST', '/properties', { body }), body.slice(0, 20));
    expectTame(await client.request('POST', '/incoming', { body: members, auth: 'secret' }), 'incoming');
  }, { timeout: 240000 });

  await test('the same member twice', async () => {
    expectTame(await client.request('POST', '/phone-numbers', { body: `{"phone_number":"${newNumber()}","phone_number":"x"}` }), 'twice');
  });

  await test('bytes that are no UTF-8, and halves of surrogate pairs', async () => {
    const before = counts().properties;
    for (const bytes of [[0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xc1, 0xbf]]) {
      const body = Buffer.concat([Buffer.from('{"address":"'), Buffer.from(bytes), Buffer.from('"}')]);
      expectTame(await client.request('POST', '/properties', { body }), Buffer.from(bytes).toString('hex'));
    }
    for (const escape of ['\\ud800', '\\udc00', '\\ud83d x', '\\udc00\\ud800', '\\ud800\\ud800']) {
      expectTame(await client.request('POST', '/properties', { body: `{"address":"1 A St","city":"${escape}"}` }), escape);
    }
    // Whatever was kept of that can be read back as JSON.
    const list = await client.get('/properties', { query: { limit: 100 } });
    expectStatus(list, 200);
    assert.ok(!/\\ud[89a-f]/i.test(list.text.replace(/\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/gi, '')), 'half a pair was kept');
    assert.ok(Buffer.from(list.text, 'utf8').equals(list.bytes), 'not UTF-8');
    assert.ok(counts().properties >= before);
  });

  await test('nasty texts in every text field come back unchanged, or are refused by name', async () => {
    const fields = {
      '/phone-numbers': ['friendly_name', 'greeting_message', 'ai_voice_id', 'ai_assistant_id', 'provider_phone_id', 'timezone', 'provider', 'forward_to_number', 'business_hours_start', 'phone_number'],
      '/properties': ['address', 'city', 'state', 'zip', 'description', 'private_notes', 'blocked_reason', 'next_action', 'stage'],
      '/tasks': ['title', 'notes', 'caller_name', 'caller_phone', 'scheduled_at', 'kind'],
      '/offers': ['contingencies', 'notes', 'caller_name', 'status'],
    };
    const base = {
      '/phone-numbers': () => ({ phone_number: newNumber() }), '/properties': () => ({ address: '1 Nasty St' }),
      '/tasks': () => ({ kind: 'follow_up', title: 'x' }), '/offers': () => ({ property_id: property.id, amount: 1000 }),
    };
    for (const [path, names] of Object.entries(fields)) {
      for (const name of names) {
        for (const [what, text] of Object.entries(NASTY)) {
          const answer = await client.post(path, { ...base[path](), [name]: text });
          expectTame(answer, `${path} ${name}: ${what}`);
          if (answer.status === 201) {
            const kept = (await client.get(`${path}/${answer.json.id}`)).json[name];
            const same = kept === text || kept === text.replaceAll('\u0000', '\ufffd') || kept === null || (typeof kept === 'string' && kept.trim() === text.trim()) || (name === 'phone_number' || name === 'forward_to_number' || name === 'caller_phone');
            assert.ok(same, `${path} ${name}: ${what} became ${JSON.stringify(kept).slice(0, 100)}`);
            await client.delete(`${path}/${answer.json.id}`);
          } else {
            assert.ok([400, 409, 422].includes(answer.status), `${path} ${name}: ${what}: ${answer.status}`);
          }
        }
      }
    }
  }, { timeout: 600000 });

  await test('wrong types in every field', async () => {
    for (const value of [null, true, 0, -1, 1.5, 1e308, -1e308, 9007199254740993, '', 'x', [], [1], {}, { a: 1 }]) {
      for (const name of ['phone_number', 'friendly_name', 'is_active', 'is_primary', 'business_hours_start', 'timezone', 'id', 'agent_id', 'total_calls', 'created_at', 'no_such_field']) {
        const answer = await client.post('/phone-numbers', { phone_number: newNumber(), [name]: value });
        expectTame(answer, `${name}: ${JSON.stringify(value)}`);
        if (answer.status === 201) await client.delete(`/phone-numbers/${answer.json.id}`);
      }
      for (const name of ['address', 'price', 'bedrooms', 'bathrooms', 'square_feet', 'year_built', 'stage', 'agent_id']) {
        const answer = await client.post('/properties', { address: '1 A St', [name]: value });
        expectTame(answer, `${name}: ${JSON.stringify(value)}`);
        if (answer.status === 201) await client.delete(`/properties/${answer.json.id}`);
      }
    }
  }, { timeout: 300000 });

  await test('absurd ids', async () => {
    const ids = ['0', '-1', '9223372036854775807', '9223372036854775808', '18446744073709551616', '99999999999999999999999', 'abc', '1abc', '1.0', '1e3', '+1', '0x1', ' 1', '1%20', '%00', '1%00', '%27', '1;DROP', 'null', 'undefined', '%F0%9F%98%80', '..%2f', '%2e%2e', '%', '%zz', '%ff', '１', 'a'.repeat(5000)];
    for (const id of ids) {
      for (const [method, path] of [['GET', `/phone-numbers/${id}`], ['DELETE', `/phone-numbers/${id}`], ['POST', `/phone-numbers/${id}/set-primary`],
        ['GET', `/phone-calls/${id}`], ['GET', `/phone-calls/recording/${id}`], ['GET', `/phone-calls/transcription/${id}`], ['GET', `/properties/${id}/heartbeat`], ['GET', `/tasks/${id}`]]) {
        const answer = await client.raw(`${method} ${client.mount}${path.replace(/ /g, '%20').replace('１', '%EF%BC%91')} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${client.apiKey}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
        assert.ok([400, 403, 404, 414, 422].includes(answer.status), `${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
        expectNoLeak(answer);
      }
      expectTame(await client.raw(`POST ${client.mount}/callback/${id.replace(/ /g, '%20').replace('１', '%EF%BC%91')} HTTP/1.1\r\nHost: x\r\nX-Vapi-Secret: ${client.webhookSecret}\r\nContent-Type: application/json\r\nContent-Length: 34\r\nConnection: close\r\n\r\n{"event":"transcript","text":"hi"}`), `callback ${id}`);
    }
  }, { timeout: 300000 });

  await test('odd paths', async () => {
    for (const path of ['//phone-numbers', '/phone-numbers//1', '/./phone-numbers', '/../phone-numbers', '/phone-numbers/../agents', '/%2e%2e/x', '/phone-numbers%2f1', '/phone%2Dnumbers', '/phone-numbers;x=1', '/phone-numbers?', '/phone-numbers??', '/phone-numbers?limit', '/phone-numbers?=', '/phone-numbers?&&&', '/phone-numbers?%', '/phone-numbers?limit=%', '/phone-numbers?limit=%00', '/phone-numbers?limit=1&limit=2', `/${'a/'.repeat(2000)}`, `/phone-numbers?${'a=b&'.repeat(1500)}`, '/phone-numbers/%c0%ae', '/\\phone-numbers']) {
      const answer = await client.raw(`GET ${client.mount}${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${client.apiKey}\r\nConnection: close\r\n\r\n`);
      expectTame(answer, path.slice(0, 60));
    }
    const absolute = await client.raw(`GET http://x${client.mount}/agents/me HTTP/1.1\r\nHost: x\r\nX-API-Key: ${client.apiKey}\r\nConnection: close\r\n\r\n`);
    expectStatus(absolute, 200);
  });

  await test('odd queries', async () => {
    for (const query of ['status=%25', 'status=_', "phone_number='", 'phone_number=%25', 'phone_number=_', 'from=%00', 'to=99999-01-01', 'from=-1', 'property_id=-1', 'property_id=9223372036854775808', 'city=%25', `phone_number=${'9'.repeat(3000)}`, 'limit=1e1', 'nonsense=1', 'from=2026-09-01T00:00:00Z&to=2026-08-01T00:00:00Z']) {
      for (const path of ['/phone-calls', '/properties', '/tasks', '/offers', '/phone-numbers', '/phone-calls/analytics/overview', '/phone-calls/analytics/by-property']) {
        expectTame(await client.get(`${path}?${query}`), `${path}?${query.slice(0, 40)}`);
      }
    }
    const all = (await client.get('/phone-calls')).json.total;
    for (const wild of ['%25', '_', '%2B1415%25']) {
      const answer = await client.get(`/phone-calls?phone_number=${wild}`);
      if (answer.status === 200) assert.ok(all === 0 || answer.json.total === 0, 'a wildcard matched');
    }
    const cities = await client.get('/properties?city=%25');
    if (cities.status === 200) assert.equal(cities.json.total, 0, 'a wildcard matched');
  });

  // ---- the bytes themselves -----------------------------------------------------------------

  const head = (extra, path = '/incoming') => `POST ${client.mount}${path} HTTP/1.1\r\nHost: x\r\nX-Vapi-Secret: ${client.webhookSecret}\r\nContent-Type: application/json\r\n${extra}\r\n`;
  const ring = () => JSON.stringify({ phone_number: '+14155550170', vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId });

  // The web server may answer these by itself; silence is an answer to a broken request.
  function expectRefused(answer, what) {
    assert.ok(answer.status === 0 || (answer.status >= 400 && answer.status < 500) || answer.status === 501 || (kind === 'apache-fcgid' && answer.status === 500),
      `${what}: status ${answer.status}: ${answer.text.slice(0, 200)}`);
  }

  await test('Content-Length missing, doubled, absurd or a lie', async () => {
    const before = counts().phone_calls;
    const body = ring();
    const n = Buffer.byteLength(body);
    expectRefused(await client.raw([head('Content-Length: -1\r\n'), body]), 'negative');
    expectRefused(await client.raw([head('Content-Length: abc\r\n'), body]), 'letters');
    expectRefused(await client.raw([head(`Content-Length: ${n}\r\nContent-Length: ${n + 1}\r\n`), body]), 'two that differ');
    expectRefused(await client.raw([head('Content-Length: 99999999999999999999999\r\n'), body], { timeout: 3000 }), 'huge');
    expectRefused(await client.raw([head('Content-Length: 9223372036854775808\r\n'), body], { timeout: 3000 }), 'above 63 bits');
    expectRefused(await client.raw([head('Content-Length: 4294967296\r\n'), body], { timeout: 3000 }), '4 GiB');
    expectRefused(await client.raw([head(''), body], { timeout: 3000, finish: true }), 'missing');
    expectRefused(await client.raw([head(`Content-Length: ${n - 3}\r\nConnection: close\r\n`), body]), 'too short');
    assert.equal(counts().phone_calls, before, 'something was kept');
    const plus = await client.raw([head(`Content-Length: +${n}\r\nConnection: close\r\n`), ring()], { timeout: 3000 });
    assert.ok(plus.status < 500 || kind === 'apache-fcgid' || plus.status === 501);
  }, { timeout: 240000 });

  await test('a body cut short leaves nothing behind', async () => {
    const before = counts();
    const body = ring();
    for (const part of [0, 1, 20, body.length - 1]) {
      await client.raw([head(`Content-Length: ${body.length}\r\n`), body.slice(0, part), 50], { finish: true, timeout: 3000 });
    }
    await client.raw([head('Transfer-Encoding: chunked\r\n'), 'ff\r\n{"phone', 50], { finish: true, timeout: 3000 });
    await client.raw([head('Transfer-Encoding: chunked\r\n'), 'zz\r\n{"phone', 50], { finish: true, timeout: 3000 });
    await client.raw([head('Transfer-Encoding: chunked\r\n'), '5\r\n{"a":\r\n', 50], { finish: true, timeout: 3000 });
    await sleep(300);
    assert.deepEqual(counts(), before);
  }, { timeout: 120000 });

  await test('bodies in chunks and in slow pieces are read whole', async () => {
    for (const pieces of [(b) => [b], (b) => [b.slice(0, 10), 30, b.slice(10)], (b) => b.match(/.{1,7}/g)]) {
      const body = ring();
      const chunks = pieces(body).flatMap((piece) => (typeof piece === 'number' ? [piece] : [`${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`]));
      expectStatus(await client.raw([head('Transfer-Encoding: chunked\r\nConnection: close\r\n'), ...chunks, '0\r\n\r\n']), 200);
      const slow = ring();
      expectStatus(await client.raw([head(`Content-Length: ${slow.length}\r\nConnection: close\r\n`), ...pieces(slow)]), 200);
    }
    const large = JSON.stringify(message('end-of-call-report', { callId: newCallId(), artifact: { transcript: 'y'.repeat(3 << 20) } }));
    const sizes = [];
    for (let at = 0; at < large.length; at += 60000) sizes.push(large.slice(at, at + 60000));
    expectStatus(await client.raw([head('Transfer-Encoding: chunked\r\nConnection: close\r\n'), ...sizes.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`), '0\r\n\r\n'], { timeout: 30000 }), 200);
  });

  await test('one byte above 8 MiB is 413, with a length and without', async () => {
    const before = counts();
    const big = Buffer.alloc((8 << 20) + 1, 0x20);
    big.write('{"event":"x"}');
    expectProblem(await client.request('POST', '/incoming', { body: big, auth: 'secret' }), 413);
    const chunked = await client.request('POST', '/incoming', { body: big, auth: 'secret', headers: { 'Transfer-Encoding': 'chunked' } });
    expectProblem(chunked, 413);
    expectProblem(await client.request('POST', '/phone-numbers', { body: big }), 413);
    assert.deepEqual(counts(), before);
  }, { timeout: 240000 });

  await test('headers that are long, many, doubled or strange', async () => {
    const get = (extra) => client.raw(`GET ${client.mount}/agents/me HTTP/1.1\r\nHost: x\r\n${extra}Connection: close\r\n\r\n`);
    expectStatus(await get(`X-API-Key: ${client.apiKey}\r\nX-Pad: ${'p'.repeat(4000)}\r\n`), 200);
    for (const extra of [`X-API-Key: ${'k'.repeat(7000)}\r\n`, `Authorization: Bearer ${'k'.repeat(7000)}\r\n`, 'X-API-Key: %s%n\r\n', 'Authorization: \r\n', 'Authorization: Bearer \r\n', "X-API-Key: ' OR 1=1 --\r\n", 'X-API-Key: \u00ff\r\n',
      `X-API-Key: wrong\r\nX-API-Key: ${client.apiKey}\r\n`]) {
      const answer = await get(extra);
      assert.ok([400, 401, 403, 431, 0].includes(answer.status) || (answer.status === 200 && extra.includes(client.apiKey)), `${extra.slice(0, 40)}: ${answer.status}`);
    }
    expectTame(await get(`X-API-Key: ${client.apiKey}\r\nHost: evil.example\r\n`), 'two hosts');
    const host = await client.raw(`GET ${client.mount}/openapi.json HTTP/1.1\r\nHost: "><script>\r\nConnection: close\r\n\r\n`);
    expectTame(host, 'a host with a script');
    for (const range of ['X-Forwarded-Proto: javascript\r\n', 'X-Forwarded-Host: evil.example\r\n']) {
      const answer = await client.raw([head(`${range}Connection: close\r\nContent-Length: ${ring().length}\r\n`), ring()]);
      expectStatus(answer, 200);
      assert.doesNotMatch(answer.text, /evil\.example|javascript:/);
    }
  });

  await test('ten requests on one connection are ten answers', async () => {
    const one = `GET ${client.mount}/agents/me HTTP/1.1\r\nHost: x\r\nX-API-Key: ${client.apiKey}\r\n\r\n`;
    const answer = await client.raw(one.repeat(9) + one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    assert.equal(answer.status, 200);
  });

  // ---- the wire of calls --------------------------------------------------------------------

  await test('strange events are acknowledged or refused, and change nothing', async () => {
    const begun = await beginSeedCall(client);
    const wanted = (await client.get(`/phone-calls/${begun.call_id}`)).json;
    for (const event of [null, [], {}, { event: null }, { event: 7 }, { event: [] }, { event: long }, { event: 'transcript' }, { event: 'transcript', text: 7 }, { event: 'transcript', text: null },
      { event: 'transcript', text: {} }, { event: 'ended', status: 'exploded' }, { event: 'ended', duration: -5 }, { event: 'ended', status: 'completed', duration: 'long' }, { event: 'ended', status: 'completed', duration: 1e300 },
      { event: 'ended', status: 'completed', cost: -1 }, { event: 'ended', status: 'completed', cost: 'NaN' }, { event: 'function_call', name: 7, arguments: {} }, { event: 'function_call', name: long, arguments: long }]) {
      expectTame(await callback(client, begun.call_id, event), JSON.stringify(event).slice(0, 60));
    }
    const now = (await client.get(`/phone-calls/${begun.call_id}`)).json;
    assert.equal(now.vapi_call_id, wanted.vapi_call_id);
    assert.ok(now.duration_seconds === null || now.duration_seconds >= 0);
    assert.ok(now.cost === null || now.cost >= 0);
  });

  await test('nasty texts in a call are kept as they are, in both forms', async () => {
    for (const [what, text] of Object.entries(NASTY)) {
      const begun = await beginSeedCall(client);
      expectTame(await callback(client, begun.call_id, { event: 'transcript', role: 'user', text }), what);
      expectTame(await seedTool(client, begun.call_id, 'take_message', { caller_name: text, phone: text, message: text }), what);
      expectTame(await client.webhook('/incoming', { phone_number: text, vapi_call_id: text, vapi_phone_id: DEMO.providerPhoneId }), what);
      expectTame(await client.webhook('/incoming', { phone_number: '+14155550170', vapi_call_id: newCallId(), vapi_phone_id: text }), what);
      const read = await client.get(`/phone-calls/transcription/${begun.call_id}`);
      expectStatus(read, 200);
      if (!/NUL|empty|blanks/.test(what) && text.length < 5000) assert.ok(JSON.stringify(read.json).includes(JSON.stringify(text).slice(1, -1)), `${what}: ${read.text.slice(0, 200)}`);
      const callId = newCallId();
      for (const name of ['lookup_property', 'schedule_viewing', 'create_offer', 'take_message', 'search_properties', text]) {
        const args = { address: text, property_id: text, caller_name: text, phone: text, date_time: text, amount: text, contingencies: text, message: text, city: text, min_price: text, bedrooms: text };
        const answer = await client.webhook('/incoming', toolCalls(callId, [toolCall(newCallId(), name, args)], { providerPhoneId: DEMO.providerPhoneId }));
        expectStatus(answer, 200);
        assert.equal(answer.json.results.length, 1, what);
        const { result, error } = answer.json.results[0];
        assert.ok(typeof (result ?? error) === 'string', what);
        assert.doesNotMatch(result ?? error, /[\r\n\u2028\u2029]/, what);
        expectNoLeak(answer);
      }
    }
  }, { timeout: 240000 });

  await test('Vapi messages with members of the wrong type are still answered 200', async () => {
    const odd = [null, true, 0, -1, 1.5, 1e308, '', 'x', [], {}, [[]], long];
    const members = ['call', 'customer', 'phoneNumber', 'artifact', 'assistant', 'timestamp', 'toolCallList', 'toolWithToolCallList', 'status', 'role', 'transcript', 'transcriptType', 'endedReason', 'startedAt', 'endedAt', 'cost', 'analysis', 'functionCall', 'compliance', 'destination', 'messages'];
    for (const type of ['assistant-request', 'tool-calls', 'function-call', 'status-update', 'transcript', 'end-of-call-report', 'transfer-destination-request', 'transfer-update', 'hang', 'conversation-update']) {
      for (const member of members) {
        for (const value of odd) {
          const body = message(type, { callId: newCallId(), providerPhoneId: DEMO.providerPhoneId, artifact: { messages: [{ role: 'user', message: 'x', time: 1 }] } });
          body.message[member] = value;
          const answer = await client.webhook('/incoming', body);
          expectTame(answer, `${type} ${member}: ${JSON.stringify(value).slice(0, 30)}`);
          if (type === 'tool-calls' || type === 'assistant-request') expectStatus(answer, 200);
        }
      }
    }
    for (const value of [null, true, 7, 'x', [], {}, { type: null }, { type: 7 }, { type: [] }, { type: long }]) expectTame(await client.webhook('/incoming', { message: value }), JSON.stringify(value).slice(0, 30));
    for (const id of [null, 7, '', {}, long, 'a\u0000b', '\ud800']) {
      const body = message('status-update', { callId: 'x', status: 'in-progress' });
      body.message.call.id = id;
      expectTame(await client.webhook('/incoming', body), `call id ${JSON.stringify(id)?.slice(0, 20)}`);
    }
  }, { timeout: 600000 });

  await test('another call\'s callback cannot be told by its number', async () => {
    const [mine, other] = [await beginSeedCall(client), await beginSeedCall(client)];
    const body = message('status-update', { callId: mine.vapi_call_id, status: 'ended', endedReason: 'customer-ended-call', providerPhoneId: DEMO.providerPhoneId });
    expectTame(await client.webhook(`/callback/${other.call_id}`, body), 'borrowed callback');
    assert.equal((await client.get(`/phone-calls/${other.call_id}`)).json.status, 'in_progress');
  });

  // ---- the store ----------------------------------------------------------------------------

  await test('a locked database: reading goes on, writing is 503 with Retry-After, nothing is half-written', async () => {
    const number = await createNumber(client);
    const unlock = await bench.state.lock();
    let refused;
    try {
      const begun = Date.now();
      refused = await Promise.all([
        client.post('/phone-numbers', { phone_number: '+14155567999' }),
        client.put(`/phone-numbers/${number.id}`, { friendly_name: 'changed' }),
        client.webhook('/incoming', { phone_number: '+14155550170', vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId }),
        client.webhook('/incoming', toolCalls(newCallId(), [toolCall('call_1', 'take_message', { caller_name: 'x', message: 'x' })], { providerPhoneId: DEMO.providerPhoneId })),
      ]);
      assert.ok(Date.now() - begun < 30000);
      expectStatus(await client.get(`/phone-numbers/${number.id}`), 200);
    } finally {
      await unlock();
    }
    for (const answer of refused) {
      expectProblem(answer, 503);
      assert.match(answer.headers['retry-after'] || '', /^\d+$/, answer.target);
    }
    assert.equal((await client.get(`/phone-numbers/${number.id}`)).json.friendly_name, number.friendly_name);
    expectStatus(await client.post('/phone-numbers', { phone_number: '+14155567999' }), 201);
  }, { timeout: 120000 });
}, { env: { AI_REALTOR_BUSY_TIMEOUT_MS: '400' } });
