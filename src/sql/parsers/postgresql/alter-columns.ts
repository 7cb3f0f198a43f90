import type { AlterTableCmd } from 'libpg-query';
import type { ObjectName } from '../../name.ts';
import { collationOf, columnOf } from './columns.ts';
import { constraintOf } from './constraints.ts';
import { castsOf, expression } from './expressions.ts';
import { as } from './nodes.ts';
import { closing, keywordAfter, type Read, type Reading, textOf } from './reading.ts';
import { typeText } from './type-names.ts';

/** One command of an ALTER TABLE as a range of token indexes: the syntax tree does not say where most of them stand. */
export interface Command {
  readonly node: AlterTableCmd;
  readonly table: ObjectName;
  readonly reading: Reading;
  readonly from: number;
  readonly to: number;
}

/** What a command does to columns and constraints; `undefined` when it is about something else. */
export function columnCommand(command: Command): readonly Read[] | undefined {
  const { node, table } = command;
  const column = node.name ?? '';
  const ifExists = node.missing_ok === true;
  const cascade = node.behavior === 'DROP_CASCADE';
  switch (node.subtype) {
    case 'AT_AddColumn':
      return addColumn(command);
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column, ifExists, cascade }];
    case 'AT_ColumnDefault':
      return [setDefault(command)];
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column }];
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', table, column }];
    case 'AT_AlterColumnType':
      return [changeType(command)];
    case 'AT_AddIdentity': {
      const isAlways = as(node.def, 'Constraint')?.generated_when !== 'd';
      return [{ kind: 'add-identity', table, column, identity: isAlways ? 'always' : 'by-default' }];
    }
    case 'AT_DropIdentity':
      return [{ kind: 'drop-identity', table, column, ifExists }];
    case 'AT_SetExpression':
      return [{ kind: 'set-expression', table, column, expression: generatedAs(command) }];
    case 'AT_DropExpression':
      return [{ kind: 'drop-expression', table, column, ifExists }];
    case 'AT_AddConstraint':
      return addConstraint(command);
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, name: column, ifExists, cascade }];
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate-constraint', table, name: column }];
    case 'AT_AlterConstraint':
      return [alterConstraint(command)];
    default:
      return undefined;
  }
}

function addColumn({ node, table, reading }: Command): readonly Read[] | undefined {
  const definition = as(node.def, 'ColumnDef');
  if (definition === undefined) return undefined;
  const { column, constraints } = columnOf(definition, reading);
  return [
    { kind: 'add-column', table, column, ifNotExists: node.missing_ok === true },
    ...constraints.map((constraint): Read => ({ kind: 'add-constraint', table, constraint, inline: column.name })),
  ];
}

function addConstraint({ node, table, reading }: Command): readonly Read[] | undefined {
  const definition = as(node.def, 'Constraint');
  const constraint = definition === undefined ? undefined : constraintOf(definition, reading);
  return constraint === undefined ? undefined : [{ kind: 'add-constraint', table, constraint }];
}

function alterConstraint({ node, table }: Command): Read {
  const said = as(node.def, 'ATAlterConstraint') ?? {};
  const deferrable = said.deferrable !== true ? 'not' : said.initdeferred === true ? 'deferred' : 'immediate';
  return {
    kind: 'alter-constraint',
    table,
    name: said.conname ?? '',
    ...(said.alterDeferrability === true ? { deferrable } : {}),
    ...(said.alterEnforceability === true ? { enforced: said.is_enforced === true } : {}),
  };
}

function setDefault({ node, table, reading, from, to }: Command): Read {
  const column = node.name ?? '';
  if (node.def === undefined) return { kind: 'drop-default', table, column };
  const keyword = keywordAfter(reading, from, 'default') ?? from;
  return { kind: 'set-default', table, column, default: expression(textOf(reading, keyword + 1, to), node.def) };
}

function changeType({ node, table, reading, from, to }: Command): Read {
  const definition = as(node.def, 'ColumnDef');
  const keyword = definition?.raw_default === undefined ? undefined : keywordAfter(reading, from, 'using');
  const casts = castsOf(definition?.raw_default, node.name ?? '');
  return {
    kind: 'change-column-type',
    table,
    column: node.name ?? '',
    type: typeText(definition?.typeName),
    ...collationOf(definition?.collClause),
    ...(keyword === undefined ? {} : { using: textOf(reading, keyword + 1, to) }),
    ...(casts === undefined ? {} : { casts }),
  };
}

/** `b + 1` of `SET EXPRESSION AS (b + 1)`. */
function generatedAs({ reading, from }: Command): string {
  const open = (keywordAfter(reading, from, 'as') ?? from) + 1;
  return textOf(reading, open + 1, closing(reading, open));
}
