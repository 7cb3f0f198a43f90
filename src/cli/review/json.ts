import type { Uploaded } from '../../github/octokit/code-scanning.ts';
import type { Reviewed } from '../../workflow/review-once.ts';
import type { ReviewOutcome } from './outcome.ts';
import type { ReviewRequest } from './request.ts';

/** Everything about a review as data: docs/command-line.md has the form. */
export function asJson(
  { picture, actions, refused }: Reviewed,
  { conclusion, title, report, verifications, unread }: ReviewOutcome,
  { target, dryRun }: ReviewRequest,
  uploaded: Uploaded | undefined,
): string {
  const { url, state, head, draft } = picture.pull;
  return JSON.stringify(
    {
      pull: { ...target, url, state, draft, head: head.sha },
      as: picture.place.bot,
      dryRun,
      conclusion,
      title,
      report,
      verifications,
      unread,
      actions,
      refused: refused.map(({ action, error }) => ({ kind: action.kind, needs: error.needs ?? null })),
      ...(uploaded === undefined ? {} : { codeScanning: uploaded }),
    },
    null,
    2,
  );
}
