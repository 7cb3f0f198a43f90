import type { Column } from '../change.ts';
import type { ObjectName } from '../name.ts';

/** Changes of how and where a table's rows are kept: storage, partitions, inheritance, and how columns get their values. */
export type StorageChange =
  | { readonly kind: 'set-logged'; readonly table: ObjectName; readonly logged: boolean }
  /** Of a table, an index or a materialized view: `table` names the relation. */
  | { readonly kind: 'set-tablespace'; readonly table: ObjectName; readonly tablespace: string }
  | { readonly kind: 'set-access-method'; readonly table: ObjectName; readonly method: string }
  /** SET (...) and RESET (...): `parameters` are the names. */
  | { readonly kind: 'set-storage-parameters'; readonly table: ObjectName; readonly parameters: readonly string[] }
  | {
      readonly kind: 'set-replica-identity';
      readonly table: ObjectName;
      readonly identity: 'default' | 'full' | 'nothing' | 'index';
      readonly index?: string;
    }
  | {
      readonly kind: 'attach-partition';
      readonly table: ObjectName;
      readonly partition: ObjectName;
      /** `FOR VALUES ...` or `DEFAULT`. */
      readonly bound: string;
    }
  | {
      readonly kind: 'detach-partition';
      readonly table: ObjectName;
      readonly partition: ObjectName;
      readonly concurrently: boolean;
      readonly finalize: boolean;
    }
  /** ALTER INDEX ... ATTACH PARTITION. */
  | { readonly kind: 'attach-index'; readonly index: ObjectName; readonly partition: ObjectName }
  | {
      readonly kind: 'set-inherit';
      readonly table: ObjectName;
      readonly parent: ObjectName;
      readonly inherits: boolean;
    }
  | {
      readonly kind: 'add-identity';
      readonly table: ObjectName;
      readonly column: string;
      readonly identity: NonNullable<Column['identity']>;
    }
  | {
      readonly kind: 'drop-identity';
      readonly table: ObjectName;
      readonly column: string;
      readonly ifExists: boolean;
    }
  | {
      readonly kind: 'set-expression';
      readonly table: ObjectName;
      readonly column: string;
      readonly expression: string;
    }
  | {
      readonly kind: 'drop-expression';
      readonly table: ObjectName;
      readonly column: string;
      readonly ifExists: boolean;
    };
