import type { CheckWrite, OwnReview, PullNow, Repository, Review } from '../github/port.ts';
import type { Action, ActionKind, ActionOf, EvidenceRequest } from './actions.ts';
import { cancellation, checkWrites } from './checks/runs.ts';
import { findPost, type OwnPost, type Post, type PostCodec, postDigest } from './post.ts';
import { everywhere, readBody, taskPostId } from './task-body.ts';

/** The outside as the performers see it: one repository, and where engine work is asked for. */
export interface World {
  readonly repository: Repository;
  /** Recognises our comments on an issue or pull request of this repository. */
  readonly codec: (number: number) => PostCodec;
  readonly askForEvidence: (request: EvidenceRequest) => Promise<void>;
}

/** Carries an action out unless it is true already. Tells whether anything was written. */
export function act(action: Action, world: World): Promise<boolean> {
  const perform = performers[action.kind] as (action: Action, world: World) => Promise<boolean>;
  return perform(action, world);
}

type Performers = { readonly [Kind in ActionKind]: (action: ActionOf<Kind>, world: World) => Promise<boolean> };

/**
 * One performer a kind. Each ensures rather than does: the picture that the decision came from may be older than a write
 * that happened a moment ago, before a crash or in another pass, so what is there is looked at again.
 */
const performers: Performers = {
  async 'post-comment'({ issue, post }, { repository, codec }) {
    const existing = findPost(await ownPosts(issue, repository, codec), post.id);
    if (existing?.digest === postDigest(post)) return false;
    const body = codec(issue).write(post);
    if (existing === undefined) await repository.createComment(issue, body);
    else await repository.updateComment(existing.comment, body);
    return true;
  },

  async 'set-state'({ issue, label, remove }, { repository }) {
    // The new one first: an issue with two is read right, an issue with none would be taken up from the beginning.
    if (label !== undefined) await repository.addLabels(issue, [label]);
    for (const name of remove) await repository.removeLabel(issue, name);
    return true;
  },

  async 'open-sub-issue'({ parent, task, title, text, data, assignees }, { repository, codec }) {
    const post: Post = { id: taskPostId(parent, task), text, data };
    const standing = (await repository.ownIssues()).find(
      (issue) => readBody(issue, repository.bot, codec(everywhere))?.id === post.id,
    );
    const child =
      standing ?? (await repository.createIssue({ title, body: codec(everywhere).write(post), labels: [], assignees }));
    await repository.addSubIssue(parent, child);
    return true;
  },

  async 'link-sub-issue'({ parent, child, childId }, { repository }) {
    return repository.addSubIssue(parent, { number: child, id: childId });
  },

  async 'block-sub-issue'({ issue, byId }, { repository }) {
    return repository.addBlockedBy(issue, byId);
  },

  async 'close-issue'({ issue, reason }, { repository }) {
    await repository.updateIssue(issue, { state: 'closed', reason });
    return true;
  },

  async 'reopen-issue'({ issue }, { repository }) {
    await repository.updateIssue(issue, { state: 'open', reason: 'reopened' });
    return true;
  },

  async 'publish-checks'({ head, pull, checks }, { repository }) {
    const runs = pull === undefined ? await repository.checks(head) : (await atHead(pull, head, repository))?.checks;
    const writes = runs === undefined ? [] : checks.flatMap((wanted) => checkWrites(runs, wanted));
    if (writes.length === 0) return false;
    await repository.publishChecks(writes);
    return true;
  },

  async 'cancel-checks'({ pull, title, runs }, { repository }) {
    const writes: CheckWrite[] = [];
    for (const head of new Set(runs.map((run) => run.head))) {
      const ids = new Set(runs.map(({ id }) => id));
      const waiting = (await repository.checks(head)).filter(({ id, status }) => ids.has(id) && status !== 'completed');
      if (waiting.length === 0) continue;
      // Of stacked pull requests, the one's earlier commit is the other's head.
      if ((await repository.pullsWithHead(head)).some((number) => number !== pull)) continue;
      writes.push(...waiting.map((run) => cancellation(run, title)));
    }
    if (writes.length === 0) return false;
    await repository.publishChecks(writes);
    return true;
  },

  async 'post-review'({ pull, commit, event, text, comments }, { repository, codec }) {
    const { write } = codec(pull);
    const said = await findingsSaid(pull, commit, repository, codec);
    const fresh = comments.filter(({ key }) => !said.has(findingPostId(key)));
    const stands =
      event === 'COMMENT' || (await repository.ownReviews(pull)).some((review) => isStance(review, event, commit));
    if (fresh.length === 0 && stands) return false;
    await repository.createReview(pull, {
      commit,
      event: stands ? 'COMMENT' : event,
      body: text,
      comments: fresh.map(({ key, text, data, ...place }) => ({
        ...place,
        body: write({ id: findingPostId(key), text, data }),
      })),
    });
    return true;
  },

  async 'comment-on-file'({ pull, commit, path, comment: { key, text, data } }, { repository, codec }) {
    const id = findingPostId(key);
    if ((await findingsSaid(pull, commit, repository, codec)).has(id)) return false;
    await repository.commentOnFile(pull, { commit, path, body: codec(pull).write({ id, text, data }) });
    return true;
  },

  async 'dismiss-review'({ pull, head, review, message }, { repository }) {
    await atHead(pull, head, repository);
    if (!(await repository.ownReviews(pull)).some(({ id }) => id === review)) return false;
    await repository.dismissReview(pull, review, message);
    return true;
  },

  async 'reply-in-thread'({ pull, head, thread, comment, post, then }, { repository, codec }) {
    const { write, read } = codec(pull);
    const current = (await atHead(pull, head, repository))?.threads.find(({ id }) => id === thread);
    if (current === undefined) return false;
    // First the state, then the words: a reply is what tells the next pass that nothing is left to do.
    const moved =
      then === 'resolve'
        ? !current.resolved && (await repository.resolveThread(thread))
        : then === 'unresolve' && current.resolved && (await repository.unresolveThread(thread));
    const said = findPost(
      current.comments.flatMap((each) => read(each) ?? []),
      post.id,
    );
    if (said?.digest === postDigest(post)) return moved;
    if (said === undefined) await repository.replyToReviewComment(pull, comment, write(post));
    else await repository.updateReviewComment(said.comment, write(post));
    return true;
  },

  async 'write-task-file'({ path, text, message }, { repository }) {
    return (await repository.commitFile({ path, text, message })) !== 'unchanged';
  },

  async 'gather-evidence'({ request }, { askForEvidence }) {
    await askForEvidence(request);
    return false;
  },
};

