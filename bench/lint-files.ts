import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many files, and how many statements in each; the first {@link TABLES} files make the tables that the others change. */
const FILES = 2_000;
const STATEMENTS = 5;
const TABLES = 200;

/** Writes the generated history into a directory; the same texts at every run. Returns the number of statements. */
export function writeHistory(directory: string): number {
  mkdirSync(directory, { recursive: true });
  for (let file = 0; file < FILES; file++) {
    const statements = file < TABLES ? newTable(file) : changes(file);
    writeFileSync(join(directory, `${String(file).padStart(5, '0')}_step.sql`), `${statements.join('\n')}\n`);
  }
  return FILES * STATEMENTS;
}

/** One file of the history, as somebody writes it on a usual day. */
export function oneFile(): string {
  return `${changes(500).join('\n')}\n`;
}

function newTable(n: number): readonly string[] {
  const table = `table_${n}`;
  return [
    `CREATE TABLE ${table} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), amount numeric(12,2), status text CHECK (status IN ('a', 'b')));`,
    `CREATE INDEX ${table}_name_idx ON ${table} (name);`,
    `COMMENT ON TABLE ${table} IS 'table number ${n}';`,
    `INSERT INTO ${table} (name, amount, status) VALUES ('x', 1.5, 'a'), ('y', 2.5, 'b');`,
    `ALTER TABLE ${table} ADD COLUMN extra jsonb;`,
  ];
}

/** Five of eight kinds of change, another choice in every file. */
function changes(n: number): readonly string[] {
  const table = `table_${n % TABLES}`;
  const other = `table_${(n + 7) % TABLES}`;
  const all = [
    `ALTER TABLE ${table} ADD COLUMN c_${n} integer DEFAULT 0;`,
    `CREATE INDEX CONCURRENTLY ${table}_${n}_idx ON ${table} (amount, created_at) WHERE status = 'a';`,
    `UPDATE ${table} SET status = 'b' WHERE id BETWEEN ${n} AND ${n + 1_000};`,
    `ALTER TABLE ${table} ADD CONSTRAINT ck_${n} CHECK (amount > ${n}) NOT VALID;`,
    `CREATE VIEW v_${n} AS SELECT a.id, a.name, b.amount FROM ${table} a JOIN ${other} b ON a.id = b.id WHERE b.status = 'a' ORDER BY a.created_at;`,
    `ALTER TABLE ${table} ALTER COLUMN amount TYPE numeric(14,2);`,
    `CREATE TABLE t_${n} (id bigint PRIMARY KEY, ref bigint REFERENCES ${table} (id), note varchar(200), at timestamptz);`,
    `DELETE FROM ${table} WHERE id = ${n};`,
  ];
  return Array.from({ length: STATEMENTS }, (_, index) => all[(n + index * 3) % all.length] ?? '');
}
