import type { Expression } from '../change.ts';
import type { ObjectName } from '../name.ts';

/** Changes of types: enums, domains and composite types. */
export type TypeChange =
  | { readonly kind: 'create-enum'; readonly type: ObjectName; readonly values: readonly string[] }
  | {
      readonly kind: 'add-enum-value';
      readonly type: ObjectName;
      readonly value: string;
      readonly before?: string;
      readonly after?: string;
      readonly ifNotExists?: boolean;
    }
  | { readonly kind: 'rename-enum-value'; readonly type: ObjectName; readonly value: string; readonly to: string }
  | { readonly kind: 'create-domain'; readonly domain: ObjectName; readonly definition: DomainDefinition }
  | { readonly kind: 'alter-domain'; readonly domain: ObjectName; readonly action: DomainAction }
  | {
      readonly kind: 'create-composite';
      readonly type: ObjectName;
      readonly attributes: readonly Attribute[];
    }
  | {
      readonly kind: 'alter-composite';
      readonly type: ObjectName;
      readonly action: 'add' | 'drop' | 'change-type' | 'rename';
      readonly attribute: string;
      /** The new type of `add` and `change-type`, the new name of `rename`. */
      readonly to?: string;
      /** That of the new type where it is written. */
      readonly collation?: string;
      readonly cascade: boolean;
    }
  | { readonly kind: 'rename-type'; readonly type: ObjectName; readonly to: string }
  | { readonly kind: 'set-type-schema'; readonly type: ObjectName; readonly to: string }
  /** DROP TYPE and DROP DOMAIN. */
  | {
      readonly kind: 'drop-type';
      readonly type: ObjectName;
      readonly cascade: boolean;
      readonly ifExists?: boolean;
      readonly domain?: boolean;
    };

export interface Attribute {
  readonly name: string;
  readonly type: string;
  /** As it is written; absent: the type's own. */
  readonly collation?: string;
}

export interface DomainCheck {
  readonly name?: string;
  readonly expression: string;
  readonly validated: boolean;
}

export interface DomainDefinition {
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: Expression;
  readonly collation?: string;
  readonly checks: readonly DomainCheck[];
}

export type DomainAction =
  | { readonly kind: 'add-check'; readonly check: DomainCheck }
  | { readonly kind: 'drop-constraint'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'validate-constraint'; readonly name: string }
  | { readonly kind: 'rename-constraint'; readonly name: string; readonly to: string }
  | { readonly kind: 'set-not-null' }
  | { readonly kind: 'drop-not-null' }
  | { readonly kind: 'set-default'; readonly default: Expression }
  | { readonly kind: 'drop-default' };
