import { afterAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../src/engines/engines.ts';
import { createPool } from '../../src/engines/pglite/pool.ts';
import { defaultLimits } from '../../src/engines/port.ts';
import { seedFitting } from '../../src/engines/run/fitting-rows.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { type Guard, noAnswers } from '../../src/planner/schemas/index.ts';
import { designOf, outcome, wellDone } from '../planner/schemas/support.ts';

const pool = createPool({ limits: defaultLimits, log: silentLog });
const engines = createEngines({ log: silentLog });
afterAll(async () => {
  await pool.close();
  await engines.close();
});

const table = 'CREATE TABLE t (id int PRIMARY KEY, a int, b text, c text);';

const guards: readonly Guard[] = [
  { table: 'public.u', add: 'ALTER TABLE u ADD CONSTRAINT g1 CHECK (n > 3)', drop: 'ALTER TABLE u DROP CONSTRAINT g1' },
  {
    table: 'public.u',
    add: 'ALTER TABLE u ADD CONSTRAINT g2 CHECK (nothing)',
    drop: 'ALTER TABLE u DROP CONSTRAINT g2',
  },
  { table: 'public.u', add: 'ALTER TABLE u ALTER b SET NOT NULL', drop: 'ALTER TABLE u ALTER b DROP NOT NULL' },
];

describe('rows that fit', () => {
  it('satisfy what is asked of them, and else are as awkward as the table allows', async () => {
    const seen = await pool.with([], async (session) => {
      await session.run(table);
      const renames = [
        { kind: 'rename-table', table: { schema: 'public', name: 't' }, to: 'u' },
        { kind: 'rename-column', table: { schema: 'public', name: 'u' }, column: 'a', to: 'n' },
      ] as const;
      const seeded = await seedFitting(session, { log: silentLog, data: 'wide' }, { guards, renames });
      const [row] =
        await session.inspect(`SELECT count(*)::int AS rows, coalesce(min(a), 0) AS least, count(*) FILTER (WHERE a IS NULL)::int > 0 AS nulls,
        count(*) FILTER (WHERE b IS NULL)::int AS without, count(*) > count(DISTINCT c) + count(*) FILTER (WHERE c IS NULL) AS repeats,
        max(a) = 2147483647 AS most, bool_or(c = '') AS blank, max(length(c)) AS longest FROM public.t`);
      const [left] =
        await session.inspect(`SELECT (SELECT count(*)::int FROM pg_constraint WHERE conname LIKE 'g_') AS constraints,
        (SELECT attnotnull FROM pg_attribute WHERE attrelid = 'public.t'::regclass AND attname = 'b') AS required`);
      return { seeded, row, left };
    });
    expect(seen.seeded).toEqual({ rows: 20, empty: [], guarded: new Set(['public.t']) });
    expect(seen.row).toMatchObject({
      rows: 20,
      least: 4,
      nulls: true,
      without: 0,
      repeats: true,
      most: true,
      blank: true,
    });
    expect(seen.row?.longest).toBe(300);
    expect(seen.left).toEqual({ constraints: 0, required: false });
  });

  it('say so where no row can be made up', async () => {
    const given = { current: table, desired: table.replace('b text', 'b text CHECK (md5(b) = b)') };
    const design = await designOf(engines.of('postgresql'), {
      current: given.current.replace('b text', 'b text NOT NULL'),
      desired: given.desired.replace('b text', 'b text NOT NULL'),
    });
    expect(outcome(design)).toEqual({
      ...wellDone,
      remarks: [
        'no row could be made up for t that satisfies what the desired schema demands, so it was empty: whether the plan stands the real rows is not known',
      ],
    });
  });

  it('are well-kept ones where a step does not stand the others', async () => {
    const design = await designOf(engines.of('postgresql'), {
      current: table,
      desired: table.replace('a int', 'a int NOT NULL'),
      // What an expression makes of a row is known to nobody before the step.
      answers: { ...noAnswers, fills: new Map([['t.a', '7 / (id - id)']]) },
    });
    expect(outcome(design)).toEqual({
      ...wellDone,
      remarks: [
        'step 1 fails on made-up rows (division by zero (22012)), so the plan was carried out on rows without NULLs, duplicates and extreme values: whether it stands such rows is not known',
      ],
    });
    expect(design.proof.rows).toBe(20);
  });
});
