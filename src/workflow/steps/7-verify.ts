import type { PullSnapshot, RunFacts } from '../../github/port.ts';
import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { ensureChecks } from '../checks/publish.ts';
import { aggregateCheck, type Judged, verifyCheck } from '../checks/texts.ts';
import { reportOf, type VerdictKey } from '../checks/verdict.ts';
import { ensureSaid } from '../ensure.ts';
import { allMerged, type GateKey, mergesOf, signOffs } from '../gates.ts';
import { type IntakeKey, mayProceed } from '../intake.ts';
import type { RequestPicture } from '../observed.ts';
import { progressOf } from '../progress.ts';
import type { PullStep, RequestStep } from '../step.ts';

type PullSlice = 'pull' | 'checks' | 'tasks' | 'filesCut' | VerdictKey;

/** Runs the exact migrations of a pull request on a real engine, and says what was seen. */
export const verify: PullStep<PullSlice> = {
  name: 'verify',

  decide(picture) {
    const { pull, checks } = picture;
    const ended =
      pull.state === 'closed'
        ? cancel(checks, 'The pull request was closed', pull.number)
        : ensureChecks(checks, [verifyCheck(picture), aggregateCheck(picture)], pull.number);
    return [...supersede(pull), ...(pull.state === 'closed' ? [] : gathering(picture)), ...ended];
  },
};

/** Nothing will come of runs on heads that were pushed over. */
export function supersede({ number, head, unfinished }: PullSnapshot): readonly Action[] {
  return cancel(unfinished, `Superseded by ${head.sha.slice(0, 7)}`, number);
}

/** Engine work for what has not been executed. */
export function gathering(judged: Pick<Judged, 'reviews' | 'evidence' | 'pull'>): readonly Action[] {
  return judged.reviews
    .filter((review) => reportOf(judged, review) === undefined)
    .map(({ verification, migrations }) => {
      const why = `${migrations.length} migrations at ${judged.pull.head.sha.slice(0, 7)} have not been executed`;
      return { kind: 'gather-evidence', why, request: verification };
    });
}

function cancel(runs: readonly RunFacts[], title: string, pull: number): readonly Action[] {
  const waiting = runs.filter(({ status }) => status !== 'completed');
  if (waiting.length === 0) return [];
  const why = `${waiting.map(({ name }) => name).join(', ')}: ${title}`;
  return [{ kind: 'cancel-checks', why, pull, title, runs: waiting }];
}

type RequestSlice = IntakeKey | GateKey;
type View = Pick<RequestPicture, RequestSlice>;

/** After the merges: asks for the sign-offs, and watches the environments. */
export const integrate: RequestStep<RequestSlice> = {
  name: 'integrate',

  decide(picture) {
    if (!mayProceed(picture) || !allMerged(picture)) return [];
    return [...askForSignOff(picture), ...failedDeployments(picture)];
  },
};

/** Asked for again when what was signed off is no longer what is merged. */
function askForSignOff(picture: View): readonly Action[] {
  const { issue, posts, config } = picture;
  const wanted = signOffs(picture);
  if (wanted.length === 0) return [];
  const merges = mergesOf(progressOf(picture)).map((commit) => commit.slice(0, 7));
  const post = {
    id: `sign-off/${merges.join('-')}`,
    text: messages.askForSignOff({
      roles: wanted.map(({ role }) => ({ role, people: config.roles[role] ?? [] })),
      merges,
    }),
    data: {},
  };
  return ensureSaid(issue.number, posts, post, 'every task is merged and verified');
}

function failedDeployments({ issue, posts, config, deployments, plan }: View): readonly Action[] {
  return deployments
    .filter(
      ({ state, contains, environment }) =>
        state === 'failure' && contains.length > 0 && config.environments.includes(environment),
    )
    .flatMap((deployment) => {
      const post = {
        id: `deployment/${deployment.id}`,
        text: messages.failedDeployment({
          environment: deployment.environment,
          sha: deployment.sha,
          url: deployment.url,
          people: [...(config.roles['devops-lead'] ?? []), ...(config.roles['backend-lead'] ?? [])],
          rollback: plan?.record.plan.steps.toReversed().flatMap(({ down }) => down) ?? [],
        }),
        data: {},
      };
      return ensureSaid(issue.number, posts, post, `the deployment to ${deployment.environment} failed`);
    });
}
