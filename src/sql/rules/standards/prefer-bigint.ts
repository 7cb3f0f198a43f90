import type { Column, Constraint } from '../../change.ts';
import {
  type ColumnChange,
  columnKinds,
  namedColumns,
  type WrittenColumn,
  writtenColumns,
} from '../../facts/written-columns.ts';
import { defineRule } from '../../rule.ts';

export const preferBigint = defineRule({
  id: 'prefer-bigint',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  when: 'Rows are numbered with integer or smallint',
  effect:
    'At 2,147,483,647 (32,767) no row can be inserted any more, and making the column larger by then rewrites the table and every table that refers to it',
  remedy: 'Use bigint: it takes four bytes more, of which alignment often takes half away',
  source: 'PostgreSQL manual, "Numeric Types"; ALTER TABLE, Notes',
  options: { everywhere: false },
  optionDocs: { everywhere: 'also columns that are no keys' },
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE people (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
      good: 'CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE people (id serial PRIMARY KEY);',
      good: 'CREATE TABLE people (id bigserial PRIMARY KEY);',
    },
  ],
  on: columnKinds,

  check(change, context) {
    const columns = writtenColumns(change, context).filter(
      ({ name, type, column }) =>
        (type === 'integer' || type === 'smallint') &&
        (context.options.everywhere || isNumbered(column) || (type === 'integer' && isKey(name, change))),
    );
    if (columns.length === 0) return undefined;
    return `${namedColumns(columns, change.table)} cannot count beyond ${limitOf(columns)}.`;
  },
});

/** Filled from a sequence. */
function isNumbered(column: Column | undefined): boolean {
  return column?.identity !== undefined || /^nextval\s*\(/i.test(column?.default?.sql ?? '');
}

/** The primary key by itself; one that refers to another table must have the type that is there. */
function isKey(name: string, change: ColumnChange): boolean {
  if (change.kind !== 'create-table') return false;
  const isAlone = (constraint: Constraint, kind: 'primary-key' | 'foreign-key') =>
    constraint.kind === kind && constraint.columns.length === 1 && constraint.columns[0] === name;
  return (
    change.constraints.some((constraint) => isAlone(constraint, 'primary-key')) &&
    !change.constraints.some((constraint) => isAlone(constraint, 'foreign-key'))
  );
}

function limitOf(columns: readonly WrittenColumn[]): string {
  return columns.every(({ type }) => type === 'smallint') ? '32,767' : '2,147,483,647';
}
