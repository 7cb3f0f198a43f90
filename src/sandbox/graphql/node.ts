import { objectType } from '../git/objects.ts';
import { isPull, issueById, repositoryOf } from '../state/find.ts';
import { parseNodeId } from '../state/ids.ts';
import type { Issue } from '../state/issue.ts';
import type { World } from '../state/world.ts';
import { type Context, type Fields, sees } from './context.ts';
import { unresolved } from './errors.ts';
import { actorFields } from './types/account.ts';
import { appFields } from './types/app.ts';
import { runFields } from './types/check-run.ts';
import { suiteFields } from './types/check-suite.ts';
import { commentFields } from './types/comment.ts';
import { deploymentFields } from './types/deployment.ts';
import { gitObject } from './types/git-object.ts';
import { labelFields } from './types/label.ts';
import { entryFields } from './types/merge-queue.ts';
import { repositoryFields } from './types/repository.ts';
import { reviewFields } from './types/review.ts';
import { reviewCommentFields } from './types/review-comment.ts';
import { threadFields } from './types/thread.ts';
import { subjectFields } from './types/timeline-event.ts';

/** A record behind a node id, told apart by kind. */
export type NodeRecord = NonNullable<ReturnType<typeof findNode>>;

/** The record that a node id names; `null` for none. Kinds that nothing refers to by id are not looked up. */
function findNode(world: World, id: string) {
  const parsed = parseNodeId(id);
  if (!parsed) return null;
  const { kind, id: key } = parsed;
  switch (kind) {
    case 'User':
    case 'Bot':
    case 'Organization':
      return tagged(
        'account',
        [...world.accounts.values()].find((account) => account.id === key),
      );
    case 'App':
      return tagged('app', world.apps.get(key));
    case 'Repository':
      return tagged('repository', world.repositories.get(key));
    case 'Label':
      for (const repository of world.repositories.values()) {
        const label = repository.labels.find((candidate) => candidate.id === key);
        if (label) return tagged('label', { label, repository });
      }
      return null;
    case 'Issue': {
      const issue = world.issues.get(key);
      // A pull request goes by its own id, never by that of the issue beneath it.
      return tagged('issue', issue?.pull ? undefined : issue);
    }
    case 'PullRequest':
      return tagged(
        'issue',
        [...world.issues.values()].filter(isPull).find(({ pull }) => pull.id === key),
      );
    case 'IssueComment':
      return tagged('comment', world.comments.get(key));
    case 'PullRequestReview':
      return tagged('review', world.reviews.get(key));
    case 'PullRequestReviewThread':
      return tagged('thread', world.threads.get(key));
    case 'PullRequestReviewComment':
      return tagged('review-comment', world.reviewComments.get(key));
    case 'CheckSuite':
      return tagged('suite', world.checkSuites.get(key));
    case 'CheckRun':
      return tagged('run', world.checkRuns.get(key));
    case 'Deployment':
      return tagged('deployment', world.deployments.get(key));
    case 'MergeQueueEntry':
      return tagged(
        'queued',
        world.mergeQueue.find((entry) => entry.id === key),
      );
    default:
      return null;
  }
}

function tagged<K extends string, T>(kind: K, record: T | undefined) {
  return record === undefined ? null : { kind, record };
}

function isVisible(at: Context, found: NodeRecord): boolean {
  const { world } = at.site;
  switch (found.kind) {
    case 'account':
    case 'app':
      return true;
    case 'repository':
      return sees(at, found.record);
    case 'label':
      return sees(at, found.record.repository);
    case 'issue':
    case 'suite':
    case 'run':
    case 'deployment':
    case 'queued':
      return sees(at, repositoryOf(world, found.record));
    case 'comment':
    case 'review':
    case 'thread':
    case 'review-comment':
      return sees(at, repositoryOf(world, issueById(world, found.record.issueId)));
  }
}

function render(at: Context, found: NodeRecord): Fields | null {
  switch (found.kind) {
    case 'account':
      return actorFields(at, found.record.login);
    case 'app':
      return appFields(at, found.record.id);
    case 'repository':
      return repositoryFields(at, found.record);
    case 'label':
      return labelFields(at, found.record.repository, found.record.label);
    case 'issue':
      return subjectFields(at, found.record);
    case 'comment':
      return commentFields(at, found.record);
    case 'review':
      return reviewFields(at, found.record);
    case 'thread':
      return threadFields(at, found.record);
    case 'review-comment':
      return reviewCommentFields(at, found.record);
    case 'suite':
      return suiteFields(at, found.record);
    case 'run':
      return runFields(at, found.record);
    case 'deployment':
      return deploymentFields(at, found.record);
    case 'queued':
      return entryFields(at, repositoryOf(at.site.world, found.record), found.record);
  }
}

/** Git objects have no database id: their node ids hold the repository and the object id. */
async function gitNode(at: Context, id: string): Promise<Fields | null> {
  const encoded = /^[BCT]_kw([\w-]+)$/.exec(id)?.[1];
  const [repositoryId, oid] = encoded ? Buffer.from(encoded, 'base64url').toString('utf8').split(':') : [];
  const repository = at.site.world.repositories.get(Number(repositoryId));
  if (!repository || !oid || !sees(at, repository)) return null;
  return (await objectType(at.site.gitOf(repository), oid)) === null ? null : gitObject(at, repository, oid);
}

function unknownNode(id: string): Error {
  return unresolved(`a node with the global id of '${id}'`);
}

/** The record of a node id that this caller may know of; refuses as GitHub does otherwise. */
export function requireNode(at: Context, id: string): NodeRecord {
  const found = findNode(at.site.world, id);
  if (!found || !isVisible(at, found)) throw unknownNode(id);
  return found;
}

/** The issue or pull request of a node id. */
export function requireIssue(at: Context, id: string): Issue {
  const found = requireNode(at, id);
  if (found.kind !== 'issue') throw unknownNode(id);
  return found.record;
}

/** Any object by its node id. */
export async function nodeFields(at: Context, id: string): Promise<Fields> {
  const git = await gitNode(at, id);
  if (git) return git;
  const fields = render(at, requireNode(at, id));
  if (!fields) throw unknownNode(id);
  return fields;
}
