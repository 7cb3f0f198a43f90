import type { ParseResult } from 'libpg-query';
import { offsetOfCodePoint } from '../../positions.ts';
import { isRefusal, type Refusal } from './library.ts';
import { type Placeholder, placeholdersIn } from './placeholder.ts';

/** A text that could be read once its placeholders were replaced by others of the same length. */
export interface ReadTemplate {
  readonly sql: string;
  readonly tree: ParseResult;
  readonly placeholders: readonly Placeholder[];
}

/** More have been generated rather than written. */
const most = 100;

/** What a placeholder may stand for, the likeliest first. Each keeps the length, so that places stay what they are. */
const standIns: readonly ((text: string) => string)[] = [
  (text) => (isControl(text) ? blank(text) : standInName(text)),
  (text) => `'${'x'.repeat(text.length - 2)}'`,
  (text) => `${'0'.repeat(text.length - 1)}1`,
  blank,
];

/**
 * Reads a text with stand-ins for its placeholders, where it has some and a name, a text, a number or nothing in their place makes
 * it SQL. `undefined`: it has none, or stays unreadable.
 */
export function readTemplate(sql: string, parse: (sql: string) => ParseResult | Refusal): ReadTemplate | undefined {
  const placeholders = placeholdersIn(sql);
  if (placeholders.length === 0 || placeholders.length > most) return undefined;
  const choices = placeholders.map(() => 0);
  for (let attempt = 0; attempt < standIns.length * placeholders.length; attempt++) {
    const filled = fill(sql, placeholders, choices);
    const answer = parse(filled);
    if (!isRefusal(answer)) {
      const isRead = (answer.stmts ?? []).length > 0 || placeholders.every(({ text }) => isControl(text));
      return isRead ? { sql: filled, tree: answer, placeholders } : undefined;
    }
    // The parser stops at what does not fit, or at the next word: the last placeholder up to there is to blame.
    const refused = offsetOfCodePoint(filled, answer.codePoint);
    const blamed = placeholders.findLastIndex(({ start }) => start <= refused);
    const next = (choices[blamed] ?? standIns.length) + 1;
    if (blamed === -1 || next >= standIns.length) return undefined;
    choices[blamed] = next;
  }
  return undefined;
}

function fill(sql: string, placeholders: readonly Placeholder[], choices: readonly number[]): string {
  let filled = '';
  let at = 0;
  placeholders.forEach(({ text, start, end }, index) => {
    const standIn = standIns[choices[index] ?? 0] ?? blank;
    filled += sql.slice(at, start) + standIn(text);
    at = end;
  });
  return filled + sql.slice(at);
}

/** A placeholder as a name: psql's quoted variables are what they look like; of the others, the words make one. */
export function standInName(text: string): string {
  if (/^:['"]/.test(text)) return ` ${text.slice(1)}`;
  return text.replace(/[^A-Za-z0-9_\u0080-\uffff]/g, '_');
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

/** A template's own statement, which leaves no text of its own. */
function isControl(text: string): boolean {
  return (
    /^\{%|^<%(?!=)/.test(text) ||
    /^\{\{[-~]?\s*(?:[#/^!]|(?:if|else|elif|elseif|end|endif|range|with|define|block|template|each|for|endfor)\b)/.test(
      text,
    )
  );
}
