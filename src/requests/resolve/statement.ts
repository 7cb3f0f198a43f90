import type { Change } from '../../sql/change.ts';
import type { Engine } from '../../sql/engine.ts';
import { parse } from '../../sql/parsers/index.ts';

/** The changes that SQL of our own making stands for; none when the engine's parser refuses it. */
export function changesOf(sql: string, engine: Engine): readonly Change[] {
  const { statements, errors } = parse(sql, engine);
  return errors.length > 0 ? [] : statements.flatMap(({ changes }) => changes);
}
