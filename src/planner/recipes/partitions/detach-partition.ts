import { defaultPartitionOf } from '../../../sql/facts/partition-bounds.ts';
import { display, keyOf, type ObjectName } from '../../../sql/name.ts';
import { renderChange } from '../../../sql/render.ts';
import { constraintIsGone, partitionIs } from '../../criteria.ts';
import { nameConstraint } from '../../names.ts';
import { backgroundMs, type Draft, lock, manual, step } from '../../recipe.ts';
import type { Situation } from '../../situation.ts';
import { restore } from '../drop-constraint.ts';
import type { Attachment } from './attachment.ts';

/** PostgreSQL 14 release notes: DETACH PARTITION ... CONCURRENTLY. */
const detachesConcurrently = 14;

/**
 * A partition becomes a table of its own while its partitioned table stays in use. `goes`: the table is dropped right after, so it does
 * not matter what is left on it.
 */
export function detachPartition(attachment: Attachment, goes: boolean, situation: Situation): readonly Draft[] {
  const beside = defaultPartitionOf(attachment.table, situation.catalog);
  if (situation.version < detachesConcurrently)
    return [plainly(attachment, `PostgreSQL ${situation.version} has no way without that.`, situation)];
  if (beside !== undefined)
    return [
      plainly(
        attachment,
        `CONCURRENTLY is refused while there is the default partition ${display(beside)}.`,
        situation,
      ),
    ];
  return concurrently(attachment, goes, situation);
}

/** The table keeps a check that says what its bound did, under the name that PostgreSQL gives to checks (manual, ALTER TABLE, DETACH PARTITION). */
function concurrently(
  { table, partition, bound, within }: Attachment,
  goes: boolean,
  situation: Situation,
): readonly Draft[] {
  const detach = { kind: 'detach-partition', table, partition } as const;
  const left = within === undefined ? undefined : checkOf(partition, within, situation);
  const steps = [
    step({
      title: `Detach partition ${display(partition)} from ${display(table)}`,
      phase: 'contract',
      sql: [renderChange({ ...detach, concurrently: true, finalize: false })],
      resume: [renderChange({ ...detach, concurrently: false, finalize: true })],
      down: [
        renderChange({ kind: 'attach-partition', table, partition, bound }),
        ...(left === undefined ? [] : [left.drop]),
      ],
      transaction: false,
      locks: [lock(table, 'ShareUpdateExclusiveLock'), lock(partition, 'AccessExclusiveLock')],
      hazards: hazardsOf({ table }, situation),
      // It waits for older transactions without blocking anybody; giving up would leave the partition half detached.
      lockTimeoutMs: backgroundMs,
      statementTimeoutMs: backgroundMs,
      criteria: [partitionIs(table, partition, false)],
      because: `CONCURRENTLY lets reads and writes of ${display(table)} go on, and cannot run in a transaction block. A try that is interrupted half-way leaves the partition being detached: FINALIZE ends it. ${manual('sql-altertable')}`,
    }),
  ];
  if (goes || left === undefined) return steps;
  return [
    ...steps,
    step({
      title: `Drop the check that ${display(partition)} keeps of its bound`,
      phase: 'contract',
      sql: [left.drop],
      // With it, attaching the table again needs no scan.
      down: restore(partition, left.constraint),
      locks: [lock(partition, 'AccessExclusiveLock')],
      criteria: [constraintIsGone(partition, left.constraint.name)],
      because: `CONCURRENTLY leaves a check that says what the bound said, unless another one does already. Changes the catalog only. ${manual('sql-altertable')}`,
    }),
  ];
}

function checkOf(table: ObjectName, expression: string, { catalog }: Situation) {
  const constraint = nameConstraint(table, { kind: 'check', expression, validated: true }, catalog);
  const { name } = constraint;
  return {
    constraint,
    drop: renderChange({ kind: 'drop-constraint', table, name, ifExists: true, cascade: false }),
  };
}

function plainly({ table, partition, bound }: Attachment, why: string, situation: Situation): Draft {
  const beside = defaultPartitionOf(table, situation.catalog);
  const closed = [table, partition, ...(beside === undefined ? [] : [beside])];
  return step({
    title: `Detach partition ${display(partition)} from ${display(table)}`,
    phase: 'contract',
    sql: [renderChange({ kind: 'detach-partition', table, partition, concurrently: false, finalize: false })],
    down: [renderChange({ kind: 'attach-partition', table, partition, bound })],
    locks: [...new Map(closed.map((each) => [keyOf(each), lock(each, 'AccessExclusiveLock')])).values()],
    hazards: hazardsOf({ table }, situation),
    criteria: [partitionIs(table, partition, false)],
    because: `Changes the catalog only, under an exclusive lock on all of ${display(table)} for which it waits three seconds at most. ${why} ${manual('sql-altertable')}`,
  });
}

/** It is refused while rows refer to rows of the partition. */
function hazardsOf({ table }: Pick<Attachment, 'table'>, { catalog }: Situation): Draft['hazards'] {
  const isReferenced = [...catalog.tables.values()].some(({ constraints }) =>
    constraints.some((each) => each.kind === 'foreign-key' && keyOf(each.references) === keyOf(table)),
  );
  return isReferenced ? ['breaks-running-code', 'may-fail-on-existing-rows'] : ['breaks-running-code'];
}
