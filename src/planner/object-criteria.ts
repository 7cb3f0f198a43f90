import type { SchemaObject } from '../sql/description.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../sql/quote.ts';
import type { Criterion } from './plan.ts';
import { nameOf } from './schemas/keys.ts';

/**
 * Whether an object is there, or gone, as one SELECT of one boolean; nothing for facets, whose statements can be repeated without harm.
 * Functions are looked up with the types of their arguments, as their keys spell them.
 */
export function objectIs(object: SchemaObject, there: boolean): readonly Criterion[] {
  const condition = existence(object);
  if (condition === undefined) return [];
  const text = `${object.key.charAt(0).toUpperCase()}${object.key.slice(1)} ${there ? 'exists' : 'no longer exists'}`;
  return [{ text: text.replace(/\bpublic\./g, ''), sql: `SELECT ${there ? '' : 'NOT '}(${condition})` }];
}

function existence({ kind, key }: SchemaObject): string | undefined {
  const name = key.slice(kind.length + 1);
  switch (kind) {
    case 'schema':
      return `to_regnamespace(${quoteLiteral(quoteIdentifier(name))}) IS NOT NULL`;
    case 'extension':
      return `EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = ${quoteLiteral(name)})`;
    case 'view':
    case 'materialized view':
    case 'sequence':
    case 'index':
      return `to_regclass(${quoteLiteral(quoteName(nameOf(name)))}) IS NOT NULL`;
    case 'domain':
    case 'composite':
    case 'range':
    case 'enum':
      return `to_regtype(${quoteLiteral(quoteName(nameOf(name)))}) IS NOT NULL`;
    case 'function':
    case 'aggregate':
      return `to_regprocedure(${quoteLiteral(name)}) IS NOT NULL`;
    case 'trigger':
      return onTable('pg_trigger', 'tgname', 'tgrelid', name);
    case 'policy':
      return onTable('pg_policy', 'polname', 'polrelid', name);
    case 'rule':
      return onTable('pg_rewrite', 'rulename', 'ev_class', name);
    default:
      return undefined;
  }
}

/** `t_touch on public.orders`. */
function onTable(catalog: string, column: string, relation: string, name: string): string {
  const at = name.lastIndexOf(' on ');
  const table = quoteLiteral(quoteName(nameOf(name.slice(at + 4))));
  return `EXISTS (SELECT FROM pg_catalog.${catalog} WHERE ${column} = ${quoteLiteral(name.slice(0, at))} AND ${relation} = to_regclass(${table}))`;
}
