import type { Optimized } from '../planner/optimize/judge.ts';
import { isDestructive, type Lock, type Plan, type PlanStep, type Proof } from '../planner/plan.ts';
import { codeSpan, escapeInline, fence, fitBody } from './escape.ts';
import { optimized } from './optimized.ts';
import type { Decision, PlanRecord } from './plan-record.ts';
import { sentence } from './sentence.ts';
import { bullets, counted, details, inWords, mention, paragraphs, table } from './words.ts';

export type ApprovalState =
  | { readonly kind: 'not-needed' | 'waiting' }
  | { readonly kind: 'given'; readonly by: string }
  | { readonly kind: 'refused'; readonly by: string; readonly reason: string };

interface Standing {
  readonly approval: ApprovalState;
  readonly decisions: readonly Decision[];
  /** Where the task file is, when there is one. */
  readonly taskFile?: string;
}

/** The plan comment. Everything in it but the standing comes from the record, so that it reads the same at any time. */
export function plan(record: PlanRecord, standing: Standing): string {
  const { engine, steps, tasks, unsupported } = record.plan;
  if (engine !== 'postgresql') return handedOver(record, standing);
  return fitBody([
    { priority: 0, text: `## Plan: ${counted(steps.length, 'step')} in ${counted(tasks.length, 'task')}` },
    { priority: 0, text: understood(record) },
    { priority: 0, text: proofSentence(record) },
    { priority: 0, text: approvalSentence(record.plan, standing.approval) },
    ...(record.optimized ?? []).map((each) => ({
      priority: 1,
      title: 'what was measured for a query',
      text: optimized(each),
    })),
    { priority: 1, title: 'the table of steps', text: overview(record) },
    {
      priority: 2,
      title: 'the SQL of the steps',
      text: steps.map((step) => stepDetails(step, record.proof)).join('\n\n'),
    },
    {
      priority: 3,
      title: 'the diagram',
      text: record.diagram === '' ? '' : `### What changes\n\n${fence(record.diagram, 'mermaid')}`,
    },
    { priority: 1, text: unsupported.length > 0 ? `### Not planned\n\n${bullets(unsupported.map(escapeInline))}` : '' },
    { priority: 1, text: decisionLog(standing) },
  ]);
}

/** The plan where no engine can prove one: what is asked for, and that its statements are the specialist's. */
function handedOver(record: PlanRecord, standing: Standing): string {
  const { plan, database, diagram } = record;
  return fitBody([
    { priority: 0, text: `## Plan: ${counted(plan.tasks.length, 'task')} for a specialist` },
    { priority: 0, text: understood(record) },
    {
      priority: 0,
      text: `**Not executed**: no server of this engine is configured, so I plan no statements for ${plan.engine} and prove nothing. The specialist writes the migration; I review it by the rules of the engine. Database ${codeSpan(database.name)}.`,
    },
    { priority: 0, text: approvalSentence(plan, standing.approval) },
    {
      priority: 3,
      title: 'the diagram',
      text: diagram === '' ? '' : `### What changes\n\n${fence(diagram, 'mermaid')}`,
    },
    { priority: 1, text: decisionLog(standing) },
  ]);
}

function understood({ asker, paraphrase, notUnderstood }: PlanRecord): string {
  return paragraphs(
    `What ${mention(asker)} asked for, as I understand it:`,
    bullets(paraphrase.map(sentence)),
    notUnderstood.length > 0 &&
      `I did not understand, and did not plan:\n\n${bullets(notUnderstood.map((text) => codeSpan(text)))}`,
  );
}

function proofSentence({ proof, database, head }: PlanRecord): string {
  const back =
    proof.reverted === null
      ? 'the schema came back (the deleted data cannot)'
      : 'every step was taken back and the schema was as before';
  const where = head === '' ? '' : `, from the migrations at ${head.slice(0, 7)}`;
  return `**Proven on PostgreSQL ${proof.engineVersion}**${where}, with ${counted(proof.rows, 'generated row')}: all steps ran, the schema reached is exactly the one asked for, and ${back} (${proof.ms} ms). Database ${codeSpan(database.name)}${database.version === '' ? '' : `, which runs version ${escapeInline(database.version)}`}.`;
}

function approvalSentence(plan: Plan, approval: ApprovalState): string {
  switch (approval.kind) {
    case 'not-needed':
      return '';
    case 'waiting':
      return `> [!WARNING]\n> ${isDestructive(plan) ? 'This plan deletes data.' : 'This plan needs an approval.'} A director must agree with \`/db approve\`, or stop it with \`/db reject REASON\`.`;
    case 'given':
      return `Approved by ${mention(approval.by)}.`;
    case 'refused':
      return `> [!CAUTION]\n> Rejected by ${mention(approval.by)}: ${escapeInline(approval.reason)}. Edit the request for another plan, or approve this one after all.`;
  }
}

function overview({ plan: { steps, tasks }, proof }: PlanRecord): string {
  const taskOf = (step: number) => tasks.find((task) => task.steps.includes(step))?.id ?? '';
  const rows = steps.map((step) => [
    String(step.id),
    taskOf(step.id),
    step.phase,
    escapeInline(step.title),
    lockCell(locksOf(step, proof)),
    rewritesOf(step, proof).length > 0 ? inWords(rewritesOf(step, proof).map((name) => codeSpan(name))) : 'no',
    step.hazards.length > 0 ? inWords(step.hazards) : 'none known',
  ]);
  return table(['step', 'task', 'phase', 'what', 'lock', 'rewrites', 'risk'], rows);
}

