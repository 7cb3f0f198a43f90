import type { Table } from '../../../sql/catalog.ts';
import type { Index } from '../../../sql/change.ts';
import { looseText } from '../../../sql/facts/loose-text.ts';
import type { ObjectName } from '../../../sql/name.ts';
import type { Named } from '../../names.ts';
import { gone, indexKey, tableKey } from '../keys.ts';
import { retyped } from './columns.ts';
import { type Comparison, change, type Differences, droppingOf, makingOf, only } from './differences.ts';
import { isTiedTheSame, standing } from './partitions.ts';
import { changesOfParts, ownParts } from './parts.ts';

/** The indexes of a table that both schemas have, except those of constraints and of partitioned indexes. */
export function compareIndexes(before: Table, after: Table, comparison: Comparison): Differences {
  const { name: table } = after;
  const alone = !isTiedTheSame(after, comparison);
  const { kept, renamed, added, dropped } = changesOfParts(
    own(before, comparison.current, alone),
    own(after, comparison.desired, alone),
    (one, other) => isSame(before, one, after, other, comparison),
    (name) => isAttached(after, name, comparison.desired),
  );
  const mayBeRespelled = retyped(before, after).size > 0;
  const replaced = kept.flatMap(([was, is]) => {
    const one = definitionOf(before, was, comparison.current);
    const other = definitionOf(after, is, comparison.desired);
    if (one === other || (mayBeRespelled && looseText(one) === looseText(other))) return [];
    const order = makingOf(indexKey(table, is.name), comparison);
    return [{ kind: 'replace-index', before: was, after: byItself(is), order } as const];
  });
  const goals = [
    ...replaced,
    ...renamed.map(([{ name }, { name: to }]) => rename(table, name, to, comparison)),
    ...added.map((index) => add(table, byItself(index), comparison)),
    ...dropped.map(({ name }) => drop(table, name, comparison)),
  ];
  return only(goals.map((goal) => ({ ...goal, order: standing(goal.order, after, comparison) })));
}

/** The index of a partition before it belongs to the one of its table. */
function byItself({ partitionOf: _partitionOf, ...index }: Named<Index>): Named<Index> {
  return index;
}

type Side = Comparison['current'];

export function own(table: Table, side: Side, alone = false): readonly Named<Index>[] {
  return ownParts(table.indexes, (name) => indexKey(table.name, name), side, alone);
}

function isAttached({ name: table }: Table, index: string, { objects }: Side): boolean {
  return objects.get(indexKey(table, index))?.create.length === 0;
}

export function add(table: ObjectName, index: Named<Index>, comparison: Comparison) {
  const order = makingOf(indexKey(table, index.name), comparison, [tableKey(table)]);
  return change({ kind: 'create-index', index, concurrently: true, ifNotExists: false }, order);
}

function drop(table: ObjectName, name: string, comparison: Comparison) {
  const order = droppingOf(indexKey(table, name), comparison);
  const index = { ...table, name };
  return change({ kind: 'drop-index', index, table, concurrently: true, ifExists: false, cascade: false }, order);
}

function rename(table: ObjectName, name: string, to: string, comparison: Comparison) {
  const order = makingOf(indexKey(table, to), comparison);
  return change(
    { kind: 'rename-index', index: { ...table, name }, to },
    { makes: [...order.makes, gone(indexKey(table, name))], needs: order.needs },
  );
}

/** The same but for the name, which stands in the definition after the word INDEX. */
function isSame(before: Table, one: Named<Index>, after: Table, other: Named<Index>, comparison: Comparison): boolean {
  const [was, is] = [definitionOf(before, one, comparison.current), definitionOf(after, other, comparison.desired)];
  return nameless(was) === nameless(is);
}

function nameless(definition: string): string {
  return definition.replace(/^(CREATE (?:UNIQUE )?INDEX )(?:"(?:[^"]|"")*"|\S+)/, '$1');
}

/** Without the index of the partitioned table to which it belongs: tables that are partitions in both schemas have none such here. */
function definitionOf({ name }: Table, index: Named<Index>, { objects }: Side): string {
  const { definition = '', create = [] } = objects.get(indexKey(name, index.name)) ?? {};
  const tie = create.length > 0 ? -1 : definition.lastIndexOf(' attached to ');
  return tie === -1 ? definition : definition.slice(0, tie);
}
