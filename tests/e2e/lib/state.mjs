// A STATE folder of one's own: configuration, database and keys, made by the real command.

import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { FILES } from './demo.mjs';
import { programPath, systemProgram } from './paths.mjs';
import { RUN_AS, cleanEnv, makeFolder, reachable, removeFolder, run, runAsync, waitUntil } from './process.mjs';

export class State {
  constructor(dir) {
    this.dir = dir;
    this.config = path.join(dir, FILES.config);
    this.database = path.join(dir, FILES.database);
  }

  // Runs `ai-realtor` on this state.
  cli(args, options = {}) {
    return run(reachable(programPath('ai-realtor')), ['--config', this.config, ...args], options);
  }

  cliAsync(args, options = {}) {
    return runAsync(reachable(programPath('ai-realtor')), ['--config', this.config, ...args], options);
  }

  readLine(name) {
    return fs.readFileSync(path.join(this.dir, name), 'utf8').split('\n')[0].trim();
  }

  get apiKey() { return this.readLine(FILES.apiKey); }

  get webhookSecret() { return this.readLine(FILES.webhookSecret); }

  // Rows as objects, seen by a program that is not ours.
  sql(statement) {
    const sqlite = systemProgram('sqlite3');
    if (!sqlite) throw new Error('the sqlite3 command is not installed');
    const result = run(sqlite, ['-json', '-bail', this.database, `.timeout 10000`, statement]);
    if (result.status !== 0) throw new Error(`sqlite3: ${result.stderr}`);
    return result.stdout.trim() ? JSON.parse(result.stdout) : [];
  }

  integrity() {
    return this.sql('PRAGMA integrity_check').map((row) => row.integrity_check).join('\n');
  }

  // Holds the write lock from another connection until the returned function is called.
  async lock() {
    const sqlite = systemProgram('sqlite3');
    if (!sqlite) throw new Error('the sqlite3 command is not installed');
    const child = spawn(sqlite, [this.database], { env: cleanEnv(), stdio: ['pipe', 'pipe', 'pipe'], ...RUN_AS });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { output += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { output += text; });
    child.stdin.write(".timeout 10000\nBEGIN EXCLUSIVE;\nSELECT 'locked';\n");
    await waitUntil(() => output.includes('locked'), { what: `the lock (${output})` });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    return async () => {
      child.stdin.end('ROLLBACK;\n');
      await ended;
    };
  }

  remove() {
    removeFolder(this.dir);
  }
}

// Makes a state with the demo brokerage.
export function prepareState({ demo = true, publicUrl, env = {}, args = [] } = {}) {
  const state = new State(makeFolder('st'));
  const all = ['init', '--state', state.dir, ...(demo ? ['--demo'] : []), ...(publicUrl ? ['--public-url', publicUrl] : []), ...args];
  const result = state.cli(all, { env });
  if (result.status !== 0) {
    throw new Error(`ai-realtor ${all.join(' ')}: status ${result.status ?? result.signal}\n${result.stderr}${result.stdout}`);
  }
  for (const name of [FILES.config, FILES.database, FILES.apiKey, FILES.webhookSecret]) {
    if (!fs.existsSync(path.join(state.dir, name))) throw new Error(`ai-realtor init made no ${name}`);
  }
  return state;
}
