// Where sources, programs and npm packages are, whatever the current directory.

import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const SRCDIR = process.env.abs_top_srcdir
  ? path.resolve(process.env.abs_top_srcdir)
  : path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

export const BUILDDIR = path.resolve(process.env.BUILDDIR || process.env.abs_top_builddir || path.join(SRCDIR, 'build'));

export const DATADIR = path.join(SRCDIR, 'tests/data');

function firstExisting(what, candidates) {
  const found = candidates.find((file) => file && fs.existsSync(file));
  if (!found) throw new Error(`${what} is not there; looked for: ${candidates.filter(Boolean).join(', ')}`);
  return fs.realpathSync(found);
}

export function programPath(name) {
  const override = process.env[name === 'ai-realtor' ? 'AI_REALTOR_PROGRAM' : 'VOICE_ASSISTANT_PROGRAM'];
  return firstExisting(`the program ${name}`, [override, path.join(BUILDDIR, name), path.join(BUILDDIR, 'src', name)]);
}

export function systemProgram(name) {
  const folders = [...(process.env.PATH || '').split(':'), '/usr/sbin', '/usr/local/sbin', '/sbin', '/usr/bin', '/bin'];
  return folders.filter(Boolean).map((dir) => path.join(dir, name)).find((file) => fs.existsSync(file)) ?? null;
}

// npm packages lie beside tests/package.json, in the sources or (out of tree) in the build folder.
export function nodeModulesDir() {
  return [process.env.NODE_MODULES, path.join(BUILDDIR, 'tests/node_modules'), path.join(SRCDIR, 'tests/node_modules')]
    .find((dir) => dir && fs.existsSync(dir)) ?? null;
}

export function requirePackage(name) {
  const dir = nodeModulesDir();
  if (!dir) throw new Error('node_modules is missing: run "npm ci" in tests/');
  return createRequire(path.join(dir, '..', 'package.json'))(name);
}

export function havePackages(...names) {
  const dir = nodeModulesDir();
  return dir !== null && names.every((name) => fs.existsSync(path.join(dir, name)));
}
