import type { ScratchEngine } from '../../../src/engines/port.ts';
import type { Design } from '../../../src/planner/evidence.ts';
import type { Question } from '../../../src/planner/question.ts';
import { type Answers, noAnswers } from '../../../src/planner/schemas/index.ts';

export interface Given {
  readonly current: string;
  readonly desired: string;
  readonly answers?: Answers;
  readonly inPhases?: boolean;
  readonly version?: number;
  /** Rows of tables; without, nobody knows. */
  readonly rows?: (table: string) => number | undefined;
}

/** The way between two DDL texts. */
export function designOf(
  engine: ScratchEngine,
  { current, desired, answers = noAnswers, inPhases = false, version = 18, rows }: Given,
): Promise<Design> {
  return engine.design({
    current: { schema: current, base: [] },
    desired: { schema: desired, base: [] },
    options: {
      engine: 'postgresql',
      version,
      answers,
      zeroDowntimeRenames: inPhases,
      ...(rows === undefined ? {} : { rows: ({ name }) => rows(name) }),
    },
  });
}

/** The same, with every question answered in the plainest way: what is gone is dropped, and values come from `value`. */
export async function designAnswered(
  engine: ScratchEngine,
  given: Given,
  value: (question: Question) => string,
): Promise<Design> {
  let answers = given.answers ?? noAnswers;
  for (let round = 0; ; round++) {
    const design = await designOf(engine, { ...given, answers });
    if (design.questions.length === 0 || round === 3) return design;
    answers = design.questions.reduce((known, question) => answered(known, question, value(question)), answers);
  }
}

function answered(answers: Answers, { choices }: Question, value: string): Answers {
  const [verb, rest = ''] = split(choices.at(-1) ?? '', ' ');
  const [name] = split(rest, '=');
  switch (verb) {
    case 'drop':
      return { ...answers, drops: new Set([...answers.drops, rest]) };
    case 'fill':
      return { ...answers, fills: new Map([...answers.fills, [name, value]]) };
    default:
      return { ...answers, conversions: new Map([...answers.conversions, [name, value]]) };
  }
}

function split(text: string, at: string): readonly [string, string] {
  const place = text.indexOf(at);
  return place === -1 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}

/** What a reader of a failed test wants to see first. */
export function outcome({ plan, questions, proof }: Design) {
  const { failure, differences, remarks = [], findings = [], applied, reachedDesired } = proof;
  return {
    questions: questions.map(({ text }) => text),
    unsupported: plan.unsupported,
    failure,
    differences,
    remarks,
    findings,
    applied,
    reachedDesired,
  };
}

export const wellDone = {
  questions: [],
  unsupported: [],
  failure: undefined,
  differences: [],
  remarks: [],
  findings: [],
  applied: true,
  reachedDesired: true,
};

export function statements({ plan }: Design): string {
  return plan.steps.map(({ id, sql }) => `-- ${id}\n${sql.join(';\n')};`).join('\n');
}
