import { applyChange } from '../../sql/apply/index.ts';
import type { Catalog } from '../../sql/catalog.ts';
import type { Change } from '../../sql/change.ts';
import type { Engine } from '../../sql/engine.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import type { Goal } from '../../planner/goal.ts';
import type { Question } from '../../planner/question.ts';
import { similarTo } from '../names/similar.ts';

/** Why an answer cannot be used. */
export interface Refused {
  readonly refused: string;
}

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
 * that can be used closes itself; everything is asked again in every pass, so that a gap keeps its question.
 */
export interface Desk {
  readonly engine: Engine;
  readonly catalog: () => Catalog;
  /** Whether rows may be waiting in the table: not in one that this request creates or that is known to be empty. */
  readonly mayHoldRows: (table: ObjectName) => boolean;
  /** The usable answer, or `undefined` while the question is open. */
  readonly ask: <Answer>(question: AskedHere, read: (answer: string) => Answer | Refused) => Answer | undefined;
  /** Adds a goal and its sentence, and applies it to the schema. */
  readonly decide: (goal: Goal, sentence: string) => void;
  /** Something that is understood although a question about it is open. `change`: what it will roughly be. */
  readonly await: (sentence: string, change?: Change) => void;
  /** A sentence of what we understood that leads to no goal. */
  readonly note: (sentence: string) => void;
  readonly giveUp: (sentence: string) => void;
  readonly touch: (table: ObjectName) => void;
  readonly findings: () => Findings;
}

type AskedHere = Omit<Question, 'choices' | 'didYouMean'> & Partial<Pick<Question, 'choices' | 'didYouMean'>>;

export function openDesk({ catalog: start, engine, answers, rows }: DeskOptions): Desk {
  let catalog = start;
  const goals: Goal[] = [];
  const asked = new Map<string, Question>();
  const open = new Set<string>();
  const paraphrase: string[] = [];
  const notUnderstood: string[] = [];
  const tables = new Set<string>();
  /** Tables and columns that exist only as far as an open question allows. */
  const pending = new Set<string>();

  return {
    engine,
    catalog: () => catalog,
    mayHoldRows: (table) => start.tables.has(keyOf(table)) && rows(table) !== 0,
    ask(asking, read) {
      const question: Question = { choices: [], didYouMean: [], ...asking };
      const answer = answers.get(question.id);
      const value = answer === undefined ? undefined : read(answer);
      if (value !== undefined && !isRefused(value)) {
        asked.set(question.id, question);
        return value;
      }
      open.add(question.id);
      const text = isRefused(value) ? `${question.text} (The answer “${short(answer ?? '')}” cannot be used: ${value.refused}.)` : question.text;
      asked.set(question.id, { ...question, text });
      return undefined;
    },
    decide(goal, sentence) {
      paraphrase.push(sentence);
      if (goal.kind === 'change') {
        touchAll(goal.change);
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
      for (const name of namesOf(change).slice(-1)) pending.add(name);
      catalog = applyChange(catalog, change).catalog;
    },
    note: (sentence) => paraphrase.push(sentence),
    giveUp: (sentence) => notUnderstood.push(sentence),
    touch: (table) => tables.add(keyOf(table)),
    findings: () => ({
      goals,
      questions: [...asked.values()].filter(({ id }) => open.has(id)),
      asked: [...asked.values()],
      paraphrase: [...new Set(paraphrase)],
      notUnderstood: [...new Set(notUnderstood)],
      tables: [...tables].toSorted(),
    }),
  };

  function touchAll(change: Change): void {
    const table = tableIn(change);
    if (table !== undefined) tables.add(keyOf(table));
  }
}

function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** The table that a change alters, where it alters one. */
export function tableIn(change: Change): ObjectName | undefined {
  if (change.kind === 'create-index') return change.index.table;
  return 'table' in change ? change.table : undefined;
}

/** The table and the columns that a change stands on, as `schema.table` and `schema.table.column`. */
function namesOf(change: Change): readonly string[] {
  const table = tableIn(change);
  if (table === undefined) return [];
  const key = keyOf(table);
  return [key, ...columnsIn(change).map((column) => `${key}.${column}`)];
}

function columnsIn(change: Change): readonly string[] {
  if (change.kind === 'create-index') return change.index.keys.flatMap(({ column }) => column ?? []);
  if (change.kind === 'add-column') return [change.column.name];
  if (change.kind === 'add-constraint') {
    if ('columns' in change.constraint) return change.constraint.columns;
    return change.inline === undefined ? [] : [change.inline];
  }
  return 'column' in change && change.column !== undefined ? [change.column] : [];
}

/** A usable answer among the choices: the choice itself, its letter, or an unmistakable beginning of it. */
export function chosen(answer: string, choices: readonly string[]): number | undefined {
  const text = answer.trim().toLowerCase().replace(/[.!]+$/, '');
  const exact = choices.findIndex((choice) => choice.toLowerCase() === text);
  if (exact !== -1) return exact;
  const letter = /^\(?([a-z])\)?$/.exec(text)?.[1];
  if (letter !== undefined && letter.charCodeAt(0) - 97 < choices.length) return letter.charCodeAt(0) - 97;
  const number = /^\(?(\d{1,2})\)?$/.exec(text)?.[1];
  const numeric = choices.some((choice) => /^-?\d/.test(choice));
  if (number !== undefined && !numeric && Number(number) >= 1 && Number(number) <= choices.length) return Number(number) - 1;
  const fitting = choices.flatMap((choice, at) => (startsWith(choice.toLowerCase(), text) ? [at] : []));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** "yes" begins "Yes, and ..." but "int" does not begin "integer": a word must not go on. */
function startsWith(choice: string, text: string): boolean {
  return text.length > 0 && choice.startsWith(text) && !/[\p{L}\p{N}_]/u.test(choice[text.length] ?? '');
}

/** Reads an answer that must be one of the choices. */
export function oneOf(choices: readonly string[]): (answer: string) => number | Refused {
  return (answer) => {
    const at = chosen(answer, choices) ?? chosen(answer.split(/[\s,.;:-]/)[0] ?? '', choices);
    return at ?? { refused: `it is none of ${choices.map((choice) => `“${choice}”`).join(', ')}` };
  };
}

/** Reads an answer that must be one of the names, loosely written. */
export function oneName(names: readonly string[]): (answer: string) => string | Refused {
  return (answer) => {
    const bare = answer.trim().replace(/^[`"']|[`"'.]+$/g, '');
    const at = chosen(bare, names);
    if (at !== undefined) return names[at] as string;
    const near = similarTo(bare, names, 1);
    return { refused: `there is no ${bare === '' ? 'such name' : `\`${bare}\``}${near.length > 0 ? `, but \`${near[0]}\`` : ''}` };
  };
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
