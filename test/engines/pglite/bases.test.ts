import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPgliteEngine } from '../../../src/engines/pglite/engine.ts';
import type { ScratchEngine } from '../../../src/engines/port.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { migration } from '../migrations.ts';

// Slow enough to be worth keeping, whatever the machine.
const slow = 'SELECT pg_sleep(1.1);';
const base = [
  migration(
    '1.sql',
    `${slow}\nCREATE TYPE mood AS ENUM ('well', 'ill');\nCREATE TABLE t (id serial PRIMARY KEY, m mood);`,
  ),
  migration('2.sql', "SET search_path = '';\nINSERT INTO public.t (m) VALUES ('well'), (NULL);"),
];
const change = [migration('3.sql', "ALTER TABLE t ADD COLUMN n text;\nINSERT INTO t (m) VALUES ('ill');")];
const criteria = [
  { text: 'three rows', sql: 'SELECT count(*) = 3 FROM t' },
  { text: 'numbered on', sql: 'SELECT max(id) = 3 FROM t' },
];

let directory: string;
let engine: ScratchEngine;
const kept = async () => (await readdir(join(directory, 'bases')).catch(() => [])).toSorted();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bases-'));
  engine = createPgliteEngine({ dataDirectory: directory, log: silentLog });
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

describe('a base that ran', () => {
  it('is kept, and what is verified on the copy is what was verified on the first', async () => {
    const first = await engine.verify({ base, migrations: change, criteria });
    expect(first).toMatchObject({ applied: 3, failed: null, criteria: [{ pass: true }, { pass: true }] });
    expect(await kept()).toHaveLength(1);
    const second = await engine.verify({ base, migrations: change, criteria });
    const untimed = ({ migrations, ...rest }: typeof first) => ({
      ...rest,
      migrations: migrations.map(({ ms: _, ...each }) => each),
    });
    expect(untimed(second)).toEqual(untimed(first));
    expect(await kept()).toHaveLength(1);
  });

  it('is another one when any of it changes', async () => {
    await engine.verify({ base: [...base, migration('2b.sql', 'SELECT 1;')], migrations: change, criteria });
    expect(await kept()).toHaveLength(2);
  });

  it('is made anew when its copy cannot be opened', async () => {
    for (const file of await kept())
      await writeFile(
        join(directory, 'bases', file),
        serialize({ image: Buffer.from('no archive'), prepared: { applied: 2 } }),
      );
    expect(await engine.verify({ base, migrations: change, criteria })).toMatchObject({ applied: 3, failed: null });
    for (const file of await kept()) await writeFile(join(directory, 'bases', file), 'nothing at all');
    expect(await engine.verify({ base, migrations: change, criteria })).toMatchObject({ applied: 3, failed: null });
  });

  it('is not kept when it fails, or when it sets something for the sessions to come', async () => {
    const before = await kept();
    const failing = [migration('1.sql', slow), migration('2.sql', 'SELECT 1 / 0;')];
    expect(await engine.verify({ base: failing, migrations: change, criteria })).toMatchObject({
      failed: { inBase: true, file: '2.sql' },
    });
    const setting = migration('0.sql', "ALTER DATABASE postgres SET search_path = 'evil', pg_catalog;");
    await engine.verify({ base: [setting, ...base], migrations: [], criteria: [] });
    expect(await kept()).toEqual(before);
  });
});
