import type { Draft as CatalogDraft } from '../../sql/apply/draft.ts';
import { applyTo } from '../../sql/apply/index.ts';
import type { Description, SchemaObject } from '../../sql/description.ts';
import { keyOf } from '../../sql/name.ts';
import type { Draft } from '../recipe.ts';
import { attachPartition } from '../recipes/partitions/attach-partition.ts';
import { type Attachment, ownCondition } from '../recipes/partitions/attachment.ts';
import { detachPartition } from '../recipes/partitions/detach-partition.ts';
import { movePartitions } from '../recipes/partitions/move-partitions.ts';
import type { Situation } from '../situation.ts';
import { tableIn } from './compare/partitions.ts';
import type { ObjectGoal } from './goal.ts';
import { attachmentKey, nameOf } from './keys.ts';
import { isTablePart, type State } from './state.ts';

interface World {
  readonly situation: Situation;
  readonly catalog: CatalogDraft;
  readonly state: State;
  readonly current: Description;
  readonly desired: Description;
}

/**
 * The steps to a partition, to another bound of it, or from it. Nothing where it is a foreign table, of which no recipe knows: it is
 * attached as any object is made.
 */
export function partitionSteps({ before, after }: ObjectGoal, world: World): readonly Draft[] | undefined {
  const { situation, catalog, current, desired } = world;
  const was = before === undefined ? undefined : attachmentOf(before, current);
  const is = after === undefined ? undefined : attachmentOf(after, desired);
  const table = (is ?? was)?.partition;
  if (table === undefined || catalog.tables.get(keyOf(table))?.foreign === true) return undefined;
  if (was !== undefined && is !== undefined) return moved(world, is);
  if (is !== undefined) {
    const steps = attachPartition(is, situation);
    attach(is, world);
    return steps;
  }
  if (was === undefined) return undefined;
  const steps = detachPartition(was, !desired.catalog.tables.has(keyOf(table)), situation);
  detach(was, world);
  return steps;
}

/** All partitions of the table that get other bounds do so at once; the goals of the others find it done. */
function moved(world: World, { table }: Attachment): readonly Draft[] {
  const { situation, current, desired, state } = world;
  const moves = [...desired.objects.values()].flatMap((object) => {
    const before = object.kind === 'attachment' ? state.get(object.key) : undefined;
    if (before === undefined || before.definition === object.definition) return [];
    const [was, is] = [attachmentOf(before, current), attachmentOf(object, desired)];
    if (was === undefined || is === undefined) return [];
    return keyOf(was.table) === keyOf(table) && keyOf(is.table) === keyOf(table) ? [{ before: was, after: is }] : [];
  });
  const steps = movePartitions(moves, situation);
  for (const { before } of moves) detach(before, world);
  for (const { after } of moves) attach(after, world);
  return steps;
}

function attachmentOf(object: SchemaObject, { catalog, objects }: Description): Attachment | undefined {
  const key = tableIn(object.key);
  const table = catalog.tables.get(key)?.partitionOf;
  if (table === undefined) return undefined;
  const { within } = object;
  const own = ownCondition(within, objects.get(attachmentKey(table))?.within);
  return {
    table,
    partition: nameOf(key),
    bound: object.definition.slice(`PARTITION OF ${keyOf(table)} `.length),
    ...(within === undefined ? {} : { within }),
    ...(own === undefined ? {} : { own }),
  };
}

function attach(attachment: Attachment, { catalog, state, desired }: World): void {
  const { table, partition, bound } = attachment;
  applyTo(catalog, { kind: 'attach-partition', table, partition, bound });
  takeForms(attachment, state, desired);
}

function detach(attachment: Attachment, { catalog, state, desired }: World): void {
  const { table, partition } = attachment;
  applyTo(catalog, { kind: 'detach-partition', table, partition, concurrently: false, finalize: false });
  takeForms(attachment, state, desired);
}

/** Indexes and keys of a partition belong to those of its table, and are its own once it is none. */
function takeForms({ partition }: Attachment, state: State, desired: Description): void {
  const attachment = desired.objects.get(attachmentKey(partition));
  if (attachment === undefined) state.remove(attachmentKey(partition));
  else state.put(attachment);
  const key = `table ${keyOf(partition)}`;
  for (const object of desired.objects.values())
    if (isTablePart(object) && (object.of === key || object.needs.includes(key)) && state.get(object.key) !== undefined)
      state.put(object);
}
