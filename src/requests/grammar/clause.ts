import type { Catalog } from '../../sql/catalog.ts';
import type { Engine } from '../../sql/engine.ts';
import { findColumn, findTable, isKnownTable } from '../names/lookup.ts';
import type { Word } from '../text/words.ts';

/**
 * One wish-sized part of a sentence in normal form.
 * `do`: the words begin with a verb ("drop legacy from customers"; "legacy should be dropped" is turned round to it).
 * `have`: something should exist; `subject` is what should have it ("orders", or nothing: "we need a column").
 * `be`: a property that `subject` should have ("orders.total" + "unique").
 * `fact`: a statement about how things are ("the orders report is slow").
 */
export interface Clause {
  readonly mood: 'do' | 'have' | 'be' | 'fact';
  readonly subject: readonly Word[];
  readonly words: readonly Word[];
  readonly negated: boolean;
  /** The sentence that the words' offsets count in. */
  readonly text: string;
}

/** What a clause may lean on. */
export interface Setting {
  readonly engine: Engine;
  readonly catalog: Catalog;
  /** Tables that the same request creates. */
  readonly newTables: ReadonlySet<string>;
  /** The table and the columns that were spoken of last. */
  readonly table?: string;
  readonly columns: readonly string[];
}

/** Whether the text names a table that exists or that the request creates. */
export function isTable(setting: Setting, text: string): boolean {
  return setting.newTables.has(text.toLowerCase()) || isKnownTable(setting.catalog, text);
}

/** Whether the table is known to have a column of that name. */
export function isColumn(setting: Setting, table: string, text: string): boolean {
  if (!isKnownTable(setting.catalog, table)) return false;
  const found = findTable(setting.catalog, table);
  return found.kind === 'found' && findColumn(found.thing, text).kind === 'found';
}
