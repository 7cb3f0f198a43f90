import * as messages from '../../messages/index.ts';
import type { Proof } from '../../planner/plan.ts';
import type { Action } from '../actions.ts';
import { type DecisionKey, decisionsOf } from '../decisions.ts';
import { ensurePost, ensureSaid } from '../ensure.ts';
import { isHandOver } from '../hand-over.ts';
import { type IntakeKey, mayProceed } from '../intake.ts';
import type { PlanPicture, RequestPicture } from '../observed.ts';
import { postsOf } from '../post.ts';
import type { RequestStep } from '../step.ts';

type Slice = IntakeKey | DecisionKey | 'children' | 'taskFile' | 'measuring';
type View = Pick<RequestPicture, Slice>;

/** Has the plan proven on an engine and only then posts it; keeps its decision log current. */
export const plan: RequestStep<Slice> = {
  name: 'plan',

  decide(picture) {
    const { plan, reading, measuring } = picture;
    if (!mayProceed(picture)) return [];
    if (plan === undefined)
      return measuring.map((request) => ({
        kind: 'gather-evidence',
        why: 'it is not known yet which index helps the query',
        request,
      }));
    if (plan.post !== undefined)
      return [...ensurePlan(picture, plan, 'a decision was made'), ...editedLate(picture, plan)];
    if (reading === undefined || reading.questions.some(({ open }) => open)) return [];
    if (plan.record.plan.steps.length === 0) return nothingToDo(picture, plan);

    if (isHandOver(plan.record.plan))
      return [
        ...supersede(picture, plan),
        ...ensurePlan(picture, plan, 'the specialist of the engine plans the statements'),
      ];
    if (plan.proof === undefined) {
      return [{ kind: 'gather-evidence', why: 'the plan has not been executed yet', request: plan.proving }];
    }
    return isProven(plan.proof)
      ? [...supersede(picture, plan), ...ensurePlan(picture, plan, whyProven(plan.proof))]
      : unproven(picture, plan, plan.proof);
  },
};

/** A plan is shown only after it ran, arrived and went back (or could not, because it deletes data). */
export function isProven(proof: Proof): boolean {
  return proof.applied && proof.reachedDesired && proof.reverted !== false;
}

function whyProven(proof: Proof): string {
  return `the plan ran on PostgreSQL ${proof.engineVersion}, reached the desired schema and went back`;
}

function ensurePlan(picture: View, { digest, record, approval }: PlanPicture, why: string): readonly Action[] {
  const text = messages.plan(record, {
    approval,
    decisions: decisionsOf(picture),
    ...(picture.taskFile === undefined ? {} : { taskFile: picture.taskFile.path }),
  });
  return ensurePost(picture.issue.number, picture.posts, { id: `plan/${digest}`, text, data: { ...record } }, why);
}

/** Plans that an edit of the request has overtaken say so, so that nobody approves the wrong one. */
function supersede({ issue, posts }: View, { digest }: PlanPicture): readonly Action[] {
  return postsOf(posts, 'plan')
    .filter(({ id }) => id !== `plan/${digest}`)
    .flatMap(({ id }) =>
      ensurePost(
        issue.number,
        posts,
        { id, text: messages.planSuperseded(), data: { superseded: true } },
        'the request has changed since',
      ),
    );
}

/** After delegation a plan stands: an edit of the request is answered, not obeyed. */
function editedLate({ issue, posts, children, reading }: View, plan: PlanPicture): readonly Action[] {
  if (reading === undefined || children.length === 0 || reading.digest === plan.record.reading) return [];
  const said = { id: `edited/${reading.digest}`, text: messages.editedLate(), data: {} };
  return ensureSaid(issue.number, posts, said, 'the request was edited after its tasks were delegated');
}

function nothingToDo({ issue, posts, reading }: View, plan: PlanPicture): readonly Action[] {
  const text = messages.nothingToPlan({
    paraphrase: reading?.understood.paraphrase ?? [],
    unsupported: plan.record.plan.unsupported,
    notUnderstood: reading?.understood.notUnderstood ?? [],
    optimized: plan.record.optimized ?? [],
  });
  return ensurePost(
    issue.number,
    posts,
    { id: 'nothing', text, data: {} },
    'the request asks for nothing that can be planned',
  );
}

function unproven({ issue, posts }: View, plan: PlanPicture, proof: Proof): readonly Action[] {
  const failed = { id: `unproven/${plan.digest}`, text: messages.planUnproven(plan.record.plan, proof), data: {} };
  return ensureSaid(issue.number, posts, failed, 'the plan did not pass its proof');
}
