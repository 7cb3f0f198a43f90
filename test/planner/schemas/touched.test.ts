import { expect, it } from 'vitest';
import { touchedTables } from '../../../src/planner/schemas/touched.ts';
import { emptyCatalog, type Table } from '../../../src/sql/catalog.ts';
import type { Description, ObjectKind, SchemaObject } from '../../../src/sql/description.ts';

const tables = ['a', 'b', 'c', 'odd one'];

function object(kind: ObjectKind, name: string, needs: readonly string[] = [], definition = ''): SchemaObject {
  return { key: `${kind} ${name}`, kind, definition, create: [], drop: [], needs };
}

const objects = [
  ...tables.map((name) => object('table', `public.${name}`)),
  object('view', 'public.v', ['table public.b']),
  object('function', 'public.f()', [], 'UPDATE c SET x = 1'),
];

const described: Description = {
  catalog: {
    ...emptyCatalog('postgresql'),
    tables: new Map(
      tables.map((name): [string, Table] => [
        `public.${name}`,
        { name: { schema: 'public', name }, columns: [], constraints: [], indexes: [], open: false },
      ]),
    ),
  },
  objects: new Map(objects.map((each) => [each.key, each])),
};

it.each([
  ['a table that a statement names', 'ALTER TABLE public.a ADD COLUMN x int', ['public.a']],
  ['the table behind a view', 'SELECT count(*) FROM public.v', ['public.b']],
  ['the table that a called function writes', 'SELECT public.f()', ['public.c']],
  ['a name that is no single word', 'ALTER TABLE public."odd one" ADD COLUMN x int', ['public.odd one']],
  ['nothing where nothing is named', 'CREATE TYPE mood AS ENUM ()', []],
])('reaches %s', (_name, sql, expected) => {
  expect([...touchedTables([{ sql: [sql], down: [] }], described)]).toEqual(expected);
  expect([...touchedTables([{ sql: [], down: [sql] }], described)]).toEqual(expected);
});
