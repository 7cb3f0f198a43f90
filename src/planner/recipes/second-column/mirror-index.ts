import type { Index } from '../../../sql/change.ts';
import { renderChange } from '../../../sql/render.ts';
import { indexIsValid } from '../../criteria.ts';
import { type Named, temporaryName } from '../../names.ts';
import type { Situation } from '../../situation.ts';
import { concurrently } from '../create-index.ts';
import type { Part, Versions } from './mirror.ts';
import { type Move, move } from './moves.ts';

/** Built concurrently; the names change hands. */
export function mirrorIndex({ given, twin, kept, final }: Versions<Index>, { catalog }: Situation): Part {
  const { table, name = '' } = given;
  const away = temporaryName({ ...table, name }, '', 'old', catalog);
  const index: Named<Index> = { ...twin, name: temporaryName({ ...table, name }, '', 'new', catalog) };
  return {
    builds: [concurrently(index)],
    change: { kind: 'create-index', index, concurrently: true, ifNotExists: false },
    moves: [rename(given, name, away), rename(given, index.name, name)],
    remake: [
      renderChange({
        kind: 'create-index',
        index: { ...kept, name: away },
        concurrently: false,
        ifNotExists: false,
      }),
    ],
    criteria: [indexIsValid({ ...final, name })],
  };
}

function rename({ table }: Index, from: string, to: string): Move {
  const one = (name: string, next: string) =>
    renderChange({ kind: 'rename-index', index: { ...table, name }, to: next });
  return move(one(from, to), one(to, from));
}
