import type { BodyOf } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import type { Draft, Problem } from './draft.ts';
import { followFunction } from './routines.ts';
import { move as moveSequence } from './sequences.ts';
import { setTableSchema } from './tables.ts';
import { typeAppliers } from './types.ts';

/** Everything in the schema goes with its name. */
export function renameSchema(draft: Draft, { schema, to }: BodyOf<'rename-schema'>): Problem {
  const isInside = (key: string) => key.startsWith(`${schema}.`);
  const inside = (map: ReadonlyMap<string, unknown>) => [...map.keys()].filter(isInside).map(nameIn(schema));
  for (const table of [...inside(draft.tables), ...inside(draft.views)])
    setTableSchema(draft, { kind: 'set-table-schema', table, to });
  for (const type of [...inside(draft.enums), ...inside(draft.domains), ...inside(draft.composites)])
    typeAppliers['set-type-schema'](draft, { kind: 'set-type-schema', type, to });
  for (const name of inside(draft.sequences)) moveSequence(draft, name, { ...name, schema: to });
  for (const name of inside(draft.functions)) {
    const overloads = draft.functions.get(keyOf(name)) ?? [];
    draft.functions.delete(keyOf(name));
    draft.functions.set(keyOf({ ...name, schema: to }), overloads);
    followFunction(draft, name, { ...name, schema: to });
  }
  draft.schemas.delete(schema);
  draft.schemas.add(to);
  return undefined;
}

function nameIn(schema: string): (key: string) => ObjectName {
  return (key) => ({ schema, name: key.slice(schema.length + 1) });
}
