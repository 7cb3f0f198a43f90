import fc from 'fast-check';
import { afterAll, it } from 'vitest';
import { createEngines } from '../../../src/engines/engines.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { designAnswered, outcome, statements, wellDone } from './support.ts';

const engines = createEngines({ log: silentLog });
afterAll(() => engines.close());

/** Types by family: within one, values of each become values of each other by themselves. */
const families = [
  ['smallint', 'integer', 'bigint', 'numeric(20,0)'],
  ['varchar(60)', 'varchar(200)', 'text'],
  ['timestamp', 'timestamptz', 'date'],
  ['boolean'],
  ['jsonb'],
] as const;
const values = ['7', "'x'", "'2025-01-01'", 'true', "'{}'"] as const;

interface Column {
  readonly family: number;
  readonly type: number;
  readonly required: boolean;
  readonly hasDefault: boolean;
  readonly extra: 'none' | 'index' | 'unique' | 'check' | 'comment' | 'partial';
}

const column: fc.Arbitrary<Column> = fc.record({
  family: fc.nat(families.length - 1),
  type: fc.nat(3),
  required: fc.boolean(),
  hasDefault: fc.boolean(),
  extra: fc.constantFrom('none', 'none', 'index', 'unique', 'check', 'comment', 'partial'),
});

const table = fc.record({
  there: fc.constantFrom(true, true, true, false),
  columns: fc.array(fc.option(column, { nil: undefined }), { minLength: 1, maxLength: 4 }),
  refers: fc.constantFrom('none', 'plain', 'cascade'),
  view: fc.constantFrom('none', 'id', 'all', 'chain', 'materialized'),
  extra: fc.constantFrom('none', 'trigger', 'policy', 'grant', 'comment', 'identity'),
});

const labels = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 });
const schema = fc.record({ tables: fc.tuple(table, table, table), labels, uses: fc.boolean() });
type Schema = typeof schema extends fc.Arbitrary<infer Value> ? Value : never;

/** The family of a column is its place's, so that the same column of two schemas has types that become each other. */
function ddl({ tables, labels: of, uses }: Schema): string {
  const text = ["CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"];
  text.push(`CREATE TYPE state AS ENUM (${of.map((label) => `'${label}'`).join(', ')});`);
  for (const [at, each] of tables.entries()) {
    if (!each.there) continue;
    const t = `t${at}`;
    const id =
      each.extra === 'identity' ? 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY' : 'id bigint PRIMARY KEY';
    const columns = each.columns.flatMap((one, place) =>
      one === undefined ? [] : [`${nameOf(place)} ${typeOf(one, place)}`],
    );
    text.push(`CREATE TABLE ${t} (${[id, ...columns, ...(uses ? ['s state'] : [])].join(', ')});`);
    for (const [place, one] of each.columns.entries()) if (one !== undefined) text.push(extraOf(t, one, place));
    const other = referencedBy(tables, at);
    if (each.refers !== 'none' && other !== -1) {
      const action = each.refers === 'cascade' ? ' ON DELETE CASCADE' : '';
      text.push(`ALTER TABLE ${t} ADD COLUMN ref bigint REFERENCES t${other}${action};`);
    }
    text.push(...viewsOf(t, each), ...othersOf(t, each));
  }
  return text.join('\n');
}

const referencedBy = (tables: Schema['tables'], at: number) =>
  tables.findIndex(({ there }, index) => there && index < at);

/** On the way back, a table that was dropped has lost the rows to which those of others referred, and refer again. */
function lacksReferenced({ tables: before }: Schema, { tables: after }: Schema): boolean {
  const refers = (tables: Schema['tables'], at: number) =>
    tables[at]?.there === true && tables[at].refers !== 'none' && referencedBy(tables, at) !== -1;
  return after.some(
    (_, at) => refers(before, at) && refers(after, at) && after[referencedBy(before, at)]?.there === false,
  );
}

