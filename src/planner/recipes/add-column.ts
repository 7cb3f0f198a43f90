import type { BodyOf, Column } from '../../sql/change.ts';
import { causeOfRewrite } from '../../sql/facts/new-columns.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { columnExists, columnHasDefault, columnIsRequired } from '../criteria.ts';
import type { Criterion, Hazard } from '../plan.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import { isEmpty, isSmall, type Situation } from '../situation.ts';
import { addNumberedColumn } from './add-numbered-column.ts';

/**
 * A column that PostgreSQL can add by changing the catalog alone. What needs more (required without a default, a volatile
 * default) has been split into several goals before it comes here.
 */
export function addColumn(change: BodyOf<'add-column'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column } = change;
  const name = `${display(table)}.${column.name}`;
  const rewrites = fillsEveryRow(column, situation) && !isEmpty(situation, table);
  const { identity } = column;
  if (rewrites && !isSmall(situation, table) && identity !== undefined)
    return addNumberedColumn({ ...change, column: { ...column, identity } }, situation);
  if (rewrites && !isSmall(situation, table) && situation.exact !== true) {
    return {
      unsupported: `${name}: a stored generated column, or one of a domain that checks its values, rewrites the whole table under an exclusive lock; say in the configuration how many rows ${display(table)} has if it is small`,
    };
  }
  return [
    step({
      title: `Add column ${name}`,
      phase: 'expand',
      sql: [renderChange({ ...change, ifNotExists: true })],
      down: [renderChange({ kind: 'drop-column', table, column: column.name, ifExists: true, cascade: false })],
      locks: [lock(table, 'AccessExclusiveLock')],
      rewrites: rewrites ? [lock(table, 'AccessExclusiveLock').relation] : [],
      hazards: rewrites ? (['rewrites-table', 'blocks-reads', 'blocks-writes'] satisfies Hazard[]) : [],
      ...(rewrites ? { statementTimeoutMs: scanMs } : {}),
      criteria: criteriaOf(change, situation),
      because: reason(column, rewrites),
    }),
  ];
}

/** Whether each row gets a value of its own, or has one checked, however the goal is split (ALTER TABLE, "Notes"). */
export function fillsEveryRow(column: Column, { catalog, version }: Pick<Situation, 'catalog' | 'version'>): boolean {
  const cause = causeOfRewrite(column, { before: catalog, version });
  return cause !== undefined && cause !== 'default' && cause !== 'old-version';
}

function criteriaOf({ table, column }: BodyOf<'add-column'>, { catalog }: Situation): readonly Criterion[] {
  return [
    columnExists(table, column, catalog),
    ...(column.nullable ? [] : [columnIsRequired(table, column.name, true)]),
    ...(column.default === undefined ? [] : [columnHasDefault(table, column.name, column.default)]),
  ];
}

function reason({ default: value }: Column, rewrites: boolean): string {
  const page = manual('sql-altertable');
  if (rewrites)
    return `Every row gets a value, so the table is rewritten under an exclusive lock for as long as it is large; there is no other way to such a column. ${page}`;
  if (value === undefined) return `A nullable column without a default changes the catalog only. ${page}`;
  return `A default that is not volatile is evaluated once and kept in the catalog: no row is touched (PostgreSQL 11 and newer). ${page}`;
}
