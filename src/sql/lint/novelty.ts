import type { Change } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';

/** Keeps the tables that the change set itself has made, whose locks nobody waits for. */
export interface Novelty {
  readonly isNew: (table: ObjectName) => boolean;
  /** Takes note of a change; `exists` tells whether a relation was there before it. */
  readonly note: (change: Change, exists: (table: ObjectName) => boolean) => void;
}

export function trackNovelty(): Novelty {
  const made = new Set<string>();
  return {
    isNew: (table) => made.has(keyOf(table)),
    note: (change, exists) => {
      switch (change.kind) {
        case 'create-table':
          // IF NOT EXISTS on a table that exists makes nothing.
          if (!exists(change.table)) made.add(keyOf(change.table));
          break;
        case 'create-view':
          if (change.materialized && !exists(change.view)) made.add(keyOf(change.view));
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
