import { type Catalog, columnOf, type Table } from '../../../sql/catalog.ts';
import type { BodyOf, Constraint } from '../../../sql/change.ts';
import { areComparable } from '../../../sql/facts/comparable-types.ts';
import { display, keyOf } from '../../../sql/name.ts';
import { renderChange } from '../../../sql/render.ts';
import { constraintExists } from '../../criteria.ts';
import { type Named, temporaryName } from '../../names.ts';
import type { Unsupported } from '../../recipe.ts';
import type { Situation } from '../../situation.ts';
import { addForeignKey } from '../add-foreign-key.ts';
import { isCovered } from '../create-index.ts';
import { restore } from '../drop-constraint.ts';
import type { Pair, Part } from './mirror.ts';
import { move } from './moves.ts';

/** A foreign key that refers to the column, in whatever table it stands. */
export interface Reference {
  readonly from: Table;
  readonly key: Named<Extract<Constraint, { readonly kind: 'foreign-key' }>>;
}

/** Those of other tables come first: dropping one of them locks both tables at once. */
export function referencesTo(table: Table, column: string, { tables }: Catalog): readonly Reference[] {
  const others = [...tables.values()].filter(({ name }) => keyOf(name) !== keyOf(table.name));
  return [...others, table].flatMap((from) =>
    from.constraints.flatMap((key): readonly Reference[] => {
      if (key.kind !== 'foreign-key' || keyOf(key.references) !== keyOf(table.name)) return [];
      const { name } = key;
      return name !== undefined && key.referencedColumns.includes(column) ? [{ from, key: { ...key, name } }] : [];
    }),
  );
}

const noIndex = { rule: 'foreign-key-index', reason: 'the foreign key whose place it takes has no index either' };

/** Its locks are those of the switch, which is over at once. */
export const severalLocks = {
  rule: 'locks-in-one-transaction',
  reason: 'foreign keys and their key change hands together, in the catalog only',
};

/** Added beside the one that is there, and validated; in the switch the old one goes, and the new one gets its name. */
export function mirrorReference(
  { from, key }: Reference,
  pair: Pair,
  situation: Situation,
  further: boolean,
): Part | Unsupported {
  const { old, new: column } = pair;
  const type = columnOf(from, key.columns[key.referencedColumns.indexOf(old.name)] ?? '')?.type ?? '';
  if (!areComparable(type, column.type)) {
    return {
      unsupported: `${display(pair.table.name)}.${old.name}: foreign key ${display(from.name)}.${key.name} refers to it from a column of type ${type}, which cannot be compared with ${column.type}; drop it, change both columns, and add it again`,
    };
  }
  const temporary = temporaryName({ ...from.name, name: key.name }, '', 'new', situation.catalog);
  const referring = (to: string) => key.referencedColumns.map((each) => (each === old.name ? to : each));
  const twin = { ...key, name: temporary, referencedColumns: referring(column.name) };
  const change: BodyOf<'add-constraint'> & { readonly constraint: typeof twin } = {
    kind: 'add-constraint',
    table: from.name,
    constraint: twin,
  };
  const builds = addForeignKey(change, situation);
  const drop = renderChange({
    kind: 'drop-constraint',
    table: from.name,
    name: key.name,
    ifExists: false,
    cascade: false,
  });
  return {
    builds: (key.validated ? builds : builds.slice(0, 1)).map((build, at) =>
      at === 0 && !isCovered(situation.catalog, from.name, key.columns) ? { ...build, knowingly: [noIndex] } : build,
    ),
    change,
    releases: [
      move(
        drop,
        restore(from.name, key),
        { rule: 'drop-constraint', reason: 'another one that demands the same is there already' },
        ...(further && keyOf(from.name) !== keyOf(pair.table.name) ? [severalLocks] : []),
      ),
    ],
    // It keeps the new key from going, so on the way back it goes with its name, and is not needed any more.
    moves: [move(renderChange({ kind: 'rename-constraint', table: from.name, name: temporary, to: key.name }), drop)],
    remake: [],
    criteria: [constraintExists(from.name, key, key.validated)],
    locks: [from.name],
  };
}
