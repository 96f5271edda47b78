// Makes webhook-vectors.tsv: signatures that other implementations than ours computed, for
// tests/unit/test_webhook_auth.c.  Each is computed twice, by OpenSSL's command line and by Node's
// crypto, which must agree.  Nothing in it is random: the same file comes out each time.
//
//     node tests/data/webhook-vectors.mjs > tests/data/webhook-vectors.tsv

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';

const NOW = 1788282240000;                                           // the unit tests' clock
const TEXT_SECRET = 'the webhook secret';
const BASE64_SECRET = Buffer.from('\x00\xff\x80 bytes that are no text \x7f\xfe', 'latin1').toString('base64');
const LONG_SECRET = 'longer than a block of SHA-512, so that it is hashed first. '.repeat(4).trim();

const BODIES = {
  message: Buffer.from('{"message":{"type":"status-update","status":"in-progress","call":{"id":"c-1"}}}'),
  empty: Buffer.alloc(0),
  unicode: Buffer.from('{"text":"Señora Núñez asks about 42 Peña Blvd — today? 🏡"}\r\n'),
  bytes: Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
  placeholders: Buffer.from('{timestamp}.{body} {method} {svix-id} %s %n \t\n'),
};
const PAYLOADS = ['{timestamp}.{body}', '{body}', '{method}:{timestamp}:{body}', '{svix-id}.{timestamp}.{body}', 'v0={body}{body}'];

const compose = (payload, row) => Buffer.concat(payload.split(/(\{[a-z-]+\})/).map((piece) => ({
  '{timestamp}': Buffer.from(row.timestamp), '{body}': row.body, '{method}': Buffer.from(row.method), '{svix-id}': Buffer.from(row.id),
}[piece] ?? Buffer.from(piece))));

function hmac(algorithm, key, bytes) {
  const args = ['dgst', `-${algorithm}`, '-mac', 'HMAC', '-macopt', `hexkey:${key.toString('hex')}`, '-binary'];
  const openssl = spawnSync('openssl', args, { input: bytes });
  assert.equal(openssl.status, 0, String(openssl.stderr));
  const node = crypto.createHmac(algorithm, key).update(bytes).digest();
  assert.deepEqual(node, openssl.stdout);
  return node;
}

function sign(row) {
  const key = row.isBase64 ? Buffer.from(row.secret, 'base64') : Buffer.from(row.secret);
  return hmac(row.algorithm, key, compose(row.payload, row)).toString(row.encoding);
}

const DEFAULTS = {
  verdict: 'good', algorithm: 'sha256', encoding: 'hex', isBase64: false, secret: TEXT_SECRET, prefix: '', payload: PAYLOADS[0],
  timestamp: String(NOW), id: 'msg_1', method: 'POST', body: BODIES.message,
};

const rows = [];
// A row as signed, and what of it is different when it arrives.
function add(name, signed = {}, arrives = {}, verdict = 'good') {
  const row = { ...DEFAULTS, ...signed };
  const signature = row.prefix + sign(row);
  rows.push({ ...row, signature, ...(typeof arrives === 'function' ? arrives(signature, row) : arrives), name, verdict });
}
const bad = (name, signed, arrives) => add(name, signed, arrives, 'bad_signature');

