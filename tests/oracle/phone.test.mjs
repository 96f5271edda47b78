// Telephone numbers against libphonenumber: phone-oracle.cc compares, this says whether that is enough.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { SRCDIR, systemProgram } from '../e2e/lib/paths.mjs';
import { run } from '../e2e/lib/process.mjs';
import { diagnose, finish, skipAll, test } from '../e2e/lib/tap.mjs';

const HEADER = '/usr/include/phonenumbers/phonenumberutil.h';
if (!fs.existsSync(HEADER) || !systemProgram('c++') || !systemProgram('cc')) skipAll('needs libphonenumber-dev and g++');

// How many of a hundred must agree. Releases of libphonenumber differ from each other, too.
const LEAST = { 'examples with +': 98, 'examples as dialled': 97, 'mutations with +': 98, 'mutations as dialled': 97.5, 'US and CA mutations': 99.9 };

await test('numbers exist and are read as libphonenumber has them', () => {
  const result = run('/bin/sh', [path.join(SRCDIR, 'tests/oracle/phone-oracle.sh')], { timeout: 110000, asUser: false });
  diagnose(result.stdout.trim());
  assert.equal(result.status, 0, result.stderr);
  for (const [name, least] of Object.entries(LEAST)) {
    const line = result.stdout.split('\n').find((one) => one.startsWith(name)) ?? '';
    const agree = Number(/([\d.]+) % agree/.exec(line)?.[1]);
    assert.ok(agree >= least, `${name}: ${agree} % agree, not ${least}`);
    assert.match(line, /other 0$/, `${name}: no number is taken for another one`);
  }
});
finish();
