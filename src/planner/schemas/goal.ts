import type { ChangeBody, Column, Constraint, Index } from '../../sql/change.ts';
import type { SchemaObject } from '../../sql/description.ts';
import type { ObjectName } from '../../sql/name.ts';
import type { Named } from '../names.ts';
import type { Backfill } from '../recipes/backfill.ts';
import type { ColumnMove } from './moves.ts';

/** One difference between two schemas that is to go away, or the filling of rows between two of them. */
export type SchemaGoal =
  | { readonly kind: 'change'; readonly change: ChangeBody; readonly order: Order }
  | (Backfill & { readonly order: Order })
  | Replacement
  | MoveGoal
  | ObjectGoal;

/** The values of columns go to another table; then code uses them there alone, and the columns go. */
export type MoveGoal = MoveColumns | EndMove;

interface OfMove {
  readonly move: ColumnMove;
  /** The functions of the triggers that keep both sides the same, which have their names: on the table that is left, and on the other. */
  readonly routines: { readonly there: Required<ObjectName>; readonly back: Required<ObjectName> };
  /** Whether the columns are to be dropped in the end; otherwise their table is. */
  readonly drops: boolean;
  readonly order: Order;
}

export interface MoveColumns extends OfMove {
  readonly kind: 'move-columns';
}

export interface EndMove extends OfMove {
  readonly kind: 'end-move';
}

/** A part of a table, or an enum, of which only another one of the same name will do. */
export type Replacement =
  | {
      readonly kind: 'replace-constraint';
      readonly table: ObjectName;
      readonly before: Named<Constraint>;
      readonly after: Named<Constraint>;
      readonly order: Order;
    }
  | {
      readonly kind: 'replace-index';
      readonly before: Named<Index>;
      readonly after: Named<Index>;
      readonly order: Order;
    }
  /** What numbers the rows of a column changes. */
  | {
      readonly kind: 'change-identity';
      readonly table: ObjectName;
      readonly before: Column;
      readonly after: Column;
      readonly order: Order;
    }
  /** `values` are all of the new ones, in order. */
  | {
      readonly kind: 'replace-enum';
      readonly type: ObjectName;
      readonly values: readonly string[];
      readonly order: Order;
    };

/** An object that is made, changed or dropped as a whole, by the statements with which its engine describes it. */
export interface ObjectGoal {
  readonly kind: 'object';
  /** Absent: it is to be made. */
  readonly before?: SchemaObject;
  /** Absent: it is to be dropped. */
  readonly after?: SchemaObject;
  readonly order: Order;
}

/** What is there, or gone, once a goal is reached, and what must be before it can be: tokens that other goals know. */
export interface Order {
  readonly makes: readonly string[];
  readonly needs: readonly string[];
}
