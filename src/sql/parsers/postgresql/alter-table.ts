import type { AlterTableMoveAllStmt, AlterTableStmt } from 'libpg-query';
import { type Command, columnCommand } from './alter-columns.ts';
import { relationCommand } from './alter-relation.ts';
import { nameOf } from './names.ts';
import { allOf } from './nodes.ts';
import { passOf } from './passes.ts';
import { indexAt, isToken, type Read, type Reading, scan } from './reading.ts';

/** What may be altered like a table, as far as the catalog knows such things. */
const tables: ReadonlySet<string> = new Set(['OBJECT_TABLE', 'OBJECT_FOREIGN_TABLE']);

/**
 * ALTER TABLE, and what shares its grammar: ALTER INDEX, ALTER MATERIALIZED VIEW, ALTER VIEW, ALTER SEQUENCE. The changes come in
 * the order in which PostgreSQL makes them, which is not that in which they are written.
 */
export function alterTable(node: AlterTableStmt, reading: Reading): readonly Read[] {
  const commands = allOf(node.cmds, 'AlterTableCmd');
  const ranges = rangesOf(node, reading);
  const inPasses = [...commands.entries()].sort(([, one], [, other]) => passOf(one) - passOf(other));
  return inPasses.flatMap(([index, command]) => {
    const range = ranges[index] ?? { from: 0, to: reading.tokens().length };
    const bodies = bodiesOf(node, { node: command, table: nameOf(node.relation), reading, ...range });
    const only = node.relation?.inh === true ? {} : { only: true as const };
    // A single command is the statement: findings then point at the whole of it.
    const span = commands.length === 1 ? {} : { span: spanOf(range, reading) };
    return bodies.map((body) => ({ ...body, ...only, ...span }));
  });
}

/** ALTER TABLE ALL IN TABLESPACE moves whatever is there, so that no table can be named. */
export function moveAll({ objtype }: AlterTableMoveAllStmt): readonly Read[] {
  return [{ kind: 'maintain', what: `ALTER ${objectOf(objtype)} ALL IN TABLESPACE`, concurrently: false }];
}

function bodiesOf({ objtype = 'OBJECT_TABLE' }: AlterTableStmt, command: Command): readonly Read[] {
  const isOfTable = tables.has(objtype);
  const bodies = isOfTable ? columnCommand(command) : undefined;
  return bodies ?? relationCommand(command, objtype) ?? [other(command, objtype, isOfTable)];
}

/** Commands are parted by the commas that stand in no bracket after the table's name. */
function rangesOf(node: AlterTableStmt, reading: Reading): readonly { readonly from: number; readonly to: number }[] {
  let from = indexAt(reading, node.relation?.location) + 1;
  while (isToken(reading, from, '.')) from += 2;
  // `t *` and `ONLY (t)` are old and rare ways to write the name.
  if (isToken(reading, from, '*') || isToken(reading, from, ')')) from++;

  const ranges: { from: number; to: number }[] = [];
  while (from < reading.tokens().length) {
    const to = scan(reading, from, (at) => isToken(reading, at, ','));
    ranges.push({ from, to });
    from = to + 1;
  }
  return ranges;
}

function spanOf({ from, to }: { readonly from: number; readonly to: number }, reading: Reading) {
  const tokens = reading.tokens();
  return reading.span(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? reading.sql.length);
}

/** The names in the manual of commands that are not modelled and whose name is not that of their kind of node. */
const names: Readonly<Record<string, string>> = {
  AT_AddOf: 'OF',
  AT_AlterColumnGenericOptions: 'ALTER COLUMN OPTIONS',
  AT_ChangeOwner: 'OWNER TO',
  AT_DropCluster: 'SET WITHOUT CLUSTER',
  AT_DropOf: 'NOT OF',
  AT_EnableAlwaysRule: 'ENABLE ALWAYS RULE',
  AT_EnableReplicaRule: 'ENABLE REPLICA RULE',
  AT_GenericOptions: 'OPTIONS',
  AT_ResetOptions: 'ALTER COLUMN RESET',
  AT_SetCompression: 'ALTER COLUMN SET COMPRESSION',
  AT_SetIdentity: 'ALTER COLUMN SET GENERATED',
  AT_SetOptions: 'ALTER COLUMN SET',
  AT_SetStatistics: 'ALTER COLUMN SET STATISTICS',
  AT_SetStorage: 'ALTER COLUMN SET STORAGE',
};

function other({ node: { subtype = 'AT_AddColumn' }, table }: Command, objtype: string, isOfTable: boolean): Read {
  const words = subtype.slice(3).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const what = `ALTER ${objectOf(objtype)} ${names[subtype] ?? words.toUpperCase()}`;
  return isOfTable ? { kind: 'other', what, table } : { kind: 'other', what };
}

function objectOf(objtype = 'OBJECT_TABLE'): string {
  return objtype.replace('OBJECT_', '').replace('MATVIEW', 'MATERIALIZED VIEW').replaceAll('_', ' ');
}
