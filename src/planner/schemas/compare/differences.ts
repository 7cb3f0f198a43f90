import type { ChangeBody } from '../../../sql/change.ts';
import type { Description } from '../../../sql/description.ts';
import type { Question } from '../../question.ts';
import type { Answers } from '../answers.ts';
import type { Order, SchemaGoal } from '../goal.ts';
import { gone, typed } from '../keys.ts';

/** Two schemas that are held against each other. */
export interface Comparison {
  readonly current: Description;
  readonly desired: Description;
  readonly answers: Answers;
}

/** What is different, as goals, and what has to be asked or cannot be planned. */
export interface Differences {
  readonly goals: readonly SchemaGoal[];
  readonly questions: readonly Question[];
  readonly unsupported: readonly string[];
}

export const none: Differences = { goals: [], questions: [], unsupported: [] };

export function together(all: readonly Differences[]): Differences {
  return {
    goals: all.flatMap(({ goals }) => goals),
    questions: all.flatMap(({ questions }) => questions),
    unsupported: all.flatMap(({ unsupported }) => unsupported),
  };
}

export function only(goals: readonly SchemaGoal[]): Differences {
  return { ...none, goals };
}

/** A change with what it brings and what must be there first. */
export function change(body: ChangeBody, order: Order): SchemaGoal {
  return { kind: 'change', change: body, order };
}

/** What makes an object: everything that it needs in the desired schema, and that nothing else has its name any more. */
export function makingOf(key: string, { desired }: Comparison, more: readonly string[] = []): Order {
  const object = desired.objects.get(key);
  const needs = [...(object?.needs ?? []), ...more].filter((need) => need !== key);
  return { makes: [key], needs: [...needs, ...needs.filter(isColumn).map(typed), gone(key), ...clash(key)] };
}

/** What drops an object: everything that needs it now is dropped too, or changed so that it needs it no more. */
export function droppingOf(key: string, comparison: Comparison): Order {
  const needing = neededBy(comparison.current).get(key) ?? [];
  return { makes: [gone(key), ...clash(key)], needs: needing.flatMap((each) => [each, gone(each)]) };
}

function isColumn(key: string): boolean {
  return key.startsWith('column ');
}

/** Relations of one schema share their names: tables, views, sequences, indexes and composite types. */
function clash(key: string): readonly string[] {
  const [, name] = /^(?:table|view|materialized view|sequence|index|composite) (.*)$/.exec(key) ?? [];
  return name === undefined ? [] : [gone(`relation ${name}`)];
}

/** The tokens of everything that needs an object now, directly or through others, and goes. */
export function goersOf(key: string, { current, desired }: Comparison): readonly string[] {
  const needers = neededBy(current);
  const reached = new Set([key]);
  for (const each of reached) for (const needer of needers.get(each) ?? []) reached.add(needer);
  return [...reached].filter((each) => each !== key && !desired.objects.has(each)).map(gone);
}

const reverse = new WeakMap<Description, ReadonlyMap<string, readonly string[]>>();

/** The keys of what needs an object, by its key. */
export function neededBy(description: Description): ReadonlyMap<string, readonly string[]> {
  const known = reverse.get(description);
  if (known !== undefined) return known;
  const needers = new Map<string, string[]>();
  for (const { key, needs } of description.objects.values()) {
    for (const need of needs) {
      const list = needers.get(need);
      if (list === undefined) needers.set(need, [key]);
      else list.push(key);
    }
  }
  reverse.set(description, needers);
  return needers;
}
