import { codeSpan } from './escape.ts';

/** A pull request at one commit: what links to its lines are made of. */
export interface Revision {
  /** The page of the pull request. */
  readonly url: string;
  readonly head: { readonly sha: string };
}

interface Lines {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** Lines of a file as a link to them: `[`db/1.sql` line 3](...)`. */
export function linesAt({ file, line, endLine }: Lines, at: Revision): string {
  const words = endLine > line ? `lines ${line} to ${endLine}` : `line ${line}`;
  return `[${codeSpan(file)} ${words}](${urlOf({ file, line, endLine }, at)})`;
}

/** A commit of a fork can be seen in the repository that its pull request is for. */
function urlOf({ file, line, endLine }: Lines, { url, head }: Revision): string {
  const repository = url.replace(/\/pull\/\d+$/, '');
  const path = file
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  return `${repository}/blob/${head.sha}/${path}#L${line}${endLine > line ? `-L${endLine}` : ''}`;
}
