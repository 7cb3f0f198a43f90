import type { Change } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';

/** What has names of its own: relations and types share theirs. */
export type NameSpace = 'relation' | 'function' | 'schema';

/** Keeps the objects that the change set itself has made, whose locks nobody waits for. */
export interface Novelty {
  readonly isNew: (name: ObjectName, space?: NameSpace) => boolean;
  /** Takes note of a change; `exists` tells whether a relation was there before it. */
  readonly note: (change: Change, exists: (table: ObjectName) => boolean) => void;
}

export function trackNovelty(): Novelty {
  const made = new Set<string>();
  return {
    isNew: (name, space = 'relation') => made.has(keyIn(space, name)),
    note: (change, exists) => {
      switch (change.kind) {
        case 'create-table':
          // IF NOT EXISTS on a table that exists makes nothing.
          if (!exists(change.table)) made.add(keyOf(change.table));
          break;
        case 'create-view':
          if (!exists(change.view)) made.add(keyOf(change.view));
          break;
        case 'create-sequence':
          if (!change.ifNotExists) made.add(keyOf(change.sequence));
          break;
        case 'create-function':
          made.add(keyIn('function', change.function));
          break;
        case 'create-schema':
          // IF NOT EXISTS may find one that holds something already.
          if (!change.ifNotExists) made.add(keyIn('schema', { name: change.schema }));
          break;
        case 'drop-view':
          made.delete(keyOf(change.view));
          break;
        // A type and a table cannot share a name: a table has a row type of its own (manual, CREATE TABLE).
        case 'create-enum':
        case 'create-composite':
          made.add(keyOf(change.type));
          break;
        case 'create-domain':
          made.add(keyOf(change.domain));
          break;
        case 'drop-type':
          made.delete(keyOf(change.type));
          break;
        case 'rename-type':
          if (made.delete(keyOf(change.type))) made.add(keyOf({ ...change.type, name: change.to }));
          break;
        case 'set-type-schema':
          if (made.delete(keyOf(change.type))) made.add(keyOf({ ...change.type, schema: change.to }));
          break;
        case 'drop-table':
          made.delete(keyOf(change.table));
          break;
        case 'rename-table':
          if (made.delete(keyOf(change.table))) made.add(keyOf({ ...change.table, name: change.to }));
          break;
        case 'set-table-schema':
          if (made.delete(keyOf(change.table))) made.add(keyOf({ ...change.table, schema: change.to }));
          break;
        default:
          break;
      }
    },
  };
}

function keyIn(space: NameSpace, name: ObjectName): string {
  return space === 'relation' ? keyOf(name) : `${space} ${keyOf(name)}`;
}
