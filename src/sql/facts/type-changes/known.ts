import type { Catalog } from '../../catalog.ts';
import { elementOf, keyOfType } from '../../type-text.ts';
import { isInterval } from './intervals.ts';

/** PostgreSQL's own types, as format_type prints them (manual, "Data Types"); intervals aside, which have fields. */
const builtIn: ReadonlySet<string> = new Set([
  ...[
    'smallint',
    'integer',
    'bigint',
    'real',
    'double precision',
    'numeric',
    'money',
    'boolean',
    'oid',
    'uuid',
    'bytea',
  ],
  ...['text', 'character varying', 'character', 'bpchar', 'name', '"char"', 'json', 'jsonb', 'jsonpath', 'xml', 'date'],
  ...['timestamp without time zone', 'timestamp with time zone', 'time without time zone', 'time with time zone'],
  ...['bit', 'bit varying', 'inet', 'cidr', 'macaddr', 'macaddr8', 'point', 'line', 'lseg', 'box', 'path', 'polygon'],
  ...[
    'circle',
    'tsvector',
    'tsquery',
    'pg_lsn',
    'int4range',
    'int8range',
    'numrange',
    'daterange',
    'tsrange',
    'tstzrange',
  ],
  ...['int4multirange', 'int8multirange', 'nummultirange', 'datemultirange', 'tsmultirange', 'tstzmultirange'],
]);

/** Whether a type is PostgreSQL's own or in the catalog; of one that an extension brings, nothing is known. */
export function isKnownType(type: string, catalog: Pick<Catalog, 'domains' | 'enums' | 'composites'>): boolean {
  const base = elementOf(type);
  if (builtIn.has(base) || isInterval(base)) return true;
  const key = keyOfType(base);
  return catalog.enums.has(key) || catalog.domains.has(key) || catalog.composites.has(key);
}
