import { defaultSchema, keyOf, type ObjectName } from './name.ts';
import { quoteIdentifier, quoteName } from './quote.ts';

/** A type in PostgreSQL's canonical spelling, taken apart: `timestamp(3) with time zone[]` has a base, a limit and is an array. */
export interface TypeText {
  /** The spelling without limits and brackets: `timestamp with time zone`. */
  readonly base: string;
  /** Length, precision, scale. Empty: none is written. */
  readonly limits: readonly string[];
  readonly isArray: boolean;
}

export function readType(type: string): TypeText {
  const isArray = type.endsWith('[]');
  const element = isArray ? type.slice(0, -2) : type;
  if (!element.includes('(')) return { base: element, limits: [], isArray };
  const match = /^([^(]+)\(([^)]*)\)(.*)$/.exec(element);
  if (match === null) return { base: element, limits: [], isArray };
  const [, before = '', limits = '', after = ''] = match;
  return { base: before + after, limits: limits.split(',').map((limit) => limit.trim()), isArray };
}

/** The base of a type, or of the elements of an array: `app.mood` of `app.mood[]`. */
export function elementOf(type: string): string {
  return readType(type).base;
}

/** How a column's type spells a type of that name: without the default schema, quoted where it must be. */
export function spelled({ schema, name }: ObjectName): string {
  return schema === undefined || schema === defaultSchema ? quoteIdentifier(name) : quoteName({ schema, name });
}

/** The name of the type that a base spells, as {@link spelled} writes it. */
export function namedBy(base: string): ObjectName {
  const parts = [...base.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2);
  return schema === undefined ? { name } : { schema, name };
}

/** The key of the type in a catalog; an array or a type with limits has one that no type can have. */
export function keyOfType(type: string): string {
  // Most types are built-in and asked about for every column, so that taking them apart would be felt.
  return type.includes('"') || type.includes('.') ? keyOf(namedBy(type)) : `${defaultSchema}.${type}`;
}
