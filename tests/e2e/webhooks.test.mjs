// Who may post to the webhooks: every kind of credential that Vapi can send, signed by Node's crypto,
// right and wrong.  What is refused leaves a line in the log and nothing in the database.

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Client, bodySignature, vapiSignature } from './lib/client.mjs';
import { DEMO, FILES } from './lib/demo.mjs';
import { waitUntil } from './lib/process.mjs';
import { startServer } from './lib/servers.mjs';
import { prepareState } from './lib/state.mjs';
import { beginSeedCall, callback, expectProblem, expectStatus, newCallId, withServers } from './lib/suite.mjs';
import { message, toolCall, toolCalls } from './lib/vapi.mjs';

const BASE64_SECRET = Buffer.from('\x00\xff no text \x80', 'latin1').toString('base64');
const hmac = (algorithm, encoding, key, ...parts) => parts.reduce((mac, part) => mac.update(part), crypto.createHmac(algorithm, key)).digest(encoding);

// Settings of the program, and how Vapi signs by them: `sign(secret, body, time)` makes headers.
const FORMS = [
  {
    name: "Vapi's defaults", timed: true, env: {},
    sign: (secret, body, time) => vapiSignature(secret, body, time),
  },
  {
    name: 'SHA-512, base64, a prefix, other headers', timed: true,
    env: { SIGNATURE_HEADER: 'X-Hub-Signature-512', TIMESTAMP_HEADER: 'X-Sent-At', SIGNATURE_PREFIX: 'sha512=', ALGORITHM: 'sha512', ENCODING: 'base64' },
    sign: (secret, body, time) => ({ 'x-hub-signature-512': `sha512=${hmac('sha512', 'base64', secret, `${time}.`, body)}`, 'x-sent-at': String(time) }),
  },
  {
    name: 'SHA-1 over method, time and body', timed: true, env: { ALGORITHM: 'sha1', PAYLOAD: '{method}:{timestamp}:{body}' },
    sign: (secret, body, time) => ({ 'x-signature': hmac('sha1', 'hex', secret, `POST:${time}:`, body), 'x-timestamp': String(time) }),
  },
  {
    name: 'the body alone', timed: false, env: { PAYLOAD: '{body}', TIMESTAMP_HEADER: 'none', SIGNATURE_HEADER: 'X-Body-Signature' },
    sign: (secret, body) => ({ 'x-body-signature': hmac('sha256', 'hex', secret, body) }),
  },
  {
    name: 'a message id and a secret in base64', timed: true, secret: BASE64_SECRET,
    env: { SIGNATURE_HEADER: 'webhook-signature', SIGNATURE_PREFIX: 'v1,', TIMESTAMP_HEADER: 'webhook-timestamp', MESSAGE_ID_HEADER: 'webhook-id', PAYLOAD: '{svix-id}.{timestamp}.{body}', ENCODING: 'base64', SECRET_IS_BASE64: 'yes' },
    sign: (secret, body, time, id = 'msg_1') => ({
      'webhook-signature': `v1,${hmac('sha256', 'base64', Buffer.from(secret, 'base64'), `${id}.${time}.`, body)}`,
      'webhook-id': id, 'webhook-timestamp': String(time),
    }),
  },
  {
    name: 'a token in a header of its own', timed: false, env: { TOKEN_HEADER: 'X-Office-Token', DOCUMENT_SIGNATURE: 'no' },
    sign: (secret, body) => ({ 'x-office-token': body.length > 0 ? secret : '' }), plain: true,
  },
];

const environment = (settings) => Object.fromEntries(Object.entries(settings).map(([key, value]) => [`AI_REALTOR_WEBHOOK_${key}`, value]));
const ring = () => JSON.stringify({ phone_number: '+14155550188', vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId });
const send = (client, body, headers, target = '/incoming') => client.request('POST', target, { body, auth: 'none', headers });
const written = (state) => state.sql('SELECT (SELECT COUNT(*) FROM phone_calls) + (SELECT COUNT(*) FROM webhook_journal) + (SELECT COUNT(*) FROM transcript_segments) + (SELECT COUNT(*) FROM tool_results) + (SELECT COUNT(*) FROM scheduled_tasks) AS n')[0].n;

