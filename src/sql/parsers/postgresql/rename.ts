import type { AlterObjectSchemaStmt, Node, RenameStmt } from 'libpg-query';
import type { ObjectName } from '../../name.ts';
import { nameOf, nameOfParts } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { otherOn, otherStatement } from './other.ts';
import type { Read, Reading } from './reading.ts';
import { argumentType } from './type-names.ts';
import { renameType, setTypeSchema } from './types.ts';

/** Views and materialized views share the names of tables, so their renames are modelled as a table's. */
const relations: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
]);

const routines: ReadonlySet<string> = new Set(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE']);

export function rename(node: RenameStmt, reading: Reading): readonly Read[] {
  const table = nameOf(node.relation);
  const name = node.subname ?? '';
  const to = node.newname ?? '';
  const kind = node.renameType ?? '';
  if (kind === 'OBJECT_INDEX') return [{ kind: 'rename-index', index: table, to }];
  if (kind === 'OBJECT_TABCONSTRAINT') return [{ kind: 'rename-constraint', table, name, to }];
  if (kind === 'OBJECT_COLUMN') return [{ kind: 'rename-column', table, column: name, to }];
  if (kind === 'OBJECT_SCHEMA') return [{ kind: 'rename-schema', schema: name, to }];
  if (kind === 'OBJECT_TRIGGER') return [{ kind: 'rename-trigger', table, trigger: name, to }];
  if (relations.has(kind)) return [{ kind: 'rename-table', table, to, ...viewIn(kind) }];
  if (kind === 'OBJECT_POLICY') return [{ kind: 'rename-policy', table, policy: name, to }];
  if (routines.has(kind))
    return [renameRoutine(node.object, ({ schema }) => ({ ...(schema === undefined ? {} : { schema }), name: to }))];
  if (kind === 'OBJECT_SEQUENCE') return [{ kind: 'rename-sequence', sequence: table, to: { ...table, name: to } }];
  if (kind === 'OBJECT_RULE') return otherOn([node.relation], reading);
  const type = renameType(node);
  return type === undefined ? otherStatement(reading) : [type];
}

export function setSchema(node: AlterObjectSchemaStmt, reading: Reading): readonly Read[] {
  const type = setTypeSchema(node);
  if (type !== undefined) return [type];
  const to = node.newschema ?? '';
  if (routines.has(node.objectType ?? '')) return [renameRoutine(node.object, ({ name }) => ({ schema: to, name }))];
  const { name } = nameOf(node.relation);
  if (node.objectType === 'OBJECT_SEQUENCE')
    return [{ kind: 'rename-sequence', sequence: nameOf(node.relation), to: { schema: to, name } }];
  if (!relations.has(node.objectType ?? '')) return otherStatement(reading);
  return [{ kind: 'set-table-schema', table: nameOf(node.relation), to, ...viewIn(node.objectType) }];
}

function viewIn(kind: string | undefined): { readonly ofView?: true } {
  return kind === 'OBJECT_VIEW' || kind === 'OBJECT_MATVIEW' ? { ofView: true } : {};
}

/** Without a list of arguments the name alone must be unique (manual, ALTER FUNCTION). */
function renameRoutine(object: Node | undefined, newName: (old: ObjectName) => ObjectName): Read {
  const routine = as(object, 'ObjectWithArgs');
  const name = nameOfParts(texts(routine?.objname));
  const types =
    routine?.args_unspecified === true ? {} : { arguments: allOf(routine?.objargs, 'TypeName').map(argumentType) };
  return { kind: 'rename-function', function: name, to: newName(name), ...types };
}
