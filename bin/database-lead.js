#!/usr/bin/env node
// The sources run as written. Node strips types by itself from 22.18 on; from 22.12 it does so when asked. No flags in the
// first line: an older Node would refuse them before it could say what is wrong.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isBundled } from './bundle.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isOld = major < 22 || (major === 22 && minor < 12);
/** The Node that the project brings along for development. */
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (isOld && existsSync(pinned)) await again(pinned, []);
else if (isOld) {
  console.error(`database-lead needs Node 22.12 or newer; this is ${process.version}.`);
  process.exitCode = 2;
} else if (isBundled(process.argv[2])) {
  await import('./compile-cache.js');
  await import('../dist/cli.js');
} else if (process.features.typescript) {
  await import('./compile-cache.js');
  await import('../src/cli.ts');
} else await again(process.execPath, ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']);

/** Runs the same command line under a Node that can. */
async function again(node, flags) {
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
