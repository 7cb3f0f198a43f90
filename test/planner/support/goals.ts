import type { Goal } from '../../../src/planner/goal.ts';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { Catalog } from '../../../src/sql/catalog.ts';
import { parse } from '../../../src/sql/parsers/index.ts';

function read(sql: string) {
  const script = parse(sql, 'postgresql');
  if (script.errors.length > 0) throw new Error(`${script.errors[0]?.message} in: ${sql}`);
  return script;
}

/** The catalog that some DDL makes. `loadParsers` must have been awaited. */
export function catalog(...sql: readonly string[]): Catalog {
  const { catalog, problems } = catalogOf('postgresql', sql.map(read));
  if (problems.length > 0) throw new Error(problems.map(({ problem }) => problem).join('; '));
  return catalog;
}

/** The goals that some DDL asks for. */
export function goalsOf(sql: string): readonly Goal[] {
  return read(sql).statements.flatMap(({ changes }) => changes.map((change): Goal => ({ kind: 'change', change })));
}
