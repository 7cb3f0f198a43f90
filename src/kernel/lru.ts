/** A map that forgets what was used longest ago once the weights of its values exceed `capacity`. */
export interface Lru<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** `weight` gives the cost of a value in the unit of `capacity` (entries, bytes). A value that is too heavy is not kept. */
export function lru<Value>(capacity: number, weight: (value: Value) => number): Lru<Value> {
  const values = new Map<string, Value>();
  let total = 0;
  const forget = (key: string, value: Value) => {
    values.delete(key);
    total -= weight(value);
  };
  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      const previous = values.get(key);
      if (previous !== undefined) forget(key, previous);
      if (weight(value) > capacity) return;
      values.set(key, value);
      total += weight(value);
      for (const [oldest, old] of values) {
        if (total <= capacity) break;
        forget(oldest, old);
      }
    },
  };
}
