import type { SchemaObject } from '../../../sql/description.ts';
import type { Row, Session } from '../../session.ts';
import { commentOn } from './comment.ts';
import { comments } from './comments.ts';
import { constraints } from './constraints.ts';
import { definitionOf } from './definition.ts';
import { dependencies } from './dependencies.ts';
import { type Draft, draftOf } from './draft.ts';
import * as facets from './facets.ts';
import { defaultPrivilegesOf, privilegesOf } from './grants.ts';
import { indexes } from './indexes.ts';
import { withNeeds } from './needs.ts';
import { inOrder } from './order.ts';
import { others } from './others.ts';
import { sequenceOf } from './owned.ts';
import { defaultPrivileges, privileges } from './privileges.ts';
import { columns, relations } from './relations.ts';
import { aggregates, routines } from './routines.ts';
import { extensions, members, schemas } from './schemas.ts';
import { sequences } from './sequences.ts';
import { survey } from './survey.ts';
import { policies, rules, statistics, triggers } from './table-parts.ts';
import { stateOf } from './trigger-state.ts';
import { composites, domains, enums, ranges } from './types.ts';

/** One query for all objects of a kind, for a server of that `server_version_num`: as many for a thousand tables as for one. */
const queries = {
  schemas,
  extensions,
  enums,
  domains,
  composites,
  ranges,
  sequences,
  relations,
  columns,
  constraints,
  indexes,
  routines,
  aggregates,
  triggers,
  rules,
  policies,
  statistics,
  others,
  rowSecurity: facets.rowSecurity,
  parameters: facets.parameters,
  replicaIdentity: facets.replicaIdentity,
  persistence: facets.persistence,
  attachments: facets.attachments,
  inheritances: facets.inheritances,
  comments,
  privileges,
  defaultPrivileges,
  members,
  dependencies,
} satisfies Readonly<Record<string, (version: number) => string>>;

export type Rows = Readonly<Record<keyof typeof queries, readonly Row[]>>;

/**
 * What the engine's catalog holds, read a query after the other: a session does one thing at a time. An engine that has just started
 * takes longer to plan a query than to run it, so that those are left out which would find nothing.
 */
export async function readRows(session: Session): Promise<Rows> {
  const [found = {}] = await session.inspect(survey);
  const rows: Partial<Record<keyof typeof queries, readonly Row[]>> = {};
  for (const [name, query] of Object.entries(queries)) {
    rows[name as keyof typeof queries] =
      found[name] === false ? [] : await session.inspect(query(Number(found.version)));
  }
  return rows as Rows;
}

/** All objects, each after those that it needs. */
export function objectsOf(rows: Rows): ReadonlyMap<string, SchemaObject> {
  const { columns, sequences, triggers, comments, privileges, defaultPrivileges, members, dependencies, ...plain } =
    rows;
  const drafts: readonly Draft[] = [
    ...Object.values(plain).flatMap((each) => each.map(draftOf)),
    ...columns.map((row) => draftOf({ ...row, kind: 'column', definition: definitionOf(row) })),
    ...sequences.flatMap(sequenceOf),
    ...triggers.flatMap((row) => [draftOf(row), ...stateOf(row)]),
    ...privilegesOf(privileges),
    ...defaultPrivileges.map(defaultPrivilegesOf),
  ];
  const own = withoutMembers(drafts, members);
  return inOrder(withNeeds([...own, ...commentOn(own, comments)], { members, dependencies }));
}

/** What came with an extension goes unsaid, with everything that belongs to it. */
function withoutMembers(drafts: readonly Draft[], members: readonly Row[]): readonly Draft[] {
  const foreign = new Set(members.map(({ address }) => address));
  const kept = new Map<string, Draft>();
  for (const draft of drafts) {
    if (!draft.addresses.some((address) => foreign.has(address))) kept.set(draft.object.key, draft);
  }
  const isKept = ({ object: { of } }: Draft): boolean => {
    const owner = of === undefined ? undefined : kept.get(of);
    return of === undefined || (owner !== undefined && isKept(owner));
  };
  return [...kept.values()].filter(isKept);
}
