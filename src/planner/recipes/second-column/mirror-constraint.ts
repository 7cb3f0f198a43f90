import { columnOf, tableOf } from '../../../sql/catalog.ts';
import type { BodyOf, Constraint, Index } from '../../../sql/change.ts';
import { areComparable } from '../../../sql/facts/comparable-types.ts';
import { display, keyOf, type ObjectName } from '../../../sql/name.ts';
import { renderChange } from '../../../sql/render.ts';
import { constraintExists } from '../../criteria.ts';
import { type Named, temporaryName } from '../../names.ts';
import type { Draft, Unsupported } from '../../recipe.ts';
import type { Situation } from '../../situation.ts';
import { addCheck } from '../add-check.ts';
import { addExclusion } from '../add-exclusion.ts';
import { addForeignKey } from '../add-foreign-key.ts';
import { addKey, indexOfKey } from '../add-key.ts';
import { concurrently } from '../create-index.ts';
import { restore } from '../drop-constraint.ts';
import type { Pair, Part, Versions } from './mirror.ts';
import { type Move, move } from './moves.ts';

type Own = Exclude<Constraint, { readonly kind: 'not-null' }>;
type PrimaryKey = Extract<Constraint, { readonly kind: 'primary-key' }>;

/** Added by the recipe of its kind; the names change hands. A table has one primary key, so there only the index is built before. */
export function mirrorConstraint(versions: Versions<Own>, pair: Pair, situation: Situation): Part | Unsupported {
  const { given, twin, kept, final } = versions;
  const table = pair.table.name;
  const { name = '' } = given;
  const beside = (label: string) => temporaryName({ ...table, name }, '', label, situation.catalog);
  const temporary = { ...twin, name: beside('new') };
  if (temporary.kind === 'primary-key') return mirrorPrimaryKey(versions, temporary, pair);
  if (temporary.kind === 'foreign-key' && !isReachable(temporary, pair, situation)) {
    return {
      unsupported: `${display(table)}.${pair.old.name}: foreign key ${name} refers to a column that cannot be compared with ${pair.new.type}; drop it, change both columns, and add it again`,
    };
  }
  const change: BodyOf<'add-constraint'> = { kind: 'add-constraint', table, constraint: temporary };
  const builds = add(change, temporary, situation);
  if ('unsupported' in builds) return builds;
  const isValid = !('validated' in given) || given.validated;
  const away = beside('old');
  return {
    // What was never validated is not validated now.
    builds: isValid ? builds : builds.slice(0, 1),
    change,
    moves: [renameConstraint(table, name, away), renameConstraint(table, temporary.name, name)],
    remake: restore(table, { ...kept, name: away }),
    criteria: [constraintExists(table, { ...final, name }, isValid)],
    dropLocks: given.kind === 'foreign-key' && keyOf(given.references) !== keyOf(table) ? [given.references] : [],
  };
}

function add(
  change: BodyOf<'add-constraint'>,
  constraint: Named<Exclude<Own, PrimaryKey>>,
  situation: Situation,
): readonly Draft[] | Unsupported {
  switch (constraint.kind) {
    case 'unique':
      return addKey({ ...change, constraint }, situation);
    case 'check':
      return addCheck({ ...change, constraint }, situation);
    case 'foreign-key':
      return addForeignKey({ ...change, constraint }, situation);
    case 'exclusion':
      return addExclusion({ ...change, constraint }, situation);
  }
}

function mirrorPrimaryKey(
  { given, kept, final }: Versions<Own>,
  twin: Named<PrimaryKey>,
  { table: { name: table } }: Pair,
): Part {
  const { name = '' } = given;
  const index: Named<Index> = indexOfKey({ table, constraint: twin });
  const drop = renderChange({ kind: 'drop-constraint', table, name, ifExists: false, cascade: false });
  const take = { ...final, name, usingIndex: index.name } as PrimaryKey;
  return {
    builds: [concurrently(index)],
    change: { kind: 'create-index', index, concurrently: true, ifNotExists: false },
    moves: [
      move(drop, renderChange({ kind: 'add-constraint', table, constraint: kept })),
      move(renderChange({ kind: 'add-constraint', table, constraint: take }), drop),
    ],
    remake: [],
    criteria: [constraintExists(table, { ...final, name }, true)],
  };
}

/** Whether the columns that a foreign key refers to can be compared with the new type. */
function isReachable(
  { columns, references, referencedColumns }: Extract<Constraint, { readonly kind: 'foreign-key' }>,
  { new: column }: Pair,
  { catalog }: Situation,
): boolean {
  const target = tableOf(catalog, references);
  const name = referencedColumns[columns.indexOf(column.name)];
  const found = target === undefined || name === undefined ? undefined : columnOf(target, name);
  return found === undefined || areComparable(found.type, column.type);
}

export function renameConstraint(table: ObjectName, from: string, to: string): Move {
  const one = (name: string, next: string) => renderChange({ kind: 'rename-constraint', table, name, to: next });
  return move(one(from, to), one(to, from));
}
