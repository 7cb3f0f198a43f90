import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TerminalError } from '../../src/kernel/errors.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { openStore } from '../../src/store/open-store.ts';
import { until } from '../contract/store.ts';

const parent = mkdtempSync(join(tmpdir(), 'embedded-'));
const ready = join(parent, 'ready');
beforeAll(async () => (await openStore({ directory: ready, log: silentLog })).close());
afterAll(() => rmSync(parent, { recursive: true, force: true }));

function newDirectory(): string {
  const directory = mkdtempSync(join(parent, 'd-'));
  cpSync(join(ready, 'store'), join(directory, 'store'), { recursive: true });
  return directory;
}

describe('the embedded store', () => {
  it('makes its directory, and another start finds it', async () => {
    const directory = join(parent, 'absent', 'too');
    await (await openStore({ directory, log: silentLog })).close();
    expect(existsSync(join(directory, 'store', 'PG_VERSION'))).toBe(true);
    await (await openStore({ directory, log: silentLog })).close();
  });

  it('starts anew where making the files was cut short', async () => {
    const directory = join(parent, 'cut');
    mkdirSync(join(directory, 'store.unfinished', 'base'), { recursive: true });
    await (await openStore({ directory, log: silentLog })).close();
    expect(readdirSync(directory)).toEqual(['store']);
  });

  it('works where the path is too long for a socket', async () => {
    const directory = join(parent, 'long'.repeat(30));
    const store = await openStore({ directory, log: silentLog });
    await expect(openStore({ directory, log: silentLog })).rejects.toThrow('in use');
    await store.close();
  });

  it('can be opened once, and again after it was closed', async () => {
    const directory = newDirectory();
    const store = await openStore({ directory, log: silentLog });
    await expect(openStore({ directory, log: silentLog })).rejects.toThrow(TerminalError);
    await store.close();
    await (await openStore({ directory, log: silentLog })).close();
  });

  it('takes over the lock of a dead process', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'in-use.sock'), '');
    await (await openStore({ directory, log: silentLog })).close();
  });

  it('keeps no row of a job that is done', async () => {
    const directory = newDirectory();
    const { queue, close } = await openStore({ directory, log: silentLog });
    await queue.work('pass', async () => undefined, { concurrency: 4 });
    for (let n = 0; n < 20; n += 1) await queue.add('pass', `o/r#${n}`);
    await until(async () => (await queue.depth('pass')) === 0);
    await close();
    const { database, close: closeDatabase } = await openEmbedded(directory);
    expect((await database.query('SELECT count(*)::int AS rows FROM database_lead.job')).rows).toEqual([{ rows: 0 }]);
    await closeDatabase();
  });

  it.each<[string, (files: string) => void]>([
    [
      'an empty directory',
      (files) => {
        rmSync(files, { recursive: true });
        mkdirSync(files);
      },
    ],
    ['a version of PostgreSQL to come', (files) => writeFileSync(join(files, 'PG_VERSION'), '99\n')],
    ['no control file', (files) => rmSync(join(files, 'global', 'pg_control'))],
    ['a control file of noise', (files) => writeFileSync(join(files, 'global', 'pg_control'), Buffer.alloc(8_192, 7))],
    ['a control file cut short', (files) => truncateSync(join(files, 'global', 'pg_control'), 100)],
    ['no tables', (files) => rmSync(join(files, 'base'), { recursive: true })],
    ['tables of noise', (files) => overwriteTables(join(files, 'base'))],
    ['no journal', (files) => rmSync(join(files, 'pg_wal'), { recursive: true })],
    [
      'a file in place of the directory',
      (files) => {
        rmSync(files, { recursive: true });
        writeFileSync(files, 'x');
      },
    ],
  ])('says which directory to delete when it finds %s', async (_what, damage) => {
    const directory = newDirectory();
    const files = join(directory, 'store');
    damage(files);
    const error = await openStore({ directory, log: silentLog }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({ remedy: expect.stringContaining(`Delete ${files}`) });

    rmSync(files, { recursive: true });
    await (await openStore({ directory, log: silentLog })).close();
  });
});

/** Every page of every table becomes noise; only the files that say which files there are stay as they are. */
function overwriteTables(base: string): void {
  for (const name of readdirSync(base, { recursive: true, encoding: 'utf8' })) {
    const path = join(base, name);
    if (/\/\d+$/.test(path) && statSync(path).isFile()) writeFileSync(path, Buffer.alloc(statSync(path).size, 7));
  }
}
