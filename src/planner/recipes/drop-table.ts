import type { Table } from '../../sql/catalog.ts';
import type { BodyOf } from '../../sql/change.ts';
import { display, keyOf } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { relationIsGone } from '../criteria.ts';
import { type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import { knownTable, partitionsOf, type Situation } from '../situation.ts';
import { referencesTo } from './drop-constraint.ts';
import { alsoLost } from './views.ts';

/** Drops a table that nothing depends on any more. CASCADE is never written: what it would take along is said instead. */
export function dropTable(change: BodyOf<'drop-table'>, situation: Situation): readonly Draft[] | Unsupported {
  const known = knownTable(situation, change.table);
  const own = `${display(change.table)}.`;
  const dependants = [
    ...referencesTo(situation.catalog, change.table)
      .filter((key) => !key.startsWith(own))
      .map((key) => `foreign key ${key}`),
    ...alsoLost(situation.catalog, { kind: 'table', name: change.table }),
    ...partitionsOf(situation.catalog, change.table).map(({ name }) => `partition ${display(name)}`),
  ];
  if (dependants.length > 0)
    return {
      unsupported: `table ${display(change.table)}: ${dependants.join(', ')} would break; drop or change what depends on it first`,
    };
  const referenced = known.constraints.flatMap((constraint) =>
    constraint.kind === 'foreign-key' && keyOf(constraint.references) !== keyOf(change.table)
      ? [constraint.references]
      : [],
  );
  return [
    step({
      title: `Drop table ${display(change.table)}`,
      phase: 'contract',
      sql: [renderChange({ ...change, ifExists: true, cascade: false })],
      down: remake(known),
      locks: [change.table, ...referenced].map((table) => lock(table, 'AccessExclusiveLock')),
      hazards: ['deletes-data', 'breaks-running-code'],
      knowingly: [{ rule: 'drop-table', reason: 'the plan removes the table after all code has stopped using it' }],
      criteria: [relationIsGone(change.table, 'Table')],
      because: `The rows are gone for good; the way back makes the empty table again. No running code may use it any more. ${manual('sql-droptable')}`,
    }),
  ];
}

function remake({
  name: table,
  columns,
  constraints,
  indexes,
  comment,
  partitionBy,
  partitionOf,
}: Table): readonly string[] {
  const create = renderChange({
    kind: 'create-table',
    table,
    columns,
    constraints,
    indexes: [],
    ifNotExists: false,
    temporary: false,
    ...(partitionBy === undefined ? {} : { partitionBy }),
    ...(partitionOf === undefined ? {} : { partitionOf }),
  });
  return [
    create,
    ...indexes.map((index) => renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: false })),
    ...(comment === undefined ? [] : [renderChange({ kind: 'comment', table, comment })]),
    ...columns.flatMap((column) =>
      column.comment === undefined
        ? []
        : [renderChange({ kind: 'comment', table, column: column.name, comment: column.comment })],
    ),
  ];
}
