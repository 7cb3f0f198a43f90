import { defaultPartitionOf, isDefault } from '../../../sql/facts/partition-bounds.ts';
import { display, keyOf, type ObjectName } from '../../../sql/name.ts';
import { quoteName } from '../../../sql/quote.ts';
import { renderChange } from '../../../sql/render.ts';
import { partitionIs } from '../../criteria.ts';
import { qualified } from '../../names.ts';
import type { Hazard } from '../../plan.ts';
import { type Draft, lock, manual, scanMs, step } from '../../recipe.ts';
import { isEmpty, knownTable, type Situation } from '../../situation.ts';
import { type Attachment, defaultBeside } from './attachment.ts';
import { type Guard, guardsFor } from './guard.ts';

/**
 * A table becomes a partition while all of its partitioned table stays in use: checks that are proven beforehand spare the scans under
 * exclusive locks, and go again in the transaction that attaches it. What the table lacks of the indexes and keys of the partitioned
 * one has been made before, without locks.
 */
export function attachPartition(attachment: Attachment, situation: Situation): readonly Draft[] {
  const { table, partition, bound } = attachment;
  const guards = guardsFor(attachment, situation);
  const scanned = scannedBy(attachment, situation);
  const beside = isDefault(bound) ? undefined : defaultPartitionOf(table, situation.catalog);
  const isNew = (each: ObjectName) => situation.created.has(keyOf(each));
  const attach = step({
    title: `Attach ${display(partition)} to ${display(table)} as a partition`,
    phase: guards.length === 0 ? 'expand' : 'migrate',
    sql: [renderChange({ kind: 'attach-partition', table, partition, bound }), ...guards.map(({ drop }) => drop)],
    down: [renderChange({ kind: 'detach-partition', table, partition, concurrently: false, finalize: false })],
    locks: [
      lock(table, 'ShareUpdateExclusiveLock'),
      ...[partition, ...(beside === undefined ? [] : [beside])]
        .filter((each) => !isNew(each))
        .map((each) => lock(each, 'AccessExclusiveLock')),
      // A foreign key of its own is taken for that of the table, and loses its triggers.
      ...referenced(attachment, situation).map((each) =>
        lock(each, isNew(partition) ? 'ShareRowExclusiveLock' : 'AccessExclusiveLock'),
      ),
    ],
    hazards: scanned.length === 0 ? [] : scanning,
    ...(scanned.length === 0 ? {} : { statementTimeoutMs: scanMs }),
    ...knowing(attachment, scanned, situation),
    criteria: [partitionIs(table, partition, true)],
    because: `${reasonOf(attachment, guards, scanned, situation)} ATTACH PARTITION leaves ${display(table)} open to reads and writes, which CREATE TABLE ... PARTITION OF would not. ${manual('ddl-partitioning')}`,
  });
  return [...guards.map(({ add }) => add), ...guards.map(({ prove }) => prove), attach];
}

const scanning: readonly Hazard[] = ['blocks-reads', 'blocks-writes', 'long-running', 'may-fail-on-existing-rows'];

/** Which tables are scanned under the lock because no check can spare it. */
export function scannedBy(attachment: Attachment, situation: Situation): readonly string[] {
  const { partition, bound, within, own, table } = attachment;
  // Without a condition there is nothing to look for, except where it is of a kind that no check can say.
  const isHash = /^hash\b/i.test(knownTable(situation, table).partitionBy ?? '');
  const isScanned = within === undefined && isHash && !isEmpty(situation, partition);
  const beside = isDefault(bound) ? undefined : defaultBeside(attachment, situation);
  return [
    ...(isScanned ? [display(partition)] : []),
    ...(beside === undefined || own !== undefined ? [] : [display(beside)]),
  ];
}

/** What the rule about scans cannot see: nothing that was made, or that there is, says so in a check. */
function knowing(
  { partition, bound, within }: Attachment,
  scanned: readonly string[],
  situation: Situation,
): Pick<Draft, 'knowingly' | 'harmlessWith'> {
  const knowingly = (reason: string) => ({ knowingly: [{ rule: 'attach-partition-scan', reason }] });
  if (scanned.length > 0) return knowingly(`no check can spare the scan of ${scanned.join(' and ')}`);
  if (situation.created.has(keyOf(partition)))
    return {
      ...knowingly('the plan has made the table, and nobody has put rows into it'),
      harmlessWith: `CREATE TABLE IF NOT EXISTS ${quoteName(qualified(partition))} `,
    };
  if (!isEmpty(situation, partition) && isDefault(bound) && within === undefined)
    return knowingly('the default partition takes every row while it is the only one');
  return {};
}

function reasonOf(
  { partition }: Attachment,
  guards: readonly Guard[],
  scanned: readonly string[],
  situation: Situation,
): string {
  if (scanned.length > 0)
    return `No check can spare the scan of ${scanned.join(' and ')} here, and nobody reads or writes it meanwhile.`;
  if (guards.length === 0)
    return isEmpty(situation, partition)
      ? 'The partition is complete by now and holds no rows.'
      : 'There is nothing that its rows would have to be held against.';
  return `The validated checks prove what would have to be searched for under an exclusive lock (${guards.map(({ table }) => display(table)).join(', ')}), so the locks are brief; the checks go in the same transaction.`;
}

/** The partition gets the foreign keys of its table. */
function referenced({ table, partition }: Attachment, situation: Situation) {
  const targets = knownTable(situation, table).constraints.flatMap((each) =>
    each.kind === 'foreign-key' && keyOf(each.references) !== keyOf(partition) ? [each.references] : [],
  );
  return [...new Map(targets.map((each) => [keyOf(each), each])).values()];
}
