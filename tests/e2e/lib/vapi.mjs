// Vapi's side: sample messages of one story, and Vapi's own OpenAPI document as a judge.

import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { DATADIR, requirePackage } from './paths.mjs';

const FOLDER = path.join(DATADIR, 'vapi');

// The story's facts as the samples have them (see data/vapi/README.md).
export const STORY = {
  number: '+14155551234',
  providerPhoneId: 'b7f0c2a4-5d1e-4f3a-9c86-2e4d7a1b9f03',
  caller: '+14155550123',
  callerName: 'John Carter',
  inboundCall: '01a05ded-90c0-7d3e-9b52-4f8e1c6a20d7',
  outboundCall: '01a05e76-e500-7c44-b7d1-e5a9c3f8e2b6',
  listing: 42,
  viewing: '2026-09-02T21:00:00Z',
  offer: 1200000,
  properties: [
    { address: '123 Main St', city: 'San Francisco', state: 'CA', price: 1250000, bedrooms: 3, bathrooms: 2, square_feet: 1640 },
    { address: '88 Oak Ave', city: 'San Francisco', state: 'CA', price: 1195000, bedrooms: 3, bathrooms: 2, square_feet: 1500 },
  ],
};

// Messages for other servers than ours: not part of any story.
export const FOREIGN = ['campaign.predial', 'voice-request', 'call.endpointing.request'];

export function sampleNames() {
  return fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort();
}

export function sampleText(name) {
  return fs.readFileSync(path.join(FOLDER, `${name}.json`), 'utf8');
}

// The sample with the listing's id as it is in this database, in arguments of either form, and with
// other call ids if asked ({from: to}).
export function sample(name, { listing = STORY.listing, replace = {} } = {}) {
  let text = sampleText(name).replace(/(\\?"property_id\\?"\s*:\s*)42\b/g, `$1${listing}`);
  for (const [from, to] of Object.entries(replace)) text = text.split(from).join(to);
  return JSON.parse(text);
}

// ---- the document as JSON Schema ------------------------------------------------------------

let document = null;

// What validators choke on, and what real calls do differently: one pass over the document.
function adjust(node, key = '') {
  if (Array.isArray(node)) return node.map((item) => adjust(item));
  if (node === null || typeof node !== 'object') return node;
  const out = {};
  for (const [name, value] of Object.entries(node)) out[name] = adjust(value, name);
  if (key === 'properties') return out;
  if (Array.isArray(out.oneOf)) { out.anyOf = [...(out.anyOf ?? []), ...out.oneOf]; delete out.oneOf; }
  delete out.discriminator;
  delete out.example;
  delete out.examples;
  if (Array.isArray(out.enum)) {
    if (out.type === 'array') delete out.enum;
    else if (out.type === 'object' && out.enum.every((item) => typeof item === 'string')) out.type = 'string';
    if (out.enum) {
      out.enum = [...new Set(out.enum)];
      if (out.enum.length === 0) delete out.enum;
      else if (out.nullable && !out.enum.includes(null)) out.enum.push(null);
    }
  }
  if (typeof out.pattern === 'string') out.pattern = out.pattern.replace(/^\/(.*)\/[a-z]*$/, '$1');
  if (out.nullable && typeof out.type === 'string') out.type = [out.type, 'null'];
  delete out.nullable;
  if (out.exclusiveMinimum === true) { out.exclusiveMinimum = out.minimum; delete out.minimum; }
  if (out.exclusiveMaximum === true) { out.exclusiveMaximum = out.maximum; delete out.maximum; }
  return out;
}

export function vapiDocument() {
  if (!document) {
    const bytes = zlib.gunzipSync(fs.readFileSync(path.join(FOLDER, 'openapi.json.gz')));
    document = { components: { schemas: adjust(JSON.parse(bytes).components.schemas, 'properties') } };
    const { ToolCallFunction } = document.components.schemas;
    ToolCallFunction.properties.arguments = { anyOf: [{ type: 'string' }, { type: 'object' }] };
  }
  return document;
}

let ajv = null;
const compiled = new Map();

function validatorFor(schema) {
  const key = JSON.stringify(schema);
  if (!compiled.has(key)) {
    if (!ajv) {
      const Ajv = requirePackage('ajv').default;
      ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true, logger: false });
      requirePackage('ajv-formats').default(ajv);
      ajv.addSchema({ $id: 'vapi', ...vapiDocument() });
    }
    const rebased = JSON.parse(key.replaceAll('"#/components/', '"vapi#/components/'));
    compiled.set(key, ajv.compile(rebased));
  }
  return compiled.get(key);
}

