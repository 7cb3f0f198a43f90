import type { Description, SchemaObject } from '../../sql/description.ts';

/** A definition longer than this, or of several lines, says nothing in a sentence. */
const LONGEST = 120;

/** How `actual` differs from `expected`, in words, one sentence an object; empty when the schemas are the same. */
export function differences(expected: Description, actual: Description): readonly string[] {
  const keys = [...new Set([...expected.objects.keys(), ...actual.objects.keys()])].sort();
  return keys.flatMap((key) => {
    const before = expected.objects.get(key);
    const after = actual.objects.get(key);
    if (before?.definition === after?.definition) return [];
    // What belongs to an object that is missing or extra as a whole needs no sentence of its own.
    if (before === undefined) return isOfNone(after, expected) ? [] : [`${key} is extra`];
    if (after === undefined) return isOfNone(before, actual) ? [] : [`${key} is missing`];
    return [
      sayable(before.definition) && sayable(after.definition)
        ? `${key} is "${after.definition}" instead of "${before.definition}"`
        : `${key} is defined differently`,
    ];
  });
}

function sayable(definition: string): boolean {
  return definition.length <= LONGEST && !definition.includes('\n');
}

/** Whether the object that it goes with is not there. */
function isOfNone(object: SchemaObject | undefined, { objects }: Description): boolean {
  return object?.of !== undefined && !objects.has(object.of);
}
