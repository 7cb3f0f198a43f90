import type { Block } from '../text/markdown.ts';
import { imagesOf, looksLikeDiff } from './diff.ts';
import { withElisions } from './elision.ts';

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
  /** Of a diff, what `sql` was before. */
  readonly was?: string;
}

/** The SQL of a block of code: tagged as such, plainly SQL without a tag, or what a diff leads from and to. */
export function sqlIn({ language, text, line }: Code): FencedSql | undefined {
  if (/^\s*_?no response_?\s*$/i.test(text)) return undefined;
  const isSql = sqlLanguages.has(language);
  if (language === 'diff' || language === 'patch' || ((isSql || untagged.has(language)) && looksLikeDiff(text))) {
    const { before, after } = imagesOf(text);
    return looksLikeSql(after) || looksLikeSql(before)
      ? { sql: withElisions(after), line, was: withElisions(before) }
      : undefined;
  }
  return isSql || (untagged.has(language) && looksLikeSql(text)) ? { sql: withElisions(text), line } : undefined;
}

/** Whether the text begins as a statement does, comments aside. */
export function looksLikeSql(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trimStart().startsWith('--'));
  return first !== undefined && opening.test(first.trimStart());
}
