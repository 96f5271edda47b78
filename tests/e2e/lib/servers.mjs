// Real web servers around the real program, from the very files in lighttpd/ and apache/.
//
// Each server gets a folder and a port of its own.  What a person would write around those files
// (port, logs, modules) is written here; inside them only paths are filled in.

import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { MOUNTS } from './demo.mjs';
import { SRCDIR, programPath, systemProgram } from './paths.mjs';
import { RUN_AS, alive, findProcesses, makeFolder, reachable, removeFolder, sanitizerEnv, sleep, start, stop, waitUntil } from './process.mjs';
import { Skip } from './tap.mjs';

// `all` in SERVERS means these; the others below exist to prove their files and are not for daily use.
export const KINDS = ['lighttpd-fcgi', 'lighttpd-cgi', 'apache-fcgid', 'apache-proxy-fcgi', 'apache-cgi'];

export function serverKinds() {
  const asked = (process.env.SERVERS || 'lighttpd-fcgi').split(',').map((word) => word.trim()).filter(Boolean);
  const kinds = asked.includes('all') ? KINDS : asked;
  const unknown = kinds.filter((kind) => !(kind in LAUNCH));
  if (unknown.length) throw new Error(`SERVERS: unknown kind ${unknown.join(', ')}; known: ${Object.keys(LAUNCH).join(', ')}`);
  return kinds;
}

export const isPlainCgi = (kind) => ['lighttpd-cgi', 'apache-cgi', 'apache-htaccess', 'apache-wrapper'].includes(kind);

// Shared hosting knows /cgi-bin only.
export const mountsOf = (kind) => (['apache-htaccess', 'apache-wrapper'].includes(kind) ? MOUNTS.slice(1) : MOUNTS);

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function shippedFile(name) {
  return fs.readFileSync(path.join(SRCDIR, name), 'utf8');
}

function replaceOnce(text, pattern, replacement, name) {
  if (!pattern.test(text)) throw new Error(`${name}: nothing matches ${pattern}`);
  return text.replace(pattern, () => replacement);
}

