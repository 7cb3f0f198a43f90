import { associationOf, loginOf } from '../../operations/access.ts';
import { commentsOf, isPull, issueById, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Comment, Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import { issuePage } from '../../views/urls.ts';
import type { Context, Fields } from '../context.ts';
import { ordered, type PageArguments, paged } from '../page.ts';
import { actorFields } from './account.ts';
import { issueFields } from './issue.ts';
import { pullFields } from './pull.ts';
import { repositoryFields } from './repository.ts';

/** What everything that somebody wrote has. */
export function authored(
  at: Context,
  repository: Repository,
  record: { readonly author: string; readonly body: string | null; readonly updatedAt: string },
) {
  return {
    author: () => actorFields(at, record.author),
    authorAssociation: associationOf(at.site, repository, record.author),
    viewerDidAuthor: loginOf(at.site, at.actor) === record.author,
    body: record.body ?? '',
    updatedAt: record.updatedAt,
    repository: () => repositoryFields(at, repository),
  };
}

/** When a text was last changed; `null` while it reads as it was written. */
export function editedAt(record: { readonly createdAt: string; readonly updatedAt: string }): string | null {
  return record.updatedAt === record.createdAt ? null : record.updatedAt;
}

export function commentFields(at: Context, comment: Comment): Fields {
  const issue = issueById(at.site.world, comment.issueId);
  const repository = repositoryOf(at.site.world, issue);
  const url = `${issuePage(at.site, repository, issue)}#issuecomment-${comment.id}`;
  return {
    __typename: 'IssueComment',
    id: nodeId('IssueComment', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    ...authored(at, repository, comment),
    createdAt: comment.createdAt,
    lastEditedAt: editedAt(comment),
    isMinimized: comment.minimized !== null,
    minimizedReason: minimizedReason(comment),
    issue: () => issueFields(at, issue),
    pullRequest: () => (isPull(issue) ? pullFields(at, issue) : null),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

/** The reason as GitHub shows it: in lower case, with a hyphen. */
export function minimizedReason({ minimized }: { readonly minimized: string | null }): string | null {
  return minimized?.toLowerCase().replace('_', '-') ?? null;
}

interface CommentArguments extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

/** The conversation of an issue or pull request. */
export function commentConnection(at: Context, issue: Issue) {
  return paged(
    ({ orderBy }: CommentArguments) =>
      ordered(commentsOf(at.site.world, issue), orderBy, { UPDATED_AT: (comment) => comment.updatedAt }),
    (comment) => commentFields(at, comment),
  );
}
