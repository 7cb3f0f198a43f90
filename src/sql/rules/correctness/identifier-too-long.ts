import { clip, maxBytes } from '../../apply/names.ts';
import type { ChangeKind, Statement } from '../../change.ts';
import { tokensOf } from '../../lex.ts';
import { partOf } from '../../positions.ts';
import { defineFileRule } from '../../rule.ts';
import type { Span } from '../../span.ts';

interface LongName {
  readonly name: string;
  readonly span: Span;
}

/** No character takes more than three bytes for each of its UTF-16 halves, so a shorter word cannot be too long. */
const suspicious = /(?<![\w$\u0080-\uffff])[\w$\u0080-\uffff]{22}|"[^"]{22}/;

/** Statements in which a name is only used, or is gone when they end. */
const passing: ReadonlySet<ChangeKind> = new Set(['query', 'write-data', 'set', 'transaction', 'maintain']);

export const identifierTooLong = defineFileRule({
  id: 'identifier-too-long',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A name is longer than 63 bytes',
  effect:
    'PostgreSQL cuts it with no more than a notice, so that code which compares names does not find it, and two names can become one',
  remedy: 'Choose a name of at most 63 bytes; a letter with an accent takes two, most other scripts take three',
  source: 'PostgreSQL manual, "Lexical Structure", Identifiers and Key Words (NAMEDATALEN)',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, the_time_at_which_the_customer_was_last_reminded_of_the_open_invoice timestamptz);',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, last_reminded_at timestamptz);',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE "注文の最終支払期限を顧客に通知した日時の一覧表" (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE "注文の通知日時" (id bigint PRIMARY KEY);',
    },
  ],

  checkFile({ file, script }) {
    if (!suspicious.test(file.sql)) return [];
    const seen = new Map<string, string>();
    return script.statements.flatMap((statement) =>
      longNames(statement).flatMap(({ name, span }) => {
        const kept = clip(name, maxBytes);
        const other = seen.get(kept);
        seen.set(kept, name);
        if (other === name) return [];
        const clash = other === undefined ? '' : ` So does \`${other}\`: the two are one name.`;
        const bytes = Buffer.byteLength(name);
        return [{ message: `\`${name}\` has ${bytes} bytes; PostgreSQL cuts it to \`${kept}\`.${clash}`, span }];
      }),
    );
  },
});

function longNames({ sql, span, changes }: Statement): readonly LongName[] {
  if (!suspicious.test(sql) || changes.every(({ kind }) => passing.has(kind))) return [];
  return tokensOf(sql).flatMap(({ kind, start, end }) => {
    if (end - start < 22 || (kind !== 'word' && kind !== 'name')) return [];
    const written = sql.slice(start, end);
    // U&"..." is written in escapes, and its length says nothing.
    if (kind === 'name' && !written.startsWith('"')) return [];
    const name = kind === 'word' ? written.toLowerCase() : written.slice(1, -1).replaceAll('""', '"');
    return Buffer.byteLength(name) > maxBytes ? [{ name, span: partOf(sql, span, start, end) }] : [];
  });
}
