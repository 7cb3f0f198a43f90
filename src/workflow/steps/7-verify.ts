import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { ensureCheck } from '../checks.ts';
import { ensureSaid } from '../ensure.ts';
import { allMerged, type GateKey, mergesOf, signOffs } from '../gates.ts';
import { type IntakeKey, mayProceed } from '../intake.ts';
import type { RequestPicture } from '../observed.ts';
import { progressOf } from '../progress.ts';
import type { PullStep, RequestStep } from '../step.ts';
import { aggregateVerdict, reportOf, type VerdictKey, verifyVerdict } from '../verdict.ts';

type PullSlice = 'pull' | 'checks' | 'tasks' | VerdictKey;

/** Runs the exact migrations of a pull request on a real engine, and says what was seen. */
export const verify: PullStep<PullSlice> = {
  name: 'verify',

  decide(picture) {
    const { pull, reviews, checks } = picture;
    if (pull.state === 'closed') return [];
    const waiting = reviews.filter((review) => reportOf(picture, review) === undefined);
    const detail = {
      name: 'database-lead/verify',
      head: pull.head.sha,
      ...verifyVerdict(picture),
      summary: messages.verification({
        databases: reviews.map((review) => ({ name: review.database.name, report: reportOf(picture, review) })),
        tasks: picture.tasks,
      }),
      annotations: [],
    };
    const aggregate = {
      name: 'database-lead',
      head: pull.head.sha,
      ...aggregateVerdict(picture),
      summary: messages.aggregate(),
      annotations: [],
    };
    return [
      ...ensureCheck(checks, detail),
      ...ensureCheck(checks, aggregate),
      ...waiting.map(({ verification, migrations }): Action => {
        const why = `${migrations.length} migrations at ${pull.head.sha.slice(0, 7)} have not been executed`;
        return { kind: 'gather-evidence', why, request: verification };
      }),
    ];
  },
};

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
