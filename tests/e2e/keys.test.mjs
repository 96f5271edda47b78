// API keys from making to their end, guesses slowed down across processes, and the audit log.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DEMO } from './lib/demo.mjs';
import { createProperty, expectProblem, expectStatus, newCallId, withServers } from './lib/suite.mjs';
import { sleep, waitUntil } from './lib/process.mjs';
import { startServer } from './lib/servers.mjs';
import { Client } from './lib/client.mjs';

const LIMIT = 20;
const env = { AI_REALTOR_FAILURES_PER_MINUTE: String(LIMIT) };

await withServers(async (bench) => {
  const { client, state } = bench;
  const test = (name, run) => bench.test(name, run);
  const cli = (...args) => {
    const result = state.cli(args);
    assert.equal(result.status, 0, `${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  };
  const addKey = (...args) => JSON.parse(cli('key', 'add', '--name', 'test', '--json', ...args));
  const keyRow = (id) => JSON.parse(cli('key', 'list', '--json')).keys.find((key) => key.id === id);
  const ask = (key, path = '/agents/me') => client.get(path, { auth: { 'X-API-Key': key } });
  const ring = () => ({ phone_number: '+14155550101', vapi_call_id: newCallId(), vapi_phone_id: DEMO.providerPhoneId });

  await test('a key is shown once and kept as a hash', async () => {
    const { id, key } = addKey();
    expectStatus(await ask(key), 200);
    assert.match(key, /^ark_[\w-]{8}_[\w-]{51}$/);
    const kept = ['', '-wal'].map((end) => `${state.database}${end}`).filter(fs.existsSync).map((file) => fs.readFileSync(file, 'latin1'));
    assert.ok(kept.every((bytes) => !bytes.includes(key.slice(13))), 'the key is in the database');
    assert.ok(!bench.server.programLog().includes(key.slice(13)), 'the key is in the log');
    assert.equal(keyRow(id).key, undefined);
  });

  await test('its last use is kept, once a minute', async () => {
    const { id, key } = addKey();
    assert.equal(keyRow(id).last_used_at, null);
    expectStatus(await ask(key), 200);
    const first = await waitUntil(() => keyRow(id).last_used_at, { what: 'the last use' });
    assert.ok(Math.abs(Date.parse(first) - Date.now()) < 30000, first);
    expectStatus(await ask(key), 200);
    await sleep(100);
    assert.equal(keyRow(id).last_used_at, first);
  });

  await test('a key ends at once when it is revoked', async () => {
    const { id, key } = addKey('--role', 'broker');
    expectStatus(await ask(key, '/agents'), 200);
    cli('key', 'revoke', String(id));
    expectProblem(await ask(key, '/agents'), 401);
    assert.equal(state.cli(['key', 'revoke', String(id)]).status, 3);
  });

  await test('a key ends when it expires', async () => {
    const end = Date.now() + 3000;
    const { key } = addKey('--expires', new Date(end).toISOString());
    expectStatus(await ask(key), 200);
    await sleep(end - Date.now() + 50);
    expectProblem(await ask(key), 401);
  });

  await test('who guesses is told to wait, at every server of the installation, and nobody else is', async () => {
    // Under another name, since a server looks for what is left of its own by the configuration's.
    const config = `${state.config}.other`;
    fs.symlinkSync(state.config, config);
    const other = await startServer(bench.kind, { config }, { env });
    try {
      const there = new Client({ url: other.url, mount: other.mounts[0], apiKey: state.apiKey, webhookSecret: state.webhookSecret });
      const guess = (at) => at.get('/tasks', { auth: { 'X-API-Key': 'ark_wrong' } });
      let refused = null;
      for (let i = 0; i < 2 * LIMIT && !refused; i++) {
        const answer = await guess(client);
        if (answer.status === 429) refused = answer;
        else expectProblem(answer, 401);
      }
      assert.ok(refused, `no 429 after ${2 * LIMIT} guesses`);
      expectProblem(refused, 429);
      const wait = Number(refused.headers['retry-after']);
      assert.ok(wait >= 1 && wait <= 60, `Retry-After: ${refused.headers['retry-after']}`);
      const elsewhere = await Promise.all(Array.from({ length: 8 }, () => guess(there)));
      assert.ok(elsewhere.some((answer) => answer.status === 429), 'the other server does not know');
      for (const at of [client, there]) {
        expectStatus(await at.get('/tasks'), 200);
        expectStatus(await at.webhook('/incoming', ring()), 200);
      }
      expectStatus(await ask(addKey().key), 200);
      expectStatus(await client.get('/tasks', { auth: 'none' }), 401);
      assert.equal(fs.statSync(`${state.database}-throttle`).size, 32768);
      await sleep(wait * 1000 + 100);
      expectProblem(await guess(client), 401);
      there.close();
    } finally {
      assert.equal(await other.stop(), true);
    }
  });

  await test('what keys and people change is in the audit log, which is whole', async () => {
    const property = await createProperty(client, { address: '77 Unheard Of Way' });
    expectStatus(await client.put(`/properties/${property.id}`, { private_notes: 'told nobody', price: 1234567 }), 200);
    expectStatus(await client.delete(`/properties/${property.id}`), 204);
    const { entries } = JSON.parse(cli('audit', 'list', '--subject', 'properties', '--subject-id', String(property.id), '--json'));
    assert.deepEqual(entries.map(({ action, actor, fields }) => [action, actor, fields]), [
      ['delete', 'key', null], ['update', 'key', 'price_cents,private_notes'], ['create', 'key', null],
    ]);
    const all = cli('audit', 'list', '--limit', '100', '--json');
    for (const value of ['Unheard', 'told nobody', '1234567', state.apiKey]) assert.ok(!all.includes(value), value);
    const keys = JSON.parse(cli('audit', 'list', '--subject', 'api_keys', '--json')).entries;
    assert.ok(keys.some((entry) => entry.action === 'revoke' && /^cli:\w/.test(entry.actor)));
    const proof = JSON.parse(cli('audit', 'verify', '--json'));
    assert.equal(proof.whole, true);
    cli('audit', 'verify', '--head', proof.head);
    assert.equal(state.cli(['audit', 'verify', '--head', '0'.repeat(64)]).status, 1);
  });

  await test('a log that somebody changed is found broken', async () => {
    const [{ id, action }] = state.sql('SELECT id, action FROM audit_log ORDER BY id LIMIT 1 OFFSET 4');
    state.sql(`UPDATE audit_log SET action = 'nothing' WHERE id = ${id}`);
    const broken = state.cli(['audit', 'verify']);
    assert.equal(broken.status, 1);
    assert.match(broken.stderr, new RegExp(`entry ${id} was changed`));
    state.sql(`UPDATE audit_log SET action = '${action}' WHERE id = ${id}`);
    cli('audit', 'verify');
    state.sql('DELETE FROM audit_log WHERE id = (SELECT MAX(id) FROM audit_log)');
    assert.match(state.cli(['audit', 'verify']).stderr, /is missing/);
  });
}, { env });
