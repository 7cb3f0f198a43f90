import type { ObjectName } from '../name.ts';

/** Changes of what the database runs by itself: functions, procedures, triggers, and SQL put together at run time. */
export type RoutineChange =
  | { readonly kind: 'create-function'; readonly function: ObjectName; readonly definition: FunctionDefinition }
  | { readonly kind: 'alter-function'; readonly function: ObjectName; readonly definition: Partial<FunctionDefinition> }
  | {
      readonly kind: 'drop-function';
      readonly function: ObjectName;
      readonly what: 'FUNCTION' | 'PROCEDURE' | 'ROUTINE' | 'AGGREGATE';
      /** The types of its arguments, where they are given. */
      readonly arguments?: readonly string[];
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  /** Another name, another schema, or both. */
  | {
      readonly kind: 'rename-function';
      readonly function: ObjectName;
      readonly to: ObjectName;
      /** The types of its arguments, where they are given. */
      readonly arguments?: readonly string[];
    }
  | {
      readonly kind: 'create-trigger';
      readonly table: ObjectName;
      readonly trigger: string;
      readonly function: ObjectName;
      readonly replace: boolean;
      /** The columns that UPDATE OF and WHEN name. */
      readonly columns?: readonly string[];
    }
  | {
      readonly kind: 'drop-trigger';
      readonly table: ObjectName;
      readonly trigger: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'rename-trigger';
      readonly table: ObjectName;
      readonly trigger: string;
      readonly to: string;
    }
  /** ENABLE and DISABLE TRIGGER; `trigger` absent: ALL or USER. */
  | {
      readonly kind: 'toggle-trigger';
      readonly table: ObjectName;
      readonly trigger?: string;
      readonly enabled: boolean;
    }
  /** EXECUTE of a procedural language. `concatenated`: values are joined into the text without quoting. */
  | { readonly kind: 'dynamic-sql'; readonly text: string; readonly concatenated: boolean };

export interface FunctionDefinition {
  readonly procedure: boolean;
  readonly language: string;
  readonly replace: boolean;
  readonly securityDefiner: boolean;
  /** The setting's value where the function fixes its own search_path. */
  readonly searchPath?: string;
  readonly volatility?: 'immutable' | 'stable' | 'volatile';
  /** The types of the arguments, as they are written. */
  readonly arguments: readonly string[];
  readonly body?: string;
}
