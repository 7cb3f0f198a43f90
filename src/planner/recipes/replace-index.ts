import type { Index } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { indexIsValid } from '../criteria.ts';
import { type Named, temporaryName } from '../names.ts';
import { type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import type { Situation } from '../situation.ts';
import { createIndex } from './create-index.ts';
import { dropIndex } from './drop-index.ts';

/**
 * Another definition of an index under the same name, with an index to use at any moment: the new one is built beside the old one,
 * which goes concurrently, and then takes its name (the manual, REINDEX, "Rebuilding Indexes Concurrently", does the same by itself).
 */
export function replaceIndex(
  before: Named<Index>,
  after: Named<Index>,
  situation: Situation,
): readonly Draft[] | Unsupported {
  const { table } = after;
  const temporary = { ...after, name: temporaryName({ ...table, name: after.name }, '', 'new', situation.catalog) };
  const build = createIndex(
    { kind: 'create-index', index: temporary, concurrently: true, ifNotExists: false },
    situation,
  );
  const index = { ...table, name: before.name };
  const drop = dropIndex({ kind: 'drop-index', index, concurrently: true, ifExists: false, cascade: false }, situation);
  if ('unsupported' in drop) return drop;
  const rename = (from: string, to: string) =>
    renderChange({ kind: 'rename-index', index: { ...table, name: from }, to });
  return [
    ...build,
    ...drop.map((each) => ({
      ...each,
      phase: 'migrate' as const,
      because: `The new index is there and in use already. ${each.because}`,
    })),
    step({
      title: `Give index ${temporary.name} of ${display(table)} the name ${after.name}`,
      phase: 'contract',
      sql: [rename(temporary.name, after.name)],
      down: [rename(after.name, temporary.name)],
      locks: [lock({ ...table, name: temporary.name }, 'ShareUpdateExclusiveLock')],
      criteria: [indexIsValid(after)],
      because: `Changes the catalog only, and since PostgreSQL 12 under SHARE UPDATE EXCLUSIVE on the index. ${manual('sql-alterindex')}`,
    }),
  ];
}