/** An approval is of one commit; a request for changes stands until it is dismissed. */
function isStance({ state, commit: of }: OwnReview, event: Review['event'], commit: string): boolean {
  return event === 'APPROVE' ? state === 'APPROVED' && of === commit : state === 'CHANGES_REQUESTED';
}

/** The head of the pull request is another one by now: what was decided is of no commit that anybody looks at. */
export class HeadMoved extends Error {
  override readonly name = 'HeadMoved';
}

/** The pull request as it stands at this moment, which must still be at the commit that was judged. */
async function atHead(pull: number, head: string, repository: Repository): Promise<PullNow | undefined> {
  const now = await repository.pullNow(pull, head);
  if (now !== undefined && now.head !== head)
    throw new HeadMoved(`the head of #${pull} moved from ${head.slice(0, 7)} to ${now.head.slice(0, 7)}`);
  return now;
}

/** The identity of the review comment about a finding. */
export function findingPostId(key: string): string {
  return `finding/${key}`;
}

async function findingsSaid(
  pull: number,
  head: string,
  repository: Repository,
  codec: World['codec'],
): Promise<ReadonlySet<string>> {
  const { read } = codec(pull);
  const threads = (await atHead(pull, head, repository))?.threads ?? [];
  return new Set(threads.flatMap(({ comments: [first] }) => (first === undefined ? [] : (read(first)?.id ?? []))));
}

async function ownPosts(issue: number, repository: Repository, codec: World['codec']): Promise<readonly OwnPost[]> {
  const comments = await repository.comments(issue);
  return comments.flatMap((comment) => codec(issue).read(comment) ?? []);
}
