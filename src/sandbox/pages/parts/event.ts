import { findIssue, isPull, issueById, repositoryOf } from '../../state/find.ts';
import type { Issue, TimelineEvent } from '../../state/issue.ts';
import { homeOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Visit } from '../page.ts';
import { type Icon, icon } from './icons.ts';
import { avatar, issueLink, label, person, when } from './small.ts';

/** What an event says, and its picture. */
function told(visit: Visit, issue: Issue, event: TimelineEvent): readonly [Icon, Html] {
  const home = homeOf(repositoryOf(visit.site.world, issue));
  const other = (id: number) => issueLink(visit, issueById(visit.site.world, id));
  const commit = (id: string) => html`<a class="text-mono" href="${home}/commit/${id}">${id.slice(0, 7)}</a>`;
  switch (event.event) {
    case 'labeled':
      return ['tag', html`added ${label(event.label)}`];
    case 'unlabeled':
      return ['tag', html`removed ${label(event.label)}`];
    case 'assigned':
      return [
        'dot',
        event.assignee === event.actor ? html`self-assigned this` : html`assigned ${person(event.assignee)}`,
      ];
    case 'unassigned':
      return ['dot', html`unassigned ${person(event.assignee)}`];
    case 'closed': {
      const reason =
        event.stateReason === 'not_planned'
          ? ' as not planned'
          : event.stateReason === 'duplicate'
            ? ' as a duplicate'
            : event.stateReason === 'completed'
              ? ' as completed'
              : '';
      return ['issue-closed', html`closed this${reason}${event.commitId ? html` in ${commit(event.commitId)}` : ''}`];
    }
    case 'reopened':
      return ['issue-opened', html`reopened this`];
    case 'renamed':
      return ['dot', html`changed the title from <del>${event.from}</del> to <ins>${event.to}</ins>`];
    case 'cross-referenced': {
      const source = issueById(visit.site.world, event.sourceIssueId);
      return [
        isPull(source) ? 'git-pull-request' : 'issue-opened',
        html`mentioned this in ${issueLink(visit, source)}`,
      ];
    }
    case 'referenced':
      return ['dot', html`mentioned this in commit ${commit(event.commitId)}`];
    case 'merged':
      return [
        'git-merge',
        html`merged commit ${commit(event.commitId)} into <span class="branch-name">${issue.pull?.baseRef ?? ''}</span>`,
      ];
    case 'review_requested':
      return ['dot', html`requested a review from ${person(event.reviewer ?? event.team ?? '')}`];
    case 'review_request_removed':
      return ['dot', html`removed the request for a review from ${person(event.reviewer ?? event.team ?? '')}`];
    case 'review_dismissed':
      return ['x', html`dismissed a review: ${event.message}`];
    case 'head_ref_deleted':
      return ['dot', html`deleted the branch <span class="branch-name">${issue.pull?.headRef ?? ''}</span>`];
    case 'head_ref_force_pushed':
      return ['dot', html`force-pushed the branch <span class="branch-name">${issue.pull?.headRef ?? ''}</span>`];
    case 'ready_for_review':
      return ['git-pull-request', html`marked this as ready for review`];
    case 'convert_to_draft':
      return ['git-pull-request', html`made this a draft`];
    case 'sub_issue_added':
      return ['issue-opened', html`added the sub-issue ${other(event.issueId)}`];
    case 'sub_issue_removed':
      return ['issue-opened', html`removed the sub-issue ${other(event.issueId)}`];
    case 'parent_issue_added':
      return ['issue-opened', html`added the parent issue ${other(event.issueId)}`];
    case 'parent_issue_removed':
      return ['issue-opened', html`removed the parent issue ${other(event.issueId)}`];
    case 'blocked_by_added':
      return ['dot', html`marked this as blocked by ${other(event.issueId)}`];
    case 'blocked_by_removed':
      return ['dot', html`no longer has this blocked by ${other(event.issueId)}`];
    case 'blocking_added':
      return ['dot', html`marked this as blocking ${other(event.issueId)}`];
    case 'blocking_removed':
      return ['dot', html`no longer has this blocking ${other(event.issueId)}`];
  }
}

/** A line between the comments. */
export function line(picture: Icon, visit: Visit, login: string, words: Html, at: string): Html {
  return html`<div class="event"><span class="event-badge">${icon(picture)}</span><div class="event-words">${avatar(visit, login)} ${person(login)} ${words} ${when(at)}</div></div>`;
}

/** An event of the timeline. */
export function eventLine(visit: Visit, issue: Issue, event: TimelineEvent): Html {
  const [picture, words] = told(visit, issue, event);
  return line(picture, visit, event.actor, words, event.createdAt);
}

/** The issue or pull request of that number in the same repository, for links that people type. */
export function numbered(visit: Visit, issue: Issue, number: string): Issue | undefined {
  return findIssue(visit.site.world, repositoryOf(visit.site.world, issue), Number(number.replace(/^#/, '')));
}
