import type { Proof } from '../../planner/plan.ts';
import type { Question } from '../../planner/question.ts';
import { hasFailed, type PlanReport } from '../../planner/report.ts';
import { printable } from '../output.ts';
import type { Paint } from './paint.ts';
import { stepLines } from './plan-step.ts';

/** A plan for people: steps by phase with how each is carried out, what running them showed, and what has to be answered. */
export function planText(report: PlanReport, paint: Paint): string {
  const { questions, steps, unsupported, proof } = visible(report);
  const blocks: string[] = [];
  if (questions.length > 0) blocks.push(questionsText(questions, paint));
  blocks.push(...stepsText(visible(report), paint));
  if (unsupported.length > 0) blocks.push(unsupportedText(unsupported, paint));
  if (hasFailed(report)) blocks.push(...failureText(proof, unsupported, paint));
  else if (steps.length > 0) blocks.push(...deployText(visible(report)), proofText(visible(report), paint));
  else if (blocks.length === 0)
    blocks.push(`Nothing to do: the current schema is the desired one (PostgreSQL ${proof.engineVersion}).`);
  return blocks.join('\n\n');
}

/** Names and messages can hold what a terminal obeys; colors come after. */
function visible<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_key, each) => (typeof each === 'string' ? printable(each) : each));
}

const phases = {
  expand: 'Expand: what is new comes beside what is there',
  migrate: 'Migrate: rows and uses move over',
  contract: 'Contract: what nobody uses any more goes',
} as const;

function stepsText({ steps, tasks }: PlanReport, paint: Paint): readonly string[] {
  return steps.flatMap((step, at) => {
    const heading = steps[at - 1]?.phase === step.phase ? [] : [paint(['bold', 'underline'], phases[step.phase])];
    const task = tasks.find((each) => each.steps.includes(step.id));
    return [...heading, stepLines(step, task, paint).join('\n')];
  });
}

/** Which migrations belong together: `Deploy in this order: T1 to T3 (expand); T4 (contract).` */
function deployText({ steps, tasks }: PlanReport): readonly string[] {
  const groups: { readonly phase: keyof typeof phases; readonly ids: string[] }[] = [];
  for (const { id, steps: own } of tasks) {
    const phase = steps.find((step) => own.includes(step.id))?.phase ?? 'expand';
    const last = groups.at(-1);
    if (last?.phase === phase) last.ids.push(id);
    else groups.push({ phase, ids: [id] });
  }
  const words = groups.map(({ phase, ids }) => {
    const [first = '', last = first] = [ids[0], ids.at(-1)];
    return `${first === last ? first : `${first} to ${last}`} (${phase})`;
  });
  return groups.length === 1 ? [] : [`Deploy in this order: ${words.join('; ')}.`];
}

function questionsText(questions: readonly Question[], paint: Paint): string {
  const one = questions.length === 1;
  return [
    paint(
      'bold',
      one ? 'One question must be answered first:' : `${questions.length} questions must be answered first:`,
    ),
    ...questions.flatMap(({ text, choices, didYouMean }, at) => [
      `${at + 1}. ${text}`,
      ...didYouMean.map((name) => `     did you mean ${name}?`),
      ...choices.map((choice) => `     ${paint('cyan', asOption(choice))}`),
    ]),
    paint('dim', 'Run the command again with an option for each, or say it in a comment at the column (--help).'),
  ].join('\n');
}

/** `rename a.b=c` is what a person says in an issue; here it is an option, in quotes where a shell would read it otherwise. */
function asOption(choice: string): string {
  const [, kind, value = ''] = /^(rename|move|drop|fill|convert) (.*)$/s.exec(choice) ?? [];
  if (kind === undefined) return choice;
  const isPlain = /^[\w.,:=@%+/-]+$/.test(value);
  return `--${kind} ${isPlain ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}

function unsupportedText(unsupported: readonly string[], paint: Paint): string {
  return [paint(['red', 'bold'], 'Not planned:'), ...unsupported.map((each) => `- ${each}`)].join('\n');
}

function proofText({ steps, tasks, unsupported, proof }: PlanReport, paint: Paint): string {
  const { engineVersion, rows, ms, reachedDesired, reverted } = proof;
  const seeded = rows === 0 ? 'on empty tables' : `with ${rows} made-up row${rows === 1 ? '' : 's'}`;
  const back = reverted === null ? 'the schema went back, deleted data does not' : 'went back to where it began';
  const reached = reachedDesired
    ? 'reached the desired schema, planned again: nothing'
    : 'reached all but what is not planned';
  const mark =
    unsupported.length === 0 ? paint(['green', 'bold'], 'Proven') : paint(['yellow', 'bold'], 'Proven so far');
  const notes = (proof.remarks ?? []).map((remark) => `\n- ${remark}`);
  return `${mark} on PostgreSQL ${engineVersion} ${seeded}: ${counted(steps.length, 'step')} in ${counted(tasks.length, 'migration')} applied in ${ms} ms, ${reached}, ${back}. Locks and rewrites are as measured.${notes.join('')}`;
}

function failureText({ failure, differences }: Proof, unsupported: readonly string[], paint: Paint): readonly string[] {
  // An engine that runs nothing has been said to plan nothing.
  if (failure !== undefined && unsupported.length > 0 && failure.step === 0 && failure.statement === '')
    return [failure.message];
  const lines = [paint(['red', 'bold'], 'The proof failed, so no plan is shown.')];
  if (failure !== undefined) {
    lines.push(failure.step === 0 ? failure.message : `Step ${failure.step}: ${failure.message}`);
    if (failure.statement !== '') lines.push(failure.statement.replace(/^/gm, '  | '));
  }
  return [[...lines, ...differences.map((difference) => `- ${difference}`)].join('\n')];
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
