import type { Description, ObjectKind, SchemaObject } from '../../sql/description.ts';

/** The objects as they are at one point of a plan, and what hangs on what. */
export interface State {
  get(key: string): SchemaObject | undefined;
  put(object: SchemaObject): void;
  /** Takes an object out, with everything that goes with it. */
  remove(key: string): void;
  /** What goes with an object, in the order in which it can be made again. */
  belongings(key: string): readonly SchemaObject[];
  /**
   * What must be out of the way before objects can be altered or dropped: those that need them, those that need these, and what goes
   * with them; in the order in which they can be made again.
   */
  dependants(keys: readonly string[]): readonly SchemaObject[];
}

/** The parts of a table, which follow it through every alteration or have recipes of their own. */
const parts: ReadonlySet<ObjectKind> = new Set(['table', 'column', 'constraint', 'index']);

/** An index of a materialized view is as good as others: both are made again. */
export function isTablePart({ kind, of }: SchemaObject): boolean {
  return parts.has(kind) && of?.startsWith('materialized view ') !== true;
}

/** The state that a description tells, to be changed as a plan goes on. */
export function stateOf({ objects }: Description): State {
  const present = new Map<string, SchemaObject>();
  const needers = new Map<string, Set<string>>();
  const belonging = new Map<string, Set<string>>();

  const put = (object: SchemaObject): void => {
    const before = present.get(object.key);
    if (before !== undefined) unlink(before);
    present.set(object.key, object);
    for (const need of object.needs) add(needers, need, object.key);
    if (object.of !== undefined) add(belonging, object.of, object.key);
  };
  const unlink = (object: SchemaObject): void => {
    for (const need of object.needs) needers.get(need)?.delete(object.key);
    if (object.of !== undefined) belonging.get(object.of)?.delete(object.key);
  };
  const found = (keys: Iterable<string>): readonly SchemaObject[] => {
    const objects = [...keys].flatMap((key) => present.get(key) ?? []);
    return inMakingOrder(objects);
  };
  const belongingKeys = (key: string, into = new Set<string>()): ReadonlySet<string> => {
    for (const each of belonging.get(key) ?? []) {
      if (into.has(each)) continue;
      into.add(each);
      belongingKeys(each, into);
    }
    return into;
  };

  for (const object of objects.values()) put(object);
  return {
    get: (key) => present.get(key),
    put,
    remove(key) {
      for (const each of [key, ...belongingKeys(key)]) {
        const object = present.get(each);
        if (object === undefined) continue;
        unlink(object);
        present.delete(each);
      }
    },
    belongings: (key) => found(belongingKeys(key)),
    dependants(keys) {
      const reached = new Set<string>();
      const waiting = [...keys];
      for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
        const isGiven = keys.includes(key);
        for (const each of needers.get(key) ?? []) {
          const object = present.get(each);
          // What belongs to an object that is only altered stays with it.
          if (object === undefined || reached.has(each) || keys.includes(each)) continue;
          if (isGiven && object.of === key) continue;
          reached.add(each);
          waiting.push(each);
        }
        if (isGiven) continue;
        for (const each of belongingKeys(key)) {
          if (reached.has(each)) continue;
          reached.add(each);
          waiting.push(each);
        }
      }
      return found(reached);
    },
  };
}

/** The objects, each after those that it needs and the one that it belongs to; else in the order given. */
export function inMakingOrder(objects: readonly SchemaObject[]): readonly SchemaObject[] {
  const byKey = new Map(objects.map((object) => [object.key, object]));
  const entered = new Set<string>();
  const ordered: SchemaObject[] = [];
  const place = (object: SchemaObject): void => {
    if (entered.has(object.key)) return;
    entered.add(object.key);
    for (const key of [...object.needs, ...(object.of === undefined ? [] : [object.of])]) {
      const first = byKey.get(key);
      if (first !== undefined) place(first);
    }
    ordered.push(object);
  };
  for (const object of objects) place(object);
  return ordered;
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}
