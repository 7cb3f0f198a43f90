import type { BodyOf } from '../../sql/change.ts';
import { defaultSchema, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import type { MoveTable, Rename } from './renames.ts';

type Plain = BodyOf<'create-schema' | 'rename-table' | 'set-table-schema' | 'rename-column'>;

/** What a rename does to the schema, change by change. */
export function changesOf(rename: Rename): readonly Plain[] {
  return rename.kind === 'move-table' ? steps(rename.table, rename.via, rename.to) : [rename];
}

/** The statements that do it, without what keeps old names in use. */
export function renameStatements(rename: Rename): readonly string[] {
  return changesOf(rename).map((change) => renderChange(change));
}

/** The statements that take it back. */
export function unrenameStatements(rename: Rename): readonly string[] {
  switch (rename.kind) {
    case 'create-schema':
      return [`DROP SCHEMA ${quoteIdentifier(rename.schema)}`];
    case 'rename-table':
      return [renderChange({ ...rename, table: { ...rename.table, name: rename.to }, to: rename.table.name })];
    case 'rename-column':
      return [renderChange({ ...rename, column: rename.to, to: rename.column })];
    case 'move-table':
      return movesBack(rename);
  }
}

function movesBack({ table, via, to }: MoveTable): readonly string[] {
  return steps(to, via, table).map((change) => renderChange(change));
}

function steps(from: ObjectName, via: ObjectName | undefined, to: ObjectName): readonly Plain[] {
  const points = via === undefined ? [from, to] : [from, via, to];
  return points.slice(1).map((next, at): Plain => {
    const table = points[at] ?? from;
    const schema = next.schema ?? defaultSchema;
    return schema === (table.schema ?? defaultSchema)
      ? { kind: 'rename-table', table, to: next.name }
      : { kind: 'set-table-schema', table, to: schema };
  });
}
