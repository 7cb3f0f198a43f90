import { catalogOf } from '../../sql/apply/index.ts';
import type { Catalog } from '../../sql/catalog.ts';
import type { LintError } from '../../sql/finding.ts';
import { leavesDoubt } from '../../sql/lint/knowledge.ts';
import { loadParsers, parse } from '../../sql/parsers/index.ts';
import { type ReadOptions, readSources } from './read.ts';

export interface ReadSchema {
  readonly catalog: Catalog;
  /** Set where all of it could be read, so that what it does not have does not exist. */
  readonly known: { readonly known?: 'sure' };
  /** What could not be read or understood, so that the catalog may lack something. */
  readonly errors: readonly LintError[];
  readonly notes: readonly string[];
}

/** The schema that the DDL of a file, or the migrations of a directory, make of an empty database. */
export async function schemaAt(path: string, options: ReadOptions): Promise<ReadSchema> {
  await loadParsers();
  const { engine, migrations, errors, notes } = await readSources([path], options);
  const scripts = migrations.map(({ file, sql }) => ({ file, ...parse(sql, engine) }));
  const { catalog, problems } = catalogOf(engine, scripts);
  const misread = scripts.flatMap(({ file, errors: found }) => found.map((error) => ({ file, ...error })));
  const isWhole = errors.length === 0 && problems.length === 0 && !scripts.some(leavesDoubt);
  return {
    catalog,
    known: isWhole ? { known: 'sure' } : {},
    errors: [...errors, ...misread],
    notes: [...notes, ...problems.map(({ problem }) => problem)],
  };
}
