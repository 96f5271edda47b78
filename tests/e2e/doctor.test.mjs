// ai-realtor doctor: each weak point is found when it is there, and only then.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { STORY_CLOCK } from './lib/demo.mjs';
import { RUN_AS, makeFolder, removeFolder } from './lib/process.mjs';
import { prepareState } from './lib/state.mjs';
import { finish, test } from './lib/tap.mjs';

const state = prepareState({ publicUrl: 'https://assistant.example.com', env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
const web = makeFolder('www');
const log = path.join(web, 'access.log');
const inside = (name) => path.join(state.dir, name);

// Files belong to the user that the programs run as.
function put(file, content, mode = 0o600) {
  fs.writeFileSync(file, content);
  fs.chmodSync(file, mode);
  if (RUN_AS.uid !== undefined) fs.chownSync(file, RUN_AS.uid, RUN_AS.gid);
}
function look(env = {}) {
  const result = state.cli(['doctor', '--json', '--web-root', web, '--access-log', log], { env: { AI_REALTOR_CLOCK: STORY_CLOCK, ...env } });
  const { findings } = JSON.parse(result.stdout);
  return { status: result.status, findings, of: (what) => findings.find((finding) => finding.what === what) };
}
function cli(...args) {
  const result = state.cli(args, { env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

const key = JSON.parse(cli('key', 'add', '--name', 'dashboard', '--json'));
const line = (address) => `10.0.0.9 - - [01/Sep/2026:17:04:00 +0000] "GET ${address} HTTP/1.1" 200 12 "-" "curl"\n`;
put(log, line('/voice-assistant/phone-calls'));

const WEAK = [
  ['Master key readable, and by its owner alone', 'broken', /chmod 600/, () => fs.chmodSync(inside('master.key'), 0o640), () => fs.chmodSync(inside('master.key'), 0o600)],
  ['Webhook secret private', 'broken', /chmod 600/, () => fs.chmodSync(inside('webhook-secret'), 0o604), () => fs.chmodSync(inside('webhook-secret'), 0o600)],
  ['Webhook secret private', 'broken', /no webhook is accepted without it/, () => fs.renameSync(inside('webhook-secret'), inside('kept')), () => fs.renameSync(inside('kept'), inside('webhook-secret'))],
  ['Webhook secret there', 'broken', /no webhook is accepted/, () => { fs.copyFileSync(inside('webhook-secret'), inside('kept')); put(inside('webhook-secret'), '\n'); }, () => put(inside('webhook-secret'), fs.readFileSync(inside('kept')))],
  ["Master key the database's", 'broken', /64 hexadecimal digits/, () => { fs.copyFileSync(inside('master.key'), inside('key.kept')); put(inside('master.key'), 'garbage\n'); }, () => put(inside('master.key'), fs.readFileSync(inside('key.kept')))],
  ["Master key the database's", 'broken', /not the key that/, () => put(inside('master.key'), `${'ab'.repeat(32)}\n`), () => put(inside('master.key'), fs.readFileSync(inside('key.kept')))],
  ['Database private', 'weak', /chmod 600/, () => fs.chmodSync(state.database, 0o644), () => fs.chmodSync(state.database, 0o600)],
  ['Copies beside the database private', 'weak', /chmod 600 .*old\.bak/, () => put(inside('old.bak'), 'x', 0o644), () => fs.rmSync(inside('old.bak'))],
  ['Vapi API key private', 'broken', /chmod 600/, () => put(inside('vapi-api-key'), 'k\n', 0o644), () => fs.rmSync(inside('vapi-api-key'))],
  ['Public address set, and with TLS', 'weak', /in clear; use https/, { AI_REALTOR_PUBLIC_URL: 'http://assistant.example.com' }],
  ['Public address set, and with TLS', 'weak', /set public_url/, { AI_REALTOR_PUBLIC_URL: '' }],
  ['No secret in an address', 'weak', /more than an address/, { AI_REALTOR_PUBLIC_URL: 'https://user:secret@assistant.example.com' }],
  ['No secret in an address', 'weak', /more than an address/, { AI_REALTOR_PUBLIC_URL: 'https://assistant.example.com/?key=1' }],
  ['No secret in an address', 'weak', /webhook_callback_token/, { AI_REALTOR_WEBHOOK_CALLBACK_TOKEN: 'yes' }],
  ["No key in a web server's log", 'weak', /revoke it/, () => put(log, line('/') + line(`/voice-assistant/phone-calls?api_key=${key.key}`) + line('/')), () => put(log, line('/x?api_key=ark_AAAAAAAA_nothing') + line(`/?k=ark_AAAAAAAA_${'A'.repeat(51)}`))],
  ["Nothing of ours in a web server's folders", 'weak', /anybody may fetch .*\/backups\/nightly\.dat/, () => { fs.mkdirSync(path.join(web, 'backups'), { mode: 0o755 }); fs.copyFileSync(state.database, path.join(web, 'backups/nightly.dat')); fs.chmodSync(path.join(web, 'backups/nightly.dat'), 0o644); }, () => { fs.rmSync(path.join(web, 'backups/nightly.dat')); put(path.join(web, 'backups/other.db'), Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4096)]), 0o644); }],
  ["Nothing of ours in a web server's folders", 'weak', /anybody may fetch .*master\.key/, () => put(path.join(web, 'master.key'), 'x'), () => fs.rmSync(path.join(web, 'master.key'))],
  [`Key ${key.id}, which never ends, is in use`, 'weak', /never used since 2026-09-01/, { AI_REALTOR_CLOCK: '2026-12-24T12:00:00Z' }],
  ['The clock is the system\'s', 'weak', /is for tests/, {}],
];

await test('nothing is weak where nothing is, but the clock of the test', () => {
  const { status, findings } = look();
  assert.deepEqual(findings.filter(({ state: mark }) => mark === 'weak' || mark === 'broken').map(({ what }) => what), ['The clock is the system\'s']);
  assert.equal(status, 0);
});

for (const [what, mark, how, make, undo] of WEAK) {
  await test(`${what}: ${String(how).slice(1, -1).replaceAll('\\', '')}`, () => {
    if (typeof make === 'function') make();
    const { status, of } = look(typeof make === 'object' ? make : {});
    assert.ok(of(what), `no finding "${what}"`);
    assert.equal(of(what).state, mark);
    assert.match(of(what).how, how);
    assert.equal(status, mark === 'broken' ? 1 : 0);
    if (!undo) return;
    undo();
    assert.ok(['done', undefined].includes(look().of(what)?.state), `still ${mark}`);
  });
}

await test('a revoked key in the log is no news', () => {
  put(log, line(`/?api_key=${key.key}`));
  assert.equal(look().of("No key in a web server's log").state, 'weak');
  cli('key', 'revoke', String(key.id));
  assert.equal(look().of("No key in a web server's log").state, 'done');
});

await test('a configuration of another user: whose it is must run it', () => {
  fs.chmodSync(inside('ai-realtor.conf'), 0o000);
  const { status, stderr } = state.cli(['doctor']);
  fs.chmodSync(inside('ai-realtor.conf'), 0o600);
  assert.equal(status, 78);
  assert.match(stderr, /Permission denied; run it as the user whose file that is: sudo -u/);
});

// What is said of keys that rekey left behind, and of the database file, is tried on a state that is only for that.
await test('a backup from before a rekey: what it holds is lost until the key file of that day is back', () => {
  const own = prepareState();
  const at = (name) => path.join(own.dir, name);
  const done = (...args) => assert.equal(own.cli(args).status, 0, args.join(' '));
  const finding = () => JSON.parse(own.cli(['doctor', '--json']).stdout).findings.find(({ what }) => what === 'What callers said can be read');
  try {
    own.sql("INSERT INTO scheduled_tasks (brokerage_id, agent_id, kind, title, status, created_at, updated_at) SELECT brokerage_id, id, 'follow_up', 'Call the Quackenbushes', 'pending', 0, 0 FROM agents LIMIT 1");
    done('rekey'); // which seals what is in clear
    assert.match(own.sql('SELECT title FROM scheduled_tasks ORDER BY id DESC LIMIT 1')[0].title, /^sealed:/);
    done('backup', at('before.db'));
    put(at('key.before'), fs.readFileSync(at('master.key')));
    assert.equal(finding().state, 'done');
    done('rekey');
    assert.equal(finding().state, 'done');

    for (const end of ['-wal', '-shm']) fs.rmSync(`${own.database}${end}`, { force: true });
    put(own.database, fs.readFileSync(at('before.db')));
    assert.deepEqual([finding().state, finding().how], ['broken', `some was sealed with a key that ${at('master.key')} does not hold; was the database restored from before a rekey? Then put the copy of that day in its place`]);
    assert.equal(own.cli(['doctor']).status, 1);
    put(at('master.key'), fs.readFileSync(at('key.before')));
    assert.equal(finding().state, 'done');
  } finally {
    own.remove();
  }
});

await test('a database that is not there: what can be done about it', () => {
  const missing = inside('moved.db');
  const { status, stderr } = state.cli(['call', 'list'], { env: { AI_REALTOR_DATABASE: missing } });
  assert.equal(status, 78);
  assert.ok(stderr.endsWith(`there is no database ${missing}; make one with: ai-realtor init\n`), stderr);
  assert.ok(!fs.existsSync(missing), 'an empty one was made');
  const directory = state.cli(['call', 'list'], { env: { AI_REALTOR_DATABASE: state.dir } });
  assert.notEqual(directory.status, 0);
  assert.doesNotMatch(directory.stderr, /there is no/);
});

await test('an audit log that somebody changed', () => {
  state.sql("UPDATE audit_log SET actor = 'nobody' WHERE id = 2");
  const { of, status } = look();
  assert.equal(of('Audit log whole').state, 'broken');
  assert.equal(status, 1);
});

state.remove();
removeFolder(web);
finish();
