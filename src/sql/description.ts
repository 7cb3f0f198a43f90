import type { Catalog } from './catalog.ts';

/**
 * A database's schema as its engine describes it: the catalog, and everything there is as objects in the engine's own canonical
 * words, so that two schemas are the same when their objects are.
 */
export interface Description {
  readonly catalog: Catalog;
  /** By their keys, in an order in which each can be made after those before it. */
  readonly objects: ReadonlyMap<string, SchemaObject>;
}

/** One object, or one facet of an object that is made and changed on its own (a comment, the privileges of a role). */
export interface SchemaObject {
  /**
   * What it is and its qualified name: `view public.orders`, `column public.orders.note`, `function public.f(integer)`,
   * `comment on view public.orders`, `privileges on table public.orders for reader`.
   */
  readonly key: string;
  readonly kind: ObjectKind;
  /** Equal texts, equal objects. Every name in it is qualified. */
  readonly definition: string;
  /** The statements that make it where it is not, without terminators. Empty: a part of the object in `of` that is made with it. */
  readonly create: readonly string[];
  /** The statements that take it away; none where it goes with the object in `of`. */
  readonly drop: readonly string[];
  /**
   * The statements that change an object of the same key into this one in place, whatever it was. Absent: where that cannot be, it is
   * dropped and made again.
   */
  readonly replace?: readonly string[];
  /**
   * What must be the same for `replace` to be able to: of a function its arguments and its result. A replacement that has another
   * shape is refused by the engine.
   */
  readonly shape?: string;
  /**
   * Of an attachment: the condition that every row of the partition meets, as the engine derives it from the bound and those of the
   * partitioned tables above. Absent where there is none, or none that a check could say (HASH names its table by number).
   */
  readonly within?: string;
  /** The keys of the objects without which it cannot exist, and which the engine refuses to drop or to alter while it does. */
  readonly needs: readonly string[];
  /** The key of the object with which it goes, without CASCADE: a table for its columns, triggers and comments. */
  readonly of?: string;
}

/** In the words of the manual's CREATE statements; `comment`, `privileges` and the others after them are facets. */
export type ObjectKind =
  | 'schema'
  | 'extension'
  | 'enum'
  | 'domain'
  | 'composite'
  | 'range'
  | 'sequence'
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'view'
  | 'materialized view'
  | 'function'
  | 'aggregate'
  | 'trigger'
  | 'rule'
  | 'policy'
  | 'statistics'
  /** What is described but cannot be made again: operators, casts, collations, foreign servers. */
  | 'other'
  | 'comment'
  | 'privileges'
  | 'default privileges'
  | 'row security'
  | 'storage parameters'
  | 'replica identity'
  | 'persistence'
  | 'attachment'
  | 'inheritance'
  | 'trigger state'
  | 'sequence owner';
