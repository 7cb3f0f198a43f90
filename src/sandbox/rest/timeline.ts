import { commitsBetween } from '../git/history.ts';
import type { Commit } from '../git/store.ts';
import { issueNeed, permit } from '../operations/access.ts';
import type { Site } from '../site.ts';
import { commentsOf, isPull, issueById, issuesOf, repositoryOf, reviewsOf } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import type { Issue, TimelineEvent } from '../state/issue.ts';
import { performedVia, userView } from '../views/accounts.ts';
import { gitCommitView } from '../views/git.ts';
import { commentView, issueReferenceView, issueView } from '../views/issue.ts';
import { reviewView } from '../views/review.ts';
import { repositoryApi } from '../views/urls.ts';
import { type Call, issueIn, on, type Reply, repositoryIn } from './call.ts';
import { listed } from './page.ts';

function details(site: Site, issue: Issue, event: TimelineEvent): object {
  switch (event.event) {
    case 'labeled':
    case 'unlabeled':
      return { label: event.label };
    case 'assigned':
    case 'unassigned':
      return { assignee: userView(site, event.assignee), assigner: userView(site, event.actor) };
    case 'closed':
      return { commit_id: event.commitId, state_reason: event.stateReason };
    case 'reopened':
      return { state_reason: event.stateReason };
    case 'renamed':
      return { rename: { from: event.from, to: event.to } };
    case 'cross-referenced':
      return { source: { type: 'issue', issue: issueView(site, issueById(site.world, event.sourceIssueId)) } };
    case 'referenced':
    case 'merged': {
      const api = repositoryApi(site, repositoryOf(site.world, issue));
      return { commit_id: event.commitId, commit_url: `${api}/commits/${event.commitId}` };
    }
    case 'review_requested':
    case 'review_request_removed':
      return {
        review_requester: userView(site, event.actor),
        ...(event.reviewer ? { requested_reviewer: userView(site, event.reviewer) } : {}),
      };
    case 'review_dismissed':
      return {
        dismissed_review: {
          state: event.previousState,
          review_id: event.reviewId,
          dismissal_message: event.message,
        },
      };
    case 'head_ref_deleted':
    case 'head_ref_force_pushed':
    case 'ready_for_review':
    case 'convert_to_draft':
      return {};
    case 'sub_issue_added':
    case 'sub_issue_removed':
      return { sub_issue: issueReferenceView(site, issueById(site.world, event.issueId)) };
    case 'parent_issue_added':
    case 'parent_issue_removed':
      return { parent_issue: issueReferenceView(site, issueById(site.world, event.issueId)) };
    case 'blocked_by_added':
    case 'blocked_by_removed':
      return { blocked_by: issueReferenceView(site, issueById(site.world, event.issueId)) };
    case 'blocking_added':
    case 'blocking_removed':
      return { blocking: issueReferenceView(site, issueById(site.world, event.issueId)) };
  }
}

function eventView(site: Site, issue: Issue, event: TimelineEvent) {
  const crossing = event.event === 'cross-referenced';
  const base = {
    id: event.id,
    node_id: nodeId('TimelineEvent', event.id),
    url: `${repositoryApi(site, repositoryOf(site.world, issue))}/issues/events/${event.id}`,
    actor: userView(site, event.actor),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: event.createdAt,
    performed_via_github_app: performedVia(site, event.appId),
    ...details(site, issue, event),
  };
  if (!crossing) return base;
  // A cross-reference is not an event of the issue: it has no id, no address and no commit.
  const { id: _, node_id: __, url: ___, commit_id: ____, commit_url: _____, ...rest } = base;
  return { ...rest, updated_at: event.createdAt };
}

interface Entry {
  readonly at: string;
  readonly render: () => object;
}

async function pullEntries(site: Site, issue: Issue): Promise<Entry[]> {
  if (!isPull(issue)) return [];
  const repository = repositoryOf(site.world, issue);
  const commits = await commitsBetween(site.gitOf(repository), issue.pull.baseSha, issue.pull.headSha);
  const reviews = reviewsOf(site.world, issue).filter((review) => review.submittedAt !== null);
  return [
    ...commits.map((commit: Commit) => ({
      at: commit.committer.date,
      render: () => ({ event: 'committed', ...gitCommitView(site, repository, commit) }),
    })),
    ...reviews.map((review) => ({
      at: review.submittedAt ?? '',
      render: () => ({ event: 'reviewed', ...reviewView(site, review), state: review.state.toLowerCase() }),
    })),
  ];
}

async function timeline(call: Call): Promise<Reply> {
  const { site } = call;
  const { repository, issue } = issueIn(call);
  permit(site, call.actor, repository, issueNeed(issue, 'read', 'read'));
  const entries: Entry[] = [
    ...(await pullEntries(site, issue)),
    ...issue.timeline.map((event) => ({ at: event.createdAt, render: () => eventView(site, issue, event) })),
    ...commentsOf(site.world, issue).map((comment) => ({
      at: comment.createdAt,
      render: () => {
        const view = commentView(site, comment);
        return { event: 'commented', ...view, actor: view.user };
      },
    })),
  ];
  entries.sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
  return listed(call, entries, (entry) => entry.render());
}

/** What the older list leaves out. */
const timelineOnly: readonly string[] = ['cross-referenced'];

function events(call: Call, issues: readonly Issue[]): Promise<Reply> {
  const all = issues.flatMap((issue) =>
    issue.timeline.filter((event) => !timelineOnly.includes(event.event)).map((event) => ({ issue, event })),
  );
  return listed(call, all, ({ issue, event }) => eventView(call.site, issue, event));
}

export const timelineRoutes = [
  on('GET', '/repos/:owner/:repo/issues/events', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, issueNeed(null, 'read', 'read'));
    return events(call, issuesOf(call.site.world, repository));
  }),
  on('GET', '/repos/:owner/:repo/issues/:number/events', (call) => {
    const { repository, issue } = issueIn(call);
    permit(call.site, call.actor, repository, issueNeed(issue, 'read', 'read'));
    return events(call, [issue]);
  }),
  on('GET', '/repos/:owner/:repo/issues/:number/timeline', timeline),
];
