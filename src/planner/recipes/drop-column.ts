import { columnsIn } from '../../sql/apply/mentions.ts';
import { columnOf, type Table } from '../../sql/catalog.ts';
import type { BodyOf, Column } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { columnIsGone, columnIsRequired } from '../criteria.ts';
import { type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import { knownTable, type Situation } from '../situation.ts';
import { referencesTo, restore } from './drop-constraint.ts';
import { placeholder } from './placeholder.ts';
import { alsoLost } from './views.ts';

/** Drops a column after the application has stopped using it; a required one first stops being required. */
export function dropColumn(change: BodyOf<'drop-column'>, situation: Situation): readonly Draft[] | Unsupported {
  const known = knownTable(situation, change.table);
  const column = columnOf(known, change.column);
  const name = `${display(change.table)}.${change.column}`;
  if (column === undefined) return { unsupported: `column ${name} does not exist` };
  const dependants = [
    ...referencesTo(situation.catalog, change.table, (target) => target.includes(column.name)),
    ...alsoLost(situation.catalog, { kind: 'column', of: change.table, part: change.column }),
  ];
  if (dependants.length > 0)
    return {
      unsupported: `column ${name}: ${dependants.join(', ')} would break; drop or change what depends on it first`,
    };
  const blocksInserts = !column.nullable && column.default === undefined && column.identity === undefined;
  return [...(blocksInserts ? [loosen(change)] : []), drop(change, known, column, blocksInserts, situation)];
}

function isKeyColumn({ constraints }: Table, column: string): boolean {
  return constraints.some(
    (constraint) =>
      (constraint.kind === 'primary-key' || constraint.kind === 'unique') && constraint.columns.includes(column),
  );
}

function loosen({ table, column }: BodyOf<'drop-column'>): Draft {
  const name = `${display(table)}.${column}`;
  return step({
    title: `Let ${name} be empty, so that code can stop writing it`,
    phase: 'expand',
    sql: [renderChange({ kind: 'drop-not-null', table, column })],
    down: [renderChange({ kind: 'set-not-null', table, column })],
    locks: [lock(table, 'AccessExclusiveLock')],
    knowingly: [{ rule: 'drop-not-null', reason: 'the column is about to be dropped, and nothing reads it any more' }],
    criteria: [columnIsRequired(table, column, false)],
    application: `Stop reading and writing ${name} everywhere, object mappers included, and deploy that before the column goes.`,
    because: `An insert that leaves out a required column without a default fails, so the constraint goes before the column. Catalog only. ${manual('sql-altertable')}`,
  });
}

function drop(
  change: BodyOf<'drop-column'>,
  known: Table,
  column: Column,
  loosened: boolean,
  situation: Situation,
): Draft {
  const { table } = change;
  return step({
    title: `Drop column ${display(table)}.${column.name}`,
    phase: 'contract',
    sql: [renderChange({ ...change, ifExists: true, cascade: false })],
    down: goBack(known, loosened ? { ...column, nullable: true } : column, loosened, situation),
    locks: [lock(table, 'AccessExclusiveLock')],
    hazards: ['deletes-data', 'breaks-running-code'],
    knowingly: [{ rule: 'drop-column', reason: 'the plan removes the column after all code has stopped using it' }],
    criteria: [columnIsGone(table, column.name)],
    because: `Changes the catalog only; the values are gone for good, and indexes and constraints on the column go with it. No running code may use the column any more. ${manual('sql-altertable')}`,
  });
}

/**
 * The column again, with a placeholder where it must not be empty, and the indexes and constraints that went with it. The first statement
 * adds the column.
 */
export function goBack(known: Table, column: Column, loosened: boolean, { catalog }: Situation): readonly string[] {
  const table = known.name;
  const value =
    (loosened || !column.nullable) && column.default === undefined && !isKeyColumn(known, column.name)
      ? placeholder(column, catalog)
      : undefined;
  const filled = value === undefined ? column : { ...column, default: { sql: value, volatility: 'constant' as const } };
  const constraints = known.constraints.filter((constraint) =>
    'columns' in constraint
      ? constraint.columns.includes(column.name)
      : 'expression' in constraint && columnsIn(constraint.expression, [column.name]).length > 0,
  );
  const indexes = known.indexes.filter(
    ({ keys, include, where }) =>
      keys.some((key) => key.column === column.name || columnsIn(key.expression ?? '', [column.name]).length > 0) ||
      include.includes(column.name) ||
      columnsIn(where ?? '', [column.name]).length > 0,
  );
  return [
    renderChange({ kind: 'add-column', table, column: filled, ifNotExists: false }),
    ...(value === undefined ? [] : [renderChange({ kind: 'drop-default', table, column: column.name })]),
    ...(column.comment === undefined
      ? []
      : [renderChange({ kind: 'comment', table, column: column.name, comment: column.comment })]),
    ...constraints.flatMap((constraint) => restore(table, constraint)),
    ...indexes.map((index) => renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: false })),
  ];
}