// A refusal: always the same words, the reason in the log, nothing written, nothing told.
async function expectRefused(desk, reason, body, headers, target) {
  const before = written(desk.state);
  const answer = await send(desk.client, body, headers, target);
  const problem = expectProblem(answer, 401);
  assert.equal(problem.detail, 'Send a valid webhook signature or secret, or an API key.');
  assert.match(answer.headers['www-authenticate'], /^Bearer/);
  const line = new RegExp(`event=webhook_refused id=${problem.instance} reason=(\\w+)`);
  const found = await waitUntil(() => line.exec(desk.server.programLog()), { what: `a line for ${problem.instance}` });
  assert.equal(found[1], reason);
  assert.equal(written(desk.state), before, 'something was written');
}

// A server with settings and secrets of its own.
async function withDesk(kind, { settings = {}, secrets }, body) {
  const env = environment(settings);
  const state = prepareState({ env });
  const file = path.join(state.dir, FILES.webhookSecret);
  if (secrets === null) fs.rmSync(file);
  else if (secrets !== undefined) fs.writeFileSync(file, secrets);                 // keeps owner and mode
  let server = null;
  let client = null;
  try {
    server = await startServer(kind, state, { env });
    client = new Client({ url: server.url, mount: server.mounts[0], apiKey: state.apiKey });
    await body({ state, server, client });
    const log = server.programLog();
    for (const secret of (secrets ?? '').split('\n').filter((line) => line.length > 8)) assert.ok(!log.includes(secret), 'the log tells a secret');
  } finally {
    client?.close();
    await server?.stop();
    state.remove();
  }
}

