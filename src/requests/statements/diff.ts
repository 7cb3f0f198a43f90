import { tokensOf } from '../../sql/lex.ts';
import { withoutLooseCommas } from './elision.ts';

/** Both sides of a diff, each with as many lines as the diff, so that places stay what they are. */
export interface Images {
  readonly before: string;
  readonly after: string;
}

type Sign = '-' | '+';

const hunk = /^@@[^@]*@@(.*)$/;
const openTable = /^\s*(create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?[^\s(]+)\s*\(?/i;
const statement = /^(?:alter|create|drop|comment|insert|update|delete|select|with|begin|commit|set)\b/i;

/** Whether a text without a language is a diff: SQL has neither hunks nor lines that begin with a plus. */
export function looksLikeDiff(text: string): boolean {
  return /^@@ .*@@/m.test(text) || /^--- .*\n\+\+\+ /m.test(text) || /^\+ *["\w]/m.test(text);
}

/**
 * What a diff leads from and to. People write diffs by hand, without headers or with counts that are wrong, so nothing of them is
 * counted. A table that begins above a hunk or ends below it is closed where the hunk ends, with the mark of what is left out.
 */
export function imagesOf(diff: string): Images {
  const lines = diff.split('\n');
  return { before: image(lines, '-'), after: image(lines, '+') };
}

function image(lines: readonly string[], sign: Sign): string {
  const made: string[] = [];
  let part: string[] = [];
  const closing = (): string => (depthOf(part.join('\n')) > 0 ? '/* ... */ );' : '');
  for (const [at, line] of lines.entries()) {
    const section = hunk.exec(line)?.[1];
    if (section === undefined) {
      const side = isHeader(lines, at) ? '' : sideOf(line, sign);
      made.push(side);
      part.push(side);
      continue;
    }
    const table = openTable.exec(section)?.[1];
    const opening = table !== undefined && goesOn(lines.slice(at + 1), sign) ? `${table.trim()} ( /* ... */` : '';
    made.push(closing() + opening);
    part = [opening];
  }
  return withoutLooseCommas(`${made.join('\n')}\n${closing()}`);
}

function isHeader(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (
    /^(?:diff --git |index [\da-f]+\.\.|new file mode |deleted file mode |similarity |rename |\\ No newline)/.test(line)
  )
    return true;
  // A removed comment looks like the first line of a header.
  return line.startsWith('--- ')
    ? lines[at + 1]?.startsWith('+++ ') === true
    : line.startsWith('+++ ') && lines[at - 1]?.startsWith('--- ') === true;
}

function sideOf(line: string, sign: Sign): string {
  if (line.startsWith(sign) || line.startsWith(' ')) return line.slice(1);
  return line.startsWith('-') || line.startsWith('+') ? '' : line;
}

/** Whether the table that the hunk's header names goes on in the hunk, rather than having ended above it. */
function goesOn(lines: readonly string[], sign: Sign): boolean {
  const first = lines.map((line) => sideOf(line, sign).trim()).find((line) => line !== '' && !line.startsWith('--'));
  return first !== undefined && !statement.test(first) && !hunk.test(first);
}

function depthOf(sql: string): number {
  return tokensOf(sql).reduce((depth, { kind, start }) => {
    if (kind !== 'symbol') return depth;
    return sql[start] === '(' ? depth + 1 : sql[start] === ')' ? depth - 1 : depth;
  }, 0);
}
