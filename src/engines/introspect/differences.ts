import type { Introspection } from './introspect.ts';

/** A definition longer than this, or of several lines, says nothing in a sentence. */
const LONGEST = 120;

/** How `actual` differs from `expected`, in words, one sentence an object; empty when the schemas are the same. */
export function differences(expected: Introspection, actual: Introspection): readonly string[] {
  const keys = [...new Set([...expected.definitions.keys(), ...actual.definitions.keys()])].sort();
  return keys.flatMap((key) => {
    const before = expected.definitions.get(key);
    const after = actual.definitions.get(key);
    if (before === after) return [];
    // What belongs to an object that is missing or extra as a whole needs no sentence of its own.
    const owner = ownerOf(key);
    if (before === undefined) return owner !== undefined && !expected.definitions.has(owner) ? [] : [`${key} is extra`];
    if (after === undefined) return owner !== undefined && !actual.definitions.has(owner) ? [] : [`${key} is missing`];
    return [
      sayable(before) && sayable(after)
        ? `${key} is "${after}" instead of "${before}"`
        : `${key} is defined differently`,
    ];
  });
}

function sayable(definition: string): boolean {
  return definition.length <= LONGEST && !definition.includes('\n');
}

/** The table of `column public.orders.note` and `constraint public.orders.orders_pkey`. */
function ownerOf(key: string): string | undefined {
  const [, table] = /^(?:column|constraint) (.*)\.[^.]*$/.exec(key) ?? [];
  return table === undefined ? undefined : `table ${table}`;
}