await withServers(async (bench) => {
  const { client, state } = bench;
  const desk = { client, state, server: bench.server };
  const test = (name, run) => bench.test(name, run);
  const secret = client.webhookSecret;

  for (const form of FORMS) {
    await test(form.name, () => withDesk(bench.kind, { settings: form.env, secrets: form.secret && `${form.secret}\n` }, async (own) => {
      const good = form.secret ?? own.state.webhookSecret;
      const now = Date.now();
      const body = ring();
      const signed = form.sign(good, body, now);
      expectStatus(await send(own.client, body, signed), 200);
      if (form.timed) expectStatus(await send(own.client, body, form.sign(good, body, Math.floor(now / 1000))), 200);
      const wrong = form.plain ? 'bad_secret' : 'bad_signature';
      const other = form.secret ? Buffer.from('another').toString('base64') : 'another';
      await expectRefused(own, wrong, body, form.sign(other, body, now));
      await expectRefused(own, 'no_credential', body, {});
      if (!form.plain) await expectRefused(own, wrong, `${body} `, signed);
      if (form.timed) {
        await expectRefused(own, 'stale', body, form.sign(good, body, now - 301000));
        await expectRefused(own, 'stale', body, form.sign(good, body, now + 310000));
        await expectRefused(own, 'stale', body, form.sign(good, body, Math.floor(now / 1000) - 302));
        await expectRefused(own, 'bad_signature', body, form.sign(good, body, ''));
      }
      if (form.env.MESSAGE_ID_HEADER) await expectRefused(own, 'bad_signature', body, { ...signed, 'webhook-id': 'msg_2' });
      const documented = await send(own.client, body, bodySignature(own.state.webhookSecret, body));
      expectStatus(documented, form.secret || form.env.DOCUMENT_SIGNATURE ? 401 : 200);
    }));
  }

  await test('secrets, tokens and keys in their headers', async () => {
    for (const headers of [{ 'X-Vapi-Secret': secret }, { Authorization: `Bearer ${secret}` }, { Authorization: secret },
      { 'X-API-Key': state.apiKey }, { Authorization: `Bearer ${state.apiKey}` }]) {
      expectStatus(await send(client, ring(), headers), 200);
    }
    for (const headers of [{ 'X-Vapi-Secret': `${secret}x` }, { 'X-Vapi-Secret': [secret, secret] }, { Authorization: 'Bearer nonsense' },
      { Authorization: `Basic ${Buffer.from(`vapi:${secret}`).toString('base64')}` }, { 'X-API-Key': secret }]) {
      await expectRefused(desk, 'bad_secret', ring(), headers);
    }
    await expectRefused(desk, 'no_credential', ring(), { 'X-Vapi-Secret': '' });
  });

  await test('headers that are given twice, or are empty, or very long', async () => {
    const body = ring();
    const good = vapiSignature(secret, body);
    await expectRefused(desk, 'bad_signature', body, { ...good, 'x-signature': [good['x-signature'], good['x-signature']] });
    await expectRefused(desk, 'bad_signature', body, { ...good, 'x-timestamp': [good['x-timestamp'], good['x-timestamp']] });
    await expectRefused(desk, 'no_credential', body, { ...good, 'x-signature': '' });
    await expectRefused(desk, 'bad_signature', body, { ...good, 'x-timestamp': '' });
    for (const name of ['x-signature', 'x-timestamp', 'X-Vapi-Signature', 'X-Vapi-Secret', 'X-Call-Token']) {
      expectStatus(await send(client, body, { ...(name === 'x-timestamp' ? good : {}), [name]: 'a'.repeat(6000) }), 401);
    }
    expectStatus(await send(client, body, good), 200);
  });

  await test('the signature is over the bytes, whatever they are', async () => {
    for (const body of [`\n ${ring()} \r\n`, JSON.stringify({ ...JSON.parse(ring()), note: 'Señora 🏡' }), '{"vapi_call_id": "\\u0063-1"']) {
      const answer = await send(client, Buffer.from(body), vapiSignature(secret, body));
      assert.notEqual(answer.status, 401, body);
    }
    await expectRefused(desk, 'no_credential', 'this is no JSON', {});
  });

  await test('several secrets at once: one is replaced without losing a call', async () => {
    const accepted = async (own, list, refused) => {
      for (const one of list) expectStatus(await send(own.client, ...((body) => [body, vapiSignature(one, body)])(ring())), 200);
      for (const one of refused) await expectRefused(own, 'bad_signature', ...((body) => [body, vapiSignature(one, body)])(ring()));
    };
    const [old, fresh] = ['the-old-secret', 'the-new-secret'];
    await withDesk(bench.kind, { secrets: `# since Monday\n\n${fresh}\r\n${old}\n` }, async (own) => {
      await accepted(own, [old, fresh], ['# since Monday', 'the-next-secret']);
      const played = own.state.cli(['simulate', '--scenario', 'message', '--url', own.server.url, '--api-key-file', path.join(own.state.dir, FILES.apiKey)]);
      assert.equal(played.status, 0, played.stdout + played.stderr);
      const answer = await send(own.client, JSON.stringify(message('assistant-request', { callId: newCallId(), providerPhoneId: DEMO.providerPhoneId })), { 'X-Vapi-Secret': old });
      assert.equal(expectStatus(answer, 200).json.assistant.server.headers['X-Vapi-Secret'], fresh);
    });
    await withDesk(bench.kind, { secrets: `${fresh}\n#${old}\n` }, (own) => accepted(own, [fresh], [old]));
  });

  for (const [name, secrets] of [['no file', null], ['an empty file', '\n'], ['only comments', '# none yet\n']]) {
    await test(`without a secret no webhook is accepted, but keys are: ${name}`, () => withDesk(bench.kind, { secrets }, async (own) => {
      for (const headers of [{}, { 'X-Vapi-Secret': '' }, { 'X-Vapi-Secret': '# none yet' }, { Authorization: 'Bearer ' }]) {
        await expectRefused(own, 'no_secret', ring(), headers);
      }
      const body = ring();
      await expectRefused(own, 'no_secret', body, vapiSignature('', body));
      await expectRefused(own, 'no_secret', body, bodySignature('', body));
      expectStatus(await send(own.client, body, { 'X-API-Key': own.state.apiKey }), 200);
    }));
  }

  await test('simulate signs by whatever is configured', async () => {
    for (const form of FORMS.filter((one) => !one.plain)) {
      await withDesk(bench.kind, { settings: form.env, secrets: form.secret && `${form.secret}\n` }, async (own) => {
        const played = own.state.cli(['simulate', '--scenario', 'message', '--url', own.server.url], { env: environment(form.env) });
        assert.equal(played.status, 0, `${form.name}: ${played.stdout}${played.stderr}`);
      });
    }
  });

  await test('simulate plays only on the demonstration, unless it is told to', () => withDesk(bench.kind, {}, async (own) => {
    const play = (...more) => own.state.cli(['simulate', '--scenario', 'message', '--url', own.server.url, ...more]);
    const calls = async () => expectStatus(await own.client.get('/phone-calls', { headers: { 'X-API-Key': own.state.apiKey } }), 200).json.total;
    own.state.sql("UPDATE phone_numbers SET provider_phone_id = 'pn-' || id"); // as on a broker's own installation
    const refused = play();
    assert.equal(refused.status, 4);
    assert.match(refused.stderr, /this is not the demonstration that init --demo makes: the invented call would stay among your callers' and take their times; to play it all the same: --yes\n$/);
    assert.equal(await calls(), 0);
    const played = play('--yes');
    assert.equal(played.status, 0, played.stdout + played.stderr);
    assert.equal(await calls(), 1);
  }));

  await test("a call's token opens that call, and no other", async () => {
    const begin = async (headers) => {
      const callId = newCallId();
      const body = JSON.stringify(message('assistant-request', { callId, providerPhoneId: DEMO.providerPhoneId }));
      const { assistant } = expectStatus(await send(client, body, headers), 200).json;
      return { callId, headers: assistant.server.headers, servers: assistant.model.tools.flatMap((tool) => tool.server ?? []) };
    };
    const [one, two] = [await begin({ 'X-Vapi-Secret': secret }), await begin({ 'X-API-Key': state.apiKey })];
    assert.equal(one.headers['X-Vapi-Secret'], secret);
    assert.equal(two.headers['X-Vapi-Secret'], undefined, 'a key does not buy the secret');
    for (const server of one.servers) assert.deepEqual(server.headers, one.headers);
    assert.notEqual(one.headers['X-Call-Token'], two.headers['X-Call-Token']);
    const token = (call) => ({ 'X-Call-Token': call.headers['X-Call-Token'] });
    const look = (call) => JSON.stringify(toolCalls(call.callId, [toolCall(newCallId(), 'lookup_property', { address: DEMO.property.address })], { providerPhoneId: DEMO.providerPhoneId }));
    for (const headers of [token(one), one.headers, { 'X-Vapi-Secret': secret }, { ...token(one), 'X-API-Key': 'wrong' }]) {
      assert.match(expectStatus(await send(client, look(one), headers), 200).json.results[0].result, /850,000/);
    }
    for (const headers of [token(two), { ...token(two), 'X-Vapi-Secret': secret }, { ...token(two), 'X-API-Key': state.apiKey },
      { ...one.headers, 'X-Call-Token': 'x' }, { ...one.headers, 'X-Call-Token': `${one.headers['X-Call-Token']}x` }]) {
      await expectRefused(desk, 'bad_call_token', look(one), headers);
    }
    await expectRefused(desk, 'bad_call_token', look({ callId: newCallId() }), token(one));
  });

  await test("the short form's callback address can carry the token", () => withDesk(bench.kind, { settings: { CALLBACK_TOKEN: 'yes' } }, async (own) => {
    own.client.webhookSecret = own.state.webhookSecret;
    const [one, two] = [await beginSeedCall(own.client), await beginSeedCall(own.client)];
    const [, id, token] = /\/callback\/(\d+)\?token=([\w.-]+)$/.exec(one.callback_url);
    const said = JSON.stringify({ event: 'transcript', text: 'Hello.' });
    expectStatus(await send(own.client, said, {}, `/callback/${id}?token=${token}`), 200);
    expectStatus(await send(own.client, said, { 'X-Call-Token': token }, `/callback/${id}`), 200);
    expectStatus(await callback(own.client, id, { event: 'transcript', text: 'Hello again.' }), 200);
    for (const target of [`/callback/${two.call_id}?token=${token}`, `/callback/${id}?token=${token}x`, `/callback/${id}?token=`, `/callback/999999?token=${token}`]) {
      await expectRefused(own, 'bad_call_token', said, { 'X-Vapi-Secret': own.state.webhookSecret }, target);
    }
    await expectRefused(own, 'no_credential', said, {}, `/callback/${id}`);
  }));
});
