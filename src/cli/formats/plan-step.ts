import type { Hazard, PlanStep, Task } from '../../planner/plan.ts';
import { blocksReads, blocksWrites, isStronger, type LockMode, modeWords } from '../../sql/facts/locks/index.ts';
import type { Paint } from './paint.ts';

/** One step with all that a person needs to carry it out, in lines. */
export function stepLines(step: PlanStep, task: Task | undefined, paint: Paint): readonly string[] {
  const { id, title, sql, down, hazards, preconditions = [], application, because } = step;
  const fact = (label: string, text: string) =>
    `   ${paint('cyan', (label === '' ? '' : `${label}:`).padEnd(12))} ${text}`;
  return [
    paint('bold', `${id}. ${title}`),
    ...preconditions.flatMap(({ text, sql: query }) => [fact('First', `${text}: this must be true`), ...code(query)]),
    ...sql.flatMap(code),
    fact('Runs', runs(step, task)),
    ...locks(step).map((text, at) => fact(at === 0 ? 'Locks' : '', text)),
    ...(step.rewrites.length === 0 ? [] : [fact('Rewrites', paint('yellow', step.rewrites.map(relation).join(', ')))]),
    ...(hazards.length === 0 ? [] : [fact('Hazards', hazards.map((hazard) => hazardWords(hazard, paint)).join(', '))]),
    fact(
      'Gives up',
      `after ${duration(step.lockTimeoutMs)} of waiting for a lock, or ${duration(step.statementTimeoutMs)} in all`,
    ),
    fact('Interrupted', interrupted(step)),
    ...wayBack(down, fact),
    fact('Why', because),
    ...(application === undefined ? [] : [fact('Afterwards', paint('bold', application))]),
  ];
}

function code(statement: string): readonly string[] {
  return `${statement.replace(/;?\s*$/, '')};`.split('\n').map((line) => `     ${line}`.trimEnd());
}

function runs({ id, transaction }: PlanStep, task: Task | undefined): string {
  const where = task === undefined ? '' : ` (migration ${task.id})`;
  if (!transaction) return `alone, outside a transaction${where}`;
  const others = (task?.steps ?? []).filter((other) => other !== id);
  if (others.length === 0) return `in a transaction${where}`;
  return `in one transaction with step${others.length === 1 ? '' : 's'} ${others.join(', ')}${where}`;
}

/** The strongest first, with who waits for it. */
function locks({ locks: all }: PlanStep): readonly string[] {
  if (all.length === 0) return ['nothing that was there before'];
  const sorted = all.toSorted((one, other) => Number(isStronger(other.mode as LockMode, one.mode as LockMode)) * 2 - 1);
  return [...Map.groupBy(sorted, ({ mode }) => mode as LockMode)].map(
    ([mode, group]) =>
      `${modeWords(mode) ?? mode} on ${group.map((lock) => relation(lock.relation)).join(', ')}: ${waits(mode)}`,
  );
}

function waits(mode: LockMode): string {
  if (blocksReads(mode)) return 'reads and writes wait';
  return blocksWrites(mode) ? 'writes wait, reads go on' : 'reads and writes go on';
}

function relation(name: string): string {
  return name.replace(/^public\./, '');
}

function hazardWords(hazard: Hazard, paint: Paint): string {
  return paint(hazard === 'deletes-data' ? 'red' : 'yellow', hazard.replaceAll('-', ' '));
}

/** A statement that is also the way back clears what an interrupted try has left. */
function interrupted({ transaction, sql, down, resume }: PlanStep): string {
  if (resume !== undefined) return `finish what it has begun with ${resume.map((each) => `${each};`).join(' ')}`;
  if (transaction) return 'nothing of it stays; run it again';
  return sql.some((statement) => down.includes(statement)) && sql.length > 1
    ? 'run it again; its first statement clears what the try has left'
    : 'run it again; it goes on with what is left';
}

function wayBack(down: readonly string[], fact: (label: string, text: string) => string): readonly string[] {
  if (down.length === 0) return [fact('Back', 'nothing to take back')];
  return [fact('Back', 'with'), ...down.flatMap(code)];
}

function duration(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}