for (const algorithm of ['sha256', 'sha512', 'sha1']) {
  for (const encoding of ['hex', 'base64']) {
    for (const payload of PAYLOADS) {
      for (const [body, bytes] of Object.entries(BODIES)) add(`${algorithm} ${encoding} ${payload} ${body}`, { algorithm, encoding, payload, body: bytes });
    }
    add(`${algorithm} ${encoding} base64 secret`, { algorithm, encoding, isBase64: true, secret: BASE64_SECRET });
    add(`${algorithm} ${encoding} long secret`, { algorithm, encoding, secret: LONG_SECRET });
    add(`${algorithm} ${encoding} prefix`, { algorithm, encoding, prefix: `${algorithm}=` });
    const wrong = { algorithm, encoding };
    bad(`${algorithm} ${encoding} another body`, wrong, { body: Buffer.concat([BODIES.message, Buffer.from(' ')]) });
    bad(`${algorithm} ${encoding} another secret`, { ...wrong, secret: 'the webhook secreT' }, { secret: TEXT_SECRET });
    bad(`${algorithm} ${encoding} cut short`, wrong, (signature) => ({ signature: signature.slice(0, -1) }));
    bad(`${algorithm} ${encoding} too long`, wrong, (signature) => ({ signature: `${signature}0` }));
    bad(`${algorithm} ${encoding} last character`, wrong, (signature) => ({ signature: signature.slice(0, -2) + (signature.at(-2) === 'a' ? 'b' : 'a') + signature.at(-1) }));
    bad(`${algorithm} ${encoding} in the other encoding`, wrong, (signature) => ({ signature: Buffer.from(signature, encoding).toString(encoding === 'hex' ? 'base64' : 'hex') }));
  }
}

bad('another algorithm', { algorithm: 'sha512' }, { algorithm: 'sha256' });
bad('another payload', { payload: '{body}' }, { payload: '{timestamp}.{body}' });
bad('another timestamp', {}, { timestamp: String(NOW + 1) });
bad('another method', { payload: PAYLOADS[2] }, { method: 'PUT' });
bad('another message id', { payload: PAYLOADS[3] }, { id: 'msg_2' });
bad('the id of another body', { payload: PAYLOADS[3] }, { body: BODIES.unicode });
bad('base64 secret taken as text', { isBase64: true, secret: BASE64_SECRET }, { isBase64: false });
bad('text secret taken as base64', { secret: BASE64_SECRET }, { isBase64: true });
bad('base64 in lower case', { encoding: 'base64' }, (signature) => ({ signature: signature.toLowerCase() }));
bad('a prefix that none asked for', {}, (signature) => ({ signature: `sha256=${signature}` }));
bad('another prefix', { prefix: 'sha256=' }, (signature) => ({ signature: signature.replace('sha256', 'sha512') }));
bad('the prefix twice', { prefix: 'sha256=' }, (signature) => ({ signature: `sha256=${signature}` }));
bad('the prefix alone', { prefix: 'sha256=' }, { signature: 'sha256=' });
bad('two signatures', {}, (signature) => ({ signature: `${signature}, ${signature}` }));
bad('a space behind', {}, (signature) => ({ signature: `${signature} x` }));
add('hex in capitals', {}, (signature) => ({ signature: signature.toUpperCase() }));
add('prefix in capitals', { prefix: 'sha256=' }, (signature) => ({ signature: signature.replace('sha256', 'SHA256') }));
add('prefix left out', { prefix: 'v1,' }, (signature) => ({ signature: signature.slice(3) }));

for (const [name, offset] of [['now', 0], ['the oldest', -300000], ['the newest', 300000]]) {
  add(`${name}, in ms`, { timestamp: String(NOW + offset) });
  add(`${name}, in s`, { timestamp: String((NOW + offset) / 1000) });
}
for (const timestamp of [NOW - 300001, NOW + 300001, NOW / 1000 - 301, NOW / 1000 + 301, 0, 1, NOW * 1000, '9'.repeat(30), '-1', '1788282240.5', '2026-09-01T17:04:00Z', 'now']) {
  add(`signed, but at ${timestamp}`, { timestamp: String(timestamp) }, {}, 'stale');
}

const COLUMNS = ['name', 'verdict', 'algorithm', 'encoding', 'isBase64', 'secret', 'prefix', 'payload', 'timestamp', 'id', 'method', 'signature', 'body'];
const cell = (value) => (Buffer.isBuffer(value) ? value.toString('hex') : value === true ? 'yes' : value === false ? 'no' : value) || '-';
const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => cell(row[column])))].map((cells) => cells.join('\t'));
process.stdout.write(`# Made by webhook-vectors.mjs with OpenSSL and Node's crypto.  "-" is empty; the body is in hexadecimal.\n${lines.join('\n')}\n`);
