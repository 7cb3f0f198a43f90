import type { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, it } from 'vitest';
import type { Goal } from '../../src/planner/goal.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { quoteIdentifier } from '../../src/sql/quote.ts';
import { outline, planOf, prove } from './support/prove.ts';
import { startScratch } from './support/scratch.ts';

let db: PGlite;
beforeAll(async () => {
  await loadParsers();
  db = await startScratch();
});
afterAll(() => db.close());

const types = {
  integer: { value: '7', filled: 'n', wider: 'bigint' },
  text: { value: "'it''s'", filled: "'v' || n", wider: 'character varying(40)' },
  boolean: { value: 'true', filled: 'n % 2 = 0', wider: 'text' },
  'numeric(10,2)': { value: '1.50', filled: 'n / 3.0', wider: 'numeric(12,4)' },
  'timestamp with time zone': { value: 'now()', filled: "now() - n * interval '1 hour'", wider: 'text' },
} as const;
type Type = keyof typeof types;

const names = [
  'plain',
  'select',
  'Mixed Case',
  'quo"ted',
  "o'clock",
  'ünï',
  'semi;colon',
  '$$',
  '--',
  'x'.repeat(63),
  'batch_first_1',
  'changed',
  'batch',
];
const wishes = [
  'nothing',
  'require',
  'loosen',
  'default',
  'rename',
  'index',
  'check',
  'comment',
  'unindexable',
  'retype',
] as const;

interface Column {
  readonly name: string;
  readonly type: Type;
  readonly nullable: boolean;
  readonly wish: (typeof wishes)[number];
}

const column = fc.record({
  name: fc.constantFrom(...names),
  type: fc.constantFrom(...(Object.keys(types) as Type[])),
  nullable: fc.boolean(),
  wish: fc.constantFrom(...wishes),
});
const added = fc.record({
  type: fc.constantFrom(...(Object.keys(types) as Type[])),
  nullable: fc.boolean(),
  value: fc.constantFrom('none', 'default', 'volatile', 'backfill'),
});
const model = fc.record({
  table: fc.constantFrom(...names),
  columns: fc.uniqueArray(column, { selector: ({ name }) => name, minLength: 1, maxLength: 5 }),
  added: fc.array(added, { maxLength: 3 }),
  keyed: fc.boolean(),
});

function wishOf(
  table: string,
  { name, type, nullable, wish }: Column,
): { readonly sql: string; readonly goals: readonly Goal[] } {
  const t = quoteIdentifier(table);
  const c = quoteIdentifier(name);
  const filling: Goal = { kind: 'backfill', table: { name: table }, column: name, value: types[type].value };
  switch (wish) {
    case 'require':
      return nullable
        ? { sql: `ALTER TABLE ${t} ALTER COLUMN ${c} SET NOT NULL;`, goals: [filling] }
        : { sql: '', goals: [] };
    case 'loosen':
      return { sql: `ALTER TABLE ${t} ALTER COLUMN ${c} DROP NOT NULL;`, goals: [] };
    case 'default':
      return { sql: `ALTER TABLE ${t} ALTER COLUMN ${c} SET DEFAULT ${types[type].value};`, goals: [] };
    case 'rename':
      return {
        sql: `ALTER TABLE ${t} RENAME COLUMN ${c} TO renamed_${type.slice(0, 3)}_${names.indexOf(name)};`,
        goals: [],
      };
    case 'index':
      return { sql: `CREATE INDEX ON ${t} (${c} DESC);`, goals: [] };
    case 'check':
      return { sql: `ALTER TABLE ${t} ADD CHECK (${c} IS NULL OR ${c}::text <> 'never');`, goals: [] };
    case 'comment':
      return { sql: `COMMENT ON COLUMN ${t}.${c} IS 'it''s \\ ${type}';`, goals: [] };
    case 'retype':
      return { sql: `ALTER TABLE ${t} ALTER COLUMN ${c} TYPE ${types[type].wider};`, goals: [] };
    default:
      return { sql: '', goals: [] };
  }
}

it('carries out any small wish about any small table, and takes it back', async () => {
  await fc.assert(
    fc.asyncProperty(model, async ({ table, columns, added, keyed }) => {
      const t = quoteIdentifier(table);
      const declared = columns.map(
        ({ name, type, nullable }) => `${quoteIdentifier(name)} ${type}${nullable ? '' : ' NOT NULL'}`,
      );
      const given = `CREATE TABLE ${t} (own_id integer${keyed ? ' PRIMARY KEY' : ''}, ${declared.join(', ')});`;
      const filled = columns.map(({ type, nullable }) =>
        nullable ? `CASE WHEN n % 4 > 0 THEN ${types[type].filled} END` : types[type].filled,
      );
      const parts = columns.map((each) => wishOf(table, each));
      const more = added.map(({ type, nullable, value }, at) => {
        const volatile = `(CASE WHEN random() < 2 THEN ${types[type].value} END)`;
        const set =
          value === 'default' ? ` DEFAULT ${types[type].value}` : value === 'volatile' ? ` DEFAULT ${volatile}` : '';
        const goals: Goal[] =
          value === 'backfill'
            ? [{ kind: 'backfill', table: { name: table }, column: `added_${at}`, value: types[type].value }]
            : [];
        // A required column without any value is refused, which is a case of its own.
        const required = nullable || value === 'none' ? '' : ' NOT NULL';
        return { sql: `ALTER TABLE ${t} ADD COLUMN added_${at} ${type}${set}${required};`, goals };
      });
      const all = [...parts, ...more];
      const each = {
        name: 'random',
        given,
        rows: `INSERT INTO ${t} SELECT n, ${filled.join(', ')} FROM generate_series(1, 40) n`,
        wish: all.map(({ sql }) => sql).join('\n'),
        goals: all.flatMap(({ goals }) => goals),
        steps: [],
        tasks: [],
        ...(columns.some(({ wish }) => wish === 'retype') ? { reordered: 'a column comes back as the last one' } : {}),
      };
      const { plan } = planOf(each);
      if (plan.unsupported.length > 0) throw new Error(`${plan.unsupported.join('; ')}\n${given}\n${each.wish}`);
      await prove(db, each).catch((error: unknown) => {
        throw new Error(`${(error as Error).message}\n${given}\n${each.wish}\n${outline(plan).join('\n')}`, {
          cause: error,
        });
      });
    }),
    { numRuns: 60 },
  );
});
