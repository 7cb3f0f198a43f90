import type { Table, View } from '../../catalog.ts';
import type { Constraint } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import type { SchemaObject } from './objects.ts';

/** Something that goes with another object: by itself (`automatic`), or only with CASCADE. */
export interface Link {
  readonly object: SchemaObject;
  readonly automatic: boolean;
}

export type Links = Generator<Link>;

export function cascaded(object: SchemaObject): Link {
  return { object, automatic: false };
}

export function viewObject({ name, materialized }: View): SchemaObject {
  return { kind: materialized ? 'materialized-view' : 'view', name };
}

export function constraintObject(table: Table, { name = '' }: Constraint): SchemaObject {
  return { kind: 'constraint', of: table.name, part: name };
}

export function nameFrom(key: string): ObjectName {
  const dot = key.indexOf('.');
  return { schema: key.slice(0, dot), name: key.slice(dot + 1) };
}