const nameOf = (place: number) => `c${place}`;

function typeOf({ type, required, hasDefault }: Column, place: number): string {
  const family = families[place % families.length] ?? families[0];
  const value = hasDefault ? ` DEFAULT ${values[place % families.length]}` : '';
  return `${family[type % family.length]}${required ? ' NOT NULL' : ''}${value}`;
}

function extraOf(t: string, { extra }: Column, place: number): string {
  const c = nameOf(place);
  switch (extra) {
    case 'index':
      return `CREATE INDEX ${t}_${c}_idx ON ${t} (${c}, id DESC);`;
    case 'partial':
      return `CREATE INDEX ${t}_${c}_idx ON ${t} (${c}) WHERE id > 3;`;
    case 'unique':
      return `ALTER TABLE ${t} ADD CONSTRAINT ${t}_${c}_key UNIQUE (${c}, id);`;
    case 'check':
      return `ALTER TABLE ${t} ADD CONSTRAINT ${t}_${c}_check CHECK (${c} IS NULL OR ${c} = ${c});`;
    case 'comment':
      return `COMMENT ON COLUMN ${t}.${c} IS 'a ''quoted'' word';`;
    default:
      return '';
  }
}

function viewsOf(t: string, { view }: Schema['tables'][number]): readonly string[] {
  switch (view) {
    case 'id':
      return [`CREATE VIEW ${t}_v AS SELECT id FROM ${t};`];
    case 'all':
      return [`CREATE VIEW ${t}_v AS SELECT * FROM ${t};`];
    case 'chain':
      return [
        `CREATE VIEW ${t}_v AS SELECT * FROM ${t} WHERE id > 0;`,
        `CREATE VIEW ${t}_w AS SELECT * FROM ${t}_v; GRANT SELECT ON ${t}_w TO reader;`,
      ];
    case 'materialized':
      return [`CREATE MATERIALIZED VIEW ${t}_m AS SELECT * FROM ${t};`, `CREATE UNIQUE INDEX ON ${t}_m (id);`];
    default:
      return [];
  }
}

function othersOf(t: string, { extra }: Schema['tables'][number]): readonly string[] {
  switch (extra) {
    case 'trigger':
      return [`CREATE TRIGGER ${t}_touch BEFORE UPDATE ON ${t} FOR EACH ROW EXECUTE FUNCTION touch();`];
    case 'policy':
      return [`ALTER TABLE ${t} ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON ${t} USING (id > 0);`];
    case 'grant':
      return [`GRANT SELECT, INSERT ON ${t} TO reader;`];
    case 'comment':
      return [`COMMENT ON TABLE ${t} IS 'table ${t}';`];
    default:
      return [];
  }
}

it('finds the way between any two small schemas, goes it, and goes back', async () => {
  await fc.assert(
    fc.asyncProperty(schema, schema, async (one, other) => {
      const given = { current: ddl(one), desired: ddl(other), rows: () => 100 };
      const design = await designAnswered(engines.of('postgresql'), given, ({ id }) => {
        const place = Number(/\.c(\d+)$/.exec(id)?.[1] ?? 0);
        return values[place % families.length] ?? 'NULL';
      });
      const seen = JSON.stringify({ ...outcome(design), ...(lacksReferenced(one, other) && { remarks: [] }) }, null, 1);
      if (seen !== JSON.stringify(wellDone, null, 1) || design.proof.reverted === false)
        throw new Error(
          `${seen}\n-- current\n${given.current}\n-- desired\n${given.desired}\n-- plan\n${statements(design)}`,
        );
    }),
    // The usual run takes the same few every time; `PAIRS=40 SEED=$RANDOM` looks for new ones, and prints the seed of what it finds.
    { numRuns: Number(process.env.PAIRS ?? 4), seed: Number(process.env.SEED ?? 4), endOnFailure: true },
  );
}, 900_000);
