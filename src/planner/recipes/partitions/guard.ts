import type { Constraint } from '../../../sql/change.ts';
import { display, type ObjectName } from '../../../sql/name.ts';
import { renderChange } from '../../../sql/render.ts';
import { constraintExists, noRow } from '../../criteria.ts';
import { type Named, temporaryName } from '../../names.ts';
import { type Draft, lock, manual, step } from '../../recipe.ts';
import { isEmpty, type Situation } from '../../situation.ts';
import { validate } from '../validate-constraint.ts';
import { type Attachment, defaultBeside } from './attachment.ts';

/** A check that stands while a partition is attached, so that PostgreSQL need not look at the rows. */
export interface Guard {
  readonly table: ObjectName;
  readonly constraint: Named<Extract<Constraint, { readonly kind: 'check' }>>;
  /** Adds it for new rows. */
  readonly add: Draft;
  /** Holds it against the rows that are there. */
  readonly prove: Draft;
  readonly drop: string;
}

/**
 * The checks that spare ATTACH PARTITION its scans (manual, "Table Partitioning", Partition Maintenance): on the table that is
 * attached, that its rows are within the bound; on the default partition, that its rows are not.
 */
export function guardsFor(attachment: Attachment, situation: Situation): readonly Guard[] {
  const { table, partition, within, own } = attachment;
  const beside = defaultBeside(attachment, situation);
  const [child, parent] = [display(partition), display(table)];
  return [
    ...(within === undefined || isEmpty(situation, partition)
      ? []
      : [
          guard(partition, within, situation, {
            name: temporaryName(partition, '', 'bound_check', situation.catalog),
            title: `Let only rows into ${child} that its bound in ${parent} allows`,
            holds: `Every row of ${child} is within its bound in ${parent}`,
            broken: `(${within}) IS NOT TRUE`,
            cost: 'From here on a write of any other row fails, as it does in the partition.',
          }),
        ]),
    ...(beside === undefined || own === undefined
      ? []
      : [
          guard(beside, `NOT ${own}`, situation, {
            name: temporaryName(beside, partition.name, 'outside_check', situation.catalog),
            title: `Keep rows of the coming partition ${child} out of ${display(beside)}`,
            holds: `No row of ${display(beside)} belongs to the coming partition ${child}`,
            broken: own,
            cost: `From here until ${child} is attached, a write of a row that belongs there fails; before, it went to the default partition.`,
          }),
        ]),
  ];
}

interface Words {
  readonly name: string;
  readonly title: string;
  readonly holds: string;
  readonly broken: string;
  readonly cost: string;
}

function guard(
  table: ObjectName,
  expression: string,
  { rows }: Situation,
  { name, title, holds, broken, cost }: Words,
): Guard {
  const constraint = { kind: 'check', name, expression, validated: true } as const;
  const drop = renderChange({ kind: 'drop-constraint', table, name, ifExists: true, cascade: false });
  const add = step({
    title: `${title}, for new rows`,
    phase: 'expand',
    sql: [renderChange({ kind: 'add-constraint', table, constraint: { ...constraint, validated: false } })],
    down: [drop],
    locks: [lock(table, 'AccessExclusiveLock')],
    hazards: rows(table) === 0 ? [] : ['breaks-running-code'],
    criteria: [constraintExists(table, constraint, false)],
    because: `NOT VALID skips the scan, so the exclusive lock is brief. ${cost} The check goes when the partition is attached. ${manual('ddl-partitioning')}`,
  });
  const prove = { ...validate(table, constraint), preconditions: [noRow(table, broken, holds)] };
  return { table, constraint, add, prove, drop };
}
