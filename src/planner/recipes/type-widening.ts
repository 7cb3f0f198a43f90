/**
 * Whether PostgreSQL changes a column from one type to the other without touching the rows: ALTER TABLE, "Notes" (the old
 * type is binary coercible to the new one, or only a limit is raised or lifted). Canonical spellings, as `format_type` prints
 * them. Anything not known to be safe is not.
 */
export function keepsRows(from: string, to: string): boolean {
  if (from === to) return true;
  const old = read(from);
  const wanted = read(to);
  if (old.base === 'cidr') return wanted.base === 'inet';
  if (old.base === 'character varying' && wanted.base === 'text') return true;
  if (old.base === 'text') return wanted.base === 'character varying' && wanted.limits.length === 0;
  if (old.base !== wanted.base) return false;
  const [size, scale] = old.limits;
  const [newSize, newScale] = wanted.limits;
  switch (old.base) {
    case 'character varying':
    case 'bit varying':
      return newSize === undefined || (size !== undefined && newSize >= size);
    case 'numeric':
      return newSize === undefined || (size !== undefined && newSize >= size && (newScale ?? 0) === (scale ?? 0));
    case 'timestamp without time zone':
    case 'timestamp with time zone':
    case 'time without time zone':
    case 'time with time zone':
      return (newSize ?? microseconds) >= (size ?? microseconds);
    default:
      return false;
  }
}

/** The precision of a time without one (Date/Time Types). */
const microseconds = 6;

/** `numeric(10,2)` and `timestamp(3) with time zone` as a base type and its limits. */
function read(type: string): { readonly base: string; readonly limits: readonly number[] } {
  const found = /\(([\d,\s]+)\)/.exec(type);
  return {
    base: type.replace(/\s*\([\d,\s]+\)/, ''),
    limits: found?.[1]?.split(',').map(Number) ?? [],
  };
}
