// What goes wrong around the program while calls come in: memory and disk run out, the database is
// replaced, gone, damaged or not to be written, the master key is another. A plain answer, a plain
// line for the person who looks, nothing half-written, and all is well once it is mended.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { DEMO, FILES } from './lib/demo.mjs';
import { isPlainCgi } from './lib/servers.mjs';
import { createProperty, expectProblem, expectStatus, newCallId, withServers } from './lib/suite.mjs';
import { RUN_AS, run, sleep, waitUntil } from './lib/process.mjs';
import { SRCDIR, systemProgram } from './lib/paths.mjs';
import { Skip } from './lib/tap.mjs';

const prlimit = systemProgram('prlimit');

await withServers(async (bench) => {
  const { client, server, state, kind } = bench;
  const sanitized = () => run('/usr/bin/grep', ['-q', '__asan_init', server.setup.program]).status === 0;

  const ring = (vapi_call_id = newCallId()) => client.webhook('/incoming', { phone_number: '+14155550155', vapi_call_id, vapi_phone_id: DEMO.providerPhoneId });
  const total = async () => expectStatus(await client.get('/properties'), 200).json.total;
  const counts = () => state.sql('SELECT (SELECT count(*) FROM phone_calls) AS calls, (SELECT count(*) FROM webhook_journal) AS messages')[0];
  const back = (what) => waitUntil(async () => (await ring()).status === 200, { patience: 20000, every: 100, what });
  const restart = () => { for (const pid of server.responders()) process.kill(pid, 'SIGTERM'); };
  const place = (name) => path.join(state.dir, name);
  // Limits of running responders; a web server that starts a process for each request has none.
  function limit(...options) {
    for (const pid of server.responders()) assert.equal(run(prlimit, ['--pid', String(pid), ...options]).status, 0);
  }
  function needLimits() {
    if (isPlainCgi(kind) || !prlimit) throw new Skip('needs prlimit and a process that stays');
  }

  // 503 with Retry-After, and nothing of our insides.
  function expectOutOfOrder(answer) {
    expectProblem(answer, 503);
    assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
    assert.ok(!answer.text.includes(state.dir), answer.text);
  }

  const logged = (words) => waitUntil(() => server.programLog().includes(words) || server.serverLog().includes(words), { what: `"${words}" in the log` });

  await bench.test('a full disk: 503 for what would be written, reading goes on, and it recovers', async () => {
    needLimits();
    expectStatus(await ring(), 200);
    const before = counts();
    limit('--fsize=0:');
    const id = newCallId();
    expectOutOfOrder(await ring(id));
    assert.ok(await total() > 0);
    limit('--fsize=unlimited:');
    assert.deepEqual(counts(), before);
    expectStatus(await ring(id), 200);
    assert.equal(counts().calls, before.calls + 1);
    assert.equal(state.integrity(), 'ok');
  });

  await bench.test('memory runs out: the process ends, the web server starts another, nothing is half-written', async () => {
    needLimits();
    if (sanitized()) throw new Skip('a sanitizer needs all the addresses there are');
    const before = counts();
    const old = server.responders();
    limit('--as=1:');
    const id = newCallId();
    const answer = await client.webhook('/incoming', { phone_number: '+14155550155', vapi_call_id: id, vapi_phone_id: DEMO.providerPhoneId, padding: 'x'.repeat(4000000) });
    assert.ok(answer.status >= 500, `status ${answer.status}`);
    await waitUntil(() => old.some((pid) => !server.responders().includes(pid)), { what: 'the end of a process' });
    limit('--as=unlimited:');
    await logged('event=out_of_memory');
    await waitUntil(async () => (await ring(id)).status === 200, { patience: 20000, every: 100, what: 'an answer of another process' });
    assert.equal(counts().calls, before.calls + 1);
  });

  await bench.test('a signal at any moment of its start ends a responder', async () => {
    if (isPlainCgi(kind)) throw new Skip('needs a process that stays');
    const listening = net.createServer();
    await new Promise((resolve) => { listening.listen(place('signal.socket'), resolve); });
    const env = { ...server.setup.env, AI_REALTOR_CONFIG: state.config };
    const left = [];
    for (let delay = 0; delay < 200; delay += 8) {
      const child = spawn(server.setup.program, [], { env, stdio: [listening._handle.fd, 'ignore', 'ignore'], ...RUN_AS });
      const ended = new Promise((resolve) => { child.on('exit', resolve); });
      await sleep(delay);
      child.kill('SIGTERM');
      // Asked for work, it must not linger either.
      const caller = net.connect(place('signal.socket')).on('error', () => {});
      if (await Promise.race([ended, sleep(10000).then(() => 'alive')]) === 'alive') {
        left.push(delay);
        child.kill('SIGKILL');
      }
      caller.destroy();
    }
    listening.close();
    assert.deepEqual(left, [], 'milliseconds after which a signal was missed');
  });

  await bench.test('a backup that is put in place is noticed, and written to', async () => {
    const file = place('backup.db');
    const before = await total();
    assert.equal(state.cli(['backup', file]).status, 0);
    await createProperty(client);
    assert.equal(await total(), before + 1);
    fs.renameSync(file, state.database);
    if (isPlainCgi(kind)) for (const end of ['-wal', '-shm']) fs.rmSync(state.database + end, { force: true });
    assert.equal(await total(), before);
    const made = await createProperty(client);
    assert.equal(state.sql(`SELECT count(*) AS n FROM properties WHERE id = ${made.id}`)[0].n, 1);
    assert.equal(state.integrity(), 'ok');
    if (!isPlainCgi(kind)) await logged('event=database_replaced');
  });

  await bench.test('restore puts a backup in place while calls come in', async () => {
    const file = place('restore.db');
    assert.equal(state.cli(['backup', file]).status, 0);
    const before = await total();
    await createProperty(client);
    let going = true;
    const statuses = new Set();
    const callers = Array.from({ length: 4 }, async () => {
      while (going) statuses.add((await ring()).status);
    });
    await sleep(100);
    const [done, other] = await Promise.all([state.cliAsync(['restore', file]), state.cliAsync(['restore', file])]);
    await sleep(100);
    going = false;
    await Promise.all(callers);
    assert.equal(done.status, 0, done.stderr);
    assert.equal(other.status, 0, other.stderr);
    assert.match(done.stdout, /a copy of .*restore\.db is in the place of .*ai-realtor\.db/);
    assert.deepEqual([...statuses].filter((status) => status !== 200 && status !== 503), []);
    await back('an answer from the backup');
    assert.equal(await total(), before);
    assert.equal(state.integrity(), 'ok');
    assert.equal(state.cli(['audit', 'verify']).status, 0);
    assert.match(state.cli(['audit', 'list']).stdout, /restore/);
    const made = fs.statSync(state.database);
    assert.equal(made.mode & 0o777, 0o600);
    assert.equal(made.uid, fs.statSync(state.dir).uid);
    assert.deepEqual(fs.readdirSync(state.dir).filter((name) => name.includes('-restore')), []);
  });

  await bench.test('restore refuses what is no backup of this installation, and changes nothing', async () => {
    const before = await total();
    const put = (name, text) => { fs.writeFileSync(place(name), text); return place(name); };
    const good = place('restore.db');
    const newer = place('newer.db');
    assert.equal(state.cli(['backup', newer]).status, 0);
    assert.equal(run(systemProgram('sqlite3'), [newer, 'PRAGMA user_version = 9999']).status, 0);
    const broken = fs.readFileSync(good);
    broken.fill(0x55, 4096, 5 * 4096);
    const refused = (file, words) => {
      const said = state.cli(['restore', file]);
      assert.notEqual(said.status, 0, file);
      assert.match(said.stderr, words);
    };
    refused(place('nothing.db'), /cannot be read/);
    refused(put('text.db', 'no database\n'), /no database, or damaged/);
    refused(put('broken.db', broken), /damaged/);
    refused(newer, /newer ai-realtor/);
    const key = place(FILES.masterKey);
    const right = fs.readFileSync(key, 'utf8');
    fs.writeFileSync(key, `${'ab'.repeat(32)}\n`);
    refused(good, /is not the master key that .*restore\.db was made with/);
    fs.writeFileSync(key, right);
    await back('an answer with the right key');
    assert.equal(await total(), before);
    assert.deepEqual(fs.readdirSync(state.dir).filter((name) => name.includes('-restore')), []);
  });

  await bench.test('restore brings a backup of an older version up to date', async () => {
    const old = place('old.db');
    const keep = place('keep.db');
    assert.equal(state.cli(['backup', keep]).status, 0);
    const scripts = fs.readdirSync(path.join(SRCDIR, 'sql')).filter((name) => /^\d{4}-/.test(name)).sort();
    const first = fs.readFileSync(path.join(SRCDIR, 'sql', scripts[0]), 'utf8');
    assert.equal(run(systemProgram('sqlite3'), ['-bail', old, `SELECT 1; ${first}; PRAGMA user_version = 1;
      ATTACH '${keep}' AS keep; ${['brokerages', 'agents', 'properties'].map((name) => `INSERT INTO ${name} SELECT * FROM keep.${name}`).join(';')}`]).status, 0);
    const done = state.cli(['restore', old]);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /schema version 1 brought to \d+/);
    assert.match(done.stdout, /\d+ listings made ready for finding/);
    const found = state.cli(['understand', 'where'], { input: '{"text": "one twenty-three Main"}\n' });
    assert.ok(JSON.parse(found.stdout).property_id > 0, found.stdout + found.stderr);
    assert.equal(state.cli(['restore', keep]).status, 0);
    await back('an answer from the newer backup');
  });

  await bench.test('a database that is gone: 503 until it is back', async () => {
    fs.renameSync(state.database, place('away.db'));
    expectOutOfOrder(await ring());
    expectOutOfOrder(await client.get('/properties'));
    assert.ok(!fs.existsSync(state.database), 'an empty one was made');
    if (!isPlainCgi(kind)) await logged('somebody removed it; restore a backup');
    const said = state.cli(['doctor']);
    assert.match(said.stdout + said.stderr, /there is no .*ai-realtor\.db/);
    fs.renameSync(place('away.db'), state.database);
    await back('an answer with the database back');
  });

  await bench.test('another master key: nothing is sealed with it, and the start refuses it', async () => {
    const key = place(FILES.masterKey);
    const right = fs.readFileSync(key, 'utf8');
    const write = (text) => { fs.writeFileSync(key, text); };
    const before = counts();
    write(`${'ab'.repeat(32)}\n`);
    expectOutOfOrder(await ring());
    restart();
    expectOutOfOrder(await waitUntil(async () => {
      const answer = await ring();
      return answer.status === 503 && answer.json && answer;
    }, { patience: 20000, every: 100, what: 'our own 503' }));
    await logged('put the right one back');
    const said = state.cli(['doctor']);
    assert.equal(said.status, 1);
    assert.match(said.stdout, /master\.key is not the key that .*ai-realtor\.db was made with; put the right one back/);
    assert.deepEqual(counts(), before);
    write(right);
    await back('an answer with the right key');
  });

  await bench.test('a database that may not be written: 503, and the command line says so too', async () => {
    if (!isPlainCgi(kind)) restart();
    await waitUntil(async () => (await client.get('/healthz')).status === 200, { patience: 20000, every: 100, what: 'health' });
    restart();
    await waitUntil(() => isPlainCgi(kind) || !fs.existsSync(`${state.database}-wal`) || server.responders().length > 0, { what: 'a restart' });
    const modes = [state.dir, state.database].map((name) => [name, fs.statSync(name).mode & 0o777]);
    fs.chmodSync(state.database, 0o400);
    fs.chmodSync(state.dir, 0o555);
    try {
      restart();
      expectOutOfOrder(await waitUntil(async () => {
        const answer = await ring();
        return answer.status === 503 && answer.json && answer;
      }, { patience: 20000, every: 100, what: 'our own 503' }));
      const said = state.cli(['key', 'add', '--name', 'more']);
      assert.notEqual(said.status, 0);
      assert.notEqual(said.stderr.trim(), '');
    } finally {
      for (const [name, mode] of modes) fs.chmodSync(name, mode);
    }
    await back('an answer once it may be written');
  });

  await bench.test('a damaged database: an error, a plain line, and a backup that mends it', async () => {
    const file = place('backup-2.db');
    assert.equal(state.cli(['backup', file]).status, 0);
    restart();
    await waitUntil(() => server.responders().length === 0 || isPlainCgi(kind), { patience: 3000 }).catch(() => {});
    const handle = fs.openSync(state.database, 'r+');
    fs.writeSync(handle, Buffer.alloc(4096, 0x55), 0, 4096, 0);
    fs.closeSync(handle);
    for (const end of ['-wal', '-shm']) fs.rmSync(state.database + end, { force: true });
    restart();
    const answer = await waitUntil(async () => {
      const got = await ring();
      return got.json && got.status >= 500 && got;
    }, { patience: 20000, every: 100, what: 'an error of our own' });
    assert.ok(!answer.text.includes(state.dir) && !/malformed|sqlite|not a database/i.test(answer.text), answer.text);
    const said = state.cli(['doctor']);
    assert.equal(said.status, 1);
    assert.match(said.stdout, /is damaged, or no database; restore a backup/);
    assert.equal(state.cli(['restore', file]).status, 0);
    await back('an answer from the backup');
    assert.equal(state.integrity(), 'ok');
  });
}, { healthy: false });
