import type { Change, Script } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import type { FileContext } from '../rule.ts';
import { type AccessPath, pathOfConstraint, pathOfIndex } from './indexes.ts';

/** What files of a run bring and take, by the place of the file. */
interface Ahead {
  /** Indexes and keys by the table that gets them. */
  readonly paths: ReadonlyMap<string, readonly { readonly file: number; readonly path: AccessPath }[]>;
  readonly primaryKeys: ReadonlyMap<string, number>;
  /** The last file that drops an index or constraint of that name. */
  readonly drops: ReadonlyMap<string, number>;
}

/** One look through a run serves every file of it. */
const known = new WeakMap<readonly Script[], Ahead>();

/** Indexes that later files of the run give to the table: an index built CONCURRENTLY has a file of its own. */
export function pathsAhead({ scripts, index }: FileContext, table: ObjectName): readonly AccessPath[] {
  const paths = aheadIn(scripts).paths.get(keyOf(table)) ?? [];
  return paths.filter(({ file }) => file > index).map(({ path }) => path);
}

/** Whether a later file of the run gives the table its primary key. */
export function isKeyAhead({ scripts, index }: FileContext, table: ObjectName): boolean {
  return (aheadIn(scripts).primaryKeys.get(keyOf(table)) ?? -1) > index;
}

/** Whether a later file of the run drops the index or constraint of that name. */
export function isDropAhead({ scripts, index }: FileContext, name: string): boolean {
  return (aheadIn(scripts).drops.get(name) ?? -1) > index;
}

function aheadIn(scripts: readonly Script[]): Ahead {
  const found = known.get(scripts) ?? look(scripts);
  known.set(scripts, found);
  return found;
}

function look(scripts: readonly Script[]): Ahead {
  const paths = new Map<string, { file: number; path: AccessPath }[]>();
  const primaryKeys = new Map<string, number>();
  const drops = new Map<string, number>();
  scripts.forEach(({ statements }, file) => {
    for (const { changes } of statements) {
      for (const change of changes) {
        if (change.within !== undefined) continue;
        const made = madeBy(change);
        if (made !== undefined) bucket(paths, made.key).push({ file, path: made.path });
        if (change.kind === 'add-constraint' && change.constraint.kind === 'primary-key')
          primaryKeys.set(keyOf(change.table), file);
        if (change.kind === 'drop-index') drops.set(change.index.name, file);
        if (change.kind === 'drop-constraint') drops.set(change.name, file);
      }
    }
  });
  return { paths, primaryKeys, drops };
}

function bucket<Item>(buckets: Map<string, Item[]>, key: string): Item[] {
  const known = buckets.get(key);
  if (known !== undefined) return known;
  const made: Item[] = [];
  buckets.set(key, made);
  return made;
}

function madeBy(change: Change): { readonly key: string; readonly path: AccessPath } | undefined {
  if (change.kind === 'create-index') return { key: keyOf(change.index.table), path: pathOfIndex(change.index) };
  if (change.kind !== 'add-constraint') return undefined;
  const path = pathOfConstraint(change.constraint);
  return path === undefined ? undefined : { key: keyOf(change.table), path };
}
