import type { ObjectName } from '../name.ts';

/** Changes of who may do what: roles, privileges, row security, and the doors to other systems. */
export type AccessChange =
  | {
      readonly kind: 'create-policy';
      readonly table: ObjectName;
      readonly policy: string;
      readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
      readonly permissive: boolean;
      readonly roles: readonly string[];
      readonly using?: string;
      readonly withCheck?: string;
    }
  | {
      readonly kind: 'alter-policy';
      readonly table: ObjectName;
      readonly policy: string;
      readonly roles?: readonly string[];
      readonly using?: string;
      readonly withCheck?: string;
    }
  | {
      readonly kind: 'drop-policy';
      readonly table: ObjectName;
      readonly policy: string;
      readonly ifExists: boolean;
    }
  | { readonly kind: 'rename-policy'; readonly table: ObjectName; readonly policy: string; readonly to: string }
  | {
      readonly kind: 'set-row-security';
      readonly table: ObjectName;
      /** ENABLE and DISABLE. */
      readonly enabled?: boolean;
      /** FORCE and NO FORCE. */
      readonly forced?: boolean;
    }
  | ({ readonly kind: 'grant' } & Privileges)
  | ({ readonly kind: 'revoke' } & Privileges)
  | ({ readonly kind: 'grant-role' } & Membership)
  | ({ readonly kind: 'revoke-role' } & Membership)
  | ({ readonly kind: 'create-role' } & Role)
  | ({ readonly kind: 'alter-role' } & Role)
  | { readonly kind: 'drop-role'; readonly role: string; readonly ifExists: boolean }
  | { readonly kind: 'create-language'; readonly language: string }
  /** CREATE or ALTER of SERVER, USER MAPPING, SUBSCRIPTION: `options` are the names of the options that are set. */
  | { readonly kind: 'connect'; readonly what: string; readonly options: readonly string[] };

interface Privileges {
  /** In lower case; `all` for ALL PRIVILEGES. */
  readonly privileges: readonly string[];
  /** What the privileges are on, in lower case: `table`, `schema`, `function`, `sequence`, `database`, ... */
  readonly on: string;
  readonly objects: readonly ObjectName[];
  /** Everything of the kind in these schemas (ALL TABLES IN SCHEMA). */
  readonly schemas?: readonly string[];
  /** `public` stands for PUBLIC. */
  readonly grantees: readonly string[];
  readonly grantOption: boolean;
  /** ALTER DEFAULT PRIVILEGES: of objects that are still to be made. */
  readonly future: boolean;
}

interface Membership {
  readonly roles: readonly string[];
  readonly grantees: readonly string[];
  readonly adminOption: boolean;
}

interface Role {
  readonly role: string;
  /** Attributes that are switched on, in lower case: `superuser`, `bypassrls`, `createrole`, `replication`, `login`, ... */
  readonly attributes: readonly string[];
  /** A password that stands in the text. */
  readonly password: boolean;
}
