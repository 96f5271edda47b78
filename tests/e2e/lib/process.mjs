// Child processes that never outlive the test, and the user they run as.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';

// Servers must not run as root (Apache will not), so root hands over to the web server's user.
function findUser() {
  if (process.getuid() !== 0) return {};
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const entry = ['www-data', 'nobody'].map((name) => lines.find((fields) => fields[0] === name)).find(Boolean);
  if (!entry) throw new Error('running as root, and there is no user www-data or nobody to hand over to');
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

export const RUN_AS = findUser();

// Only these pass from our environment into servers and programs: tests must not depend on more.
export function cleanEnv(extra = {}) {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', HOME: '/nonexistent', LC_ALL: 'C.UTF-8' };
  return { ...env, ...sanitizerEnv(), ...extra };
}

export function sanitizerEnv() {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^(ASAN|UBSAN|LSAN|TSAN)_OPTIONS$|^(ASAN|MSAN)_SYMBOLIZER_PATH$|^GCOV_/.test(name)) env[name] = value;
  }
  return env;
}

// A shell that waits for our end, however we end, and then stops what we left and removes our
// folders.  It reads "+PID", "-PID" and "/FOLDER"; end of file means that we are gone.
const REAPER = `
pids= ; dirs=
while IFS= read -r line; do
  case $line in
    +*) pids="$pids \${line#+}" ;;
    -*) rest= ; for p in $pids; do [ "$p" = "\${line#-}" ] || rest="$rest $p"; done; pids=$rest ;;
    /*) dirs="$dirs $line" ;;
  esac
done
[ -z "$pids" ] || kill $pids 2>/dev/null
n=0
while [ $n -lt 30 ]; do
  left= ; for p in $pids; do kill -0 $p 2>/dev/null && left=1; done
  [ -n "$left" ] || break
  sleep 0.1; n=$((n + 1))
done
[ -z "$pids" ] || kill -9 $pids 2>/dev/null
for d in $dirs; do rm -rf "$d"; done
`;

let reaper = null;

function tellReaper(line) {
  if (!reaper) {
    reaper = spawn('/bin/sh', ['-c', REAPER], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    reaper.unref();
    reaper.stdin.unref?.();
    reaper.stdin.on('error', () => {});
  }
  reaper.stdin.write(`${line}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
}

// A folder that the servers' user owns and that is gone when we are.  Short: it holds sockets.
export function makeFolder(purpose) {
  const base = os.tmpdir().length < 50 ? os.tmpdir() : '/tmp';
  const dir = fs.mkdtempSync(path.join(base, `air-${purpose}-`));
  fs.chmodSync(dir, 0o755);
  if (RUN_AS.uid !== undefined) fs.chownSync(dir, RUN_AS.uid, RUN_AS.gid);
  if (!process.env.E2E_KEEP) tellReaper(dir);
  return dir;
}

export function removeFolder(dir) {
  if (!process.env.E2E_KEEP) fs.rmSync(dir, { recursive: true, force: true });
}

// Starts a program that stays in the foreground.  `ended` resolves when it is gone.
export function start(program, args, { env = {}, logFile, cwd = '/', asUser = true } = {}) {
  const log = logFile ? fs.openSync(logFile, 'a') : 'ignore';
  if (logFile && asUser && RUN_AS.uid !== undefined) fs.fchownSync(log, RUN_AS.uid, RUN_AS.gid);
  const child = spawn(program, args, {
    env: cleanEnv(env), cwd, stdio: ['ignore', log, log], ...(asUser ? RUN_AS : {}),
  });
  if (logFile) fs.closeSync(log);
  child.failure = null;
  child.on('error', (error) => { child.failure = error; });
  child.gone = false;
  child.ended = new Promise((resolve) => {
    const settle = () => {
      child.gone = true;
      if (child.pid) tellReaper(`-${child.pid}`);
      resolve({ code: child.exitCode, signal: child.signalCode });
    };
    child.on('exit', settle);
    child.on('error', settle);
  });
  if (child.pid) tellReaper(`+${child.pid}`);
  return child;
}

export async function stop(child, { signal = 'SIGTERM', patience = 8000 } = {}) {
  if (child.gone) return true;
  child.kill(signal);
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, patience, false); });
  const polite = await Promise.race([child.ended.then(() => true), late]);
  clearTimeout(timer);
  if (!polite) {
    child.kill('SIGKILL');
    await child.ended;
  }
  return polite;
}

// Runs a program to its end as the servers' user.
export function run(program, args, { env = {}, input, timeout = 60000, asUser = true } = {}) {
  const result = spawnSync(program, args, {
    env: cleanEnv(env), cwd: '/', input, encoding: 'utf8', timeout, maxBuffer: 1 << 28, ...(asUser ? RUN_AS : {}),
  });
  if (result.error) throw result.error;
  return { status: result.status, signal: result.signal, stdout: result.stdout, stderr: result.stderr };
}

// The same without stopping our own event loop.
export function runAsync(program, args, { env = {}, input, timeout = 120000, asUser = true } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: cleanEnv(env), cwd: '/', ...(asUser ? RUN_AS : {}) });
    tellReaper(`+${child.pid}`);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      tellReaper(`-${child.pid}`);
      resolve({ status, signal, stdout, stderr });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

const copies = new Map();
let copyFolder = null;

// The program where the servers' user can reach it: a copy if the build folder is private.
export function reachable(program) {
  if (copies.has(program)) return copies.get(program);
  let place = program;
  if (run('/usr/bin/test', ['-x', program]).status !== 0) {
    copyFolder ??= makeFolder('pr');
    place = path.join(copyFolder, path.basename(program));
    fs.copyFileSync(program, place);
    fs.chmodSync(place, 0o755);
  }
  copies.set(program, place);
  return place;
}

// The processes that run `program` with `marker` in their environment.
export function findProcesses(program, marker) {
  const found = [];
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const exe = fs.readlinkSync(`/proc/${entry}/exe`).replace(/ \(deleted\)$/, '');
      if (exe !== program) continue;
      if (fs.readFileSync(`/proc/${entry}/environ`, 'latin1').split('\0').includes(marker)) found.push(Number(entry));
    } catch { /* it ended, or is not ours */ }
  }
  return found;
}

export function alive(pid) {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch { return false; }
}

export function sleep(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

export async function waitUntil(condition, { patience = 10000, every = 50, what = 'condition' } = {}) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience} ms`);
    await sleep(every);
  }
}
