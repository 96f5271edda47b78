// Our answers to Vapi, judged by the types of Vapi's own SDK.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { DEMO, STORY_CLOCK } from './lib/demo.mjs';
import { makeFolder, removeFolder, runAsync } from './lib/process.mjs';
import { nodeModulesDir } from './lib/paths.mjs';
import { createNumber, demoProperty, expectStatus, newCallId, withServers } from './lib/suite.mjs';
import { message, responseSchema, toolCall, toolCalls } from './lib/vapi.mjs';

// The document types some words as objects with an enum of words, and the SDK believes it: there the
// word is right and the SDK wrong.
const MISTYPED = [['backoffPlan', 'type']];

function asTypeScript(value, trail = []) {
  if (Array.isArray(value)) return `[${value.map((item) => asTypeScript(item, [...trail, '*'])).join(', ')}]`;
  if (value === null || typeof value !== 'object') {
    const mistyped = MISTYPED.some((ending) => ending.every((part, index) => part === trail[trail.length - ending.length + index]));
    return JSON.stringify(value) + (mistyped ? ' as never' : '');
  }
  return `{\n${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${asTypeScript(item, [...trail, key])}`).join(',\n')}\n}`;
}

await withServers(async (bench) => {
  const { client } = bench;
  const collected = [];                                                 // {name, type, answer}
  const ask = async (name, body) => {
    const answer = expectStatus(await client.webhook('/incoming', body), 200).json;
    collected.push({ name, type: responseSchema(body.message.type), answer });
  };

  await bench.test('answers of every kind can be had', async () => {
    const demo = { providerPhoneId: DEMO.providerPhoneId, number: DEMO.number };
    const ring = (number) => message('assistant-request', { callId: newCallId(), providerPhoneId: number.provider_phone_id, number: number.phone_number });
    await ask('assistant', message('assistant-request', { callId: newCallId(), ...demo }));
    await ask('quiet assistant', ring(await createNumber(client, { recording_enabled: false, transcription_enabled: false, ai_voice_id: 'v', greeting_message: 'Hi' })));
    await ask('saved assistant', ring(await createNumber(client, { ai_assistant_id: newCallId() })));
    const forwarding = await createNumber(client, { forward_when: 'always', forward_to_number: '+14155559876' });
    await ask('destination', ring(forwarding));
    await ask('error', ring(await createNumber(client, { is_active: false })));
    const property = await demoProperty(client, DEMO.property.address);
    const callId = newCallId();
    const run = (name, args) => ask(name, toolCalls(callId, [toolCall(newCallId(), name, args)], demo));
    await run('lookup_property', { address: DEMO.property.address });
    await run('lookup_property', { address: 'nowhere' });
    await run('schedule_viewing', { property_id: property.id, caller_name: 'J', date_time: '2026-09-02T14:00:00' });
    await run('schedule_viewing', {});
    await run('create_offer', { property_id: property.id, caller_name: 'J', amount: '400k' });
    await run('take_message', { caller_name: 'J', message: 'm' });
    await run('search_properties', {});
    await run('no_such_tool', {});
    await ask('transfer', message('transfer-destination-request', { callId: newCallId(), providerPhoneId: forwarding.provider_phone_id, number: forwarding.phone_number }));
    await ask('no transfer', message('transfer-destination-request', { callId, ...demo }));
  });

  await bench.test('the official SDK\'s types find nothing wrong with them', async () => {
    const folder = makeFolder('ts');
    const lines = ["import type { Vapi } from '@vapi-ai/server-sdk';", ''];
    collected.forEach(({ name, type, answer }, index) => {
      lines.push(`// ${name}`, `export const answer${index}: Vapi.${type} = ${asTypeScript(answer)};`, '');
    });
    fs.writeFileSync(path.join(folder, 'answers.ts'), lines.join('\n'));
    const modules = nodeModulesDir();
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: {
        strict: true, noEmit: true, skipLibCheck: true, target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], module: 'ESNext', moduleResolution: 'bundler', baseUrl: '.',
        paths: { '@vapi-ai/server-sdk': [path.join(modules, '@vapi-ai/server-sdk/dist/esm/index.d.mts')] },
      },
      files: ['answers.ts'],
    }));
    const result = await runAsync(process.execPath, [path.join(modules, 'typescript/lib/tsc.js'), '-p', folder], { asUser: false, timeout: 300000 });
    const where = (text) => text.replace(/answers\.ts\((\d+),/g, (_, line) => {
      const above = lines.join('\n').split('\n').slice(0, Number(line)).reverse().find((item) => item.startsWith('// '));
      return `[${above?.slice(3)}] answers.ts(${line},`;
    });
    assert.equal(result.status, 0, where(result.stdout).slice(0, 4000) + result.stderr);
    removeFolder(folder);
  }, { timeout: 300000 });
}, { packages: ['typescript', '@vapi-ai/server-sdk'], env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
