import { quoteLiteral } from '../../sql/quote.ts';
import type { Slot } from './values.ts';

/** How many values at the edge {@link edgeFor} knows. */
export const edges = 3;

/** The smallest and the largest value (the manual, "Numeric Types", "Date/Time Types"; of dates those that other types take, too). */
const bounds: Readonly<Record<string, readonly [string, string]>> = {
  int2: ['-32768', '32767'],
  int4: ['-2147483648', '2147483647'],
  int8: ['-9223372036854775808', '9223372036854775807'],
  date: ["'0001-01-01'", "'9999-12-31'"],
  timestamp: ["'0001-01-01T00:00:00'", "'9999-12-31T23:59:59.999999'"],
  timestamptz: ["'0001-01-02T00:00:00Z'", "'9999-12-30T23:59:59.999999Z'"],
};

/** A value at the edge of what a type holds, which real rows have somewhere; `undefined` where none is known. */
export function edgeFor({ type, length, precision, scale = 0 }: Slot, which: number): string | undefined {
  const at = which % edges;
  switch (type) {
    case 'text':
    case 'varchar':
    case 'citext':
      return quoteLiteral(cut(['', `Ünï'cöde "漢字" \\ %_`, 'x'.repeat(length ?? 300)][at] ?? '', length));
    case 'numeric': {
      const most = precision === undefined ? '99999999999999999999' : '9'.repeat(Math.max(precision - scale, 0)) || '0';
      return ['0', `-${most}`, most][at];
    }
    case 'json':
    case 'jsonb':
      return ["'null'", "'[]'", `'{"a": [1, {"b": "ü"}]}'`][at];
    default: {
      const known = bounds[type];
      if (known === undefined) return undefined;
      return [type.startsWith('int') ? '0' : "'1970-01-01'", ...known][at];
    }
  }
}

/** In characters, of which some take two places in a string. */
function cut(value: string, length: number | undefined): string {
  return length === undefined ? value : [...value].slice(0, length).join('');
}
