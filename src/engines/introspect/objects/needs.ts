import type { SchemaObject } from '../../../sql/description.ts';
import type { Row } from '../../session.ts';
import type { Draft } from './draft.ts';

interface Dependencies {
  readonly members: readonly Row[];
  readonly dependencies: readonly Row[];
}

/** The objects with everything that they need by its key. */
export function withNeeds(drafts: readonly Draft[], { members, dependencies }: Dependencies): readonly SchemaObject[] {
  const keys = new Map(
    drafts.flatMap(({ object, addresses }) => addresses.map((address) => [address, object.key] as const)),
  );
  const extensions = new Map(
    members.map(({ address, extension }) => [String(address), `extension ${String(extension)}`]),
  );
  const within = new Map(
    dependencies.flatMap(({ address, within }) =>
      within === null ? [] : [[String(address), within as string[]] as const],
    ),
  );

  const found = new Map<string, readonly string[]>();
  /** The object at an address, or of which it is a part: a column without a key of its own, a row type, the rule behind a view. */
  const resolve = (address: string): readonly string[] => {
    const known = found.get(address);
    if (known !== undefined) return known;
    found.set(address, []);
    const whole = address.split(':', 2).join(':');
    const key = keys.get(address) ?? keys.get(whole) ?? extensions.get(whole);
    const keysThere =
      key === undefined
        ? [...new Set([address, whole])].flatMap((each) => within.get(each) ?? []).flatMap(resolve)
        : [key];
    found.set(address, keysThere);
    return keysThere;
  };

  const needs = new Map<string, Set<string>>();
  const enter = (key: string, address: string) => {
    const known = needs.get(key) ?? new Set();
    for (const each of resolve(address)) known.add(each);
    needs.set(key, known);
  };
  for (const { address, needs: needed } of dependencies) {
    for (const key of resolve(String(address))) for (const each of needed as string[]) enter(key, each);
  }
  for (const { object, neededAddresses } of drafts) for (const each of neededAddresses) enter(object.key, each);

  const objects = new Map(drafts.map(({ object }) => [object.key, object]));
  return drafts.map(({ object }) => {
    const stated = [...(needs.get(object.key) ?? [])].filter((key) => !isApart(object, key));
    const implied = ownersOf(object, objects);
    const all = new Set([...object.needs, ...stated].filter((key) => objects.has(key) && !implied.has(key)));
    return { ...object, needs: [...all].sort() };
  });
}

/** A partition can be made without its parent and a sequence without its owner: that they belong to those is an object of its own. */
function isApart({ kind, key }: SchemaObject, need: string): boolean {
  if (kind === 'sequence') return need.startsWith('column ');
  return (kind === 'table' || key.startsWith('foreign table ')) && /^(foreign )?table /.test(need);
}

/** The object itself and those it goes with, which it needs as a matter of course. */
function ownersOf(object: SchemaObject, objects: ReadonlyMap<string, SchemaObject>): ReadonlySet<string> {
  const owners = new Set<string>();
  for (let each: SchemaObject | undefined = object; each !== undefined && !owners.has(each.key); ) {
    owners.add(each.key);
    each = each.of === undefined ? undefined : objects.get(each.of);
  }
  return owners;
}
