import type { AlterTableCmd } from 'libpg-query';
import { as } from './nodes.ts';

/**
 * The pass of ALTER TABLE in which PostgreSQL carries out a command, whatever the order in which the commands are written: what is
 * dropped goes first, then come types, new columns, NOT NULL, keys, other constraints and defaults, and everything else (the
 * comment on AlterTablePass in src/backend/commands/tablecmds.c). Commands of one pass keep their order.
 */
export function passOf({ subtype, def }: AlterTableCmd): number {
  switch (subtype) {
    case 'AT_DropColumn':
    case 'AT_DropConstraint':
    case 'AT_DropNotNull':
    case 'AT_DropIdentity':
    case 'AT_DropExpression':
      return passes.drop;
    case 'AT_ColumnDefault':
      return def === undefined ? passes.drop : passes.others;
    case 'AT_AlterColumnType':
      return passes.type;
    case 'AT_AddColumn':
      return passes.column;
    case 'AT_SetExpression':
      return passes.expression;
    case 'AT_SetNotNull':
      return passes.notNull;
    case 'AT_AddConstraint':
      return passOfConstraint(as(def, 'Constraint')?.contype);
    case 'AT_AddIdentity':
      return passes.others;
    default:
      return passes.rest;
  }
}

const passes = { drop: 0, type: 1, column: 2, expression: 3, notNull: 4, keys: 5, others: 6, rest: 7 };

function passOfConstraint(kind: string | undefined): number {
  switch (kind) {
    case 'CONSTR_NOTNULL':
      return passes.notNull;
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
    case 'CONSTR_EXCLUSION':
      return passes.keys;
    default:
      return passes.others;
  }
}
