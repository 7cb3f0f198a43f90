import { quoteLiteral } from '../../sql/quote.ts';

/** What check constraints seem to say about a column. */
export interface Allowed {
  /** String literals that are no patterns. */
  readonly texts: readonly string[];
  /** Numbers in a list, where there is one. */
  readonly numbers: readonly number[];
  readonly above: number | undefined;
  readonly below: number | undefined;
  /** Days, as milliseconds since 1970, from which and before which a time must be. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Of a text, in characters. */
  readonly length?: number | undefined;
}

/** What a value has to fit. */
export interface Slot {
  readonly name: string;
  /** The base type's name in pg_type (`varchar`, `numeric`); a domain's is that of the type below it. */
  readonly type: string;
  /** pg_type.typtype of the base type, and of arrays `a`. */
  readonly kind: string;
  readonly nullable: boolean;
  /** Characters of a char or varchar, or bits. */
  readonly length: number | undefined;
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  readonly labels: readonly string[];
  readonly allowed: Allowed;
}

/** The ways of writing a text that checks commonly ask for, tried in turn. */
const texts: readonly ((name: string, row: number) => string)[] = [
  (name, row) => `${name} ${row}`,
  (_name, row) => `person${row}@example.com`,
  (_name, row) => `https://example.com/${row}`,
  (name, row) => `${name.toLowerCase().replace(/[^a-z]/g, '')}${letters(row)}`,
  (_name, row) => letters(row).toUpperCase().padStart(3, 'A'),
  (_name, row) => letters(row).toUpperCase().padStart(2, 'A'),
  (_name, row) => String(row),
  (_name, row) => String(row).padStart(5, '0'),
  (_name, row) => `+1555${String(row).padStart(7, '0')}`,
  (_name, row) => `#${row.toString(16).padStart(6, '0')}`,
  (_name, row) => uuid(row),
  (_name, row) => day(2024, row),
  (_name, row) => `${day(2024, row)} 00:00:00`,
  (_name, row) => `${day(2024, row)} 00:00:00+00`,
  (_name, row) => (row % 2 === 1 ? 'true' : 'false'),
  () => '{}',
];

/** How many variations {@link valueFor} knows: each way of writing a text, with the first and with the second choice elsewhere. */
export const variations = 2 * texts.length;

/**
 * A value for row `row` (from 1) as an SQL literal, or `undefined` where the type is not known. Values of different rows differ
 * where the type allows it. `variation` chooses among the guesses at what a check constraint may ask for.
 */
export function valueFor(slot: Slot, row: number, variation: number): string | undefined {
  const { type, kind, allowed, length = allowed.length } = slot;
  const second = variation >= texts.length;
  if (kind === 'a') return "'{}'";
  if (kind === 'e') return labelFor(slot, row, second);
  if (kind === 'r' || kind === 'm') return kind === 'r' ? "'empty'" : "'{}'";
  switch (type) {
    case 'text':
    case 'varchar':
    case 'bpchar':
    case 'citext':
    case 'name': {
      const known = second ? undefined : allowed.texts[(row - 1) % allowed.texts.length];
      const value = known ?? texts[variation % texts.length]?.(slot.name, row);
      return quoteLiteral(shortened(value ?? '', row, length ?? (type === 'name' ? 63 : undefined)));
    }
    case 'int2':
    case 'int4':
    case 'int8':
    case 'float4':
    case 'float8':
    case 'money':
    case 'oid':
      return String(numberFor(slot, row, second));
    case 'numeric': {
      const digits = slot.precision === undefined ? 15 : slot.precision - (slot.scale ?? 0);
      return String(digits < 1 ? 0 : numberFor(slot, row, second) % 10 ** Math.min(digits, 15));
    }
    case 'bool':
      return second || row % 2 === 1 ? 'true' : 'false';
    case 'uuid':
      return `'${uuid(row)}'`;
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return `'${dayFor(allowed, row, second)
        .toISOString()
        .slice(0, type === 'date' ? 10 : 19)}'`;
    case 'time':
    case 'timetz':
      return `'${String(row % 24).padStart(2, '0')}:00:00'`;
    case 'interval':
      return `'${row} days'`;
    case 'json':
    case 'jsonb':
      return second || allowed.texts.includes('array') ? "'[]'" : "'{}'";
    case 'bytea':
      return `'\\x${row.toString(16).padStart(8, '0')}'`;
    case 'inet':
    case 'cidr':
      return `'10.0.${row >> 8}.${row & 255}'`;
    case 'macaddr':
      return `'08:00:2b:00:${(row >> 8).toString(16).padStart(2, '0')}:${(row & 255).toString(16).padStart(2, '0')}'`;
    case 'bit':
    case 'varbit':
      return `B'${row
        .toString(2)
        .slice(-(length ?? 1))
        .padStart(length ?? 1, '0')}'`;
    case 'point':
      return `'(${row},${row})'`;
    case 'xml':
      return "'<x/>'";
    case 'tsvector':
    case 'hstore':
      return "''";
    case 'ltree':
      return `'row${row}'`;
    default:
      return undefined;
  }
}

/** Those that a check names, or the others: it may say what a value must be, or must not. */
function labelFor({ labels, allowed: { texts: named } }: Slot, row: number, second: boolean): string | undefined {
  const chosen = labels.filter((label) => named.includes(label) !== second);
  const all = chosen.length === 0 ? labels : chosen;
  const label = all[(row - 1) % all.length];
  return label === undefined ? undefined : quoteLiteral(label);
}

/** Listed numbers in turn, or as many different ones between the bounds as there are. */
function numberFor({ allowed: { numbers, above, below } }: Slot, row: number, second: boolean): number {
  const listed = numbers[(row - 1) % numbers.length];
  if (listed !== undefined && !second) return listed;
  if (above === undefined && below === undefined) return second ? -row : row;
  // From 1 on wherever that is allowed: every type of numbers holds these.
  const isBelowOne = below !== undefined && below <= 1;
  const low = above !== undefined && (above >= 0 || isBelowOne) ? above : isBelowOne ? below - 1_000 : 0;
  if (below === undefined) return low + row;
  const between = Math.floor(below - low) - 1;
  return between < 1 ? (low + below) / 2 : low + 1 + ((row - 1) % between);
}

/** A day after another, from the first that is allowed, or backwards from the last. */
function dayFor({ since, until }: Allowed, row: number, second: boolean): Date {
  if (second || (since === undefined && until === undefined)) return new Date(Date.UTC(second ? 2090 : 2024, 0, row));
  const days = row * 86_400_000;
  if (since === undefined) return new Date((until ?? 0) - days);
  const length = (until ?? Number.POSITIVE_INFINITY) - since;
  return new Date(since + (length > 0 ? (days - 1) % length : days));
}

/** The row's number stays recognizable in what is cut, so that values still differ. */
function shortened(value: string, row: number, length: number | undefined): string {
  if (length === undefined || value.length <= length) return value;
  const tail = row.toString(36);
  return `${value.slice(0, Math.max(0, length - tail.length))}${tail}`.slice(-length);
}

/** Day `row` of a year. */
function day(year: number, row: number): string {
  return new Date(Date.UTC(year, 0, row)).toISOString().slice(0, 10);
}

function uuid(row: number): string {
  return `00000000-0000-4000-8000-${row.toString(16).padStart(12, '0')}`;
}

/** 1 -> `b`, 26 -> `ba`: digits to the base of 26, written as letters. */
function letters(row: number): string {
  const rest = Math.floor(row / 26);
  return `${rest > 0 ? letters(rest) : ''}${String.fromCharCode(97 + (row % 26))}`;
}