const quoted = (value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`;

// ---- lighttpd -------------------------------------------------------------------------------

function lighttpdFragment(name, setup) {
  let text = shippedFile(`lighttpd/${name}`);
  const values = {
    ai_realtor_program: setup.program, ai_realtor_config: setup.config, ai_realtor_socket: path.join(setup.dir, 's'),
  };
  for (const [key, value] of Object.entries(values)) {
    const line = new RegExp(`^var\\.${key}\\s*=.*$`, 'm');
    if (line.test(text)) text = text.replace(line, () => `var.${key} = ${quoted(value)}`);
  }
  return text;
}

function lighttpdConfig(setup, fragment) {
  const environment = Object.entries(setup.env).map(([key, value]) => `${quoted(key)} => ${quoted(value)}`);
  return `
server.modules       = ( "mod_access", "mod_setenv" )
server.bind          = "127.0.0.1"
server.port          = ${setup.port}
server.document-root = "${setup.dir}/htdocs"
server.upload-dirs   = ( "${setup.dir}/uploads" )
server.errorlog      = "${setup.dir}/server.log"
server.breakagelog   = "${setup.dir}/program.log"
setenv.add-environment = ( ${environment.join(', ')} )
${fragment}
`;
}

function launchLighttpd(setup, fragmentName) {
  const lighttpd = systemProgram('lighttpd');
  if (!lighttpd) throw new Skip('lighttpd is not installed');
  const file = path.join(setup.dir, 'lighttpd.conf');
  fs.writeFileSync(file, lighttpdConfig(setup, lighttpdFragment(fragmentName, setup)));
  return [start(lighttpd, ['-D', '-f', file], { env: setup.env, logFile: `${setup.dir}/start.log` })];
}

// ---- Apache ---------------------------------------------------------------------------------

const MODULE_FOLDERS = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules', '/usr/libexec/apache2', '/usr/lib/httpd/modules'];

function apacheModules(names) {
  const lines = [];
  for (const name of names) {
    const file = MODULE_FOLDERS.map((dir) => path.join(dir, `mod_${name}.so`)).find((candidate) => fs.existsSync(candidate));
    if (!file) throw new Skip(`Apache has no mod_${name}`);
    lines.push(`LoadModule ${name}_module ${file}`);
  }
  return lines.join('\n');
}

function apacheConfig(setup, modules, extra, fragment) {
  return `
ServerRoot "${setup.dir}"
ServerName localhost
Listen 127.0.0.1:${setup.port}
PidFile "${setup.dir}/apache.pid"
ErrorLog "${setup.dir}/program.log"
LogLevel warn
DefaultRuntimeDir "${setup.dir}"
Mutex file:${setup.dir}
DocumentRoot "${setup.dir}/htdocs"
${apacheModules(['mpm_event', 'authz_core', 'alias', 'env', 'setenvif', 'headers', ...modules])}
StartServers 1
MinSpareThreads 25
MaxSpareThreads 75
<Directory />
    AllowOverride None
    Require all denied
</Directory>
<Directory "${setup.dir}/htdocs">
    Require all granted
</Directory>
Define AI_REALTOR_PROGRAM "${setup.program}"
Define AI_REALTOR_CONFIG "${setup.config}"
Define AI_REALTOR_SOCKET "${setup.dir}/s"
${extra}
${fragment}
`;
}

function launchApache(setup, modules, extra, fragment) {
  const apache = systemProgram('apache2') ?? systemProgram('httpd');
  if (!apache) throw new Skip('Apache is not installed');
  const file = path.join(setup.dir, 'apache.conf');
  fs.writeFileSync(file, apacheConfig(setup, modules, extra, fragment));
  return start(apache, ['-f', file, '-DFOREGROUND'], { env: setup.env, logFile: `${setup.dir}/start.log` });
}

function launchFcgid(setup) {
  const name = 'apache/fcgid.conf';
  // FcgidCmdOptions is the only way for variables into the program, so the test's go there too.
  const initial = [['AI_REALTOR_CONFIG', '${AI_REALTOR_CONFIG}'], ...Object.entries(setup.env)];
  const options = initial.map(([key, value]) => `InitialEnv "${key}=${value}"`).join(' ');
  const fragment = replaceOnce(shippedFile(name), /InitialEnv "AI_REALTOR_CONFIG=[^"]*"/, options, name);
  const extra = `FcgidIPCDir "${setup.dir}/fcgid"\nFcgidProcessTableFile "${setup.dir}/fcgid.table"`;
  return [launchApache(setup, ['fcgid'], extra, fragment)];
}

// What `./bootstrap serve` runs.  It keeps its logs in STATE.
function launchServe(setup) {
  const lighttpd = systemProgram('lighttpd');
  if (!lighttpd) throw new Skip('lighttpd is not installed');
  const values = { PORT: setup.port, STATE: setup.dir, PROGRAM: setup.program, CONFIG: setup.config };
  const text = shippedFile('lighttpd/serve.conf.in').replace(/@([A-Z]+)@/g, (_, name) => values[name]);
  const file = path.join(setup.dir, 'lighttpd.conf');
  fs.writeFileSync(file, text);
  setup.logs = { program: 'voice-assistant.log', server: 'lighttpd.log' };
  return [start(lighttpd, ['-D', '-f', file], { env: setup.env, logFile: `${setup.dir}/start.log` })];
}

// A shared host: a /cgi-bin that the host made, and in it what the customer may put there.
function launchSharedHost(setup, fill) {
  const folder = path.join(setup.dir, 'cgi-bin');
  fs.mkdirSync(folder);
  fill(folder);
  return [launchApache(setup, ['cgid'], 'ScriptSock cgid.sock', `
ScriptAlias /cgi-bin/ "${folder}/"
<Directory "${folder}">
    Require all granted
    AllowOverride FileInfo
</Directory>
<FilesMatch "^\\.ht">
    Require all denied
</FilesMatch>
`)];
}

function launchHtaccess(setup) {
  return launchSharedHost(setup, (folder) => {
    fs.copyFileSync(setup.program, path.join(folder, 'voice-assistant'));
    fs.chmodSync(path.join(folder, 'voice-assistant'), 0o755);
    const name = 'cgi-bin/.htaccess';
    const more = Object.entries(setup.env).map(([key, value]) => `\n    SetEnv ${key} ${quoted(value)}`).join('');
    fs.writeFileSync(path.join(folder, '.htaccess'), replaceOnce(shippedFile(name), /SetEnv AI_REALTOR_CONFIG .*/, `SetEnv AI_REALTOR_CONFIG ${quoted(setup.config)}${more}`, name));
    setup.program = path.join(folder, 'voice-assistant');
  });
}

// The script of cgi-bin/README in the program's place, and no .htaccess.
function launchWrapper(setup) {
  return launchSharedHost(setup, (folder) => {
    const name = 'cgi-bin/README';
    const script = /^ *#!\/bin\/sh\n(?: +.*\n)+/m.exec(shippedFile(name))?.[0].replace(/^ +/gm, '');
    if (!script) throw new Error(`${name}: no wrapper in it`);
    const more = Object.entries(setup.env).map(([key, value]) => `export ${key}='${value}'\n`).join('');
    const text = script.replace('$HOME/ai-realtor/ai-realtor.conf', () => setup.config).replace('"$HOME/libexec/ai-realtor/voice-assistant"', () => `${setup.program}`);
    fs.writeFileSync(path.join(folder, 'voice-assistant'), text.replace('exec ', () => `${more}exec `), { mode: 0o755 });
    fs.chmodSync(path.join(folder, 'voice-assistant'), 0o755);
  });
}

function launchApacheCgi(setup) {
  const extra = ['ScriptSock cgid.sock', ...Object.entries(setup.env).map(([key, value]) => `SetEnv ${key} ${quoted(value)}`)];
  return [launchApache(setup, ['cgid'], extra.join('\n'), shippedFile('apache/cgi.conf'))];
}

// spawn-fcgi under a supervisor, which is us: as systemd does, it is started again when it dies.
function superviseSpawnFcgi(setup) {
  const spawnFcgi = systemProgram('spawn-fcgi');
  if (!spawnFcgi) throw new Skip('spawn-fcgi is not installed');
  const args = ['-n', '-s', path.join(setup.dir, 's'), '-M', '0600', '-b', '1024', '--', setup.program];
  const options = { env: { ...setup.env, AI_REALTOR_CONFIG: setup.config }, logFile: `${setup.dir}/program.log` };
  const supervisor = { stopping: false, child: null };
  const again = () => {
    if (supervisor.stopping) return;
    supervisor.child = start(spawnFcgi, args, options);
    supervisor.child.ended.then(() => setTimeout(again, 50));
  };
  again();
  supervisor.stop = () => {
    supervisor.stopping = true;
    return stop(supervisor.child);
  };
  return supervisor;
}

function launchProxyFcgi(setup) {
  const apache = launchApache(setup, ['proxy', 'proxy_fcgi', 'buffer'], '', shippedFile('apache/proxy-fcgi.conf'));
  return [apache, superviseSpawnFcgi(setup)];
}

const LAUNCH = {
  'lighttpd-fcgi': (setup) => launchLighttpd(setup, 'fastcgi.conf'),
  'lighttpd-cgi': (setup) => launchLighttpd(setup, 'cgi.conf'),
  'apache-fcgid': launchFcgid,
  'apache-proxy-fcgi': launchProxyFcgi,
  'apache-cgi': launchApacheCgi,
  'lighttpd-serve': launchServe,
  'apache-htaccess': launchHtaccess,
  'apache-wrapper': launchWrapper,
};

// ---- all of them ----------------------------------------------------------------------------

function answers(port, mount) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: `${mount}/healthz`, agent: false, timeout: 5000 }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode < 500));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

class Server {
  constructor(kind, state, setup, processes) {
    Object.assign(this, { kind, state, setup, processes });
    this.port = setup.port;
    this.url = `http://127.0.0.1:${setup.port}`;
    this.dir = setup.dir;
    this.mounts = mountsOf(kind);
  }

  // The program's processes, by number.
  responders() {
    return findProcesses(this.setup.program, `AI_REALTOR_CONFIG=${this.setup.config}`);
  }

  // What the program wrote to its standard error, as this server keeps it.
  programLog() {
    return this.readLog(this.setup.logs?.program ?? 'program.log');
  }

  serverLog() {
    return this.readLog(this.setup.logs?.server ?? 'server.log') + this.readLog('start.log');
  }

  readLog(name) {
    try { return fs.readFileSync(path.join(this.dir, name), 'utf8'); } catch { return ''; }
  }

  // Stops the web server alone: for one of several on the same state.
  async stopServer() {
    let clean = true;
    for (const child of [...this.processes].reverse()) {
      const polite = child.stop ? await child.stop() : await stop(child);
      clean = clean && polite;
    }
    return clean;
  }

  // Stops everything; true if all went by itself and nothing was left behind.
  async stop() {
    let clean = await this.stopServer();
    const left = () => this.responders().filter(alive);
    await waitUntil(() => left().length === 0, { patience: 3000 }).catch(() => { clean = false; });
    for (const pid of left()) process.kill(pid, 'SIGKILL');
    removeFolder(this.dir);
    return clean;
  }
}

