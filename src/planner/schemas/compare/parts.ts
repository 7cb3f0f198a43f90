import type { Description } from '../../../sql/description.ts';
import type { Named } from '../../names.ts';

/** What becomes of the named parts of a table: its constraints, or its indexes. */
export interface PartChanges<Part> {
  /** Under one name in both schemas, whatever they are. */
  readonly kept: readonly (readonly [was: Named<Part>, is: Named<Part>])[];
  /** The same under another name. */
  readonly renamed: readonly (readonly [was: Named<Part>, is: Named<Part>])[];
  readonly added: readonly Named<Part>[];
  readonly dropped: readonly Named<Part>[];
}

/**
 * The parts that are a table's own; those that come with a partitioned table, or with a parent, are left to it. `alone`: the table is
 * such a partition in one of the schemas only, so all of its parts have to stand by themselves.
 */
export function ownParts<Part extends { readonly name?: string }>(
  parts: readonly Part[],
  key: (name: string) => string,
  { objects }: Description,
  alone = false,
): readonly Named<Part>[] {
  return parts.flatMap((part) => {
    if (part.name === undefined) return [];
    const object = objects.get(key(part.name));
    return object === undefined || (object.create.length === 0 && !alone) ? [] : [{ ...part, name: part.name }];
  });
}

/** `stays`: whether a name that no part has any more is that of one which now comes with another table. */
export function changesOfParts<Part extends { readonly name?: string }>(
  before: readonly Named<Part>[],
  after: readonly Named<Part>[],
  isSame: (one: Named<Part>, other: Named<Part>) => boolean,
  stays: (name: string) => boolean,
): PartChanges<Part> {
  const was = new Map(before.map((part) => [part.name, part]));
  const is = new Map(after.map((part) => [part.name, part]));
  const gone = before.filter(({ name }) => !is.has(name) && !stays(name));
  const come = after.filter(({ name }) => !was.has(name));
  const renamed = renamedPairs(gone, come, isSame);
  const newNames = new Set(renamed.values());
  return {
    kept: after.flatMap((part) => {
      const known = was.get(part.name);
      return known === undefined ? [] : [[known, part] as const];
    }),
    renamed: [...renamed],
    added: come.filter((part) => !newNames.has(part)),
    dropped: gone.filter((part) => !renamed.has(part)),
  };
}

/** What is gone, with what is new and the same but for its name; each at most once. */
function renamedPairs<Item>(
  gone: readonly Item[],
  come: readonly Item[],
  isSame: (one: Item, other: Item) => boolean,
): ReadonlyMap<Item, Item> {
  const pairs = new Map<Item, Item>();
  const taken = new Set<Item>();
  for (const one of gone) {
    const other = come.find((each) => !taken.has(each) && isSame(one, each));
    if (other === undefined) continue;
    pairs.set(one, other);
    taken.add(other);
  }
  return pairs;
}
