// The shipped server configurations: what each must let through, and how each lets the program end.
// All kinds that are installed are tried, whatever SERVERS says, those for shared hosting too.

import assert from 'node:assert/strict';
import { DEMO } from './lib/demo.mjs';
import { isPlainCgi, KINDS } from './lib/servers.mjs';
import { alive, waitUntil } from './lib/process.mjs';
import { expectProblem, expectStatus, newCallId, withServers } from './lib/suite.mjs';
import { message } from './lib/vapi.mjs';

const kinds = process.env.SERVERS ? undefined : [...KINDS, 'lighttpd-serve', 'apache-htaccess', 'apache-wrapper'];

await withServers(async (bench) => {
  const { client, server, state, kind } = bench;
  const test = (name, run) => bench.test(name, run);

  await test('every mount answers, and what only looks like one does not', async () => {
    for (const mount of server.mounts) {
      expectStatus(await client.get('/agents/me', { mount }), 200);
      expectStatus(await client.get('/phone-calls', { mount, query: { limit: 1, from: '2026-01-01T00:00:00Z' } }), 200);
      expectProblem(await client.get('/nowhere', { mount }), 404);
    }
    for (const mount of [`${server.mounts[0]}x`, '/elsewhere', `/x${server.mounts[0]}`]) {
      const answer = await client.get('/agents/me', { mount });
      assert.ok([403, 404].includes(answer.status), `${mount}: ${answer.status}`);
    }
  });

  await test('nothing of the state or of the program can be fetched', async () => {
    for (const target of ['/api-key', '/ai-realtor.conf', '/ai-realtor.db', '/voice-assistant.log', '/lighttpd.log', '/cgi-bin/.htaccess', '/cgi-bin/', '/.htaccess']) {
      const answer = await client.get(target, { mount: '', auth: 'none' });
      assert.ok([401, 403, 404].includes(answer.status), `${target}: ${answer.status}`);
    }
  });

  await test('Authorization, X-API-Key and the webhook headers arrive', async () => {
    // Without .htaccess the host's Apache keeps Authorization to itself, as cgi-bin/README says.
    const bearer = kind !== 'apache-wrapper';
    for (const auth of ['key', ...(bearer ? ['bearer'] : [])]) expectStatus(await client.get('/agents/me', { auth }), 200);
    for (const auth of ['secret', ...(bearer ? [{ Authorization: `Bearer ${client.webhookSecret}` }] : [])]) {
      expectStatus(await client.post('/incoming', { phone_number: '+14155550101', vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId }, { auth }), 200);
    }
  });

  await test('statuses, headers and methods pass unchanged', async () => {
    const problem = expectProblem(await client.request('DELETE', '/phone-numbers', {}), 405);
    assert.ok(problem);
    const answer = await client.request('PATCH', '/phone-numbers', { json: {} });
    expectProblem(answer, 405);
    assert.match(answer.headers.allow, /GET/);
    expectProblem(await client.get('/agents/me', { auth: 'none' }), 401);
    assert.equal((await client.request('HEAD', '/agents/me')).bytes.length, 0);
  });

  await test('every answer says no-store, nosniff and no-referrer, once, whoever makes it', async () => {
    const answers = [];
    const ask = async (method, path, options) => { answers.push(await client.request(method, path, options)); return answers.at(-1); };
    await ask('GET', '/agents/me');
    await ask('HEAD', '/agents/me');
    await ask('GET', '/agents/me', { auth: 'none' });
    await ask('GET', '/nowhere');
    await ask('PATCH', '/phone-numbers', { json: {} });
    await ask('POST', '/tasks', { body: 'no JSON' });
    await ask('GET', '/healthz', { auth: 'none' });
    const property = await ask('POST', '/properties', { json: { address: `${server.port} Header St` } });
    const shown = await ask('GET', `/properties/${property.json.id}`);
    if (shown.headers.etag) expectStatus(await ask('GET', `/properties/${property.json.id}`, { headers: { 'If-None-Match': shown.headers.etag } }), 304);
    expectStatus(await ask('DELETE', `/properties/${property.json.id}`), 204);
    // Far too large: some servers refuse that by themselves, lighttpd before it looks at any setting.
    const large = Buffer.alloc((16 << 20) + 4096, 0x20);
    if (!kind.startsWith('lighttpd')) await ask('POST', '/incoming', { body: large, auth: 'secret' }).catch((error) => assert.match(error.code, /ECONNRESET|EPIPE/));
    for (const answer of answers) {
      const { 'cache-control': cache, 'x-content-type-options': sniff, 'referrer-policy': referrer } = answer.headers;
      assert.deepEqual([cache, sniff, referrer], ['no-store', 'nosniff', 'no-referrer'], `${answer.method} ${answer.path} ${answer.status}: ${answer.text.slice(0, 100)}`);
    }
  });

  await test('bodies of nearly 8 MiB pass, with a length and in chunks; one byte more than 8 MiB is 413', async () => {
    const report = message('end-of-call-report', { callId: newCallId(), providerPhoneId: DEMO.providerPhoneId, artifact: { transcript: 'z'.repeat((8 << 20) - 2000) } });
    const body = Buffer.from(JSON.stringify(report));
    assert.ok(body.length <= 8 << 20);
    expectStatus(await client.request('POST', '/incoming', { body, auth: 'secret' }), 200);
    expectStatus(await client.request('POST', '/incoming', { body, auth: 'secret', headers: { 'Transfer-Encoding': 'chunked' } }), 200);
    const pad = Buffer.alloc((8 << 20) + 1, 0x20);
    pad.write('{}');
    for (const headers of [{}, { 'Transfer-Encoding': 'chunked' }]) expectStatus(await client.request('POST', '/incoming', { body: pad, auth: 'secret', headers }), 413);
  });

  await test('the configuration is this one, and other settings reach the program', async () => {
    expectStatus(await client.post('/phone-numbers', { phone_number: '+14155567111' }), 201);
    assert.equal(state.sql("SELECT count(*) AS n FROM phone_numbers WHERE phone_number = '+14155567111'")[0].n, 1);
    const call = await client.webhook('/incoming', { phone_number: '+14155550101', vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId });
    const [{ created_at: at }] = state.sql(`SELECT created_at FROM phone_calls WHERE id = ${call.json.call_id}`);
    assert.ok(at >= Date.parse('2027-02-03T04:05:06Z') && at < Date.parse('2027-02-03T05:05:06Z'), `AI_REALTOR_CLOCK: ${new Date(at).toISOString()}`);
  });

  await test('the program\'s log is kept where the configuration says', async () => {
    await waitUntil(() => /status=200/.test(server.programLog()), { patience: 15000, what: 'a log line' });
  });

  for (const signal of ['SIGTERM', 'SIGUSR1']) {
    if (isPlainCgi(kind)) break;
    await test(`responders end by themselves on ${signal}, and others take their place`, async () => {
      expectStatus(await client.get('/agents/me'), 200);
      const before = server.responders();
      assert.ok(before.length > 0);
      for (const pid of before) process.kill(pid, signal);
      await waitUntil(() => !before.some(alive), { patience: 20000, what: 'the end of the responders' });
      await waitUntil(async () => (await client.get('/agents/me')).status === 200, { patience: 30000, every: 100, what: 'an answer' });
      assert.ok(!server.responders().some((pid) => before.includes(pid)));
    });
  }

  await test('the database is sound', async () => assert.equal(state.integrity(), 'ok'));
}, { kinds, describe: false, env: { AI_REALTOR_CLOCK: '2027-02-03T04:05:06Z' } });
