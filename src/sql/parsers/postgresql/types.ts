import type {
  AlterDomainStmt,
  AlterEnumStmt,
  AlterObjectSchemaStmt,
  AlterTableCmd,
  AlterTableStmt,
  ColumnDef,
  CompositeTypeStmt,
  Constraint as ConstraintNode,
  CreateDomainStmt,
  CreateEnumStmt,
  RenameStmt,
} from 'libpg-query';
import type { DomainAction, DomainCheck } from '../../changes/types.ts';
import { collationOf, defaultOf } from './columns.ts';
import { constraintOf } from './constraints.ts';
import { expression } from './expressions.ts';
import { nameOf, nameOfNode, nameOfParts } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { otherStatement } from './other.ts';
import { keywordAfter, type Read, type Reading, textOf } from './reading.ts';
import { typeText } from './type-names.ts';

export function createEnum(node: CreateEnumStmt): readonly Read[] {
  return [{ kind: 'create-enum', type: nameOfParts(texts(node.typeName)), values: texts(node.vals) }];
}

export function alterEnum(node: AlterEnumStmt): readonly Read[] {
  const type = nameOfParts(texts(node.typeName));
  const value = node.newVal ?? '';
  if (node.oldVal !== undefined) return [{ kind: 'rename-enum-value', type, value: node.oldVal, to: value }];
  const neighbour = node.newValNeighbor;
  return [
    {
      kind: 'add-enum-value',
      type,
      value,
      ...(neighbour === undefined ? {} : node.newValIsAfter === true ? { after: neighbour } : { before: neighbour }),
      ...(node.skipIfNewValExists === true ? { ifNotExists: true } : {}),
    },
  ];
}

export function createDomain(node: CreateDomainStmt, reading: Reading): readonly Read[] {
  const parts = allOf(node.constraints, 'Constraint');
  return [
    {
      kind: 'create-domain',
      domain: nameOfParts(texts(node.domainname)),
      definition: {
        type: typeText(node.typeName),
        nullable: !parts.some(({ contype }) => contype === 'CONSTR_NOTNULL'),
        ...defaultOf(parts, node.collClause, reading),
        ...collationOf(node.collClause),
        checks: parts.flatMap((part) => domainCheck(part, reading) ?? []),
      },
    },
  ];
}

export function alterDomain(node: AlterDomainStmt, reading: Reading): readonly Read[] {
  const action = domainAction(node, reading);
  if (action === undefined) return otherStatement(reading);
  return [{ kind: 'alter-domain', domain: nameOfParts(texts(node.typeName)), action }];
}

/** The letters of AlterDomainStmt.subtype (PostgreSQL source, parsenodes.h). */
function domainAction(node: AlterDomainStmt, reading: Reading): DomainAction | undefined {
  const name = node.name ?? '';
  switch (node.subtype) {
    case 'T': {
      if (node.def === undefined) return { kind: 'drop-default' };
      const keyword = keywordAfter(reading, 0, 'default') ?? 0;
      const sql = textOf(reading, keyword + 1, reading.tokens().length);
      return { kind: 'set-default', default: expression(sql, node.def) };
    }
    case 'N':
      return { kind: 'drop-not-null' };
    case 'O':
      return { kind: 'set-not-null' };
    case 'X':
      return { kind: 'drop-constraint', name, ifExists: node.missing_ok === true };
    case 'V':
      return { kind: 'validate-constraint', name };
    case 'C': {
      const part = as(node.def, 'Constraint');
      // ADD NOT NULL (since version 17) is SET NOT NULL by another name.
      if (part?.contype === 'CONSTR_NOTNULL') return { kind: 'set-not-null' };
      const check = part === undefined ? undefined : domainCheck(part, reading);
      return check === undefined ? undefined : { kind: 'add-check', check };
    }
    default:
      return undefined;
  }
}

function domainCheck(part: ConstraintNode, reading: Reading): DomainCheck | undefined {
  const constraint = constraintOf(part, reading);
  if (constraint?.kind !== 'check') return undefined;
  const { name, expression: sql, validated } = constraint;
  return { ...(name === undefined ? {} : { name }), expression: sql, validated };
}

export function createComposite(node: CompositeTypeStmt): readonly Read[] {
  const attributes = allOf(node.coldeflist, 'ColumnDef').map(({ colname = '', typeName, collClause }) => ({
    name: colname,
    type: typeText(typeName),
    ...collationOf(collClause),
  }));
  return [{ kind: 'create-composite', type: nameOf(node.typevar), attributes }];
}

/** ALTER TYPE of a composite type is an ALTER TABLE to PostgreSQL's grammar. */
export function alterComposite(node: AlterTableStmt, reading: Reading): readonly Read[] {
  const type = nameOf(node.relation);
  return allOf(node.cmds, 'AlterTableCmd').flatMap((command): readonly Read[] => {
    const cascade = command.behavior === 'DROP_CASCADE';
    const edit = attributeEdit(command);
    return edit === undefined ? otherStatement(reading) : [{ kind: 'alter-composite', type, ...edit, cascade }];
  });
}

function attributeEdit(command: AlterTableCmd) {
  const definition = as(command.def, 'ColumnDef');
  const attribute = command.name ?? definition?.colname ?? '';
  switch (command.subtype) {
    case 'AT_AddColumn':
      return { action: 'add', attribute, ...typed(definition) } as const;
    case 'AT_DropColumn':
      return { action: 'drop', attribute } as const;
    case 'AT_AlterColumnType':
      return { action: 'change-type', attribute, ...typed(definition) } as const;
    default:
      return undefined;
  }
}

function typed(definition: ColumnDef | undefined) {
  return { to: typeText(definition?.typeName), ...collationOf(definition?.collClause) };
}

/** RENAME of a type, a domain, an attribute or a domain's constraint; `undefined` for everything else. */
export function renameType(node: RenameStmt): Read | undefined {
  const to = node.newname ?? '';
  switch (node.renameType) {
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'rename-type', type: nameOfNode(node.object), to };
    case 'OBJECT_DOMCONSTRAINT': {
      const action = { kind: 'rename-constraint', name: node.subname ?? '', to } as const;
      return { kind: 'alter-domain', domain: nameOfNode(node.object), action };
    }
    case 'OBJECT_ATTRIBUTE': {
      const cascade = node.behavior === 'DROP_CASCADE';
      const attribute = node.subname ?? '';
      return { kind: 'alter-composite', type: nameOf(node.relation), action: 'rename', attribute, to, cascade };
    }
    default:
      return undefined;
  }
}

/** SET SCHEMA of a type or a domain; `undefined` for everything else. */
export function setTypeSchema(node: AlterObjectSchemaStmt): Read | undefined {
  if (node.objectType !== 'OBJECT_TYPE' && node.objectType !== 'OBJECT_DOMAIN') return undefined;
  return { kind: 'set-type-schema', type: nameOfNode(node.object), to: node.newschema ?? '' };
}
