import type {
  AlterDefaultPrivilegesStmt,
  AlterPolicyStmt,
  AlterRoleStmt,
  CreatePLangStmt,
  CreatePolicyStmt,
  CreateRoleStmt,
  DefElem,
  GrantRoleStmt,
  GrantStmt,
  Node,
  RoleSpec,
} from 'libpg-query';
import type { BodyOf } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { nameOf, nameOfNode, nameOfParts } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { otherStatement } from './other.ts';
import { isToken, keywordAfter, type Read, type Reading, scan, textOf } from './reading.ts';

export function createPolicy(node: CreatePolicyStmt, reading: Reading): readonly Read[] {
  return [
    {
      kind: 'create-policy',
      table: nameOf(node.table),
      policy: node.policy_name ?? '',
      command: (node.cmd_name ?? 'all') as BodyOf<'create-policy'>['command'],
      permissive: node.permissive === true,
      roles: rolesIn(node.roles),
      ...conditionsOf(node, reading),
    },
  ];
}

export function alterPolicy(node: AlterPolicyStmt, reading: Reading): readonly Read[] {
  return [
    {
      kind: 'alter-policy',
      table: nameOf(node.table),
      policy: node.policy_name ?? '',
      ...(node.roles === undefined ? {} : { roles: rolesIn(node.roles) }),
      ...conditionsOf(node, reading),
    },
  ];
}

/** USING (...) comes first, WITH CHECK (...) last. */
function conditionsOf({ qual, with_check: check }: CreatePolicyStmt | AlterPolicyStmt, reading: Reading) {
  const using = qual === undefined ? undefined : keywordAfter(reading, 0, 'using');
  const withCheck = check === undefined ? undefined : keywordAfter(reading, using ?? 0, 'check');
  return {
    ...(using === undefined ? {} : { using: inParentheses(reading, using + 1) }),
    ...(withCheck === undefined ? {} : { withCheck: inParentheses(reading, withCheck + 1) }),
  };
}

function inParentheses(reading: Reading, open: number): string {
  return textOf(
    reading,
    open + 1,
    scan(reading, open + 1, (at) => isToken(reading, at, ')')),
  );
}

export function grant(node: GrantStmt): readonly Read[] {
  return [privileges(node, false)];
}

/** The roles and schemas that it is restricted to stand in its options. */
export function defaultPrivileges(node: AlterDefaultPrivilegesStmt, reading: Reading): readonly Read[] {
  if (node.action === undefined) return otherStatement(reading);
  const schemas = allOf(node.options, 'DefElem').find(({ defname }) => defname === 'schemas');
  const named = texts(as(schemas?.arg, 'List')?.items);
  return [{ ...privileges(node.action, true), ...(named.length === 0 ? {} : { schemas: named }) }];
}

function privileges(node: GrantStmt, future: boolean): BodyOf<'grant' | 'revoke'> {
  const named = allOf(node.privileges, 'AccessPriv').map(({ priv_name: name }) => (name ?? 'all').toLowerCase());
  const inSchemas = node.targtype === 'ACL_TARGET_ALL_IN_SCHEMA';
  return {
    kind: node.is_grant === true ? 'grant' : 'revoke',
    privileges: named.length === 0 ? ['all'] : named,
    on: kindOf(node.objtype),
    objects: inSchemas ? [] : (node.objects ?? []).map(objectName),
    ...(inSchemas ? { schemas: texts(node.objects) } : {}),
    grantees: rolesIn(node.grantees),
    grantOption: node.grant_option === true,
    future,
  };
}

/** What the manual calls the objects that have another word in the parser. */
const objectKinds: Readonly<Record<string, string>> = {
  OBJECT_FDW: 'foreign data wrapper',
  OBJECT_LARGEOBJECT: 'large object',
  OBJECT_PARAMETER_ACL: 'parameter',
};

function kindOf(type: NonNullable<GrantStmt['objtype']> = 'OBJECT_TABLE'): string {
  return objectKinds[type] ?? type.replace('OBJECT_', '').replaceAll('_', ' ').toLowerCase();
}

