import { closingIssues } from '../../operations/linked.ts';
import { isPull, issueById, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Issue, TimelineEvent } from '../../state/issue.ts';
import { issuePage } from '../../views/urls.ts';
import type { Context, Fields } from '../context.ts';
import { actorFields } from './account.ts';
import { commitFields } from './commit.ts';
import { issueFields } from './issue.ts';
import { labelFields } from './label.ts';
import { pullFields } from './pull.ts';
import { refFields } from './ref.ts';
import { repositoryFields } from './repository.ts';
import { reviewFields } from './review.ts';

/** An issue or pull request, whichever it is. */
export function subjectFields(at: Context, issue: Issue): Fields {
  return isPull(issue) ? pullFields(at, issue) : issueFields(at, issue);
}

/** The label as it was when the event happened: it may have been changed or deleted since. */
function labelThen(at: Context, issue: Issue, label: { readonly name: string; readonly color: string }): Fields {
  const repository = repositoryOf(at.site.world, issue);
  const now = repository.labels.find((known) => known.name === label.name);
  return labelFields(at, repository, now ?? { id: 0, ...label, description: null, default: false });
}

function details(at: Context, issue: Issue, event: TimelineEvent): object {
  const repository = repositoryOf(at.site.world, issue);
  const subject = () => subjectFields(at, issue);
  const other = (id: number) => issueById(at.site.world, id);
  switch (event.event) {
    case 'labeled':
    case 'unlabeled':
      return { label: () => labelThen(at, issue, event.label), labelable: subject };
    case 'assigned':
    case 'unassigned':
      return { assignable: subject, assignee: () => actorFields(at, event.assignee) };
    case 'closed':
      return {
        closable: subject,
        closer: () => (event.commitId ? commitFields(at, repository, event.commitId) : null),
        stateReason: event.stateReason?.toUpperCase() ?? null,
      };
    case 'reopened':
      return { closable: subject, stateReason: event.stateReason?.toUpperCase() ?? null };
    case 'renamed':
      return { previousTitle: event.from, currentTitle: event.to, subject };
    case 'cross-referenced': {
      const source = other(event.sourceIssueId);
      return {
        isCrossRepository: source.repositoryId !== issue.repositoryId,
        referencedAt: event.createdAt,
        source: () => subjectFields(at, source),
        target: subject,
        willCloseTarget: isPull(source) && closingIssues(at.site, source).some(({ id }) => id === issue.id),
      };
    }
    case 'referenced':
      return {
        commit: () => commitFields(at, repository, event.commitId),
        commitRepository: () => repositoryFields(at, repository),
        isCrossRepository: false,
        isDirectReference: true,
        subject,
      };
    case 'merged':
      return {
        commit: () => commitFields(at, repository, event.commitId),
        mergeRefName: issue.pull?.baseRef ?? '',
        pullRequest: subject,
      };
    case 'review_requested':
    case 'review_request_removed':
      return { pullRequest: subject, requestedReviewer: () => actorFields(at, event.reviewer) };
    case 'review_dismissed': {
      const review = at.site.world.reviews.get(event.reviewId);
      return {
        dismissalMessage: event.message,
        previousReviewState: event.previousState.toUpperCase(),
        pullRequest: subject,
        review: () => (review ? reviewFields(at, review) : null),
      };
    }
    case 'head_ref_deleted':
    case 'head_ref_force_pushed': {
      const ref = `refs/heads/${issue.pull?.headRef}`;
      const branch = () => (repository.refs[ref] ? refFields(at, repository, ref) : null);
      const moved =
        event.event === 'head_ref_force_pushed'
          ? {
              beforeCommit: () => commitFields(at, repository, event.before),
              afterCommit: () => commitFields(at, repository, event.after),
            }
          : {};
      return { headRef: branch, headRefName: issue.pull?.headRef ?? '', ref: branch, pullRequest: subject, ...moved };
    }
    case 'ready_for_review':
    case 'convert_to_draft':
      return { pullRequest: subject };
    case 'sub_issue_added':
    case 'sub_issue_removed':
      return { subIssue: () => issueFields(at, other(event.issueId)) };
    case 'parent_issue_added':
    case 'parent_issue_removed':
      return { parent: () => issueFields(at, other(event.issueId)) };
    case 'blocked_by_added':
    case 'blocked_by_removed':
    case 'blocking_added':
    case 'blocking_removed':
      return {};
  }
}

/** One event of a timeline, as the type of that name. */
export function eventFields(at: Context, issue: Issue, event: TimelineEvent, typeName: string): Fields {
  const url = `${issuePage(at.site, repositoryOf(at.site.world, issue), issue)}#event-${event.id}`;
  return {
    __typename: typeName,
    id: nodeId('TimelineEvent', event.id),
    actor: () => actorFields(at, event.actor),
    createdAt: event.createdAt,
    resourcePath: url.slice(at.site.url().length),
    url,
    ...details(at, issue, event),
  };
}
