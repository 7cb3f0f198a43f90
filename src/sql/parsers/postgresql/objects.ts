import type {
  AlterSeqStmt,
  CommentStmt,
  CreateExtensionStmt,
  CreateSchemaStmt,
  CreateSeqStmt,
  Node,
  RangeVar,
} from 'libpg-query';
import type { ChangeOf } from '../../change.ts';
import { nameOf, nameOfParts } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { otherStatement } from './other.ts';
import type { Read, Reading } from './reading.ts';

/** The elements inside CREATE SCHEMA are statements of their own, read by `readElement`. */
export function createSchema(node: CreateSchemaStmt, readElement: (element: Node) => readonly Read[]): readonly Read[] {
  const schema = node.schemaname ?? node.authrole?.rolename ?? '';
  const elements = (node.schemaElts ?? []).map((element) => placed(element, schema)).flatMap(readElement);
  return [{ kind: 'create-schema', schema, ifNotExists: node.if_not_exists === true }, ...elements];
}

/** What is made inside CREATE SCHEMA is made in that schema. */
function placed(element: Node, schema: string): Node {
  const [[kind, node] = ['', {}]] = Object.entries(element) as [string, Record<string, RangeVar | undefined>][];
  const key = ['relation', 'view', 'sequence'].find((each) => node[each]?.relname !== undefined);
  if (key === undefined || node[key]?.schemaname !== undefined) return element;
  return { [kind]: { ...node, [key]: { ...node[key], schemaname: schema } } } as unknown as Node;
}

export function createExtension(node: CreateExtensionStmt): readonly Read[] {
  return [
    {
      kind: 'create-extension',
      extension: node.extname ?? '',
      ...(node.if_not_exists === true ? { ifNotExists: true } : {}),
    },
  ];
}

export function createSequence(node: CreateSeqStmt): readonly Read[] {
  return [
    {
      kind: 'create-sequence',
      sequence: nameOf(node.sequence),
      ifNotExists: node.if_not_exists === true,
      ...ownerIn(node.options),
    },
  ];
}

export function alterSequence(node: AlterSeqStmt, reading: Reading): readonly Read[] {
  const isOwned = allOf(node.options, 'DefElem').some(({ defname }) => defname === 'owned_by');
  if (!isOwned) return otherStatement(reading);
  return [{ kind: 'set-sequence-owner', sequence: nameOf(node.sequence), ...ownerIn(node.options) }];
}

/** OWNED BY table.column; NONE is a list of one. */
function ownerIn(options: readonly Node[] | undefined): Pick<ChangeOf<'create-sequence'>, 'ownedBy'> {
  const option = allOf(options, 'DefElem').find(({ defname }) => defname === 'owned_by');
  const parts = texts(as(option?.arg, 'List')?.items);
  const column = parts.at(-1);
  if (column === undefined || parts.length < 2) return {};
  return { ownedBy: { table: nameOfParts(parts.slice(0, -1)), column } };
}

export function comment(node: CommentStmt, reading: Reading): readonly Read[] {
  const parts = texts(as(node.object, 'List')?.items);
  const text = node.comment ?? null;
  if (node.objtype === 'OBJECT_TABLE') return [{ kind: 'comment', table: nameOfParts(parts), comment: text }];
  if (node.objtype !== 'OBJECT_COLUMN') return otherStatement(reading);
  return [{ kind: 'comment', table: nameOfParts(parts.slice(0, -1)), column: parts.at(-1) ?? '', comment: text }];
}
