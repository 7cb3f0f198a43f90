import type { Table } from '../../../sql/catalog.ts';
import type { Constraint } from '../../../sql/change.ts';
import { looseText } from '../../../sql/facts/loose-text.ts';
import type { Named } from '../../names.ts';
import { constraintKey, gone, tableKey } from '../keys.ts';
import { retyped } from './columns.ts';
import { type Comparison, change, type Differences, droppingOf, makingOf, only, together } from './differences.ts';
import { isTiedTheSame, standing } from './partitions.ts';
import { changesOfParts, ownParts } from './parts.ts';

/** The constraints of a table that both schemas have. Those that come with a partitioned table or a parent are left to it. */
export function compareConstraints(before: Table, after: Table, comparison: Comparison): Differences {
  const { name: table } = after;
  const alone = !isTiedTheSame(after, comparison);
  const { kept, renamed, added, dropped } = changesOfParts(
    own(before, comparison.current, alone),
    own(after, comparison.desired, alone),
    (one, other) => isSame(before, one, after, other, comparison),
    (name) => inherited(after, name, comparison.desired),
  );
  const retypedColumns = retyped(before, after);
  const { goals } = together([
    ...kept.map(([was, is]) => altered(before, was, after, is, retypedColumns, comparison)),
    only(renamed.map(([{ name }, { name: to }]) => rename(table, name, to, comparison))),
    only(added.map((constraint) => add(table, constraint, comparison))),
    only(dropped.map(({ name }) => drop(table, name, comparison))),
  ]);
  return only(goals.map((goal) => ({ ...goal, order: standing(goal.order, after, comparison) })));
}

type Side = Comparison['current'];

/** A NOT NULL constraint is a fact of its column. */
export function own(table: Table, side: Side, alone = false): readonly Named<Constraint>[] {
  return ownParts(table.constraints, (name) => constraintKey(table.name, name), side, alone);
}

function inherited({ name: table }: Table, constraint: string, { objects }: Side): boolean {
  return objects.get(constraintKey(table, constraint))?.create.length === 0;
}

export function add(table: Table['name'], constraint: Named<Constraint>, comparison: Comparison) {
  const key = constraintKey(table, constraint.name);
  return change(
    { kind: 'add-constraint', table, constraint },
    makingOf(key, comparison, [tableKey(table), ...relationOf(constraint, table)]),
  );
}

/** A key has an index of its name. */
function relationOf({ kind, name }: Named<Constraint>, { schema = 'public' }: Table['name']): readonly string[] {
  return kind === 'primary-key' || kind === 'unique' || kind === 'exclusion'
    ? [gone(`relation ${schema}.${name}`)]
    : [];
}

export function drop(table: Table['name'], name: string, comparison: Comparison) {
  const order = droppingOf(constraintKey(table, name), comparison);
  return change({ kind: 'drop-constraint', table, name, ifExists: false, cascade: false }, order);
}

function rename(table: Table['name'], name: string, to: string, comparison: Comparison) {
  const order = makingOf(constraintKey(table, to), comparison);
  const frees = gone(constraintKey(table, name));
  return change({ kind: 'rename-constraint', table, name, to }, { makes: [...order.makes, frees], needs: order.needs });
}

function altered(
  before: Table,
  was: Named<Constraint>,
  after: Table,
  is: Named<Constraint>,
  retypedColumns: ReadonlySet<string>,
  comparison: Comparison,
): Differences {
  const [one, other] = [definitionOf(before, was, comparison.current), definitionOf(after, is, comparison.desired)];
  if (one === other) return only([]);
  // Where a column's type changes, PostgreSQL writes the constraint anew by itself.
  if (retypedColumns.size > 0 && looseText(one) === looseText(other)) return only([]);
  const { name: table } = after;
  const order = makingOf(constraintKey(table, is.name), comparison);
  if (one === `${other} NOT VALID`) return only([change({ kind: 'validate-constraint', table, name: is.name }, order)]);
  return only([{ kind: 'replace-constraint', table, before: was, after: is, order }]);
}

function isSame(
  before: Table,
  one: Named<Constraint>,
  after: Table,
  other: Named<Constraint>,
  comparison: Comparison,
): boolean {
  return (
    one.kind === other.kind &&
    definitionOf(before, one, comparison.current) === definitionOf(after, other, comparison.desired)
  );
}

function definitionOf({ name }: Table, constraint: Named<Constraint>, { objects }: Side): string {
  return objects.get(constraintKey(name, constraint.name))?.definition ?? '';
}
