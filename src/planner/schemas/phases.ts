import type { Catalog } from '../../sql/catalog.ts';
import { keyOf } from '../../sql/name.ts';
import { makersOf } from '../order.ts';
import type { PlanStep } from '../plan.ts';
import type { Draft } from '../recipe.ts';
import { tableIn } from './compare/partitions.ts';
import type { SchemaGoal } from './goal.ts';
import { mentionsAmong } from './mentions.ts';

/** A goal with the steps that reach it, which stay in their order. */
export interface Reached {
  readonly goal: SchemaGoal;
  readonly steps: readonly Draft[];
}

const rankOf: Readonly<Record<PlanStep['phase'], number>> = { expand: 0, migrate: 1, contract: 2 };

/**
 * The steps of goals, which come in order, by phase as far as they can: over the whole plan what is new comes before rows move, and both
 * before anything goes; else as they were. A step stays behind another where its goal needs what the other's makes, or where one speaks
 * of what the other makes, changes or drops. What is not seen so, the proof finds.
 */
export function byPhase(reached: readonly Reached[], catalog: Catalog): readonly Draft[] {
  const steps = reached.flatMap((each) => each.steps);
  if (steps.every(({ phase }, at) => at === 0 || rankOf[phase] >= rankOf[steps[at - 1]?.phase ?? 'expand']))
    return steps;

  const followers = followersOf(reached, catalog, steps.length);
  return inPhases(
    steps.map(({ phase }) => rankOf[phase]),
    followers,
  ).flatMap((at) => steps[at] ?? []);
}

/** For each step, the steps that stay behind it. */
function followersOf(reached: readonly Reached[], catalog: Catalog, count: number): readonly (readonly number[])[] {
  const followers: number[][] = Array.from({ length: count }, () => []);
  const spans = spansOf(reached);
  for (const { first, last } of spans) for (let at = first; at < last; at++) followers[at]?.push(at + 1);

  const tie = (from: number | undefined, to: number | undefined): void => {
    if (from !== undefined && to !== undefined && from >= 0 && to < count) followers[from]?.push(to);
  };
  const tieGoals = (one: number, other: number): void => {
    const [before, after] = [spans[Math.min(one, other)], spans[Math.max(one, other)]];
    if (one !== other && isAny(before) && isAny(after)) tie(before.last, after.first);
  };
  const tieNeed = (maker: number, at: number): void => {
    const [before, after] = [spans[maker], spans[at]];
    if (maker < at && isAny(before) && isAny(after)) tie(before.makes, after.needs);
  };
  const makers = makersOf(
    reached.map(({ goal }) => goal),
    catalog,
  );
  for (const [at, each] of makers.entries()) for (const maker of each) tieNeed(maker, at);
  for (const [one, other] of mentionsAmong(reached)) tieGoals(one, other);
  for (const family of familiesOf(reached, catalog))
    for (const [at, one] of family.entries()) tieNeed(one, family[at + 1] ?? one);
  return followers;
}

/** The places of a goal's steps: the first and the last, that which makes what others need, and that which needs what others make. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly makes: number;
  readonly needs: number;
}

function spansOf(reached: readonly Reached[]): readonly Span[] {
  let next = 0;
  return reached.map(({ goal, steps }) => {
    const first = next;
    next += steps.length;
    const last = next - 1;
    const isPartition = goal.kind === 'object' && (goal.after ?? goal.before)?.kind === 'attachment';
    if (!isPartition) return { first, last, makes: last, needs: first };
    // What precedes an attach only looks at rows; what follows a detach only clears up.
    return goal.after === undefined
      ? { first, last, makes: first, needs: first }
      : { first, last, makes: last, needs: last };
  });
}

/** A goal that was reached with another one has no steps. */
function isAny(span: Span | undefined): span is Span {
  return span !== undefined && span.first <= span.last;
}

/** What is done to the partitions of one table stays in its order: their bounds must never overlap. */
function familiesOf(reached: readonly Reached[], catalog: Catalog): Iterable<readonly number[]> {
  const families = new Map<string, number[]>();
  for (const [at, { goal, steps }] of reached.entries()) {
    const object = goal.kind === 'object' ? (goal.before ?? goal.after) : undefined;
    if (object?.kind !== 'attachment' || steps.length === 0) continue;
    const key = parentOf(object.definition, tableIn(object.key), catalog);
    const family = families.get(key);
    if (family === undefined) families.set(key, [at]);
    else family.push(at);
  }
  return families.values();
}

function parentOf(definition: string, table: string, catalog: Catalog): string {
  const parent = catalog.tables.get(table)?.partitionOf;
  return parent === undefined
    ? (/^PARTITION OF (.*?) (?:FOR VALUES|DEFAULT)/.exec(definition)?.[1] ?? '')
    : keyOf(parent);
}

/**
 * The places of steps in their new order: always the first one of the earliest phase that is not over yet; where all of those wait, the
 * first that one of them waits for.
 */
function inPhases(ranks: readonly number[], followers: readonly (readonly number[])[]): readonly number[] {
  const open = ranks.map(() => 0);
  for (const each of followers) for (const at of each) open[at] = (open[at] ?? 0) + 1;
  const urgencies = urgenciesOf(ranks, followers);
  const left = [0, 1, 2].map((rank) => ranks.filter((each) => each === rank).length);
  const ready = createReady();
  for (const [at, count] of open.entries()) if (count === 0) ready.add(at, ranks[at] ?? 0, urgencies[at] ?? 0);

  const order: number[] = [];
  while (order.length < ranks.length) {
    const at = ready.take(left.findIndex((count) => count > 0));
    if (at === undefined) break;
    order.push(at);
    const rank = ranks[at] ?? 0;
    left[rank] = (left[rank] ?? 0) - 1;
    for (const follower of followers[at] ?? []) {
      open[follower] = (open[follower] ?? 0) - 1;
      if (open[follower] === 0) ready.add(follower, ranks[follower] ?? 0, urgencies[follower] ?? 0);
    }
  }
  return order;
}

/** The earliest phase of all that wait for a step, and of itself. Who waits stands behind, so the way is from the end. */
function urgenciesOf(ranks: readonly number[], followers: readonly (readonly number[])[]): readonly number[] {
  const urgencies = [...ranks];
  for (let at = ranks.length - 1; at >= 0; at--)
    for (const follower of followers[at] ?? []) urgencies[at] = Math.min(urgencies[at] ?? 0, urgencies[follower] ?? 0);
  return urgencies;
}

/** Steps that wait for none, each with its phase and with the earliest phase that waits for it. */
function createReady() {
  const places = Array.from({ length: 3 }, () => Array.from({ length: 3 }, (): number[] => []));
  return {
    add(at: number, rank: number, urgency: number): void {
      const among = places[rank]?.[urgency];
      const later = among?.findIndex((each) => each > at) ?? -1;
      among?.splice(later === -1 ? among.length : later, 0, at);
    },
    /** The first of the phase, else the first, of the earliest phase, for which it waits. */
    take(rank: number): number | undefined {
      const own = places[rank]
        ?.filter((among) => among.length > 0)
        .toSorted((one, other) => (one[0] ?? 0) - (other[0] ?? 0));
      const among = own?.[0] ?? places.map((each) => each[rank] ?? []).find((each) => each.length > 0);
      return among?.shift();
    },
  };
}
