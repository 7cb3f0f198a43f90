import { commitsBetween } from '../../git/history.ts';
import { commentsOfReview } from '../../operations/reviews.ts';
import { commentsOf, isPull, issueById, type PullIssue, repositoryOf, reviewsOf } from '../../state/find.ts';
import type { Issue } from '../../state/issue.ts';
import type { Review } from '../../state/pull.ts';
import { homeOf, isVisible, pathOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Visit } from '../page.ts';
import { commentBox, description, mayEdit, written } from './comment.ts';
import { eventLine, line } from './event.ts';
import type { Part } from './live.ts';
import { threadBox, threadsOpenedBy } from './thread.ts';

const verdictWords: Readonly<Record<string, string>> = {
  APPROVED: 'approved these changes',
  CHANGES_REQUESTED: 'requested changes',
  COMMENTED: 'reviewed',
  DISMISSED: 'reviewed (dismissed)',
  PENDING: 'began a review that is not sent yet',
};

function reviewPart(visit: Visit, issue: PullIssue, review: Review): Html {
  const icon = review.state === 'APPROVED' ? 'check' : review.state === 'CHANGES_REQUESTED' ? 'x' : 'comment';
  const head = line(
    icon,
    visit,
    review.author,
    html`${verdictWords[review.state] ?? 'reviewed'}`,
    review.submittedAt ?? review.updatedAt,
  );
  const body = review.body.trim()
    ? written(visit, issue, {
        author: review.author,
        body: review.body,
        createdAt: review.submittedAt ?? review.updatedAt,
        edited: false,
        anchor: `pullrequestreview-${review.id}`,
        edit:
          review.author === visit.login && mayEdit(visit, issue, review.author)
            ? `${pathOf(repositoryOf(visit.site.world, issue), issue)}/reviews/${review.id}`
            : null,
        verb: 'left a review',
      })
    : '';
  return html`${head}${body}${threadsOpenedBy(visit, issue, review).map((thread) => threadBox(visit, issue, thread, { quote: true }))}`;
}

/** Reviews that hold nothing but answers in threads of another review are shown in those threads alone. */
function isShown(visit: Visit, issue: PullIssue, review: Review): boolean {
  if (review.state === 'PENDING') return review.author === visit.login;
  if (review.body.trim() || review.state !== 'COMMENTED') return true;
  return commentsOfReview(visit.site, issue, review).some((comment) => comment.inReplyTo === null);
}

async function pullParts(visit: Visit, issue: PullIssue): Promise<(Part & { at: string })[]> {
  const repository = repositoryOf(visit.site.world, issue);
  const { pull } = issue;
  const commits = await commitsBetween(visit.site.gitOf(repository), pull.baseSha, pull.headSha);
  return [
    ...commits.map((commit) => ({
      key: `commit-${commit.oid}`,
      at: commit.committer.date,
      body: line(
        'dot',
        visit,
        commit.author.name,
        html`committed <a href="${homeOf(repository)}/commit/${commit.oid}">${commit.message.split('\n', 1)[0]}</a> <span class="text-mono">${commit.oid.slice(0, 7)}</span>`,
        commit.committer.date,
      ),
    })),
    ...reviewsOf(visit.site.world, issue)
      .filter((review) => isShown(visit, issue, review))
      .map((review) => ({
        key: `review-${review.id}`,
        at: review.submittedAt ?? review.updatedAt,
        body: reviewPart(visit, issue, review),
      })),
  ];
}

/** The whole conversation, oldest first, the description before everything. */
export async function timelineParts(visit: Visit, issue: Issue): Promise<Part[]> {
  const events = issue.timeline
    .filter((event) => {
      const other =
        event.event === 'cross-referenced' ? event.sourceIssueId : 'issueId' in event ? event.issueId : null;
      return other === null || isVisible(visit, repositoryOf(visit.site.world, issueById(visit.site.world, other)));
    })
    .map((event) => ({ key: `event-${event.id}`, at: event.createdAt, body: eventLine(visit, issue, event) }));
  const comments = commentsOf(visit.site.world, issue).map((comment) => ({
    key: `comment-${comment.id}`,
    at: comment.createdAt,
    body: commentBox(visit, issue, comment),
  }));
  const parts = [...(isPull(issue) ? await pullParts(visit, issue) : []), ...events, ...comments];
  parts.sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
  return [{ key: 'description', body: description(visit, issue) }, ...parts];
}
