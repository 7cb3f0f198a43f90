import type { Node } from 'libpg-query';
import { keyOf, type ObjectName } from '../../name.ts';
import { nameOf } from './names.ts';
import { visit } from './nodes.ts';

/** The tables a query reads, each once, without the names that its WITH clauses define. */
export function tablesOf(query: Node | undefined): readonly ObjectName[] {
  const defined = new Set<string>();
  const tables = new Map<string, ObjectName>();
  visit(query, (kind, node) => {
    if (kind === 'CommonTableExpr') defined.add(String(node.ctename));
    if (kind === 'RangeVar') tables.set(keyOf(nameOf(node)), nameOf(node));
  });
  return [...tables.values()].filter(({ schema, name }) => schema !== undefined || !defined.has(name));
}
