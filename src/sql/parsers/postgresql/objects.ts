import type { CommentStmt, CreateExtensionStmt, CreateSchemaStmt, Node, ViewStmt } from 'libpg-query';
import { nameOf, nameOfParts } from './names.ts';
import { as, texts } from './nodes.ts';
import { otherStatement } from './other.ts';
import { indexAt, keywordAfter, type Read, type Reading, textOf } from './reading.ts';

/** The elements inside CREATE SCHEMA are statements of their own, read by `readElement`. */
export function createSchema(node: CreateSchemaStmt, readElement: (element: Node) => readonly Read[]): readonly Read[] {
  const schema = node.schemaname ?? node.authrole?.rolename ?? '';
  const elements = (node.schemaElts ?? []).flatMap(readElement);
  return [{ kind: 'create-schema', schema, ifNotExists: node.if_not_exists === true }, ...elements];
}

export function createExtension(node: CreateExtensionStmt): readonly Read[] {
  return [{ kind: 'create-extension', extension: node.extname ?? '' }];
}

export function createView(node: ViewStmt, reading: Reading): readonly Read[] {
  const as = keywordAfter(reading, indexAt(reading, node.view?.location), 'as') ?? 0;
  return [
    {
      kind: 'create-view',
      view: nameOf(node.view),
      query: textOf(reading, as + 1, reading.tokens().length),
      materialized: false,
      replace: node.replace === true,
    },
  ];
}

export function comment(node: CommentStmt, reading: Reading): readonly Read[] {
  const parts = texts(as(node.object, 'List')?.items);
  const text = node.comment ?? null;
  if (node.objtype === 'OBJECT_TABLE') return [{ kind: 'comment', table: nameOfParts(parts), comment: text }];
  if (node.objtype !== 'OBJECT_COLUMN') return otherStatement(reading);
  return [{ kind: 'comment', table: nameOfParts(parts.slice(0, -1)), column: parts.at(-1) ?? '', comment: text }];
}
