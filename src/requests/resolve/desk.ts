import type { Goal } from '../../planner/goal.ts';
import type { Question } from '../../planner/question.ts';
import { applyChange } from '../../sql/apply/index.ts';
import type { Catalog } from '../../sql/catalog.ts';
import type { Change } from '../../sql/change.ts';
import type { Engine } from '../../sql/engine.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import type { Span } from '../../sql/span.ts';
import type { Refused } from './choices.ts';
import { namesOf, tableIn } from './stands-on.ts';

export interface DeskOptions {
  readonly catalog: Catalog;
  readonly engine: Engine;
  readonly answers: ReadonlyMap<string, string>;
  readonly rows: (table: ObjectName) => number | undefined;
}

/** What has been found out about a request. */
export interface Findings {
  readonly goals: readonly Goal[];
  readonly questions: readonly Question[];
  readonly asked: readonly Question[];
  readonly paraphrase: readonly string[];
  readonly notUnderstood: readonly string[];
  readonly tables: readonly string[];
}

/**
 * Where wishes become goals: keeps the schema as the goals so far make it, asks and remembers. A question with an answer
 * that can be used closes itself; everything is asked again in every pass, so that a gap keeps its question. What ends a
 * matter returns `undefined`, so that `return desk.note(...)` reads as such an end.
 */
export interface Desk {
  readonly engine: Engine;
  readonly catalog: () => Catalog;
  /** The schema before the request. */
  readonly start: Catalog;
  /** Whether rows may be waiting in the table: not in one that this request creates or that is known to be empty. */
  readonly mayHoldRows: (table: ObjectName) => boolean;
  /** Whether the request adds the column. */
  readonly isNew: (table: ObjectName, column: string) => boolean;
  /** Whether a goal so far gives every empty row of the column a value. */
  readonly isFilled: (table: ObjectName, column: string) => boolean;
  /** The usable answer, or `undefined` while the question is open. */
  readonly ask: <Answer>(question: AskedHere, read: (answer: string) => Answer | Refused) => Answer | undefined;
  /** Adds a goal and its sentence, and applies it to the schema. */
  readonly decide: (goal: Goal, sentence: string) => undefined;
  /** Something that is understood although a question about it is open. `change`: what it will roughly be. */
  readonly await: (sentence: string, change?: Change) => undefined;
  /** A sentence of what we understood that leads to no goal. */
  readonly note: (sentence: string) => undefined;
  readonly giveUp: (sentence: string) => undefined;
  readonly touch: (table: ObjectName) => undefined;
  readonly findings: () => Findings;
}

type AskedHere = Omit<Question, 'choices' | 'didYouMean'> & Partial<Pick<Question, 'choices' | 'didYouMean'>>;

/** The place of a change that nobody wrote as SQL. */
export const nowhere: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

export function openDesk({ catalog: start, engine, answers, rows }: DeskOptions): Desk {
  let catalog = start;
  const goals: Goal[] = [];
  const asked = new Map<string, Question>();
  const open = new Set<string>();
  const paraphrase: string[] = [];
  const notUnderstood: string[] = [];
  const tables = new Set<string>();
  /** What tables and columns were called before the request, by what they are called now. */
  const former = new Map<string, string>();
  /** Tables and columns that exist only as far as an open question allows. */
  const pending = new Set<string>();

  return {
    engine,
    catalog: () => catalog,
    start,
    mayHoldRows(table) {
      const before = start.tables.get(formerly(keyOf(table)));
      return before !== undefined && rows(before.name) !== 0;
    },
    isNew(table, column) {
      const was = formerly(`${keyOf(table)}.${column}`);
      const before = start.tables.get(formerly(keyOf(table)));
      return before?.columns.some(({ name }) => was.endsWith(`.${name}`)) !== true;
    },
    isFilled: (table, column) =>
      goals.some(
        (goal) =>
          goal.kind === 'backfill' &&
          keyOf(goal.table) === keyOf(table) &&
          goal.column === column &&
          (goal.where === undefined || /^\s*"?[\w$]+"?\s+is\s+null\s*$/i.test(goal.where)),
      ),
    ask(asking, read) {
      const question: Question = { choices: [], didYouMean: [], ...asking };
      const answer = answers.get(question.id);
      const value = answer === undefined ? undefined : read(answer);
      if (value !== undefined && !isRefused(value)) {
        asked.set(question.id, question);
        return value;
      }
      open.add(question.id);
      const text = isRefused(value)
        ? `${question.text} (The answer “${short(answer ?? '')}” cannot be used: ${value.refused}.)`
        : question.text;
      asked.set(question.id, { ...question, text });
      return undefined;
    },
    decide(goal, sentence) {
      paraphrase.push(sentence);
      if (goal.kind === 'change') {
        touchAll(goal.change);
        remember(goal.change);
        catalog = applyChange(catalog, goal.change).catalog;
        if (namesOf(goal.change).some((name) => pending.has(name))) return;
      } else if (goal.kind === 'backfill') {
        tables.add(keyOf(goal.table));
        if (pending.has(`${keyOf(goal.table)}.${goal.column}`) || pending.has(keyOf(goal.table))) return;
      }
      goals.push(goal);
    },
    await(sentence, change) {
      paraphrase.push(sentence);
      if (change === undefined) return;
      touchAll(change);
      remember(change);
      for (const name of namesOf(change).slice(-1)) pending.add(name);
      catalog = applyChange(catalog, change).catalog;
    },
    note(sentence) {
      paraphrase.push(sentence);
    },
    giveUp(sentence) {
      notUnderstood.push(sentence);
    },
    touch(table) {
      tables.add(keyOf(table));
    },
    findings: () => ({
      goals,
      questions: [...asked.values()].filter(({ id }) => open.has(id)),
      asked: [...asked.values()],
      paraphrase: [...new Set(paraphrase)],
      notUnderstood: [...new Set(notUnderstood)],
      tables: [...tables].toSorted(),
    }),
  };

  function formerly(name: string): string {
    return former.get(name) ?? name;
  }

  function remember(change: Change): void {
    if (change.kind !== 'rename-table' && change.kind !== 'rename-column') return;
    const [from, to] = namesOf(change).slice(-2);
    if (from !== undefined && to !== undefined) former.set(to, formerly(from));
  }

  function touchAll(change: Change): void {
    const table = tableIn(change);
    if (table !== undefined) tables.add(keyOf(table));
  }
}

function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
