import type { Criterion, PlanStep, Task } from './plan.ts';

/** A step with what is true once it has run. */
export type CheckedStep = PlanStep & { readonly criteria: readonly Criterion[] };

/**
 * Groups steps into tasks, each one migration file that every tool runs as it is. Steps share a file, and so a transaction,
 * while they are of one phase, the application need do nothing in between, and the file takes an exclusive lock on one table
 * at most and does no long work under a lock that an earlier step has taken. A statement that refuses a transaction block is alone in its file, because many tools send a file as one batch,
 * which is a transaction. Tasks depend on the one before: a plan is carried out in order.
 */
export function tasksOf(steps: readonly CheckedStep[]): readonly Task[] {
  const groups: CheckedStep[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    if (group !== undefined && mayShare(group, step)) group.push(step);
    else groups.push([step]);
  }
  return groups.map((group, at) => ({
    id: `T${at + 1}`,
    title: titleOf(group),
    steps: group.map(({ id }) => id),
    dependsOn: at === 0 ? [] : [`T${at}`],
    criteria: distinct(group.flatMap(({ criteria }) => criteria)),
  }));
}

function mayShare(group: readonly CheckedStep[], step: CheckedStep): boolean {
  const last = group.at(-1);
  if (last === undefined || !last.transaction || !step.transaction) return false;
  if (last.phase !== step.phase || last.application !== undefined) return false;
  if (step.hazards.includes('long-running') && group.some(blocks)) return false;
  const held = new Set(group.flatMap(exclusivelyLocked));
  return step.locks.every(({ relation, mode }) => !isStrong(mode) || held.size === 0 || held.has(relation));
}

/** Whether others wait for as long as the step's transaction is open. */
function blocks({ locks }: PlanStep): boolean {
  return locks.some(({ mode }) => isStrong(mode));
}

/** Whether it keeps others from writing. */
function isStrong(mode: string): boolean {
  return /^(Share|ShareRowExclusive|AccessExclusive)Lock$/.test(mode);
}

function exclusivelyLocked({ locks }: PlanStep): readonly string[] {
  return locks.filter(({ mode }) => mode === 'AccessExclusiveLock').map(({ relation }) => relation);
}

function titleOf(group: readonly CheckedStep[]): string {
  const [first, second, ...rest] = group.map(({ title }) => title);
  if (second === undefined) return first ?? '';
  return rest.length === 0 ? `${first}; ${lowerFirst(second)}` : `${first}, and ${rest.length + 1} more steps`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function distinct(criteria: readonly Criterion[]): readonly Criterion[] {
  return criteria.filter(({ sql }, at) => criteria.findIndex((other) => other.sql === sql) === at);
}
