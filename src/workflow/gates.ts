import type { LinkedPull } from '../github/port.ts';
import { escapeInline } from '../messages/escape.ts';
import { whyLacking } from '../messages/lacking.ts';
import { holds } from './authority.ts';
import { lackedOf } from './features.ts';
import type { Given, RequestPicture } from './observed.ts';
import { postsOf } from './post.ts';
import { isFinished, progressOf, type TaskProgress } from './progress.ts';

/** One thing that must be true before a request is done, with the evidence for it. */
export interface Gate {
  readonly name: string;
  readonly state: 'passed' | 'waiting' | 'failed';
  /** What was seen, or what is waited for. Links are GitHub's own (`#12`, a URL). */
  readonly evidence: string;
}

export interface SignOff {
  readonly role: string;
  readonly by?: string;
  readonly at?: string;
}

/** What the gates look at. */
export type GateKey = 'plan' | 'children' | 'place' | 'config' | 'commands' | 'deployments' | 'posts';
type GatesSlice = Pick<RequestPicture, GateKey>;

/** Every gate of a request whose plan is posted, in the order in which they open. */
export function gatesOf(picture: GatesSlice): readonly Gate[] {
  const tasks = progressOf(picture);
  return [
    ...tasks.map(taskGate),
    ...signOffs(picture).map(
      (signOff): Gate => ({
        name: `Sign-off of ${signOff.role}`,
        state: signOff.by === undefined ? 'waiting' : 'passed',
        evidence: signOff.by === undefined ? 'not given yet' : `given by ${signOff.by} at ${signOff.at}`,
      }),
    ),
    ...environmentGates(picture, mergesOf(tasks)),
  ];
}

/** Whether the gates before sign-off and deployment have all opened. */
export function allMerged(picture: GatesSlice): boolean {
  const tasks = progressOf(picture);
  return tasks.length > 0 && tasks.every(isFinished);
}

/** The commits with which the tasks' pull requests were merged. */
export function mergesOf(tasks: readonly TaskProgress[]): readonly string[] {
  return tasks.flatMap(({ state }) =>
    'pull' in state && state.pull.mergeCommit !== undefined ? [state.pull.mergeCommit] : [],
  );
}

/**
 * The sign-offs that the configuration asks for. Only what came after the request for them counts, and only from those who
 * hold the role; a role that nobody is mapped to is open to everyone with write access.
 */
export function signOffs({
  config,
  commands,
  posts,
}: Pick<RequestPicture, 'config' | 'commands' | 'posts'>): readonly SignOff[] {
  const asked = postsOf(posts, 'sign-off').at(-1);
  return config.signOff.map((role) => {
    const given = commands.findLast(
      (each) => asked !== undefined && each.comment.id > asked.comment && signsOffAs(each, role, config.roles),
    );
    return given === undefined ? { role } : { role, by: given.by.login, at: given.comment.createdAt };
  });
}

function signsOffAs({ command, by }: Given, role: string, roles: RequestPicture['config']['roles']): boolean {
  if (command.kind !== 'sign-off') return false;
  return (command.role ?? role) === role && holds(by, role, roles);
}

function taskGate(progress: TaskProgress): Gate {
  const name = `Task ${progress.task.id}: ${progress.task.title}`;
  const { state, child } = progress;
  if (isFinished(progress)) {
    const how = 'pull' in state ? mergedHow(state.pull) : 'its criteria hold on the default branch';
    return { name, state: 'passed', evidence: `#${child?.issue.number} closed, ${how}` };
  }
  const failed = state.kind === 'merged-unverified' || state.kind === 'given-up';
  return {
    name,
    state: failed ? 'failed' : 'waiting',
    evidence: child === undefined ? 'not delegated yet' : `#${child.issue.number}: ${state.kind}`,
  };
}

/** A check that could not be made is not one that was passed. */
function mergedHow({ number, checks }: LinkedPull): string {
  const aggregate = checks.findLast(({ name }) => name === 'database-lead');
  if (aggregate === undefined) return `#${number} merged, its criteria hold on the default branch`;
  return aggregate?.conclusion === 'neutral'
    ? `#${number} merged; ${escapeInline(aggregate.title ?? 'not verified')}`
    : `#${number} merged and verified`;
}

function environmentGates(
  { config, deployments, place }: Pick<RequestPicture, 'config' | 'deployments' | 'place'>,
  merges: readonly string[],
): readonly Gate[] {
  return config.environments.map((environment): Gate => {
    const name = `Deployed to ${environment}`;
    const latest = deployments.findLast(
      (each) => each.environment === environment && merges.every((commit) => each.contains.includes(commit)),
    );
    const [lacked] = lackedOf(place.without, ['deployments']);
    if (lacked !== undefined) return { name, state: 'waiting', evidence: `cannot be seen: ${whyLacking(lacked)}` };
    if (merges.length === 0 || latest === undefined)
      return { name, state: 'waiting', evidence: 'no deployment that contains the merges yet' };
    const which = `deployment of ${latest.sha.slice(0, 7)}`;
    if (latest.state === 'success') return { name, state: 'passed', evidence: `${which} succeeded` };
    return latest.state === 'failure'
      ? { name, state: 'failed', evidence: `${which} failed` }
      : { name, state: 'waiting', evidence: `${which} is under way` };
  });
}
