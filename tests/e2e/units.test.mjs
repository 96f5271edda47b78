// The systemd units: whether systemd understands them, and what it says of their sandboxes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { SRCDIR, systemProgram } from './lib/paths.mjs';
import { makeFolder, removeFolder, run } from './lib/process.mjs';
import { finish, skipAll, test } from './lib/tap.mjs';

const analyze = systemProgram('systemd-analyze');
if (!analyze) skipAll('systemd-analyze is not installed');

const dir = makeFolder('un');
// Programs that are not installed here would be all that systemd finds wrong.
const units = ['apache', 'systemd'].flatMap((folder) => fs.readdirSync(path.join(SRCDIR, folder)).filter((name) => /\.(service|socket|timer)$/.test(name)).map((name) => {
  const text = fs.readFileSync(path.join(SRCDIR, folder, name), 'utf8').replace(/\/usr\/local\/[\w/-]*(ai-realtor|voice-assistant)(?=\s|$)/gm, '/bin/true');
  const file = path.join(dir, name);
  fs.writeFileSync(file, text);
  return file;
}));

await test('systemd finds nothing wrong with any unit', () => {
  assert.ok(units.length >= 8, units.join());
  const { status, stdout, stderr } = run(analyze, ['verify', '--man=no', ...units], { asUser: false });
  assert.equal(`${stdout}${stderr}`, '');
  assert.equal(status, 0);
});

for (const unit of units.filter((name) => name.endsWith('.service'))) {
  await test(`${path.basename(unit)} is well confined`, () => {
    const { status, stdout, stderr } = run(analyze, ['security', '--offline=yes', '--no-pager', '--threshold=15', unit], { asUser: false });
    assert.equal(status, 0, `${stdout.trim().split('\n').pop()}${stderr}`);
  });
}

await test('each timer has its service, and each of its commands is ours', () => {
  const help = fs.readFileSync(path.join(SRCDIR, 'man/ai-realtor.1'), 'utf8');
  for (const timer of units.filter((name) => name.endsWith('.timer'))) {
    const service = fs.readFileSync(path.join(SRCDIR, 'systemd', path.basename(timer).replace('.timer', '.service')), 'utf8');
    const [, command] = /\/usr\/local\/bin\/ai-realtor (\w+)/.exec(service);
    assert.match(help, new RegExp(`^\\.It Cm ${command}\\b`, 'm'));
  }
});

removeFolder(dir);
finish();
