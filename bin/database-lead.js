#!/usr/bin/env node
// The sources run as written. Node strips types by itself from 22.18 on; from 22.12 it does so when asked. No flags in the
// first line: an older Node would refuse them before it could say what is wrong.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) await underPinned();
else await start();

/**
 * Asked for and required rather than imported: Node makes a module of everything that one of its own could export, also of what
 * it would load later or never.
 */
async function start() {
  const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
  if (require('./bundle.cjs').isBundled(process.argv[2])) {
    require('./compile-cache.cjs');
    await require('../dist/start.cjs').start();
  } else if (process.features.typescript) await import('../src/cli.ts');
  else await again(process.execPath, ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']);
}

/** Starts under the Node that the project brings along for development, where it is installed. */
async function underPinned() {
  const { existsSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(pinned)) return again(pinned, []);
  console.error(`database-lead needs Node 22.12 or newer; this is ${process.version}.`);
  process.exitCode = 2;
}

/** Runs the same command line under a Node that can. */
async function again(node, flags) {
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
