import type { Catalog } from '../catalog.ts';
import type { Column } from '../change.ts';
import { keyOf } from '../name.ts';

/** How a value of a type lies in a row: where it may begin, and its length (pg_type.typalign and typlen). */
interface Layout {
  readonly align: number;
  readonly size: number;
}

const eight: Layout = { align: 8, size: 8 };
const four: Layout = { align: 4, size: 4 };

const fixed: Readonly<Record<string, Layout>> = {
  bigint: eight,
  'double precision': eight,
  'timestamp without time zone': eight,
  'timestamp with time zone': eight,
  'time without time zone': eight,
  'time with time zone': { align: 8, size: 12 },
  interval: { align: 8, size: 16 },
  money: eight,
  pg_lsn: eight,
  integer: four,
  real: four,
  date: four,
  oid: four,
  xid: four,
  smallint: { align: 2, size: 2 },
  boolean: { align: 1, size: 1 },
  '"char"': { align: 1, size: 1 },
  uuid: { align: 1, size: 16 },
};

/** Types of any length: short values begin anywhere. */
const variable =
  /^(?:text|character varying|character|bpchar|numeric|jsonb?|bytea|xml|inet|cidr|bit varying|tsvector|.*\[\])(?:\(|$)/;

/**
 * Bytes that each row wastes, all values present, because of the order of its columns: the padding between them, as far as the
 * padding of the row's end, to 8 bytes, would not take it back (manual, "Database Page Layout"). Where values of any length
 * are in the row, what a row wastes on average. Zero where a type is not known.
 */
export function wastedBytes(columns: readonly Column[], catalog: Catalog): number {
  const layouts = columns.map(({ type }) => layoutOf(type, catalog));
  if (layouts.some((layout) => layout === undefined)) return 0;
  const known = layouts.flatMap((layout) => layout ?? []);
  return padded(known) - padded(known.toSorted(byAlignment));
}

/** The columns in the order that wastes least; those of one alignment stay in theirs. */
export function packed(columns: readonly Column[], catalog: Catalog): readonly Column[] {
  return columns
    .map((column) => ({ column, layout: layoutOf(column.type, catalog) ?? anyLength }))
    .toSorted((a, b) => byAlignment(a.layout, b.layout))
    .map(({ column }) => column);
}

const anyLength: Layout = { align: 1, size: 0 };

/** What has no fixed length comes last, for behind it no offset is known. */
function byAlignment(a: Layout, b: Layout): number {
  const last = Number(a.size === 0) - Number(b.size === 0);
  return last === 0 ? b.align - a.align : last;
}

function layoutOf(type: string, { enums, domains }: Catalog): Layout | undefined {
  const own = fixed[type.replace(/\(\d+\)/, '')];
  if (own !== undefined) return own;
  if (variable.test(type)) return anyLength;
  const key = keyOf({ name: type });
  if (enums.has(key)) return four;
  const domain = domains.get(key);
  return domain === undefined ? undefined : fixed[domain.type];
}

/** The length of the fixed columns with the padding between them; behind a value of any length the offset is taken as even. */
function padded(layouts: readonly Layout[]): number {
  let total = 0;
  let offset = 0;
  for (const { align, size } of layouts) {
    if (size === 0) {
      total += offset;
      offset = 0;
      continue;
    }
    offset = Math.ceil(offset / align) * align + size;
  }
  const length = total + offset;
  return layouts.some(({ size }) => size === 0) ? length : Math.ceil(length / 8) * 8;
}
