import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { introspect } from '../../../src/engines/introspect/introspect.ts';
import { createPool } from '../../../src/engines/pglite/pool.ts';
import type { Session } from '../../../src/engines/session.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import type { Catalog, Table } from '../../../src/sql/catalog.ts';
import type { Description, ObjectKind, SchemaObject } from '../../../src/sql/description.ts';
import { quoteName } from '../../../src/sql/quote.ts';
import { renderChange } from '../../../src/sql/render.ts';
import { broad, extensions, later, others, roles } from './broad.ts';

const pool = createPool({ limits: { ms: 600_000, memoryMb: 1_500 }, log: silentLog });
const inUse = Promise.withResolvers<void>();
let using: Promise<void>;
let session: Session;
let described: Description;

beforeAll(async () => {
  const begun = Promise.withResolvers<void>();
  using = pool.with(extensions, (opened) => {
    session = opened;
    begun.resolve();
    return inUse.promise;
  });
  await begun.promise;
  await run(session, [roles, broad, 'BEGIN', later]);
  described = await introspect(session);
  await run(session, ['ROLLBACK']);
});
afterAll(async () => {
  inUse.resolve();
  await using;
  await pool.close();
});
beforeEach(() => run(session, ['BEGIN']));
afterEach(() => run(session, ['ROLLBACK']));

async function run(session: Session, statements: readonly string[]): Promise<void> {
  for (const sql of statements) {
    const ran = await session.run(sql);
    expect(ran.ok ? ran : `${ran.message} in: ${sql}`).toMatchObject({ ok: true });
  }
}

/** A child that inherits only after it was made has what its parent has for itself as well, and can drop the checks of it. */
function comparable({ objects }: Description): readonly SchemaObject[] {
  return [...objects.values()].map((object) =>
    object.key === 'constraint public.dogs.animals_name_check' ? { ...object, drop: [] } : object,
  );
}

/** The same of a catalog. */
function comparableCatalog({ catalog }: Description): Catalog {
  const own = <Part extends object>(part: Part): Part => ({ ...part, inherited: undefined });
  const tables = [...catalog.tables].map(([key, table]): [string, Table] => [
    key,
    key === 'public.dogs'
      ? { ...table, columns: table.columns.map(own), constraints: table.constraints.map(own) }
      : table,
  ]);
  return { ...catalog, tables: new Map(tables) };
}

/** A table with its columns and nothing else, as whoever makes one from the catalog writes it. */
function bare(table: Table, definition: string): string {
  if (definition.startsWith('OF ')) return `CREATE TABLE ${quoteName(table.name)} ${definition}`;
  return renderChange({
    kind: 'create-table',
    table: table.name,
    columns: table.columns,
    constraints: [],
    indexes: [],
    ifNotExists: false,
    temporary: false,
    ...(table.partitionBy === undefined ? {} : { partitionBy: table.partitionBy }),
  });
}

it('says of every object how it is made, each after those that it needs', async () => {
  const tables = new Map([...described.catalog.tables].map(([key, table]) => [`table ${key}`, table]));
  const again = await pool.with(extensions, async (session) => {
    await run(session, [roles]);
    for (const { key, create, replace, kind, of, definition } of described.objects.values()) {
      const table = tables.get(key);
      if (table !== undefined) await run(session, [bare(table, definition)]);
      await run(session, create);
      // The sequence of an identity column is made with it, and then given its options.
      if (kind === 'sequence' && of !== undefined) await run(session, replace ?? []);
    }
    return introspect(session);
  });
  expect(again.objects.size).toBeGreaterThan(150);
  expect(comparable(again)).toEqual(comparable(described));
  expect(comparableCatalog(again)).toEqual(comparableCatalog(described));
});

/** The objects that go or have to go with one. */
function dependants(object: SchemaObject): ReadonlySet<SchemaObject> {
  const going = new Set([object]);
  for (const each of going) {
    for (const other of described.objects.values()) {
      if (other.of === each.key || other.needs.includes(each.key)) going.add(other);
    }
  }
  return going;
}

const kinds: readonly ObjectKind[] = [
  'extension',
  'enum',
  'domain',
  'composite',
  'range',
  'sequence',
  'constraint',
  'index',
  'view',
  'materialized view',
  'function',
  'aggregate',
  'trigger',
  'rule',
  'policy',
  'statistics',
  'comment',
  'privileges',
  'default privileges',
  'row security',
  'storage parameters',
  'replica identity',
  'persistence',
  'attachment',
  'inheritance',
  'trigger state',
  'sequence owner',
];

it.each(kinds)('says how a %s is taken away and made again', async (kind) => {
  if (kind === 'default privileges') await run(session, [later]);
  const before = comparable(await introspect(session));
  const going = new Set(
    before
      .filter((object) => object.kind === kind && object.drop.length > 0)
      .flatMap((object) => {
        const some = [...dependants(object)];
        return some.some((each) => each.kind === 'column' || each.kind === 'table') ? [] : some.map(({ key }) => key);
      }),
  );
  expect(going.size).toBeGreaterThan(0);
  const some = before.filter(({ key }) => going.has(key));

  await run(
    session,
    some.toReversed().flatMap(({ drop }) => drop),
  );
  const without = await introspect(session);
  const left = some.filter(({ key }) => without.objects.has(key));
  // A partition keeps what came with its being one.
  expect(left.filter(({ create }) => kind !== 'attachment' || create.length > 0)).toEqual([]);

  await run(
    session,
    some.flatMap(({ create }) => create),
  );
  expect(comparable(await introspect(session))).toEqual(before);

  await run(
    session,
    some.flatMap(({ replace = [] }) => replace),
  );
  expect(comparable(await introspect(session))).toEqual(before);
});

it('describes what it cannot make, and leaves out what an extension brought', async () => {
  await run(session, [others, later]);
  const { objects } = await introspect(session);
  const unknown = [...objects.values()].filter(({ kind }) => kind === 'other');
  expect(unknown.map(({ key, create, drop }) => [key, ...create, ...drop])).toEqual([
    ['collation public.german'],
    ['operator public.===(integer,integer)'],
    ['publication p'],
    ['text search configuration public.ours'],
  ]);
  expect([...objects.values()].filter(({ kind }) => kind !== 'other')).toEqual([...described.objects.values()]);
});
