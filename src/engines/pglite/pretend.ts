import { PGlite } from '@electric-sql/pglite';
import type { Length } from '../session.ts';

/** PostgreSQL's own figures: bytes of a page, and pages of one file of a relation (source, BLCKSZ and RELSEG_SIZE). */
const PAGE = 8_192;
const PAGES_A_FILE = 131_072;

/** How long the files are in truth. */
const truth = new WeakMap<PGlite, Map<string, number>>();

/**
 * Makes files of relations look as long as they would be with many rows, without a byte for it. The planner does not believe
 * `pg_class.relpages`: it asks how long the file is and scales the rows by that (the manual, "Statistics Used by the Planner").
 * The file system is in memory, and a file's length is one number of it. What reads beyond the real end finds nothing sensible,
 * so nothing may be executed meanwhile. No length at all: everything is as it was.
 */
export function pretend(pg: PGlite, lengths: readonly Length[]): void {
  const before = truth.get(pg) ?? new Map<string, number>();
  truth.set(pg, before);
  if (lengths.length === 0) {
    for (const [path, bytes] of before) nodeOf(pg, path).usedBytes = bytes;
    before.clear();
    return;
  }
  for (const { file, pages } of lengths) {
    if (!/^base\/\d+\/\d+$/.test(file)) throw new Error(`${file} is no file of a relation`);
    for (let part = 0, left = pages; left > 0 || part === 0; part++, left -= PAGES_A_FILE) {
      const path = `${PGlite.paths.PGDATA}/${file}${part === 0 ? '' : `.${part}`}`;
      const { FS: files } = pg.Module;
      if (!files.analyzePath(path).exists) files.writeFile(path, new Uint8Array(0));
      const node = nodeOf(pg, path);
      if (!before.has(path)) before.set(path, node.usedBytes);
      node.usedBytes = Math.max(node.usedBytes, Math.min(left, PAGES_A_FILE) * PAGE);
    }
  }
}

function nodeOf({ Module: { FS: files } }: PGlite, path: string): { usedBytes: number } {
  const { node } = files.lookupPath(path, {}) as unknown as { readonly node: { usedBytes?: unknown } };
  if (typeof node.usedBytes !== 'number') throw new Error('this build of PGlite keeps its files differently');
  return node as { usedBytes: number };
}
