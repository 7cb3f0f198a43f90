import type { Node, RangeVar } from 'libpg-query';
import type { ObjectName } from '../../name.ts';
import { as, texts } from './nodes.ts';

/** The name in a FROM clause or after CREATE TABLE. */
export function nameOf(relation: RangeVar | undefined): ObjectName {
  return objectName(relation?.schemaname, relation?.relname ?? '');
}

/** The name that a list of parts makes: `name`, `schema.name`, or `database.schema.name`. */
export function nameOfParts(parts: readonly string[]): ObjectName {
  return objectName(parts.at(-2), parts.at(-1) ?? '');
}

/** The name in a node that holds one: a list, a type name, or a single string. */
export function nameOfNode(node: Node | undefined): ObjectName {
  const list = as(node, 'List')?.items ?? as(node, 'TypeName')?.names;
  return nameOfParts(list === undefined ? [as(node, 'String')?.sval ?? ''] : texts(list));
}

function objectName(schema: string | undefined, name: string): ObjectName {
  return schema === undefined || schema === '' ? { name } : { schema, name };
}
