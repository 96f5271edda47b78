// A test runner as small as it gets: TAP on standard output, one top-level point a test, in order.

const DEFAULT_TIMEOUT = Number(process.env.E2E_TIMEOUT_MS || 120000);

let count = 0;
let failures = 0;

function escape(name) {
  return name.replace(/[\\#]/g, '\\$&').replace(/\s+/g, ' ');
}

function comment(text) {
  for (const line of String(text).split('\n')) process.stdout.write(`# ${line}\n`);
}

async function withTimeout(promise, milliseconds) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Skip extends Error {}

// Runs one test.  It fails when the function throws; a Skip says why it could not run.
export async function test(name, run, { timeout = DEFAULT_TIMEOUT, always = false } = {}) {
  const only = process.env.E2E_ONLY;
  if (only && !always && !new RegExp(only).test(name)) return true;
  const number = ++count;
  try {
    await withTimeout(Promise.resolve().then(run), timeout);
    process.stdout.write(`ok ${number} - ${escape(name)}\n`);
    return true;
  } catch (error) {
    if (error instanceof Skip) {
      process.stdout.write(`ok ${number} - ${escape(name)} # SKIP ${error.message}\n`);
      return true;
    }
    failures++;
    process.stdout.write(`not ok ${number} - ${escape(name)}\n`);
    comment(error.code === 'ERR_ASSERTION' ? error.message : error.stack || error);
    const place = /([\w-]+\.test\.mjs:\d+)/.exec(error.stack || '');
    if (place) comment(`at ${place[1]}`);
    return false;
  }
}

export function diagnose(text) {
  comment(text);
}

// Ends the program with the plan.
export function finish() {
  process.stdout.write(`1..${count}\n`);
  process.exitCode = failures ? 1 : 0;
  // What a test that failed has left open must not keep the file from ending.
  setTimeout(() => process.exit(), 5000).unref();
}

// Nothing here can run: a plan of nothing, and 77, which automake reads as "skipped".  Its TAP
// driver reads the plan instead and dislikes a status; E2E_SKIP_STATUS=0 suits it.
export function skipAll(reason) {
  process.stdout.write(`1..0 # SKIP ${reason}\n`);
  process.exit(Number(process.env.E2E_SKIP_STATUS ?? 77));
}