export function schemaErrors(name, value) {
  const validate = validatorFor({ $ref: `#/components/schemas/${name}` });
  return validate(value) ? [] : validate.errors.map((error) => `${error.instancePath || '/'} ${error.message}`);
}

// The members of a value that its schema does not name.  Vapi's schemas allow extra members, and
// Vapi's API refuses them, so a validator alone would not do.
export function unknownMembers(name, value) {
  return unknownIn({ $ref: `#/components/schemas/${name}` }, value, '');
}

function resolve(schema) {
  let current = schema;
  while (current?.$ref) current = vapiDocument().components.schemas[current.$ref.split('/').pop()];
  return current ?? {};
}

// The object schemas that apply to the value: all of allOf, and of anyOf those that validate.
function facets(schema, value) {
  const here = resolve(schema);
  const lists = [[here]];
  for (const part of here.allOf ?? []) lists.push(facets(part, value));
  if (here.anyOf) {
    const fitting = here.anyOf.filter((part) => validatorFor(part)(value));
    const found = (fitting.length ? fitting : here.anyOf).map((part) => ({ part, unknown: unknownIn(part, value, '') }));
    found.sort((a, b) => a.unknown.length - b.unknown.length);
    if (found.length) lists.push(facets(found[0].part, value));
  }
  return lists.flat();
}

function unknownIn(schema, value, where) {
  if (value === null || typeof value !== 'object') return [];
  const parts = facets(schema, value);
  if (Array.isArray(value)) {
    const items = parts.find((part) => part.items)?.items;
    return items ? value.flatMap((item, index) => unknownIn(items, item, `${where}/${index}`)) : [];
  }
  const named = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
  const rest = parts.map((part) => part.additionalProperties).find((extra) => extra !== undefined && extra !== false);
  const free = Object.keys(named).length === 0 && rest === undefined;          // "object" and no more
  const unknown = [];
  for (const [key, item] of Object.entries(value)) {
    if (Object.hasOwn(named, key)) unknown.push(...unknownIn(named[key], item, `${where}/${key}`));
    else if (rest !== undefined && typeof rest === 'object') unknown.push(...unknownIn(rest, item, `${where}/${key}`));
    else if (!free && rest !== true) unknown.push(`${where}/${key}`);
  }
  return unknown;
}

// The schema of what is answered to a message of this type, or null if nothing is read.
export function responseSchema(type) {
  return {
    'assistant-request': 'ServerMessageResponseAssistantRequest',
    'tool-calls': 'ServerMessageResponseToolCalls',
    'transfer-destination-request': 'ServerMessageResponseTransferDestinationRequest',
    'handoff-destination-request': 'ServerMessageResponseHandoffDestinationRequest',
    'knowledge-base-request': 'ServerMessageResponseKnowledgeBaseRequest',
  }[type] ?? null;
}

// Everything wrong with an answer to a message of this type, as text; empty if nothing is.
export function answerFaults(type, answer) {
  const name = responseSchema(type);
  if (!name) return [];
  return [...schemaErrors(name, answer), ...unknownMembers(name, answer).map((member) => `unknown member ${member}`)];
}

// ---- messages of one's own ------------------------------------------------------------------

// A message as Vapi would send it for this call.
export function message(type, { callId, providerPhoneId = STORY.providerPhoneId, number = STORY.number,
  caller = STORY.caller, call = {}, ...members }) {
  return {
    message: {
      timestamp: 1788282245362, type,
      call: {
        id: callId, orgId: '3d1f6c0e-8a44-4b0b-9c55-1f2e7d9a6b10', type: 'inboundPhoneCall',
        createdAt: '2026-09-01T17:04:05.312Z', updatedAt: '2026-09-01T17:04:05.362Z',
        phoneNumberId: providerPhoneId, ...(caller ? { customer: { number: caller } } : {}), ...call,
      },
      phoneNumber: { id: providerPhoneId, provider: 'vapi', number },
      ...(caller ? { customer: { number: caller } } : {}),
      ...members,
    },
  };
}

export function toolCall(id, name, args) {
  return { id, type: 'function', function: { name, arguments: args } };
}

export function toolCalls(callId, calls, options = {}) {
  return message('tool-calls', {
    callId, ...options, toolCallList: calls,
    toolWithToolCallList: calls.map((call) => ({ type: 'function', function: { name: call.function.name }, toolCall: call })),
  });
}
