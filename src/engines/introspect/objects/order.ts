import type { ObjectKind, SchemaObject } from '../../../sql/description.ts';

/** What comes first among those that do not need each other: functions after the tables, of which their bodies may speak. */
const ranks: readonly ObjectKind[] = [
  'schema',
  'extension',
  'other',
  'enum',
  'range',
  'domain',
  'composite',
  'sequence',
  'table',
  'column',
  'sequence owner',
  'persistence',
  'function',
  'aggregate',
  'index',
  'constraint',
  'attachment',
  'inheritance',
  'view',
  'materialized view',
  'statistics',
  'replica identity',
  'storage parameters',
  'rule',
  'trigger',
  'trigger state',
  'policy',
  'row security',
  'comment',
  'privileges',
  'default privileges',
];

/** The objects by their keys, each after those that it needs and the one it goes with; within that by kind, and by name. */
export function inOrder(objects: readonly SchemaObject[]): ReadonlyMap<string, SchemaObject> {
  const rank = new Map(ranks.map((kind, at) => [kind, at]));
  const place = ({ kind }: SchemaObject) => rank.get(kind) ?? ranks.length;
  const sorted = objects.toSorted((one, other) => place(one) - place(other) || (one.key < other.key ? -1 : 1));
  const byKey = new Map(sorted.map((object) => [object.key, object]));
  const parts = partsOf(sorted, byKey);

  const ordered = new Map<string, SchemaObject>();
  const entered = new Set<string>();
  const enter = (object: SchemaObject | undefined) => {
    if (object === undefined || entered.has(object.key)) return;
    entered.add(object.key);
    const made = [object, ...(parts.get(object.key) ?? [])];
    for (const { key } of made) entered.add(key);
    for (const each of made) for (const key of before(each)) enter(byKey.get(key));
    for (const each of made) ordered.set(each.key, each);
  };
  // What is a part of another comes with it, even when something needs it earlier.
  const whole = (object: SchemaObject): SchemaObject => {
    const owner = isMadeAlong(object) ? byKey.get(object.of ?? '') : undefined;
    return owner === undefined ? object : whole(owner);
  };
  function before({ needs, of }: SchemaObject): readonly string[] {
    return [...(of === undefined ? [] : [of]), ...needs].map((key) => {
      const object = byKey.get(key);
      return object === undefined ? key : whole(object).key;
    });
  }
  for (const object of sorted) enter(whole(object));
  return ordered;
}

/** Columns, and the sequences that columns bring along, come into being with their table, and so do what they need before it. */
function isMadeAlong({ kind, create, of }: SchemaObject): boolean {
  return (
    of !== undefined && create.length === 0 && (kind === 'column' || kind === 'sequence' || kind === 'sequence owner')
  );
}

function partsOf(
  objects: readonly SchemaObject[],
  byKey: ReadonlyMap<string, SchemaObject>,
): ReadonlyMap<string, readonly SchemaObject[]> {
  const parts = new Map<string, SchemaObject[]>();
  for (const object of objects) {
    if (!isMadeAlong(object)) continue;
    let owner = byKey.get(object.of ?? '');
    while (owner !== undefined && isMadeAlong(owner)) owner = byKey.get(owner.of ?? '');
    if (owner === undefined) continue;
    const known = parts.get(owner.key);
    if (known === undefined) parts.set(owner.key, [object]);
    else known.push(object);
  }
  return parts;
}
