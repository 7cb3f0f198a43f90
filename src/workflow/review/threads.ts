import type { FindingThread, Given } from '../observed.ts';
import type { OwnPost } from '../post.ts';
import { replyId } from '../replies.ts';
import type { Placed } from './findings.ts';

/** Why a finding that stands is not counted: a person said so, with the reason. */
export interface Dismissal {
  readonly key: string;
  readonly reason: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What we last said of a thread's problem: nothing yet, that it is fixed, or that it is back. */
export function lastSaid({ key, said }: FindingThread): {
  readonly kind: 'new' | 'fixed' | 'back';
  readonly times: number;
} {
  const times = said.filter(({ id }) => id.startsWith(`fixed/${key}/`)).length;
  const back = said.filter(({ id }) => id.startsWith(`back/${key}/`)).length;
  return { kind: times > back ? 'fixed' : times > 0 ? 'back' : 'new', times };
}

/** Whether a thread asks for something: neither resolved nor said to be fixed. */
export function isOpen(thread: FindingThread): boolean {
  return !thread.resolved && lastSaid(thread).kind !== 'fixed';
}

/**
 * The findings under the keys of their threads. One whose statement was edited without mending it has another key than its
 * thread; a thread that is still open, of the same rule on the same object, and whose own finding is gone, is its.
 */
export function matched(findings: readonly Placed[], threads: readonly FindingThread[]): readonly Placed[] {
  const present = new Set(findings.map(({ key }) => key));
  const known = new Set(threads.map(({ key }) => key));
  const orphans = threads.filter((thread) => !present.has(thread.key) && isOpen(thread));
  return findings.map((finding) => {
    if (known.has(finding.key)) return finding;
    const { rule, object } = finding.identity;
    const at = orphans.findIndex((thread) => thread.rule === rule && thread.object === object && object !== '');
    const [thread] = at === -1 ? [] : orphans.splice(at, 1);
    return thread === undefined ? finding : { ...finding, key: thread.key };
  });
}

/**
 * What people ignored, by the key of the finding: in its thread, or for a rule on the pull request. What was recorded holds for
 * good, also when the comment that asked for it is gone; what was not recorded yet holds from this pass on.
 */
export function dismissalsOf(
  findings: readonly Placed[],
  threads: readonly FindingThread[],
  posts: readonly OwnPost[],
  commands: readonly Given[],
): ReadonlyMap<string, Dismissal> {
  const recorded = [...posts, ...threads.flatMap(({ said }) => said)].flatMap(({ data }) => recordedIn(data));
  const inThreads = threads.flatMap(dismissedIn);
  const done = new Set(posts.map(({ id }) => id));
  const onPull = commands
    .filter((given) => !done.has(replyId(given, commands)))
    .flatMap((given) => dismissedBy(given, findings));
  // The first word counts: what is recorded is not changed by what is said later.
  return new Map([...onPull, ...inThreads, ...recorded].map((each) => [each.key, each]));
}

/** What a command on the pull request ignores: every finding of its rule that stands there now. */
export function dismissedBy(given: Given, findings: readonly Placed[]): readonly Dismissal[] {
  const { command } = given;
  if (command.kind !== 'ignore') return [];
  const keys = findings.filter(({ finding }) => finding.rule === command.rule).map(({ key }) => key);
  return dismissals(given, keys, command.reason);
}

/** In a thread it is plain what is meant, so that the name of the rule may be left out. */
function dismissedIn({ key, rule, commands }: FindingThread): readonly Dismissal[] {
  return commands.flatMap((given) => {
    const { command } = given;
    if (command.kind !== 'ignore') return [];
    const reason = [command.rule === rule ? '' : command.rule, command.reason].join(' ').trim();
    return dismissals(given, [key], reason);
  });
}

function dismissals({ by, comment }: Given, keys: readonly string[], reason: string): readonly Dismissal[] {
  return keys.map((key) => ({ key, reason, by: by.login, at: comment.createdAt }));
}

/** Dismissals in the data of one of our posts. */
function recordedIn(data: OwnPost['data']): readonly Dismissal[] {
  return (Array.isArray(data.dismissed) ? data.dismissed : []).filter(isDismissal);
}

function isDismissal(value: unknown): value is Dismissal {
  if (typeof value !== 'object' || value === null) return false;
  const { key, reason, by, at } = value as Record<string, unknown>;
  return [key, reason, by, at].every((part) => typeof part === 'string');
}
