import type { Policy, Table } from '../../catalog.ts';
import type { SchemaObject } from './objects.ts';

/** A piece of SQL in a table's definition, with the object that goes when something it uses goes. */
export interface Written {
  readonly sql: string;
  readonly object: SchemaObject;
}

/** Everything that a table's own parts say in SQL. */
export function* expressionsOf(table: Table): Generator<Written> {
  const of = table.name;
  for (const { name, default: value, generated } of table.columns) {
    if (value !== undefined) yield { sql: value.sql, object: { kind: 'default', of, part: name } };
    if (generated !== undefined) yield { sql: generated.expression, object: { kind: 'column', of, part: name } };
  }
  for (const constraint of table.constraints) {
    const object: SchemaObject = { kind: 'constraint', of, part: constraint.name ?? '' };
    if (constraint.kind === 'check') yield { sql: constraint.expression, object };
    if (constraint.kind === 'exclusion') yield { sql: constraint.definition, object };
  }
  for (const { keys, where, name = '' } of table.indexes) {
    const sql = [...keys.map(({ expression = '' }) => expression), where ?? ''].join(' ').trim();
    if (sql !== '') yield { sql, object: { kind: 'index', name: { ...of, name } } };
  }
  for (const policy of table.policies ?? []) {
    yield { sql: policyText(policy), object: { kind: 'policy', of, part: policy.name } };
  }
}

export function policyText({ using = '', withCheck = '' }: Policy): string {
  return `${using} ${withCheck}`;
}
