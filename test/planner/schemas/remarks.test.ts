import { beforeAll, describe, expect, it } from 'vitest';
import { remarksIn } from '../../../src/planner/schemas/remarks.ts';
import { keyOf } from '../../../src/sql/name.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(() => loadParsers());

function read(sql: string) {
  const { remarks, lost } = remarksIn(sql, parse(sql, 'postgresql').statements);
  const said = remarks.map(
    ({ line, table, column, says, value }) =>
      `${line} ${keyOf(table)}${column === undefined ? '' : `.${column}`} ${says} ${value}`,
  );
  return [...said, ...lost.map(({ line, message }) => `${line} ${message}`)];
}

describe('remarksIn', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'on the line of a column, above it, and above the table',
      `SELECT 1; -- database-lead: of nothing
-- database-lead: renamed from "Old Orders"
CREATE TABLE app.orders (
  id bigint PRIMARY KEY, -- the key
  remark text, -- database-lead: renamed from note
  -- Two at once, and a plain one.
  -- database-lead: renamed from sum
  /* database-lead: convert using sum::numeric(10, 2) */
  total numeric(10, 2) DEFAULT (1 + 2) CHECK (total > 0),
  tags text[] DEFAULT ARRAY['a', 'b'], "Last" text NOT NULL -- database-lead: fill with coalesce(remark, 'x, y')
) WITH (fillfactor = 70);
`,
      [
        '2 app.orders renamed Old Orders',
        '5 app.orders.remark renamed note',
        '7 app.orders.total renamed sum',
        '8 app.orders.total convert sum::numeric(10, 2)',
        "10 app.orders.Last fill coalesce(remark, 'x, y')",
        '1 "database-lead: of nothing" is not understood',
      ],
    ],
    [
      'behind the parenthesis of a table',
      'CREATE TABLE orders ( -- database-lead: renamed from app.sales\n  a int,\n  b int); -- DATABASE-LEAD : fill with 3\n',
      ['1 public.orders renamed app.sales', '3 public.orders.b fill 3'],
    ],
    [
      'at a column that is added',
      '-- database-lead: fill with 1\nALTER TABLE orders ADD COLUMN n int NOT NULL;\nALTER TABLE orders ADD COLUMN m int; -- database-lead: renamed from k',
      ['1 public.orders.n fill 1', '3 public.orders.m renamed k'],
    ],
    [
      'at a column that comes from another table',
      'CREATE TABLE p (\n  a int, -- database-lead: moved from users."A b"\n  b int, -- database-lead: moved from c\n  d int -- database-lead: moved from app.users.d\n);',
      [
        '2 public.p.a moved users.A b',
        '4 public.p.d moved app.users.d',
        '3 "database-lead: moved from c" is not understood',
      ],
    ],
    [
      'nowhere',
      `CREATE TABLE a (
  id int,
  -- database-lead: renamed from b
  PRIMARY KEY (id), -- database-lead: fill with 2
  CHECK (id > 0)
  -- database-lead: renamed from z
);
-- database-lead: fill with 1
CREATE TABLE b (x int, y int); -- database-lead: renamed from q
-- database-lead: renamed from w`,
      [
        '3 "database-lead: renamed from b" stands at no column and no table',
        '4 "database-lead: fill with 2" stands at no column and no table',
        '6 "database-lead: renamed from z" stands at no column and no table',
        '8 "database-lead: fill with 1" is about a column, and stands at a table',
        '9 "database-lead: renamed from q" stands at no column and no table',
        '10 "database-lead: renamed from w" stands at no column and no table',
      ],
    ],
    [
      'in other words',
      'CREATE TABLE a (\n  id int, -- database-lead: renamed form b\n  n int -- database-lead: renamed from a, b\n);',
      ['2 "database-lead: renamed form b" is not understood', '3 "database-lead: renamed from a, b" is not understood'],
    ],
    [
      'where a finding is let pass, or in code',
      "-- database-lead: ignore drop-table because it is empty\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'x' -- database-lead: renamed from b\n$$;",
      [],
    ],
  ])('%s', (_name, sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});
