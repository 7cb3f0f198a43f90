#!/usr/bin/env node
// The sources run as written. Node strips types by itself from 22.18 on; from 22.12 it does so when asked. No flags in the
// first line: an older Node would refuse them before it could say what is wrong.
import process from 'node:process';
import { isBundled } from './bundle.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  console.error(`database-lead needs Node 22.12 or newer; this is ${process.version}.`);
  process.exitCode = 2;
} else if (isBundled(process.argv[2])) {
  await import('./compile-cache.js');
  await import('../dist/cli.js');
} else if (process.features.typescript) {
  await import('./compile-cache.js');
  await import('../src/cli.ts');
} else {
  const { spawn } = await import('node:child_process');
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
