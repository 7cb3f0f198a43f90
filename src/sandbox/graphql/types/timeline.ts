import { commitsBetween } from '../../git/history.ts';
import { commentsOf, isPull, issueById, type PullIssue, repositoryOf, reviewsOf } from '../../state/find.ts';
import type { Issue, TimelineEvent, TimelineKind } from '../../state/issue.ts';
import type { Context, Fields } from '../context.ts';
import { sees } from '../context.ts';
import { type PageArguments, paged } from '../page.ts';
import { commentFields } from './comment.ts';
import { pullCommitFields } from './pull-content.ts';
import { isShown, reviewFields } from './review.ts';
import { eventFields } from './timeline-event.ts';

/** Type of each event; `null`: GitHub's published schema has none for it yet. */
const typeNames: Readonly<Record<TimelineKind, string | null>> = {
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  assigned: 'AssignedEvent',
  unassigned: 'UnassignedEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  renamed: 'RenamedTitleEvent',
  'cross-referenced': 'CrossReferencedEvent',
  referenced: 'ReferencedEvent',
  merged: 'MergedEvent',
  review_requested: 'ReviewRequestedEvent',
  review_request_removed: 'ReviewRequestRemovedEvent',
  review_dismissed: 'ReviewDismissedEvent',
  head_ref_deleted: 'HeadRefDeletedEvent',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  ready_for_review: 'ReadyForReviewEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  sub_issue_added: 'SubIssueAddedEvent',
  sub_issue_removed: 'SubIssueRemovedEvent',
  parent_issue_added: 'ParentIssueAddedEvent',
  parent_issue_removed: 'ParentIssueRemovedEvent',
  blocked_by_added: null,
  blocked_by_removed: null,
  blocking_added: null,
  blocking_removed: null,
};

interface Item {
  readonly typeName: string;
  readonly at: string;
  readonly render: () => Fields | Promise<Fields>;
}

async function pullItems(at: Context, issue: PullIssue): Promise<Item[]> {
  const git = at.site.gitOf(repositoryOf(at.site.world, issue));
  const commits = await commitsBetween(git, issue.pull.baseSha, issue.pull.headSha);
  const reviews = reviewsOf(at.site.world, issue).filter((review) => review.submittedAt && isShown(at, review));
  return [
    ...commits.map((commit) => ({
      typeName: 'PullRequestCommit',
      at: commit.committer.date,
      render: () => pullCommitFields(at, issue, commit.oid),
    })),
    ...reviews.map((review) => ({
      typeName: 'PullRequestReview',
      at: review.submittedAt ?? '',
      render: () => reviewFields(at, review),
    })),
  ];
}

/** An event about something that the caller may not know of is not told. */
function isTold(at: Context, event: TimelineEvent): boolean {
  const other =
    event.event === 'cross-referenced' ? event.sourceIssueId : 'issueId' in event ? event.issueId : undefined;
  if (other === undefined) return true;
  return sees(at, repositoryOf(at.site.world, issueById(at.site.world, other)));
}

async function itemsOf(at: Context, issue: Issue): Promise<Item[]> {
  const events = issue.timeline
    .filter((event) => isTold(at, event))
    .flatMap((event) => {
      const typeName = typeNames[event.event];
      if (typeName === null) return [];
      return { typeName, at: event.createdAt, render: () => eventFields(at, issue, event, typeName) };
    });
  const comments = commentsOf(at.site.world, issue).map((comment) => ({
    typeName: 'IssueComment',
    at: comment.createdAt,
    render: () => commentFields(at, comment),
  }));
  const items: Item[] = [...(isPull(issue) ? await pullItems(at, issue) : []), ...events, ...comments];
  return items.sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
}

/** `LabeledEvent` as the filter spells it: `LABELED_EVENT`. */
function itemType(typeName: string): string {
  return typeName.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}

interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
  readonly skip?: number | null;
}

/** Events, comments, and for a pull request commits and reviews, oldest first. */
export function timelineConnection(at: Context, issue: Issue) {
  return paged(
    async ({ itemTypes, since, skip }: TimelineArguments) => {
      const items = await itemsOf(at, issue);
      return items
        .filter(
          (item) =>
            (!itemTypes || itemTypes.includes(itemType(item.typeName))) &&
            (!since || Date.parse(item.at) >= Date.parse(since)),
        )
        .slice(skip ?? 0);
    },
    (item) => item.render(),
    (all, page) => ({ filteredCount: all.length, pageCount: page.length, updatedAt: issue.updatedAt }),
  );
}
