import type {
  DropdbStmt,
  DropOwnedStmt,
  DropRoleStmt,
  DropStmt,
  DropSubscriptionStmt,
  DropTableSpaceStmt,
  DropUserMappingStmt,
  Node,
  RoleSpec,
} from 'libpg-query';
import type { ChangeOf } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { nameOfNode, nameOfParts } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { statementName } from './other.ts';
import type { Read, Reading } from './reading.ts';
import { argumentType } from './type-names.ts';

/** One change per object named. */
export function drop(node: DropStmt, reading: Reading): readonly Read[] {
  const read = readerFor(node, reading);
  return (node.objects ?? []).map(read);
}

function readerFor(node: DropStmt, reading: Reading): (object: Node) => Read {
  const ifExists = node.missing_ok === true;
  const cascade = node.behavior === 'DROP_CASCADE';
  const how = { ifExists, cascade };
  switch (node.removeType) {
    case 'OBJECT_TABLE':
      return (object) => ({ kind: 'drop-table', table: nameOfNode(object), ...how });
    case 'OBJECT_FOREIGN_TABLE':
      return (object) => ({ kind: 'drop-table', table: nameOfNode(object), ...how, foreign: true });
    case 'OBJECT_INDEX': {
      const concurrently = node.concurrent === true;
      return (object) => ({ kind: 'drop-index', index: nameOfNode(object), concurrently, ...how });
    }
    case 'OBJECT_VIEW':
      return (object) => ({ kind: 'drop-view', view: nameOfNode(object), materialized: false, ...how });
    case 'OBJECT_MATVIEW':
      return (object) => ({ kind: 'drop-view', view: nameOfNode(object), materialized: true, ...how });
    case 'OBJECT_TYPE':
      return (object) => ({ kind: 'drop-type', type: nameOfNode(object), ...how });
    case 'OBJECT_DOMAIN':
      return (object) => ({ kind: 'drop-type', type: nameOfNode(object), ...how, domain: true });
    case 'OBJECT_SEQUENCE':
      return (object) => ({ kind: 'drop-sequence', sequence: nameOfNode(object), ...how });
    case 'OBJECT_SCHEMA':
      return (object) => ({ kind: 'drop-schema', schema: nameOfNode(object).name, ...how });
    case 'OBJECT_EXTENSION':
      return (object) => ({ kind: 'drop-extension', extension: nameOfNode(object).name, ...how });
    case 'OBJECT_FUNCTION':
      return (object) => dropRoutine(object, 'FUNCTION', how);
    case 'OBJECT_PROCEDURE':
      return (object) => dropRoutine(object, 'PROCEDURE', how);
    case 'OBJECT_ROUTINE':
      return (object) => dropRoutine(object, 'ROUTINE', how);
    case 'OBJECT_AGGREGATE':
      return (object) => dropRoutine(object, 'AGGREGATE', how);
    case 'OBJECT_TRIGGER':
      return (object) => {
        const { table, name } = onTable(object);
        return { kind: 'drop-trigger', table, trigger: name, ...how };
      };
    case 'OBJECT_POLICY':
      return (object) => {
        const { table, name } = onTable(object);
        return { kind: 'drop-policy', table, policy: name, ifExists };
      };
    default: {
      const what = statementName(reading);
      return (object) => ({ kind: 'drop-object', what, name: nameOfOther(object, node.removeType), ...how });
    }
  }
}

type How = Pick<ChangeOf<'drop-function'>, 'ifExists' | 'cascade'>;

/** Without a list of arguments the name alone must be unique (manual, DROP FUNCTION). */
function dropRoutine(object: Node, what: ChangeOf<'drop-function'>['what'], how: How): Read {
  const routine = as(object, 'ObjectWithArgs');
  const types = routine?.args_unspecified === true ? undefined : allOf(routine?.objargs, 'TypeName').map(argumentType);
  return {
    kind: 'drop-function',
    function: nameOfParts(texts(routine?.objname)),
    what,
    ...(types === undefined ? {} : { arguments: types }),
    ...how,
  };
}

/** The last part of the name is the object's own, those before it are its table's. */
function onTable(object: Node): { readonly table: ObjectName; readonly name: string } {
  const parts = texts(as(object, 'List')?.items);
  return { table: nameOfParts(parts.slice(0, -1)), name: parts.at(-1) ?? '' };
}

function nameOfOther(object: Node, type: DropStmt['removeType']): ObjectName {
  const routine = as(object, 'ObjectWithArgs');
  if (type === 'OBJECT_RULE') return { name: onTable(object).name };
  // The access method goes before the name.
  if (type === 'OBJECT_OPCLASS' || type === 'OBJECT_OPFAMILY')
    return nameOfParts(texts(as(object, 'List')?.items).slice(1));
  return routine === undefined ? nameOfNode(object) : nameOfParts(texts(routine.objname));
}

export function dropDatabase(node: DropdbStmt): readonly Read[] {
  return [{ kind: 'drop-database', database: node.dbname ?? '', ifExists: node.missing_ok === true }];
}

export function dropRole(node: DropRoleStmt): readonly Read[] {
  const ifExists = node.missing_ok === true;
  return allOf(node.roles, 'RoleSpec').map((role) => ({ kind: 'drop-role', role: roleName(role), ifExists }));
}

/** Everything in the database that the roles own. */
export function dropOwned(node: DropOwnedStmt): readonly Read[] {
  const cascade = node.behavior === 'DROP_CASCADE';
  return allOf(node.roles, 'RoleSpec').map((role) => ({
    kind: 'drop-object',
    what: 'DROP OWNED',
    name: { name: roleName(role) },
    ifExists: false,
    cascade,
  }));
}

export function dropSubscription(node: DropSubscriptionStmt): readonly Read[] {
  const how = { ifExists: node.missing_ok === true, cascade: node.behavior === 'DROP_CASCADE' };
  return [{ kind: 'drop-object', what: 'DROP SUBSCRIPTION', name: { name: node.subname ?? '' }, ...how }];
}

export function dropTablespace(node: DropTableSpaceStmt): readonly Read[] {
  const how = { ifExists: node.missing_ok === true, cascade: false };
  return [{ kind: 'drop-object', what: 'DROP TABLESPACE', name: { name: node.tablespacename ?? '' }, ...how }];
}

export function dropUserMapping(node: DropUserMappingStmt): readonly Read[] {
  const how = { ifExists: node.missing_ok === true, cascade: false };
  return [{ kind: 'drop-object', what: 'DROP USER MAPPING', name: { name: node.servername ?? '' }, ...how }];
}

/** `CURRENT_USER` and its like are no names, and stand as they are written. */
function roleName({ roletype, rolename }: RoleSpec): string {
  return rolename ?? roletype?.replace('ROLESPEC_', '') ?? '';
}
