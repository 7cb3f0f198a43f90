import type { Reviewed } from '../../workflow/review-once.ts';
import { type Paint, styleOf } from '../formats/paint.ts';
import { asText } from '../formats/text.ts';
import { verifyText } from '../formats/verify-text.ts';
import { printableLine } from '../output.ts';
import type { ReviewOutcome } from './outcome.ts';
import { previewText, writtenText } from './preview.ts';
import type { ReviewRequest } from './request.ts';

/** A review for people: what was found, what the engine showed, and what was, or would be, posted. */
export function reviewText(
  { picture, actions }: Reviewed,
  { report, verifications, unread, conclusion, title }: ReviewOutcome,
  { target, dryRun }: ReviewRequest,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): string {
  const { pull, reviews, place } = picture;
  const texts = new Map(reviews.flatMap(({ migrations }) => migrations.map(({ file, sql }) => [file, sql] as const)));
  // The files are GitHub's: --fix reaches none of them.
  const findings = report.findings.map(({ fix: _, ...finding }) => finding);
  const style = conclusion === 'failure' ? styleOf.error : conclusion === 'neutral' ? styleOf.warning : 'green';
  const where = `${target.owner}/${target.repo}#${pull.number} at ${pull.head.sha.slice(0, 7)}`;
  return [
    reviews.length === 0 ? '' : asText({ ...report, findings }, { texts, paint, width, quiet: false }),
    ...unread.map(({ path, why }) => printableLine(`${path}: not looked at: ${why}`)),
    ...verifications.map((each) =>
      each.report === undefined ? '' : `${printableLine(each.database)}:\n${verifyText(each.report)}`,
    ),
    dryRun ? `as ${place.bot}, ${previewText(actions, picture)}` : writtenText(actions, picture),
    `${paint('bold', where)}: ${paint(style, conclusion)}: ${printableLine(title)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