function objectName(node: Node): ObjectName {
  const relation = as(node, 'RangeVar');
  if (relation !== undefined) return nameOf(relation);
  const routine = as(node, 'ObjectWithArgs');
  if (routine !== undefined) return nameOfParts(texts(routine.objname));
  const number = as(node, 'Integer')?.ival ?? as(node, 'Float')?.fval;
  return number === undefined ? nameOfNode(node) : { name: String(number) };
}

export function grantRole(node: GrantRoleStmt): readonly Read[] {
  const admin = allOf(node.opt, 'DefElem').find(({ defname }) => defname === 'admin');
  const isGrant = node.is_grant === true;
  return [
    {
      kind: isGrant ? 'grant-role' : 'revoke-role',
      roles: allOf(node.granted_roles, 'AccessPriv').map(({ priv_name: name }) => name ?? ''),
      grantees: rolesIn(node.grantee_roles),
      // REVOKE ADMIN OPTION FOR writes it as an option that is off.
      adminOption: admin !== undefined && (!isGrant || isOn(admin)),
    },
  ];
}

export function createRole(node: CreateRoleStmt): readonly Read[] {
  const options = allOf(node.options, 'DefElem');
  const role = node.role ?? '';
  const login: readonly string[] = node.stmt_type === 'ROLESTMT_USER' && !options.some(isLogin) ? ['login'] : [];
  const attributes = [...attributesIn(options), ...login];
  const of = (name: string) => rolesIn(as(options.find(({ defname }) => defname === name)?.arg, 'List')?.items);
  const [member, admins, groups] = [of('rolemembers'), of('adminmembers'), of('addroleto')];
  const grant = (roles: readonly string[], grantees: readonly string[], adminOption: boolean): readonly Read[] =>
    roles.length === 0 || grantees.length === 0 ? [] : [{ kind: 'grant-role', roles, grantees, adminOption }];
  return [
    { kind: 'create-role', role, attributes, password: hasPassword(options) },
    ...grant(groups, [role], false),
    ...grant([role], member, false),
    ...grant([role], admins, true),
  ];
}

/** ALTER ROLE, and ALTER GROUP ... ADD and DROP USER, which grant and revoke. */
export function alterRole(node: AlterRoleStmt, reading: Reading): readonly Read[] {
  const options = allOf(node.options, 'DefElem');
  const role = roleName(node.role);
  const members = options.find(({ defname }) => defname === 'rolemembers');
  if (members !== undefined) {
    const grantees = rolesIn(as(members.arg, 'List')?.items);
    const kind = isToken(reading, 3, 'drop') ? 'revoke-role' : 'grant-role';
    return [{ kind, roles: [role], grantees, adminOption: false }];
  }
  return [{ kind: 'alter-role', role, attributes: attributesIn(options), password: hasPassword(options) }];
}

export function createLanguage(node: CreatePLangStmt): readonly Read[] {
  return [{ kind: 'create-language', language: node.plname ?? '' }];
}

/** The parser's words for the attributes that have others in the manual. */
const attributeNames: Readonly<Record<string, string>> = { canlogin: 'login', isreplication: 'replication' };

function attributesIn(options: readonly DefElem[]): readonly string[] {
  return options.flatMap((option) =>
    as(option.arg, 'Boolean')?.boolval === true ? [attributeNames[option.defname ?? ''] ?? option.defname ?? ''] : [],
  );
}

function isLogin({ defname }: DefElem): boolean {
  return defname === 'canlogin';
}

/** PASSWORD NULL takes the password away. */
function hasPassword(options: readonly DefElem[]): boolean {
  return options.some(({ defname, arg }) => defname === 'password' && as(arg, 'String') !== undefined);
}

function isOn({ arg }: DefElem): boolean {
  return arg === undefined || as(arg, 'Boolean')?.boolval === true;
}

function rolesIn(nodes: readonly Node[] | undefined): readonly string[] {
  return allOf(nodes, 'RoleSpec').map(roleName);
}

/** `public` is no role's name, so it can stand for PUBLIC; `current_user` and its like stand as they are written. */
function roleName(role: RoleSpec | undefined): string {
  return role?.rolename ?? (role?.roletype ?? '').replace('ROLESPEC_', '').toLowerCase();
}