function stepDetails(step: PlanStep, proof: Proof): string {
  const measured = proof.locks[String(step.id)] !== undefined ? 'measured' : "from the engine's manual";
  const locks = locksOf(step, proof).map(({ relation, mode }) => `${codeSpan(mode)} on ${codeSpan(relation)}`);
  return details(
    `Step ${step.id}: ${escapeInline(step.title)}`,
    paragraphs(
      fence(step.sql.map(terminated).join('\n'), 'sql'),
      step.down.length > 0
        ? `Back:\n\n${fence(step.down.map(terminated).join('\n'), 'sql')}`
        : 'There is no way back from this step.',
      bullets([
        `Locks (${measured}): ${locks.length > 0 ? inWords(locks) : 'none'}`,
        step.transaction
          ? 'These statements may share a transaction.'
          : 'Each statement runs alone, outside a transaction.',
        ...(step.resume === undefined
          ? []
          : [
              `After an interrupted try, finish it with ${inWords(step.resume.map((each) => codeSpan(terminated(each))))}`,
            ]),
        `\`lock_timeout\` ${step.lockTimeoutMs} ms, \`statement_timeout\` ${step.statementTimeoutMs} ms`,
        `Why this is safe: ${escapeInline(step.because)}`,
        ...(step.application === undefined
          ? []
          : [`**Before the next step, the application** ${escapeInline(step.application)}`]),
      ]),
    ),
  );
}

function locksOf(step: PlanStep, proof: Proof): readonly Lock[] {
  return proof.locks[String(step.id)] ?? step.locks;
}

function rewritesOf(step: PlanStep, proof: Proof): readonly string[] {
  return proof.rewrites[String(step.id)] ?? step.rewrites;
}

function lockCell(locks: readonly Lock[]): string {
  return locks.length === 0
    ? 'none'
    : locks.map(({ mode, relation }) => `${codeSpan(mode)} ${codeSpan(relation)}`).join('<br>');
}

export function terminated(sql: string): string {
  return /;\s*$/.test(sql) ? sql : `${sql};`;
}

function decisionLog({ decisions, taskFile }: Standing): string {
  const lines = decisions.map(
    ({ at, by, what }) => `${at.slice(0, 16).replace('T', ' ')} ${mention(by)} ${escapeInline(what)}`,
  );
  return paragraphs(
    `### Decisions\n\n${lines.length > 0 ? bullets(lines) : 'None yet.'}`,
    taskFile !== undefined && `Task file: ${codeSpan(taskFile)}`,
  );
}

export function planSuperseded(): string {
  return 'This plan is superseded: the request has changed since. The plan in force is further down.';
}

export function editedLate(): string {
  return 'The request was edited after its tasks were handed out. The plan in force stays as it is; for something else, open another request, or close the sub-issues as not planned first.';
}

export function nothingToPlan({
  paraphrase,
  unsupported,
  notUnderstood,
  optimized: measured,
}: {
  readonly paraphrase: readonly string[];
  readonly unsupported: readonly string[];
  readonly notUnderstood: readonly string[];
  readonly optimized: readonly Optimized[];
}): string {
  if (measured.length > 0 && unsupported.length + notUnderstood.length === 0)
    return fitBody([
      { priority: 0, text: '## No index helps\n\nI measured before I proposed anything, and propose nothing.' },
      ...measured.map((each) => ({ priority: 1, title: 'what was measured for a query', text: optimized(each) })),
      {
        priority: 0,
        text: 'If the sizes or the assumptions are wrong, correct `tables` in the configuration: I measure again. Else the query itself has to ask for less.',
      },
    ]);
  return paragraphs(
    paraphrase.length > 0 && unsupported.length === 0
      ? `There is nothing in this request to plan. What I understand of it:\n\n${bullets(paraphrase.map(sentence))}`
      : 'I found nothing in this request that I can plan.',
    unsupported.length > 0 &&
      `I understand these, but have no safe way to plan them:\n\n${bullets(unsupported.map(escapeInline))}`,
    notUnderstood.length > 0 && `I do not understand these:\n\n${bullets(notUnderstood.map((text) => codeSpan(text)))}`,
    ...measured.map(optimized),
    'Say it as DDL in a fenced `sql` block, or as one sentence a change, such as "add a nullable text column `note` to `orders`". I read the request again when it is edited.',
  );
}

export function planUnproven(plan: Plan, proof: Proof): string {
  const { failure } = proof;
  const step = plan.steps.find(({ id }) => id === failure?.step);
  return paragraphs(
    'I made a plan, but it did not pass its proof on a scratch engine, so I do not post it.',
    failure !== undefined &&
      `Step ${failure.step}${step === undefined ? '' : ` (${escapeInline(step.title)})`} failed:\n\n${fence(failure.statement, 'sql')}\n\n${fence(failure.message, 'text')}`,
    proof.differences.length > 0 &&
      `What it reached differs from what was asked for:\n\n${bullets(proof.differences.slice(0, 20).map(escapeInline))}`,
    'An edit of the request or a change of the schema makes me try again.',
  );
}
