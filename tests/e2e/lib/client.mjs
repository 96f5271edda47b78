// HTTP as Vapi, a script or a bad neighbour would speak it.

import crypto from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import { MOUNTS } from './demo.mjs';
import { sleep } from './process.mjs';

export class Client {
  constructor({ url, apiKey = null, webhookSecret = null, mount = MOUNTS[0], connections = 64, observe = null }) {
    const { hostname, port } = new URL(url);
    Object.assign(this, { url, hostname, port: Number(port), apiKey, webhookSecret, mount, observe });
    // A connection for each request: a server may close an idle one just when it is used again, and
    // that must not look like a failure, nor be retried.
    this.agent = new http.Agent({ keepAlive: false, maxSockets: connections });
  }

  // The same server with something else different: {mount}, {apiKey}, …
  with(changes) {
    const copy = Object.assign(Object.create(Client.prototype), this, changes);
    return copy;
  }

  close() {
    this.agent.destroy();
  }

  authHeaders(auth) {
    switch (auth) {
      case 'key': return this.apiKey ? { 'X-API-Key': this.apiKey } : {};
      case 'bearer': return { Authorization: `Bearer ${this.apiKey}` };
      case 'secret': return { 'X-Vapi-Secret': this.webhookSecret };
      case 'none': return {};
      default: return auth;                                          // headers of one's own
    }
  }

  // One request.  `json` or `body` is sent; `query` is an object; `auth` as above.  Answers
  // {status, headers, text, json, milliseconds}; json is undefined if the body is none.
  request(method, path, { json, body, query, headers = {}, auth = 'key', mount = this.mount, timeout = 60000 } = {}) {
    const target = `${mount}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
    let payload = body ?? (json === undefined ? undefined : JSON.stringify(json));
    if (typeof payload === 'string') payload = Buffer.from(payload, 'utf8');
    const all = { ...this.authHeaders(auth), ...headers };
    if (payload !== undefined) {
      if (!Object.keys(all).some((name) => name.toLowerCase() === 'content-type')) all['Content-Type'] = 'application/json';
      if (!Object.keys(all).some((name) => name.toLowerCase() === 'transfer-encoding')) all['Content-Length'] = payload.length;
    }
    for (const name of Object.keys(all)) if (all[name] === undefined || all[name] === null) delete all[name];
    const started = process.hrtime.bigint();
    return new Promise((resolve, reject) => {
      const options = { host: this.hostname, port: this.port, method, path: target, headers: all, agent: this.agent };
      const request = http.request(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = {
            method, path, target, status: response.statusCode, headers: response.headers,
            bytes: Buffer.concat(chunks), milliseconds: Number(process.hrtime.bigint() - started) / 1e6,
          };
          finishAnswer(answer);
          this.observe?.(answer);
          resolve(answer);
        });
      });
      request.setTimeout(timeout, () => request.destroy(new Error(`${method} ${target}: no answer in ${timeout} ms`)));
      request.on('error', reject);
      request.end(payload);
    });
  }

  get(path, options) { return this.request('GET', path, options); }

  post(path, json, options) { return this.request('POST', path, { json, ...options }); }

  put(path, json, options) { return this.request('PUT', path, { json, ...options }); }

  delete(path, options) { return this.request('DELETE', path, options); }

  // A webhook: the way Vapi sends it, with the shared secret.
  webhook(path, json, options) { return this.post(path, json, { auth: 'secret', ...options }); }

  // Every item of a list, page by page.
  async all(path, name, query = {}) {
    const items = [];
    for (;;) {
      const page = await this.get(path, { query: { ...query, limit: 100, offset: items.length } });
      if (page.status !== 200) throw new Error(`GET ${path}: ${page.status} ${page.text}`);
      items.push(...page.json[name]);
      if (page.json[name].length === 0 || items.length >= page.json.total) return items;
    }
  }

  // Sends these bytes as they are and reads what comes.  `pieces` may hold numbers: milliseconds
  // to wait.  `finish`: close our side after the last byte.  `interimTimeout` bounds the silence.
  raw(pieces, { timeout = 15000, finish = false } = {}) {
    return new Promise((resolve) => {
      const socket = net.connect({ host: this.hostname, port: this.port, allowHalfOpen: true });
      const chunks = [];
      let settled = false;
      const settle = () => {
        if (settled) return;
        settled = true;
        socket.destroy();
        resolve(parseRaw(Buffer.concat(chunks)));
      };
      socket.setTimeout(timeout, settle);
      socket.on('data', (chunk) => {
        chunks.push(chunk);
        if (isComplete(Buffer.concat(chunks))) settle();
      });
      socket.on('end', settle);
      socket.on('error', settle);
      socket.on('close', settle);
      socket.on('connect', async () => {
        for (const piece of Array.isArray(pieces) ? pieces : [pieces]) {
          if (settled) return;
          if (typeof piece === 'number') await sleep(piece);
          else if (!socket.write(piece)) await new Promise((drained) => { socket.once('drain', drained); socket.once('close', drained); });
        }
        if (finish && !settled) socket.end();
      });
    });
  }
}

function finishAnswer(answer) {
  answer.text = answer.bytes.toString('utf8');
  const type = answer.headers['content-type'] || '';
  if (/[/+]json\b/.test(type) && answer.text !== '') {
    try { answer.json = JSON.parse(answer.text); } catch (error) { answer.jsonError = error; }
  }
}

function isComplete(bytes) {
  const answer = parseRaw(bytes);
  if (!answer.status) return false;
  const length = answer.headers['content-length'];
  if (length !== undefined) return answer.bytes.length >= Number(length);
  if (/chunked/i.test(answer.headers['transfer-encoding'] || '')) return answer.complete;
  return answer.status === 204 || answer.status === 304;
}

// A chunked body's bytes, and whether its last chunk has come.
function withoutChunks(bytes) {
  const parts = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at);
    const length = end < 0 ? NaN : parseInt(bytes.toString('latin1', at, end), 16);
    if (!(length > 0)) return { bytes: Buffer.concat(parts), complete: length === 0 && bytes.indexOf('\r\n\r\n', at) >= 0 };
    parts.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}

function parseRaw(bytes) {
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    const match = /^HTTP\/1\.[01] (\d{3})/.exec(rest.toString('latin1', 0, 20));
    if (end < 0 || !match) return { status: 0, headers: {}, bytes: rest, text: rest.toString('utf8') };
    const status = Number(match[1]);
    const headers = {};
    for (const line of rest.toString('latin1', 0, end).split('\r\n').slice(1)) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    rest = rest.subarray(end + 4);
    if (status >= 200) {
      const chunked = /chunked/i.test(headers['transfer-encoding'] || '');
      const answer = { status, headers, bytes: rest, complete: !chunked };
      if (chunked) Object.assign(answer, withoutChunks(rest));
      finishAnswer(answer);
      return answer;
    }
  }
}

// Vapi's HMAC with its default settings, and the form of the user's document.
export function vapiSignature(secret, body, timestamp = Date.now()) {
  const signature = crypto.createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-signature': signature, 'x-timestamp': String(timestamp) };
}

export function bodySignature(secret, body) {
  return { 'X-Vapi-Signature': `sha256=${crypto.createHmac('sha256', secret).update(body).digest('hex')}` };
}
