// /openapi.json: judged by Spectral and Redocly, and compared with what is really there.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { INTENTS, OUTCOMES, STATUSES } from './lib/demo.mjs';
import { makeFolder, removeFolder, runAsync } from './lib/process.mjs';
import { nodeModulesDir, requirePackage } from './lib/paths.mjs';
import { createNumber, expectStatus, withServers } from './lib/suite.mjs';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

// The endpoints that the contract promises.
const PROMISED = [
  'post /phone-numbers', 'get /phone-numbers', 'get /phone-numbers/{}', 'put /phone-numbers/{}', 'delete /phone-numbers/{}', 'post /phone-numbers/{}/set-primary',
  'post /incoming', 'post /callback/{}', 'get /phone-calls', 'get /phone-calls/{}', 'get /phone-calls/recording/{}', 'get /phone-calls/transcription/{}',
  'get /phone-calls/analytics/overview', 'get /phone-calls/analytics/by-property',
  'get /agents', 'get /agents/me', 'get /properties', 'post /properties', 'get /properties/{}', 'put /properties/{}', 'delete /properties/{}', 'get /properties/{}/heartbeat',
  'get /tasks', 'post /tasks', 'get /tasks/{}', 'put /tasks/{}', 'delete /tasks/{}', 'get /offers', 'post /offers', 'get /offers/{}', 'put /offers/{}',
  'get /openapi.json', 'get /healthz',
];

await withServers(async (bench) => {
  const { client } = bench;
  let document;
  let folder;
  let file;

  const operations = () => Object.entries(document.paths).flatMap(([template, item]) => Object.keys(item).filter((key) => METHODS.includes(key))
    .map((method) => ({ method, template, path: template.replace(/^\/voice-assistant(?=\/|$)/, ''), operation: item[method] })));

  await bench.test('/openapi.json is an OpenAPI 3.1 document, without a key', async () => {
    const answer = expectStatus(await client.get('/openapi.json', { auth: 'none' }), 200);
    assert.match(answer.headers['content-type'], /^application\/(json|openapi\+json|vnd\.oai\.openapi\+json)\b/);
    document = answer.json ?? JSON.parse(answer.text);
    assert.match(document.openapi, /^3\.1\./);
    folder = makeFolder('oa');
    file = path.join(folder, 'openapi.json');
    fs.writeFileSync(file, JSON.stringify(document));
  });
  if (!document) return;

  await bench.test('Spectral finds no error', async () => {
    const ruleset = path.join(folder, 'spectral.json');
    fs.writeFileSync(ruleset, JSON.stringify({ extends: ['spectral:oas'] }));
    const program = path.join(nodeModulesDir(), '@stoplight/spectral-cli/dist/index.js');
    const result = await runAsync(process.execPath, [program, 'lint', file, '--ruleset', ruleset, '--format', 'json', '--quiet', '--fail-severity', 'error'], { asUser: false });
    const found = JSON.parse(result.stdout.trim() || '[]');
    const errors = found.filter((item) => item.severity === 0).map((item) => `${item.code} ${item.path.join('/')}: ${item.message}`);
    assert.deepEqual(errors, []);
    assert.equal(result.status, 0, result.stderr);
  });

  await bench.test('Redocly finds no error', async () => {
    const { createConfig, lint } = requirePackage('@redocly/openapi-core');
    const problems = await lint({ ref: file, config: await createConfig({ extends: ['recommended'] }) });
    assert.deepEqual(problems.filter((item) => item.severity === 'error').map((item) => `${item.ruleId} ${item.location[0]?.pointer}: ${item.message}`), []);
  });

  await bench.test('every schema in it can be compiled', async () => {
    const Ajv = requirePackage('ajv/dist/2020.js').default;
    const ajv = new Ajv({ strict: false, logger: false });
    requirePackage('ajv-formats').default(ajv);
    ajv.addSchema({ ...document, $id: 'own' });
    for (const name of Object.keys(document.components?.schemas ?? {})) ajv.compile({ $ref: `own#/components/schemas/${name}` });
  });

  await bench.test('every promised endpoint is described', async () => {
    const described = new Set(operations().map(({ method, path: at }) => `${method} ${at.replace(/\{[^}]*\}/g, '{}')}`));
    assert.deepEqual(PROMISED.filter((item) => !described.has(item)), []);
  });

  await bench.test('every described endpoint is there', async () => {
    const number = await createNumber(client);
    for (const { method, path: at } of operations()) {
      if (method === 'delete' || method === 'head' || method === 'options') continue;
      const target = at.replace(/\{[^}]*\}/g, at.startsWith('/phone-numbers') ? String(number.id) : '999999999');
      const answer = await client.request(method.toUpperCase(), target, ['post', 'put', 'patch'].includes(method) ? { json: {} } : {});
      assert.notEqual(answer.status, 405, `${method} ${at}`);
      if (answer.status === 404) assert.ok(document.paths[at][method].responses[404], `${method} ${at}`);
      assert.ok(answer.status < 500, `${method} ${at}: ${answer.status}`);
    }
  });

  await bench.test('what a resource allows is what is described', async () => {
    const byPath = new Map();
    for (const { method, path: at } of operations()) byPath.set(at, [...(byPath.get(at) ?? []), method.toUpperCase()]);
    for (const [at, methods] of byPath) {
      const target = at.replace(/\{[^}]*phone[^}]*\}/g, '%2B14155550188').replace(/\{[^}]*\}/g, '1');
      const answer = await client.request('PATCH', target, { json: {} });
      if (methods.includes('PATCH')) continue;
      expectStatus(answer, 405);
      const allowed = answer.headers.allow.split(',').map((word) => word.trim()).filter((word) => !['HEAD', 'OPTIONS'].includes(word));
      assert.deepEqual(allowed.sort(), methods.filter((word) => !['HEAD', 'OPTIONS'].includes(word)).sort(), at);
    }
  });

  await bench.test('every operation says what it needs and what can go wrong', async () => {
    const ids = new Set();
    for (const { method, template, operation } of operations()) {
      const name = `${method} ${template}`;
      assert.ok(operation.operationId && !ids.has(operation.operationId), `${name}: operationId`);
      ids.add(operation.operationId);
      assert.ok(operation.summary || operation.description, `${name}: summary`);
      assert.ok(Object.keys(operation.responses).some((status) => /^2/.test(status)), `${name}: success`);
      for (const parameter of template.match(/\{[^}]*\}/g) ?? []) {
        const all = [...(document.paths[template].parameters ?? []), ...(operation.parameters ?? [])].map((item) => (item.$ref ? item.$ref.split('/').slice(1).reduce((at, key) => at[key], document) : item));
        assert.ok(all.some((item) => item.in === 'path' && `{${item.name}}` === parameter && item.required), `${name}: ${parameter}`);
      }
    }
    const text = JSON.stringify(document);
    for (const word of [...STATUSES, ...INTENTS, ...OUTCOMES]) assert.ok(text.includes(`"${word}"`), word);
    for (const scheme of ['X-API-Key', 'bearer']) assert.ok(new RegExp(scheme, 'i').test(JSON.stringify(document.components.securitySchemes)), scheme);
  });

  if (folder) removeFolder(folder);
}, { packages: ['ajv', 'ajv-formats', '@stoplight/spectral-cli', '@redocly/openapi-core'] });
