import type { Engine } from '../../sql/engine.ts';
import { guessEngine } from '../../sql/history/guess-engine.ts';
import type { History } from '../../sql/history/history.ts';
import { UsageError } from '../usage.ts';
import type { Located } from './locate.ts';

/** What is assumed where neither the command nor a path says anything. */
export const usualEngine: Engine = 'postgresql';

/** The engine that folders and files name, where nobody says: only if they name one, or PostgreSQL among others. */
export function engineTold(located: readonly Located[]): Engine {
  const told = new Set(located.flatMap(enginesOf));
  const [only] = told;
  if (told.size === 0 || told.has(usualEngine)) return usualEngine;
  if (told.size === 1 && only !== undefined) return only;
  throw new UsageError(`there are migrations for ${[...told].join(' and ')}`, 'Say which to read with --engine');
}

/** The engine that a path names. Only the nearest folders: further up, a name tells of a machine rather than of the SQL. */
export function engineNear(path: string): Engine | undefined {
  return guessEngine(path.split(/[\\/]/).slice(-3).join('/'));
}

function enginesOf(located: Located): readonly Engine[] {
  const near = engineNear(located.path);
  const fallback = near === undefined ? [] : [near];
  if (located.kind !== 'histories') return fallback;
  return located.histories.flatMap(({ engine }) => engine ?? fallback);
}

/** The histories of a directory that run on an engine: those that name it, else its nearest relative, and those that name none. */
export function historiesFor(engine: Engine, { path, histories }: Located & { kind: 'histories' }): readonly History[] {
  const own = histories.some((history) => history.engine === engine) ? [engine] : familyOf(engine);
  const found = histories.filter((history) => history.engine === undefined || own.includes(history.engine));
  if (found.length > 0) return found;
  const others = [...new Set(histories.map((history) => history.engine))].join(' and ');
  throw new UsageError(`${path} holds migrations for ${others} only`, 'Say so with --engine');
}

function familyOf(engine: Engine): readonly Engine[] {
  return engine === 'mysql' || engine === 'mariadb' ? ['mysql', 'mariadb'] : [engine];
}
