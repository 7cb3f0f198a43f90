import { defaultPartitionOf, isDefault } from '../../../sql/facts/partition-bounds.ts';
import { display, keyOf } from '../../../sql/name.ts';
import { renderChange } from '../../../sql/render.ts';
import { partitionIs } from '../../criteria.ts';
import type { Knowingly } from '../../plan.ts';
import { type Draft, lock, manual, scanMs, step } from '../../recipe.ts';
import type { Situation } from '../../situation.ts';
import { scannedBy } from './attach-partition.ts';
import type { Attachment } from './attachment.ts';
import { guardsFor } from './guard.ts';

/** A partition that gets another bound. */
export interface Move {
  readonly before: Attachment;
  readonly after: Attachment;
}

/**
 * Partitions of one table get other bounds, which only detaching and attaching does. All of them in one transaction, so that nobody ever
 * finds their rows missing, and bounds can change places; what they hold has been proven to fit before.
 */
export function movePartitions(moves: readonly Move[], situation: Situation): readonly Draft[] {
  const [first] = moves;
  if (first === undefined) return [];
  const { table } = first.after;
  // The default partition takes what the others do not, so it comes last, and is no default partition beside the others.
  const beside = defaultPartitionOf(table, situation.catalog);
  const moved = new Set(moves.map(({ before }) => keyOf(before.partition)));
  const stays = beside === undefined || moved.has(keyOf(beside)) ? undefined : beside;
  const within: Situation =
    stays === undefined ? { ...situation, catalog: withoutDefault(situation, table) } : situation;
  const after = moves
    .map((move) => move.after)
    .toSorted((one, other) => Number(isDefault(one.bound)) - Number(isDefault(other.bound)));
  const guards = after.flatMap((each) => guardsFor(each, within));
  const scanned = [...new Set(after.flatMap((each) => scannedBy(each, within)))];
  const names = after.map(({ partition }) => display(partition)).join(', ');
  const closed = [table, ...after.map(({ partition }) => partition), ...(stays === undefined ? [] : [stays])];
  const detaches = moves.map(({ before }) => detach(before));
  return [
    ...guards.map(({ add }) => add),
    ...guards.map(({ prove }) => prove),
    step({
      title: `Give ${names} ${after.length === 1 ? 'another bound' : 'other bounds'} in ${display(table)}`,
      phase: 'migrate',
      sql: [...detaches, ...after.map(attach), ...guards.map(({ drop }) => drop)],
      down: [
        ...after.map(detach),
        ...moves
          .map((move) => move.before)
          .toSorted((one, other) => Number(isDefault(one.bound)) - Number(isDefault(other.bound)))
          .map(attach),
      ],
      locks: closed.map((each) => lock(each, 'AccessExclusiveLock')),
      hazards:
        scanned.length === 0 ? [] : ['blocks-reads', 'blocks-writes', 'long-running', 'may-fail-on-existing-rows'],
      ...(scanned.length === 0 ? {} : { statementTimeoutMs: scanMs }),
      knowingly: knowing(moves.length, scanned),
      criteria: after.map(({ partition }) => partitionIs(table, partition, true)),
      because: `A bound changes only by detaching and attaching. Both in one transaction, so that nobody finds the rows missing; it closes all of ${display(table)}, but briefly: ${scanned.length === 0 ? 'the checks that were validated spare the scans' : `only ${scanned.join(' and ')} is scanned, which no check can spare`}. ${manual('ddl-partitioning')}`,
    }),
  ];
}

function knowing(count: number, scanned: readonly string[]): readonly Knowingly[] {
  const detaching = Array.from({ length: count }, (_, statement) => ({
    rule: 'detach-partition-lock',
    reason: 'the rows would be missing between a concurrent detach and the attach',
    statement,
  }));
  const attaching = Array.from({ length: scanned.length === 0 ? 0 : count }, (_, at) => ({
    rule: 'attach-partition-scan',
    reason: `no check can spare the scan of ${scanned.join(' and ')}`,
    statement: count + at,
  }));
  return [...detaching, ...attaching];
}

function detach({ table, partition }: Attachment): string {
  return renderChange({ kind: 'detach-partition', table, partition, concurrently: false, finalize: false });
}

function attach({ table, partition, bound }: Attachment): string {
  return renderChange({ kind: 'attach-partition', table, partition, bound });
}

function withoutDefault({ catalog }: Situation, table: Attachment['table']): Situation['catalog'] {
  const defaults = new Map(catalog.defaultPartitions);
  defaults.delete(keyOf(table));
  return { ...catalog, defaultPartitions: defaults };
}
