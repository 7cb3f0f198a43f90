import type { ObjectName } from '../name.ts';
import type { QueryTrait, RelationUse } from './queries.ts';

/** Changes of what stands beside tables: schemas, views, sequences, extensions, comments. */
export type SchemaChange =
  | { readonly kind: 'create-schema'; readonly schema: string; readonly ifNotExists: boolean }
  | { readonly kind: 'drop-schema'; readonly schema: string; readonly cascade: boolean; readonly ifExists?: boolean }
  | {
      readonly kind: 'create-view';
      readonly view: ObjectName;
      readonly query: string;
      readonly materialized: boolean;
      readonly replace: boolean;
      readonly ifNotExists?: boolean;
      /** The names of its columns as far as the statement gives them; a relation stands for all of its columns. */
      readonly columns?: readonly (string | ObjectName)[];
      readonly uses?: readonly RelationUse[];
      readonly traits?: readonly QueryTrait[];
      /** WITH NO DATA. */
      readonly empty?: boolean;
    }
  | {
      readonly kind: 'drop-view';
      readonly view: ObjectName;
      readonly materialized: boolean;
      readonly cascade: boolean;
      readonly ifExists?: boolean;
    }
  | { readonly kind: 'create-extension'; readonly extension: string; readonly ifNotExists?: boolean }
  | {
      readonly kind: 'drop-extension';
      readonly extension: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'create-sequence';
      readonly sequence: ObjectName;
      readonly ifNotExists: boolean;
      readonly ownedBy?: { readonly table: ObjectName; readonly column: string };
    }
  | {
      readonly kind: 'drop-sequence';
      readonly sequence: ObjectName;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  /** ALTER SEQUENCE ... OWNED BY; `ownedBy` absent: NONE. */
  | {
      readonly kind: 'set-sequence-owner';
      readonly sequence: ObjectName;
      readonly ownedBy?: { readonly table: ObjectName; readonly column: string };
    }
  /** Another name, another schema, or both. */
  | { readonly kind: 'rename-sequence'; readonly sequence: ObjectName; readonly to: ObjectName }
  | { readonly kind: 'drop-database'; readonly database: string; readonly ifExists: boolean }
  | { readonly kind: 'rename-schema'; readonly schema: string; readonly to: string }
  | { readonly kind: 'comment'; readonly table: ObjectName; readonly column?: string; readonly comment: string | null }
  /** DROP of an object of another kind: `what` is the statement's name in the manual, such as `DROP PUBLICATION`. */
  | {
      readonly kind: 'drop-object';
      readonly what: string;
      readonly name: ObjectName;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    };
