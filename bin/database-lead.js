#!/usr/bin/env -S node --experimental-strip-types --disable-warning=ExperimentalWarning
// The sources run as written. Node strips types by itself from 22.18 on; before that, the flag above asks for it.
if (!process.features.typescript) {
  console.error(`database-lead needs a Node that strips types (22.12 or newer); this is ${process.version}.`);
  process.exit(2);
}
await import('../src/cli.ts');
