import type {
  AlterForeignServerStmt,
  AlterSubscriptionStmt,
  AlterUserMappingStmt,
  CreateForeignServerStmt,
  CreateSubscriptionStmt,
  CreateUserMappingStmt,
  Node,
} from 'libpg-query';
import { allOf } from './nodes.ts';
import { otherStatement } from './other.ts';
import type { Read, Reading } from './reading.ts';

export function server(node: CreateForeignServerStmt | AlterForeignServerStmt): readonly Read[] {
  return [{ kind: 'connect', what: 'SERVER', options: optionsIn(node.options) }];
}

export function userMapping(node: CreateUserMappingStmt | AlterUserMappingStmt): readonly Read[] {
  return [{ kind: 'connect', what: 'USER MAPPING', options: optionsIn(node.options) }];
}

/** Only a subscription's connection string leads anywhere else. */
export function subscription(node: CreateSubscriptionStmt | AlterSubscriptionStmt, reading: Reading): readonly Read[] {
  if (node.conninfo === undefined) return otherStatement(reading);
  const options = [...node.conninfo.matchAll(/(\w+)\s*=/g)].map(([, name = '']) => name);
  return [{ kind: 'connect', what: 'SUBSCRIPTION', options }];
}

function optionsIn(options: readonly Node[] | undefined): readonly string[] {
  return allOf(options, 'DefElem').flatMap(({ defname, defaction }) =>
    defname === undefined || defaction === 'DEFELEM_DROP' ? [] : [defname],
  );
}