async function tryStart(kind, state, env) {
  const dir = makeFolder('sv');
  for (const name of ['htdocs', 'uploads', 'fcgid']) {
    fs.mkdirSync(path.join(dir, name));
    if (RUN_AS.uid !== undefined) fs.chownSync(path.join(dir, name), RUN_AS.uid, RUN_AS.gid);
  }
  const setup = { dir, port: await freePort(), program: reachable(programPath('voice-assistant')), config: state.config, env: { ...sanitizerEnv(), ...env } };
  const server = new Server(kind, state, setup, LAUNCH[kind](setup));
  try {
    await waitUntil(async () => {
      const dead = server.processes.find((child) => child.gone);
      if (dead) throw new Error(`${kind} ended at once (${dead.failure ?? dead.exitCode ?? dead.signalCode})`);
      return answers(setup.port, server.mounts[0]);
    }, { patience: 20000, every: 100, what: `${kind} answering` });
  } catch (error) {
    error.message += `\n${server.serverLog()}\n${server.programLog()}`.trimEnd();
    await server.stop();
    throw error;
  }
  return server;
}

// Starts a server of this kind on this state.  `env` reaches the program (AI_REALTOR_CLOCK, …).
export async function startServer(kind, state, { env = {} } = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryStart(kind, state, env);
    } catch (error) {
      if (attempt >= 3 || !/in use/i.test(error.message)) throw error;
      await sleep(100 * attempt);
    }
  }
}
