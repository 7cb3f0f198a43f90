import { expect, it } from 'vitest';
import type { Finding } from '../../../src/sql/finding.ts';
import { suggestionFor } from '../../../src/workflow/review/suggestion.ts';

/** A finding about `part`, which stands once in the text. */
function about(text: string, part: string, replacement: string): { finding: Finding; lines: readonly string[] } {
  const start = text.indexOf(part);
  const [before, inside] = [text.slice(0, start), part];
  const line = before.split('\n').length;
  const column = start - before.lastIndexOf('\n');
  const endLine = line + inside.split('\n').length - 1;
  const endColumn = endLine === line ? column + inside.length : inside.length - inside.lastIndexOf('\n');
  const said = { message: '', remedy: '', docs: '', fix: { description: '', replacement } };
  const finding: Finding = {
    rule: 'x',
    level: 'error',
    category: 'locking',
    file: 'a',
    line,
    column,
    endLine,
    endColumn,
    ...said,
  };
  return { finding, lines: text.split('\n').slice(line - 1, endLine) };
}

it.each([
  ['a whole line', 'a;\nbad;\nc;', 'bad;', 'good;', 'good;'],
  ['a part of a line', 'a; bad; c;', 'bad;', 'good;', 'a; good; c;'],
  ['a statement without its semicolon', 'bad;', 'bad', 'good;', 'good;'],
  ['several lines', '  b\n  ad; -- why', 'b\n  ad', 'good', '  good; -- why'],
  ['line ends of Windows', 'b\r\nad;\r\n', 'b\r\nad;', 'go\nod;', 'go\nod;'],
  ['letters of several bytes', "SELECT '🦆ż'; bad; -- 𝒳", 'bad;', 'good;', "SELECT '🦆ż'; good; -- 𝒳"],
])('keeps what stands around %s', (_name, text, part, replacement, expected) => {
  const { finding, lines } = about(text, part, replacement);
  expect(suggestionFor(finding, lines)).toBe(expected);
});

it.each([
  ['would change nothing', 'bad;', 'bad;', 'bad;'],
  ['holds an invisible character', "SELECT '\u200d'; bad;", 'bad;', 'good;'],
  ['holds a byte order mark', '\uFEFFbad;', 'bad;', 'good;'],
  ['holds half a character', "SELECT '\ud800'; bad;", 'bad;', 'good;'],
])('gives none that %s', (_name, text, part, replacement) => {
  const { finding, lines } = about(text, part, replacement);
  expect(suggestionFor(finding, lines)).toBeUndefined();
});
