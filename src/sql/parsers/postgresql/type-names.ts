import type { Node, TypeName } from 'libpg-query';
import { quoteIdentifier } from '../../quote.ts';
import { as, texts } from './nodes.ts';

/** The names that format_type prints for the built-in types (PostgreSQL source, format_type.c). */
const canonical: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  integer: 'integer',
  int8: 'bigint',
  bigint: 'bigint',
  int2: 'smallint',
  smallint: 'smallint',
  float4: 'real',
  real: 'real',
  float8: 'double precision',
  bool: 'boolean',
  boolean: 'boolean',
  varchar: 'character varying',
  bpchar: 'character',
  decimal: 'numeric',
  varbit: 'bit varying',
  // Their own names are keywords, which a user's type of that name would have to quote.
  bit: 'bit',
  json: 'json',
  numeric: 'numeric',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
};

const zoned: Readonly<Record<string, readonly [string, string]>> = {
  timestamp: ['timestamp', 'without time zone'],
  timestamptz: ['timestamp', 'with time zone'],
  time: ['time', 'without time zone'],
  timetz: ['time', 'with time zone'],
};

/** The type as PostgreSQL's format_type prints it: `character varying(40)`, `timestamp with time zone`, `text[]`. */
export function typeText(type: TypeName | undefined): string {
  const element = elementText(type);
  return (type?.arrayBounds ?? []).length > 0 ? `${element}[]` : element;
}

/** The type of a function's argument: limits mean nothing there (manual, CREATE FUNCTION, Notes). */
export function argumentType(type: TypeName | undefined): string {
  const { typmods: _limits, ...unlimited } = type ?? {};
  return typeText(unlimited);
}

/** Whether the type is one of the serial pseudo-types, which are an integer with a sequence as its default. */
export function isSerial(type: TypeName | undefined): boolean {
  const names = texts(type?.names);
  return names.length === 1 && /^(?:small|big)?serial[248]?$/.test(names[0] ?? '');
}

function elementText(type: TypeName | undefined): string {
  const [schema, name] = splitName(texts(type?.names));
  const modifiers = (type?.typmods ?? []).map(modifierText);
  if (schema !== undefined) return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}${inParentheses(modifiers)}`;
  // A quoted "char" is the one-byte type of the system catalogs; the keyword arrives here as bpchar.
  if (name === 'char') return '"char"';
  if (name === 'bpchar' && modifiers.length === 0) return 'bpchar';
  if (name === 'interval') return intervalText(modifiers);
  const zone = zoned[name];
  if (zone !== undefined) return `${zone[0]}${inParentheses(modifiers)} ${zone[1]}`;
  if ((name === 'numeric' || name === 'decimal') && modifiers.length === 1) return `numeric(${modifiers[0]},0)`;
  return `${canonical[name] ?? quoteIdentifier(name)}${inParentheses(modifiers)}`;
}

/** The schema is left out where format_type would: built-in types, and the default search path. */
function splitName(parts: readonly string[]): readonly [string | undefined, string] {
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2);
  return [schema === 'pg_catalog' || schema === 'public' ? undefined : schema, name];
}

function inParentheses(modifiers: readonly string[]): string {
  return modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
}

/** Modifiers are constants, or names for types such as PostGIS' `geometry(Point,4326)`. */
function modifierText(node: Node): string {
  const constant = as(node, 'A_Const');
  if (constant?.sval !== undefined) return constant.sval.sval ?? '';
  if (constant?.fval !== undefined) return constant.fval.fval ?? '';
  // A zero arrives without its value.
  if (constant !== undefined) return String(constant.ival?.ival ?? 0);
  return texts(as(node, 'ColumnRef')?.fields).join('.');
}

/** Bits of an interval's first modifier (PostgreSQL source, datetime.h and timestamp.h). */
const intervalFields: Readonly<Record<string, string>> = {
  4: ' year',
  2: ' month',
  8: ' day',
  1024: ' hour',
  2048: ' minute',
  4096: ' second',
  6: ' year to month',
  1032: ' day to hour',
  3080: ' day to minute',
  7176: ' day to second',
  3072: ' hour to minute',
  7168: ' hour to second',
  6144: ' minute to second',
};

function intervalText([fields, precision]: readonly string[]): string {
  const written = fields === undefined ? '' : (intervalFields[fields] ?? '');
  return `interval${written}${precision === undefined ? '' : `(${precision})`}`;
}
