import type { BodyOf, ChangeBody } from '../../sql/change.ts';
import { nameConstraint } from '../names.ts';
import type { Draft, Recipe, Unsupported } from '../recipe.ts';
import type { Situation } from '../situation.ts';
import { addCheck } from './add-check.ts';
import { addColumn } from './add-column.ts';
import { addExclusion } from './add-exclusion.ts';
import { addForeignKey } from './add-foreign-key.ts';
import { addKey } from './add-key.ts';
import { changeType } from './change-type.ts';
import { comment } from './comment.ts';
import { createIndex } from './create-index.ts';
import { createTable } from './create-table.ts';
import { changeDefault } from './default.ts';
import { dropColumn } from './drop-column.ts';
import { dropConstraint } from './drop-constraint.ts';
import { dropIndex } from './drop-index.ts';
import { dropNotNull } from './drop-not-null.ts';
import { dropTable } from './drop-table.ts';
import { renameColumn, renameConstraint, renameIndex, renameTable } from './rename.ts';
import { addEnumValue, createEnum, createExtension, createSchema, renameEnumValue } from './schema-objects.ts';
import { setNotNull } from './set-not-null.ts';
import { addIdentity, dropExpression, dropIdentity, setExpression, setLogged } from './storage.ts';
import { validateConstraint } from './validate-constraint.ts';

/** One recipe for each kind of change that can be planned. */
export const recipes = {
  'create-schema': createSchema,
  'create-extension': createExtension,
  'create-enum': createEnum,
  'add-enum-value': addEnumValue,
  'rename-enum-value': renameEnumValue,
  'create-table': createTable,
  'drop-table': dropTable,
  'rename-table': renameTable,
  'add-column': addColumn,
  'drop-column': dropColumn,
  'rename-column': renameColumn,
  'change-column-type': changeType,
  'set-not-null': setNotNull,
  'drop-not-null': dropNotNull,
  'set-default': changeDefault,
  'drop-default': changeDefault,
  'add-constraint': addConstraint,
  'drop-constraint': dropConstraint,
  'validate-constraint': validateConstraint,
  'rename-constraint': renameConstraint,
  'create-index': createIndex,
  'drop-index': dropIndex,
  'rename-index': renameIndex,
  'set-logged': setLogged,
  'add-identity': addIdentity,
  'drop-identity': dropIdentity,
  'set-expression': setExpression,
  'drop-expression': dropExpression,
  comment,
} as const satisfies { readonly [Kind in ChangeBody['kind']]?: Recipe<BodyOf<Kind>> };

type PlannedKind = keyof typeof recipes;
export type PlannedChange = BodyOf<PlannedKind>;

export function isPlanned(change: ChangeBody): change is PlannedChange {
  return change.kind in recipes;
}

/** The steps to one change, from the catalog just before it. */
export function planChange(change: PlannedChange, situation: Situation): readonly Draft[] | Unsupported {
  // The registry's type ties each recipe to its kind, which the compiler cannot follow through an index by a union.
  const recipe = recipes[change.kind] as Recipe<PlannedChange>;
  return recipe(change, situation);
}

function addConstraint(change: BodyOf<'add-constraint'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table } = change;
  const constraint = nameConstraint(table, change.constraint, situation.catalog);
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      return addKey({ ...change, constraint }, situation);
    case 'foreign-key':
      return addForeignKey({ ...change, constraint }, situation);
    case 'check':
      return addCheck({ ...change, constraint }, situation);
    case 'not-null':
      return setNotNull({ kind: 'set-not-null', table, column: constraint.column }, situation);
    case 'exclusion':
      return addExclusion({ ...change, constraint }, situation);
  }
}
