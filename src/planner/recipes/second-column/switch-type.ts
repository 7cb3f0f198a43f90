import type { Table } from '../../../sql/catalog.ts';
import type { BodyOf, Column, Expression } from '../../../sql/change.ts';
import { castOf } from '../../../sql/facts/type-changes/casts.ts';
import type { TypeChangeEffect } from '../../../sql/facts/type-changes.ts';
import { display } from '../../../sql/name.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import { isLiteral } from '../../expression.ts';
import { temporaryColumn } from '../../names.ts';
import type { Draft, Unsupported } from '../../recipe.ts';
import type { Situation } from '../../situation.ts';
import { noRefusedValue } from '../refused-values.ts';
import { isInteger } from './move-sequence.ts';
import { type Replacement, replaceColumn } from './replace-column.ts';
import { following, followingBack, syncOf } from './sync-trigger.ts';

/**
 * Another type for a column of a table that is in use, where ALTER COLUMN ... TYPE would rewrite it under an exclusive lock: a
 * second column of the new type, which a trigger keeps up to date until the two change places.
 */
export function switchType(
  change: BodyOf<'change-column-type'>,
  known: Table,
  old: Column,
  effect: TypeChangeEffect | undefined,
  situation: Situation,
): readonly Draft[] | Unsupported {
  const { table, column, type, using } = change;
  const name = `${display(table)}.${column}`;
  const cast = castOf(old.type, type, situation.catalog);
  if (using === undefined && cast !== undefined && cast !== 'assignment')
    return { unsupported: `${name}: ${old.type} does not become ${type} by itself; say how, with USING` };
  const isIdentity = old.identity === 'always' || old.identity === 'by-default';
  if (isIdentity && !isInteger(type))
    return { unsupported: `${name}: an identity column must be smallint, integer or bigint; drop the identity first` };

  const temporary = temporaryColumn(known, column, 'new');
  const oldName = temporaryColumn(known, column, 'old');
  const value = using ?? quoteIdentifier(column);
  const back = { table, column, old: oldName, oldType: old.type, newType: type, value };
  return replaceColumn(
    {
      table: known,
      old,
      new: columnAfter(old, change, temporary),
      oldName,
      finalName: column,
      sync: syncOf(known, column, situation),
      bodies: { before: following(table, temporary, value), after: followingBack(back) },
      value,
      writtenBoth: false,
      loses: losesValues(change, effect),
      preconditions:
        effect?.fails === undefined ? [] : noRefusedValue(table, column, { from: old.type, to: type }, situation),
      hazards: effect?.fails === undefined && using === undefined ? [] : ['may-fail-on-existing-rows'],
      said: {
        purpose: `of type ${type}, and keep it equal to ${column}`,
        afterExpand: `Name the columns in every INSERT and SELECT of ${display(table)} before the switch: ${column} becomes its last column. Code must cope with ${column} as ${old.type} and as ${type}.`,
        afterSwitch: `See that code reads and writes ${column} as ${type} before the old column goes: until then the way back is open. Prepared statements that select the column are planned again.`,
      },
    } satisfies Replacement,
    situation,
  );
}

/** What a USING computes cannot be computed backwards; of a cast it is known whether it leaves something out. */
export function losesValues(
  { using, casts }: BodyOf<'change-column-type'>,
  effect: TypeChangeEffect | undefined,
): boolean {
  return (using !== undefined && casts === undefined) || effect?.loses !== undefined;
}

/** The column as it is in the end, whatever it is called until then. */
export function columnAfter(old: Column, { type, collation }: BodyOf<'change-column-type'>, name: string): Column {
  const { default: value, collation: _collation, ...rest } = old;
  return {
    ...rest,
    name,
    type,
    ...(collation === undefined ? {} : { collation }),
    ...(value === undefined ? {} : { default: converted(value, type) }),
  };
}

/** A literal is of no type until it is used; what else a default is becomes the new type as the values do. */
function converted(value: Expression, type: string): Expression {
  if (/^null\b/i.test(value.sql)) return { ...value, sql: 'NULL' };
  const [, bare] = /^('(?:[^'\\]|'')*')::[^']+$/.exec(value.sql) ?? [];
  if (bare !== undefined) return { ...value, sql: bare };
  if (isLiteral(value.sql)) return { ...value, sql: value.sql.replace(/::[a-z_ ]+(?:\([\d, ]+\))?\s*$/i, '') };
  return { ...value, sql: `(${value.sql})::${type}` };
}
