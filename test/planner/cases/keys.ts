import type { Case } from '../support/prove.ts';

/** Keys and exclusions of tables in use that are more than a list of columns. */
export const keyCases: readonly Case[] = [
  {
    name: 'add a unique constraint under which NULL is one value, with further columns',
    given: 'CREATE TABLE seats (id bigint PRIMARY KEY, row integer, place integer, name text);',
    rows: 'INSERT INTO seats SELECT n, NULLIF(n / 10, 3), n, NULL FROM generate_series(1, 300) n',
    wish: 'ALTER TABLE seats ADD UNIQUE NULLS NOT DISTINCT (row, place) INCLUDE (name)',
    steps: [
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS seats_row_place_name_key; CREATE UNIQUE INDEX CONCURRENTLY seats_row_place_name_key ON seats ("row", place) INCLUDE (name) NULLS NOT DISTINCT [long-running, may-fail-on-existing-rows]',
      'expand: ALTER TABLE seats ADD CONSTRAINT seats_row_place_name_key UNIQUE USING INDEX seats_row_place_name_key',
    ],
    tasks: [[1], [2]],
  },
  {
    name: 'add an exclusion constraint to a table in use',
    given: 'CREATE TABLE bookings (id bigint PRIMARY KEY, during int4range);',
    rows: 'INSERT INTO bookings SELECT n, int4range(n, n + 1) FROM generate_series(1, 300) n',
    wish: 'ALTER TABLE bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&)',
    steps: [
      'expand: ALTER TABLE bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&) [blocks-reads, blocks-writes, long-running, may-fail-on-existing-rows]',
    ],
    tasks: [[1]],
  },
  {
    name: 'drop an index of a partitioned table',
    given: `CREATE TABLE m (at integer NOT NULL, v text) PARTITION BY RANGE (at);
            CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM (0) TO (10); CREATE INDEX m_v ON m (v); CREATE INDEX m_1_own ON m_1 (at, v);`,
    rows: 'INSERT INTO m SELECT n FROM generate_series(0, 9) n',
    wish: 'DROP INDEX m_1_v_idx; DROP INDEX m_v; DROP INDEX m_1_own',
    steps: ['contract: DROP INDEX IF EXISTS m_v', 'contract, alone: DROP INDEX CONCURRENTLY IF EXISTS m_1_own'],
    tasks: [[1], [2]],
    unsupported: ['index m_1_v_idx belongs to index m_v of the partitioned table, and goes with that'],
  },
  {
    name: 'give a value of an enum another name',
    given: "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
    rows: "INSERT INTO people VALUES (1, 'sad')",
    wish: "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
    steps: ["contract: ALTER TYPE mood RENAME VALUE 'sad' TO 'blue' [breaks-running-code]"],
    tasks: [[1]],
  },
];
