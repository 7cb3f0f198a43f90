import { draftOf } from '../../src/sql/apply/draft.ts';
import { applyTo } from '../../src/sql/apply/index.ts';
import { type Catalog, emptyCatalog } from '../../src/sql/catalog.ts';
import type { Change } from '../../src/sql/change.ts';
import { blocking, locksOf, modeWords, type RelationLock } from '../../src/sql/facts/locks/index.ts';
import { blocksReads } from '../../src/sql/facts/locks/modes.ts';
import { display, keyOf } from '../../src/sql/name.ts';
import { parse } from '../../src/sql/parsers/index.ts';
import type { Rule, RuleExample } from '../../src/sql/rule.ts';
import { versionNumber } from '../../src/sql/version.ts';
import { cell, code, table } from './markdown.ts';

/** What the statements of a locking rule's examples lock, by the facts that the rules themselves ask. */
export function lockTable({ category, examples }: Rule): readonly string[] {
  if (category !== 'locking') return [];
  const rows = examples
    .filter(({ engine }) => engine === 'postgresql')
    .flatMap((example) => [
      ...rowsOf(example, example.bad),
      ...(typeof example.good === 'string' ? rowsOf(example, example.good) : []),
    ]);
  const unique = [...new Map(rows.map((row) => [row.join(), row])).values()];
  if (unique.length === 0) return [];
  return ['## Locks', '', ...table(['statement', 'takes', 'on', 'meanwhile'], unique), ''];
}

/** A row for each lock, of each statement, on a relation that was there before the text. */
function rowsOf({ given = '', engineVersion }: RuleExample, sql: string): readonly (readonly string[])[] {
  const draft = draftOf(emptyCatalog('postgresql'));
  for (const { changes } of parse(given, 'postgresql').statements) for (const change of changes) applyTo(draft, change);
  const existing = new Set([...draft.tables.keys(), ...draft.views.keys()]);
  const version = versionNumber('postgresql', engineVersion);
  return parse(sql, 'postgresql').statements.flatMap((statement) =>
    statement.changes.flatMap((change) => {
      const locks = change.within === undefined ? locksOf(change, draft, version) : [];
      applyTo(draft, change);
      return locks
        .filter(({ relation, of }) => existing.has(keyOf(of ?? relation)))
        .map((lock) => [
          code(short(statement.sql)),
          modeWords(lock.mode),
          code(display(lock.relation)),
          cell(meanwhile(change, lock, draft)),
        ]);
    }),
  );
}

function meanwhile(change: Change, lock: RelationLock, catalog: Catalog): string {
  const [blocks] = blocking(change, [lock], catalog);
  const waits =
    blocks === undefined ? 'reads and writes go on' : blocksReads(lock.mode) ? 'reads and writes wait' : 'writes wait';
  const work =
    lock.rewrites === true ? '; every row is written anew' : lock.scans === true ? '; every row is read' : '';
  return `${waits}${work}`;
}

/** One line, and of a long statement its beginning and its end: forms of a statement often differ in their last words. */
function short(sql: string): string {
  const line = sql.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 50).trimEnd()} ... ${line.slice(-32).trimStart()}` : line;
}
