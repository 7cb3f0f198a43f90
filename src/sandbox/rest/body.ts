import { type Call, wrongType } from './call.ts';

/** A member of the body; `undefined` when the body is a list. */
export function field(call: Call, name: string): unknown {
  return Array.isArray(call.body) ? undefined : (call.body as Readonly<Record<string, unknown>>)[name];
}

/** A text, `undefined` when left out or null. */
export function text(call: Call, name: string): string | undefined {
  const value = field(call, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(name, value, 'string');
  return value;
}

/** A text that `null` may empty. */
export function nullableText(call: Call, name: string): string | null | undefined {
  return field(call, name) === null ? null : text(call, name);
}

export function flag(call: Call, name: string): boolean | undefined {
  const value = field(call, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw wrongType(name, value, 'boolean');
  return value;
}

export function integer(call: Call, name: string): number | undefined {
  const value = field(call, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(name, value, 'integer');
  return value;
}

/** A list of names, each a text or an object with `name`, as labels may be given. */
export function names(call: Call, member: string): string[] | undefined {
  const value = Array.isArray(call.body) ? call.body : field(call, member);
  if (value === undefined || value === null) return undefined;
  const list = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list)) throw wrongType(member, value, 'array');
  return list.map((entry: unknown) => {
    if (typeof entry === 'string') return entry;
    const name = typeof entry === 'object' && entry !== null ? (entry as { name?: unknown }).name : undefined;
    if (typeof name !== 'string') throw wrongType(member, entry, 'string');
    return name;
  });
}

/** A list of objects. */
export function objects(call: Call, name: string): Readonly<Record<string, unknown>>[] | undefined {
  const value = field(call, name);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, value, 'array');
  return value.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) throw wrongType(name, entry, 'object');
    return entry as Readonly<Record<string, unknown>>;
  });
}

/** One of some words. */
export function word<T extends string>(call: Call, name: string, allowed: readonly T[]): T | undefined {
  const value = text(call, name);
  if (value === undefined || allowed.includes(value as T)) return value as T | undefined;
  throw wrongType(name, value, `member of ${JSON.stringify(allowed)}`);
}
