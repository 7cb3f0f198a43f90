import type { AlterTableCmd, AlterTableStmt } from 'libpg-query';
import type { ObjectName } from '../../name.ts';
import { collationOf, columnOf } from './columns.ts';
import { constraintOf } from './constraints.ts';
import { expression } from './expressions.ts';
import { nameOf } from './names.ts';
import { allOf, as } from './nodes.ts';
import { indexAt, isToken, keywordAfter, type Read, type Reading, scan, textOf } from './reading.ts';
import { typeText } from './type-names.ts';

/** One command of an ALTER TABLE as a range of token indexes; the syntax tree does not say where most of them stand. */
interface Command {
  readonly from: number;
  readonly to: number;
}

export function alterTable(node: AlterTableStmt, reading: Reading): readonly Read[] {
  const table = nameOf(node.relation);
  const commands = allOf(node.cmds, 'AlterTableCmd');
  if (node.objtype !== 'OBJECT_TABLE') return commands.map((command) => other(command, node.objtype));

  const ranges = rangesOf(node, reading);
  return commands.flatMap((command, index) => {
    const range = ranges[index] ?? { from: 0, to: reading.tokens().length };
    const bodies = bodiesOf(command, table, reading, range);
    // A single command is the statement: findings then point at the whole of it.
    return commands.length === 1 ? bodies : bodies.map((body) => ({ ...body, span: spanOf(range, reading) }));
  });
}

function bodiesOf(command: AlterTableCmd, table: ObjectName, reading: Reading, range: Command): readonly Read[] {
  const column = command.name ?? '';
  const ifExists = command.missing_ok === true;
  const cascade = command.behavior === 'DROP_CASCADE';
  switch (command.subtype) {
    case 'AT_AddColumn':
      return addColumn(command, table, reading);
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column, ifExists, cascade }];
    case 'AT_ColumnDefault':
      return [setDefault(command, table, reading, range)];
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column }];
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', table, column }];
    case 'AT_AlterColumnType':
      return [changeType(command, table, reading, range)];
    case 'AT_AddConstraint': {
      const node = as(command.def, 'Constraint');
      const constraint = node === undefined ? undefined : constraintOf(node, reading);
      return constraint === undefined ? [other(command)] : [{ kind: 'add-constraint', table, constraint }];
    }
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, name: column, ifExists, cascade }];
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate-constraint', table, name: column }];
    default:
      return [other(command)];
  }
}

function addColumn(command: AlterTableCmd, table: ObjectName, reading: Reading): readonly Read[] {
  const definition = as(command.def, 'ColumnDef');
  if (definition === undefined) return [other(command)];
  const { column, constraints } = columnOf(definition, reading);
  return [
    { kind: 'add-column', table, column, ifNotExists: command.missing_ok === true },
    ...constraints.map((constraint): Read => ({ kind: 'add-constraint', table, constraint, inline: column.name })),
  ];
}

function setDefault(command: AlterTableCmd, table: ObjectName, reading: Reading, range: Command): Read {
  const column = command.name ?? '';
  if (command.def === undefined) return { kind: 'drop-default', table, column };
  const keyword = keywordAfter(reading, range.from, 'default') ?? range.from;
  const sql = textOf(reading, keyword + 1, range.to);
  return { kind: 'set-default', table, column, default: expression(sql, command.def) };
}

function changeType(command: AlterTableCmd, table: ObjectName, reading: Reading, range: Command): Read {
  const definition = as(command.def, 'ColumnDef');
  const keyword = definition?.raw_default === undefined ? undefined : keywordAfter(reading, range.from, 'using');
  return {
    kind: 'change-column-type',
    table,
    column: command.name ?? '',
    type: typeText(definition?.typeName),
    ...collationOf(definition?.collClause),
    ...(keyword === undefined ? {} : { using: textOf(reading, keyword + 1, range.to) }),
  };
}

/** Commands are parted by the commas that stand in no bracket after the table's name. */
function rangesOf(node: AlterTableStmt, reading: Reading): readonly Command[] {
  let from = indexAt(reading, node.relation?.location) + 1;
  while (isToken(reading, from, '.')) from += 2;
  if (isToken(reading, from, '*')) from++;

  const ranges: Command[] = [];
  while (from < reading.tokens().length) {
    const to = scan(reading, from, (at) => isToken(reading, at, ','));
    ranges.push({ from, to });
    from = to + 1;
  }
  return ranges;
}

function spanOf({ from, to }: Command, reading: Reading) {
  const tokens = reading.tokens();
  return reading.span(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? reading.sql.length);
}

/** `AT_EnableRowSecurity` becomes `ALTER TABLE ENABLE ROW SECURITY`. */
function other({ subtype = 'AT_AddColumn' }: AlterTableCmd, objtype?: string): Read {
  const object = (objtype ?? 'OBJECT_TABLE').replace('OBJECT_', '').replace('MATVIEW', 'MATERIALIZED VIEW');
  const command = subtype
    .slice(3)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  return { kind: 'other', what: `ALTER ${object.replaceAll('_', ' ')} ${command}` };
}
