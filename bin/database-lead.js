#!/usr/bin/env node
// The sources run as written, which takes a Node that strips types.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`database-lead needs Node 22.18 or newer; this is ${process.version}. In a checkout, npm run uses the pinned Node 24.`);
  process.exit(2);
}
await import('../src/cli.ts');
