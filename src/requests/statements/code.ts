import type { Block } from '../text/markdown.ts';

type Code = Extract<Block, { kind: 'code' }>;

const sqlLanguages = new Set([
  'sql',
  'pgsql',
  'postgres',
  'postgresql',
  'plpgsql',
  'psql',
  'mysql',
  'mariadb',
  'sqlite',
  'sqlite3',
  'ddl',
  'tsql',
  'plsql',
]);
const untagged = new Set(['', 'text', 'txt', 'plain', 'plaintext']);
const opening = /^(?:alter|create|drop|select|with|update|insert|delete|truncate|comment\s+on|begin|set\s+\w+\s*=)\b/i;

/** SQL with the line of the issue at which it begins. */
export interface FencedSql {
  readonly sql: string;
  readonly line: number;
}

/** The SQL of a block of code: tagged as such, plainly SQL without a tag, or what a diff leads to. */
export function sqlIn({ language, text, line }: Code): FencedSql | undefined {
  if (/^\s*_?no response_?\s*$/i.test(text)) return undefined;
  if (sqlLanguages.has(language)) return { sql: text, line };
  if (language === 'diff') return looksLikeSql(after(text)) ? { sql: after(text), line } : undefined;
  return untagged.has(language) && looksLikeSql(text) ? { sql: text, line } : undefined;
}

/** Whether the text begins as a statement does, comments aside. */
export function looksLikeSql(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trimStart().startsWith('--'));
  return first !== undefined && opening.test(first.trimStart());
}

/** The right side of a diff: removed lines and its own headers become empty, so that lines keep their numbers. */
function after(diff: string): string {
  return diff
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+|@@|diff |index )/.test(line) || line.startsWith('-')) return '';
      return line.startsWith('+') || line.startsWith(' ') ? line.slice(1) : line;
    })
    .join('\n');
}
