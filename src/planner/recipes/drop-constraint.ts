import { type Catalog, tableOf } from '../../sql/catalog.ts';
import type { BodyOf, Constraint } from '../../sql/change.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintIsGone } from '../criteria.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import { knownTable, type Situation } from '../situation.ts';

/** Changes the catalog only; what it cost to check is lost, so the way back checks again. */
export function dropConstraint(
  change: BodyOf<'drop-constraint'>,
  situation: Situation,
): readonly Draft[] | Unsupported {
  const { table, name } = change;
  const constraint = knownTable(situation, table).constraints.find((known) => known.name === name);
  if (constraint === undefined) return { unsupported: `constraint ${name} of ${display(table)} does not exist` };
  const dependants =
    constraint.kind === 'unique' || constraint.kind === 'primary-key'
      ? referencesTo(situation.catalog, table, (target) => isSameKey(target, constraint.columns))
      : [];
  if (dependants.length > 0)
    return {
      unsupported: `constraint ${name} of ${display(table)}: the foreign keys ${dependants.join(', ')} need it; drop them first`,
    };
  return [
    step({
      title: `Drop constraint ${name} of ${display(table)}`,
      phase: 'contract',
      sql: [renderChange({ ...change, ifExists: true, cascade: false })],
      down: restore(table, constraint),
      locks: [table, ...(constraint.kind === 'foreign-key' ? [constraint.references] : [])].map((each) =>
        lock(each, 'AccessExclusiveLock'),
      ),
      ...(situation.exact === true
        ? { knowingly: [{ rule: 'drop-constraint', reason: 'the desired schema asks for it no more' }] }
        : {}),
      criteria: [constraintIsGone(table, name)],
      because: `Changes the catalog only. Going back checks every row again and fails if one no longer obeys. ${manual('sql-altertable')}`,
      statementTimeoutMs: scanMs,
    }),
  ];
}

/** The statements that make a dropped constraint again, with as little locking as its kind allows. */
export function restore(table: ObjectName, constraint: Constraint): readonly string[] {
  const add = renderChange({
    kind: 'add-constraint',
    table,
    constraint: 'validated' in constraint ? { ...constraint, validated: false } : constraint,
  });
  const revalidate = 'validated' in constraint && constraint.validated && constraint.name !== undefined;
  return revalidate ? [add, renderChange({ kind: 'validate-constraint', table, name: constraint.name })] : [add];
}

/** A foreign key refers to all columns of one key, in whatever order (manual, CREATE TABLE, REFERENCES). */
export function isSameKey(target: readonly string[], columns: readonly string[]): boolean {
  return target.length === columns.length && target.every((column) => columns.includes(column));
}

/** Foreign keys that refer to the table and whose target columns pass the test, as `table.name` texts. */
export function referencesTo(
  catalog: Catalog,
  table: ObjectName,
  test: (target: readonly string[]) => boolean = () => true,
): readonly string[] {
  const primary = tableOf(catalog, table)?.constraints.find(({ kind }) => kind === 'primary-key');
  const key = primary?.kind === 'primary-key' ? primary.columns : [];
  return [...catalog.tables.values()].flatMap((other) =>
    other.constraints.flatMap((constraint) => {
      if (constraint.kind !== 'foreign-key' || keyOf(constraint.references) !== keyOf(table)) return [];
      const target = constraint.referencedColumns.length === 0 ? key : constraint.referencedColumns;
      return test(target) ? [`${display(other.name)}.${constraint.name ?? constraint.columns.join('_')}`] : [];
    }),
  );
}
