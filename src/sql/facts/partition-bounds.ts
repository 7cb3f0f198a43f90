import type { Catalog, Table } from '../catalog.ts';
import { tokensOf } from '../lex.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { isProvenNotNull } from './not-null.ts';

/** What a partition must hold: the bound as it is written, and the partition key of its parent (`RANGE (created_at)`). */
export interface Bound {
  readonly bound: string;
  readonly partitionBy: string;
}

/**
 * Whether a validated CHECK constraint seems to say what the bound demands, so that ATTACH PARTITION does not scan the table
 * (manual, ALTER TABLE, ATTACH PARTITION). A check that names the key's columns and the bound's values is taken at its word; HASH
 * is nothing that a check could say.
 */
export function seemsWithin(table: Table | undefined, { bound, partitionBy }: Bound, version: number): boolean {
  if (table === undefined || /^hash\b/i.test(partitionBy)) return false;
  const columns = columnsOf(partitionBy);
  const says = wordsOf(checksOf(table));
  const values = valuesOf(bound);
  if (![...columns, ...values].every((word) => says.has(word))) return false;
  const mayBeNull = values.includes('null') || isDefault(bound);
  // Of an expression, only the words of the test are known.
  if (isExpression(partitionBy)) return mayBeNull || says.has('null');
  return mayBeNull || columns.every((column) => isProvenNotNull(table, column, version));
}

/** Whether a validated CHECK constraint of a default partition seems to keep out what another partition is to hold. */
export function seemsOutside(table: Table | undefined, { bound, partitionBy }: Bound): boolean {
  if (table === undefined || /^hash\b/i.test(partitionBy)) return false;
  const says = wordsOf(checksOf(table));
  return [...columnsOf(partitionBy), ...valuesOf(bound)].every((word) => says.has(word));
}

/** The default partition of a table, which takes what no other one does. */
export function defaultPartitionOf(parent: ObjectName, catalog: Catalog): ObjectName | undefined {
  const key = keyOf(parent);
  if (catalog.defaultPartitions !== undefined)
    return catalog.tables.get(catalog.defaultPartitions.get(key) ?? '')?.name;
  for (const { name, partitionOf, defaultPartition } of catalog.tables.values()) {
    if (defaultPartition === true && partitionOf !== undefined && keyOf(partitionOf) === key) return name;
  }
  return undefined;
}

export function isDefault(bound: string): boolean {
  return /^default$/i.test(bound.trim());
}

function checksOf({ constraints }: Table): string {
  return constraints.flatMap((each) => (each.kind === 'check' && each.validated ? each.expression : [])).join(' ');
}

function isExpression(partitionBy: string): boolean {
  return /\(.*\(/s.test(partitionBy);
}

/** The words of the key itself; of an expression, its function too, which a check must name as well. */
function columnsOf(partitionBy: string): readonly string[] {
  return [...wordsOf(partitionBy.replace(/^\s*\w+/, ''))];
}

/** The values between the parentheses. */
function valuesOf(bound: string): readonly string[] {
  const unbounded = ['for', 'values', 'from', 'to', 'in', 'default', 'minvalue', 'maxvalue'];
  return [...wordsOf(bound)].filter((word) => !unbounded.includes(word));
}

/** Names, keywords, texts and numbers of an expression, names without their quotes. */
function wordsOf(sql: string): ReadonlySet<string> {
  const words = tokensOf(sql).flatMap(({ kind, start, end }) => {
    if (kind === 'symbol') return [];
    const text = sql.slice(start, end);
    if (kind === 'name') return [text.slice(1, -1).replaceAll('""', '"')];
    return [kind === 'string' ? text : text.toLowerCase()];
  });
  return new Set(words);
}
