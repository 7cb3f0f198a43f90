import type { Finding } from '../../sql/finding.ts';
import { applyEdits } from '../../sql/lint/edits.ts';

/**
 * The whole lines that a suggestion puts in place of those that a finding touches: its fix, with what stands before and
 * behind it on the same lines. None where a comment would not carry the text unchanged: a comment's line ends are line feeds,
 * and invisible characters are kept out of what we post.
 */
export function suggestionFor(finding: Finding, lines: readonly string[]): string | undefined {
  if (finding.fix === undefined || lines.length === 0) return undefined;
  const { line, endLine, column, endColumn, fix } = finding;
  const place = { line: 1, column, endLine: endLine - line + 1, endColumn };
  const was = lines.join('\n');
  const text = withLineFeeds(applyEdits(was, [{ ...place, replacement: fix.replacement }]));
  return isCarried(text) && text !== withLineFeeds(was) ? text : undefined;
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\r$/, '');
}

function isCarried(text: string): boolean {
  return text.isWellFormed() && !/(?![\n\t])[\p{Cc}\p{Cf}]|[\u2028\u2029]|\p{M}{5}/u.test(text);
}
