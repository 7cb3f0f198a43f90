import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from '../contract/store.ts';
import { findPostgres, type Server, startPostgres } from '../support/postgres.ts';

const parent = mkdtempSync(join(tmpdir(), 'store-'));
const newDirectory = () => mkdtempSync(join(parent, 'd-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

// Making a store takes two seconds, copying one a few milliseconds.
const ready = join(parent, 'ready');
beforeAll(async () => (await openStore({ directory: ready, log: silentLog })).close());

storeContract(
  'the embedded store',
  async () => {
    const directory = newDirectory();
    cpSync(join(ready, 'store'), join(directory, 'store'), { recursive: true });
    return { options: { directory } };
  },
  { shared: false },
);

const found = findPostgres(process.env);
let server: Server | undefined;
beforeAll(async () => {
  if (found.kind !== 'none') server = await startPostgres(found);
});
afterAll(() => server?.stop());

storeContract(
  'the store on PostgreSQL',
  async () => {
    if (server === undefined) throw new Error('no server');
    return { options: { directory: newDirectory(), databaseUrl: await server.database() } };
  },
  { shared: true, ...(found.kind === 'none' ? { skipped: found.reason } : {}) },
);
