import type { Change } from '../sql/change.ts';
import type { ObjectName } from '../sql/name.ts';

/** What a request wants to be true: complete, every name looked up, nothing left to ask. */
export type Goal =
  | { readonly kind: 'change'; readonly change: Change }
  /** Existing rows get a value. `value` and `where` are SQL expressions. */
  | {
      readonly kind: 'backfill';
      readonly table: ObjectName;
      readonly column: string;
      readonly value: string;
      readonly where?: string;
    }
  /** A query is to become fast; `targetMs` where the request names one. */
  | { readonly kind: 'optimize'; readonly query: string; readonly targetMs?: number };
