import type { Policy, Table } from '../catalog.ts';
import type { BodyOf } from '../change.ts';
import type { AccessChange } from '../changes/access.ts';
import type { ObjectName } from '../name.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import { alter, type Draft, type Problem } from './draft.ts';

function createPolicy(draft: Draft, { table, policy, ...change }: BodyOf<'create-policy'>): Problem {
  const { command, permissive, roles, using, withCheck } = change;
  const made: Policy = { name: policy, command, permissive, roles, ...conditions(using, withCheck) };
  return editPolicies(draft, table, (known) => [...known.filter(({ name }) => name !== policy), made]);
}

function alterPolicy(draft: Draft, { table, policy, roles, using, withCheck }: BodyOf<'alter-policy'>): Problem {
  const facts = { ...(roles === undefined ? {} : { roles }), ...conditions(using, withCheck) };
  return editPolicies(draft, table, (known) =>
    known.map((each) => (each.name === policy ? { ...each, ...facts } : each)),
  );
}

function conditions(using: string | undefined, withCheck: string | undefined): Pick<Policy, 'using' | 'withCheck'> {
  return { ...(using === undefined ? {} : { using }), ...(withCheck === undefined ? {} : { withCheck }) };
}

function editPolicies(
  draft: Draft,
  name: ObjectName,
  edit: (policies: readonly Policy[]) => readonly Policy[],
): Problem {
  return alter(draft, name, (table) => {
    const { policies: known = [], ...rest } = table;
    const policies = edit(known);
    return policies.length === 0 ? rest : { ...rest, policies };
  });
}

/** A table that never had row security has none of it; neither has one of which both switches are off again. */
function setRowSecurity(draft: Draft, { table: name, enabled, forced }: BodyOf<'set-row-security'>): Problem {
  return alter(draft, name, (table): Table => {
    const { rowSecurity: known = { enabled: false, forced: false }, ...rest } = table;
    const rowSecurity = { enabled: enabled ?? known.enabled, forced: forced ?? known.forced };
    return rowSecurity.enabled || rowSecurity.forced ? { ...rest, rowSecurity } : rest;
  });
}

/** Policies, row security, privileges and roles; who may do what with which object, the catalog does not keep. */
export const accessAppliers: Appliers<AccessChange['kind']> = {
  'create-policy': createPolicy,
  'alter-policy': alterPolicy,
  'drop-policy': (draft, { table, policy }) =>
    editPolicies(draft, table, (known) => known.filter(({ name }) => name !== policy)),
  'rename-policy': (draft, { table, policy, to }) =>
    editPolicies(draft, table, (known) => known.map((each) => (each.name === policy ? { ...each, name: to } : each))),
  'set-row-security': setRowSecurity,
  grant: leaveAsItIs,
  revoke: leaveAsItIs,
  'grant-role': leaveAsItIs,
  'revoke-role': leaveAsItIs,
  'create-role': leaveAsItIs,
  'alter-role': leaveAsItIs,
  'drop-role': leaveAsItIs,
  'create-language': leaveAsItIs,
  connect: leaveAsItIs,
};
