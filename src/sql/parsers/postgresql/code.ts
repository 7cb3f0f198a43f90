import type { Node } from 'libpg-query';
import { utf16Offsets } from '../../positions.ts';
import { isTooDeep } from './depth.ts';
import { isRefusal, treesOf } from './library.ts';
import { lazyTokens, type Read, type Reading } from './reading.ts';

/** Reads one statement of code as if it stood alone; the reader of statements itself, handed on so that files need no circle. */
export type ReadStatement = (tree: Node, reading: Reading) => readonly Read[];

/** Code stands in code (`EXECUTE 'DO ...'`) only so deep in anything that a person wrote. */
const deepest = 8;

/**
 * The changes of SQL text that stands inside a statement: at `start` of its text, or at no place in particular. Nothing where
 * the text cannot be read.
 */
export function innerChanges(
  sql: string,
  start: number | undefined,
  outer: Reading,
  read: ReadStatement,
): readonly Read[] | undefined {
  const nesting = (outer.nesting ?? 0) + 1;
  if (nesting > deepest || sql.includes('\0') || isTooDeep(sql)) return undefined;
  const trees = treesOf(sql);
  if (isRefusal(trees)) return undefined;
  const offset = utf16Offsets(sql);
  return (trees.stmts ?? []).flatMap(({ stmt, stmt_location: from = 0, stmt_len: length }) => {
    if (stmt === undefined) return [];
    const first = offset(from);
    const text = sql.slice(first, length === undefined ? undefined : offset(from + length)).trimEnd();
    const reading: Reading = {
      sql: text,
      tokens: lazyTokens(text),
      offset: (location) => offset(location ?? 0) - first,
      span: (begin, end) =>
        start === undefined ? outer.span(0, outer.sql.length) : outer.span(start + first + begin, start + first + end),
      nesting,
    };
    const span = reading.span(0, text.length);
    return read(stmt, reading).map((change) => ({ span, ...change }));
  });
}
