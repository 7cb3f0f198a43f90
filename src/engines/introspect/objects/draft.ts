import type { SchemaObject } from '../../../sql/description.ts';
import type { Row } from '../../session.ts';

/** An object whose needs are not all known by name yet. */
export interface Draft {
  readonly object: SchemaObject;
  /** By which pg_depend knows it. */
  readonly addresses: readonly string[];
  /** Of what it needs beside what pg_depend says. */
  readonly neededAddresses: readonly string[];
  /** What COMMENT ON calls it. */
  readonly target?: string;
}

/** A row of one of the queries that already say everything in their columns. */
export function draftOf(row: Row): Draft {
  const {
    key,
    kind,
    definition,
    create,
    drop,
    replace,
    needs,
    of,
    shape,
    within,
    address,
    aliases,
    addresses,
    target,
  } = row;
  return {
    object: {
      key: String(key),
      kind: kind as SchemaObject['kind'],
      definition: String(definition ?? ''),
      create: listOf(create),
      drop: listOf(drop),
      ...(replace === null || replace === undefined ? {} : { replace: listOf(replace) }),
      ...(shape === null || shape === undefined ? {} : { shape: String(shape) }),
      ...(within === null || within === undefined ? {} : { within: String(within) }),
      needs: listOf(needs),
      ...(of === null || of === undefined ? {} : { of: String(of) }),
    },
    addresses: [...(address === undefined ? [] : [String(address)]), ...listOf(aliases)],
    neededAddresses: listOf(addresses),
    ...(target === undefined ? {} : { target: String(target) }),
  };
}

/** An object without a row of its own in the engine's catalog. */
export function facet(object: SchemaObject): Draft {
  return { object, addresses: [], neededAddresses: [] };
}

function listOf(value: unknown): readonly string[] {
  return ((value ?? []) as readonly (string | null)[]).filter((each) => each !== null);
}
