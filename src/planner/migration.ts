import { renderChange } from '../sql/render.ts';
import type { Criterion, Plan, PlanStep, Task } from './plan.ts';

/** The text of a migration, there and back. */
export interface DraftMigration {
  readonly up: string;
  readonly down: string;
}

/**
 * The migration file of one task. Timeouts are set before and reset after, because several tools run all files in one
 * session, where a short `lock_timeout` would break the next concurrent build. A statement that refuses a transaction stands
 * alone, without them: beside another statement, many tools would make one transaction of the two.
 */
export function draftMigration({ steps: all }: Pick<Plan, 'steps'>, task: Task): DraftMigration {
  const steps = all.filter(({ id }) => task.steps.includes(id));
  const back = steps.toReversed().flatMap(({ down }) => down);
  const alone = steps.some(({ transaction }) => !transaction);
  const head = [
    comment(task.title),
    ...steps.flatMap(({ preconditions = [] }) => preconditions.flatMap(ask)),
    ...steps.flatMap(({ application }) => (application === undefined ? [] : [comment(`Afterwards: ${application}`)])),
  ];
  if (alone) {
    const isolated = comment('Runs outside a transaction, alone in its file.');
    return {
      up: text([...head, isolated, ...steps.flatMap(isolate)]),
      down: text([...head.slice(0, 1), ...(back.length === 0 ? [nothing] : [isolated, ...back.map(end)])]),
    };
  }
  return {
    up: text([...head, ...limits(steps), ...steps.flatMap(statements), ...noLimits]),
    down: text([
      ...head.slice(0, 1),
      ...(back.length === 0 ? [nothing] : [...limits(steps), ...back.map(end), ...noLimits]),
    ]),
  };
}

const nothing = comment('Nothing to take back.');

/** A statement that is also the way back only clears what an interrupted try has left, so it is shown and not run. */
function isolate({ sql, down, resume = [] }: PlanStep): readonly string[] {
  const recovery = sql.filter((statement) => down.includes(statement));
  const work = sql.filter((statement) => !down.includes(statement));
  return [
    ...recovery.map((statement) => comment(`After an interrupted try, run first: ${statement};`)),
    ...resume.map((statement) => comment(`After an interrupted try, run instead: ${statement};`)),
    ...work.map(end),
  ];
}

function statements({ sql, knowingly = [] }: PlanStep): readonly string[] {
  return sql.flatMap((each, at) => [
    ...knowingly
      .filter(({ statement = 0 }) => statement === at)
      .map(({ rule, reason }) => `-- database-lead: ignore ${rule} because ${reason}`),
    end(each),
  ]);
}

/** What to make sure of before the file runs; not run with it, because a migration tool has nobody to answer to. */
function ask({ text, sql }: Criterion): readonly string[] {
  return [comment(`Before: ${text}. True?`), comment(`  ${sql};`)];
}

function limits(steps: readonly PlanStep[]): readonly string[] {
  const set = (setting: string, ms: number) =>
    end(renderChange({ kind: 'set', setting, value: duration(ms), scope: 'session' }));
  return [
    set('lock_timeout', Math.min(...steps.map(({ lockTimeoutMs }) => lockTimeoutMs))),
    set('statement_timeout', Math.max(...steps.map(({ statementTimeoutMs }) => statementTimeoutMs))),
  ];
}

const noLimits = ['RESET lock_timeout;', 'RESET statement_timeout;'];

function duration(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000}min` : `${ms / 1_000}s`;
}

/** One line, in which a table's name cannot pass for an ignore comment of ours or of a peer. */
function comment(words: string): string {
  const harmless = words
    .replace(/(database-lead|eugene|atlas)\s*:/gi, '$1')
    .replace(/squawk-ignore/gi, 'squawk ignore');
  return `-- ${harmless.replace(/\s+/g, ' ')}`;
}

function end(statement: string): string {
  return `${statement};`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
