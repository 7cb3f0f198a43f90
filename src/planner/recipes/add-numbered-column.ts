import { makeObjectName } from '../../sql/apply/names.ts';
import type { BodyOf, Column } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { columnExists, columnIsRequired } from '../criteria.ts';
import { qualified } from '../names.ts';
import { type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import type { Situation } from '../situation.ts';
import { backfill } from './backfill.ts';
import { setNotNull } from './set-not-null.ts';

/** An identity or serial column. */
export type Numbered = BodyOf<'add-column'> & {
  readonly column: Column & { readonly identity: NonNullable<Column['identity']> };
};

/**
 * A column that numbers the rows of a table in use: adding it as such would write every row anew under an exclusive lock (ALTER
 * TABLE, "Notes"). So a sequence numbers new rows first and the existing ones batch by batch, and an identity takes it over at the end.
 */
export function addNumberedColumn({ table, column }: Numbered, situation: Situation): readonly Draft[] | Unsupported {
  const sequence = { ...qualified(table), name: makeObjectName(table.name, column.name, 'seq') };
  const next = nextOf(sequence);
  const name = `${display(table)}.${column.name}`;
  const { identity, ...plain } = column;
  const bare = { ...plain, nullable: true };
  const start = step({
    title: `Add column ${name}, which numbers new rows`,
    phase: 'expand',
    sql: [
      renderChange({ kind: 'add-column', table, column: bare, ifNotExists: true }),
      ...serial(table, column, sequence),
    ],
    down: [renderChange({ kind: 'drop-column', table, column: column.name, ifExists: true, cascade: false })],
    locks: [lock(table, 'AccessExclusiveLock')],
    criteria: [columnExists(table, column, situation.catalog)],
    because: `A column without a default changes the catalog only, and a default that is given to it afterwards holds for new rows alone. ${manual('sql-altertable')}`,
  });
  const filling = backfill({ kind: 'backfill', table, column: column.name, value: next }, situation);
  if ('unsupported' in filling) return filling;
  const required = column.nullable ? [] : setNotNull({ kind: 'set-not-null', table, column: column.name }, situation);
  const last = identity === 'serial' ? [] : [toIdentity(table, column, sequence)];
  return [start, ...filling, ...required, ...last];
}

/** A sequence that gives a column its default and goes with it. */
function serial(table: ObjectName, { name, type }: Column, sequence: ObjectName): readonly string[] {
  const owner = `${quoteName(table)}.${quoteIdentifier(name)}`;
  const sql = `nextval(${quoteLiteral(quoteName(sequence))})`;
  return [
    `CREATE SEQUENCE ${quoteName(sequence)} AS ${type} OWNED BY ${owner}`,
    renderChange({ kind: 'set-default', table, column: name, default: { sql, volatility: 'volatile' } }),
  ];
}

function nextOf(sequence: ObjectName): string {
  return `nextval(${quoteLiteral(quoteName(sequence))})`;
}

function toIdentity(table: ObjectName, column: Numbered['column'], sequence: ObjectName): Draft {
  const { name } = column;
  return step({
    title: `Make ${display(table)}.${name} an identity column`,
    phase: 'contract',
    sql: [
      renderChange({ kind: 'drop-default', table, column: name }),
      `DROP SEQUENCE ${quoteName(sequence)}`,
      addIdentity(table, column),
      continueNumbers(table, name),
    ],
    down: [dropIdentity(table, name), ...serial(table, column, sequence), continueNumbers(table, name)],
    locks: [lock(table, 'AccessExclusiveLock')],
    criteria: [columnIsRequired(table, name, true)],
    knowingly: [{ rule: 'drop-default', reason: 'the identity numbers new rows from the same moment on' }],
    because: `The values are there, so the catalog alone changes; the new sequence goes on after the greatest of them. ${manual('sql-altertable')}`,
  });
}

/** From one way of numbering rows to another, or to none. The values stay, and the numbers go on after the greatest of them. */
export function changeIdentity(table: ObjectName, before: Column, after: Column): readonly Draft[] {
  const { name } = after;
  return [
    step({
      title: `Let ${display(table)}.${name} be numbered ${wordsFor(after)} instead of ${wordsFor(before)}`,
      phase: 'contract',
      sql: [...without(table, before), ...withNumbers(table, after)],
      down: [...without(table, after), ...withNumbers(table, before)],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: after.identity === undefined ? ['breaks-running-code'] : [],
      because: `Only the catalog changes: what numbers new rows says nothing about those that are there. ${manual('sql-altertable')}`,
    }),
  ];
}

function without(table: ObjectName, column: Column): readonly string[] {
  if (column.identity === undefined)
    return column.default === undefined ? [] : [renderChange({ kind: 'drop-default', table, column: column.name })];
  if (column.identity !== 'serial') return [dropIdentity(table, column.name)];
  const sequence = { ...qualified(table), name: makeObjectName(table.name, column.name, 'seq') };
  return [renderChange({ kind: 'drop-default', table, column: column.name }), `DROP SEQUENCE ${quoteName(sequence)}`];
}

function withNumbers(table: ObjectName, column: Column): readonly string[] {
  if (column.identity === undefined)
    return column.default === undefined
      ? []
      : [renderChange({ kind: 'set-default', table, column: column.name, default: column.default })];
  const sequence = { ...qualified(table), name: makeObjectName(table.name, column.name, 'seq') };
  const made = column.identity === 'serial' ? serial(table, column, sequence) : [addIdentity(table, column)];
  return [...made, continueNumbers(table, column.name)];
}

function addIdentity(table: ObjectName, { name, identity }: Column): string {
  const how = identity === 'always' ? 'ALWAYS' : 'BY DEFAULT';
  return `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(name)} ADD GENERATED ${how} AS IDENTITY`;
}

function dropIdentity(table: ObjectName, column: string): string {
  return `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(column)} DROP IDENTITY`;
}

function continueNumbers(table: ObjectName, column: string): string {
  const of = `pg_get_serial_sequence(${quoteLiteral(quoteName(qualified(table)))}, ${quoteLiteral(column)})`;
  return `SELECT setval(${of}, coalesce(max(${quoteIdentifier(column)}), 0) + 1, false) FROM ${quoteName(table)}`;
}

function wordsFor({ identity }: Column): string {
  switch (identity) {
    case 'always':
      return 'by an identity that always applies';
    case 'by-default':
      return 'by an identity by default';
    case 'serial':
      return 'by a sequence of its own';
    default:
      return 'by nothing';
  }
}
