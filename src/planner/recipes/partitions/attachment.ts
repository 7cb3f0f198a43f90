import { defaultPartitionOf, isDefault } from '../../../sql/facts/partition-bounds.ts';
import type { ObjectName } from '../../../sql/name.ts';
import { isEmpty, type Situation } from '../../situation.ts';

/** A table as a partition of another. */
export interface Attachment {
  readonly table: ObjectName;
  readonly partition: ObjectName;
  /** `FOR VALUES ...` or `DEFAULT`. */
  readonly bound: string;
  /** What is true of every row of the partition. Absent: nothing, or nothing that a check could say. */
  readonly within?: string;
  /** The part of `within` that the bound itself demands, beside what the tables above do. */
  readonly own?: string;
}

/**
 * What a bound itself demands, from what is true of the partition's rows and of those of the table above: PostgreSQL writes the
 * conditions of all of them as one AND, the highest table's first.
 */
export function ownCondition(within: string | undefined, above: string | undefined): string | undefined {
  if (within === undefined || above === undefined) return within;
  const starts = [`${above.slice(0, -1)} AND `, `(${above} AND `];
  const start = starts.find((each) => within.startsWith(each));
  return start === undefined ? undefined : `(${within.slice(start.length)}`;
}

/** The default partition beside one that is to come, where rows of it may have to be looked at. */
export function defaultBeside(
  { table, bound }: Pick<Attachment, 'table' | 'bound'>,
  situation: Situation,
): ObjectName | undefined {
  const found = isDefault(bound) ? undefined : defaultPartitionOf(table, situation.catalog);
  return found === undefined || isEmpty(situation, found) ? undefined : found;
}
