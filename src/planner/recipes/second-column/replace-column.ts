import type { Column } from '../../../sql/change.ts';
import { display } from '../../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../../sql/quote.ts';
import { renderChange } from '../../../sql/render.ts';
import { columnExists, columnIsGone, columnIsRequired, nothingElseUses } from '../../criteria.ts';
import type { Criterion } from '../../plan.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../../recipe.ts';
import { partitionsOf, type Situation } from '../../situation.ts';
import { fill } from '../backfill.ts';
import { placeholder } from '../placeholder.ts';
import { type Mirror, mirror, type Pair } from './mirror.ts';
import { renameConstraint } from './mirror-constraint.ts';
import { severalLocks } from './mirror-reference.ts';
import { moveSequence } from './move-sequence.ts';
import { downOf, knowinglyOf, type Move, move, upOf } from './moves.ts';
import { namesNotNull, notNullName, twinName } from './not-null-name.ts';
import { createSync, dropSync, replaceSync, type Sync } from './sync-trigger.ts';

/** A column that takes another one's place while code goes on reading and writing. */
export interface Replacement extends Pair {
  readonly sync: Sync;
  /** The trigger's body before the switch and after it. */
  readonly bodies: { readonly before: string; readonly after: string };
  /** The value of the new column, made of the row as it is before the switch. */
  readonly value: string;
  /** Whether code writes to both columns before the switch: then a default would pass for something that was written. */
  readonly writtenBoth: boolean;
  /** Whether values of the old column cannot be made of those of the new one again. */
  readonly loses: boolean;
  readonly preconditions: readonly Criterion[];
  /** Of the backfill; where there are any, a write may fail as well from the first step on. */
  readonly hazards: Draft['hazards'];
  readonly said: {
    /** What the new column is for. */
    readonly purpose: string;
    /** What the application must do after the first step, before the switch, and before the old column goes. */
    readonly afterExpand?: string;
    readonly afterFill?: string;
    readonly afterSwitch?: string;
  };
}

/**
 * Expand, migrate, contract (M. Fowler, "Parallel Change"; the order of pgroll's and gh-ost's column changes): a second column,
 * a trigger that fills it, a backfill, everything that stands on the old column once more on the new one, and one short
 * transaction in which the two change places. Each statement either changes the catalog only, or works beside reads and writes.
 */
export function replaceColumn(replacement: Replacement, situation: Situation): readonly Draft[] | Unsupported {
  const refused = refusal(replacement, situation);
  if (refused !== undefined) return { unsupported: refused };
  const parts = mirror(replacement, situation);
  if ('unsupported' in parts) return parts;
  const { table, new: column, value, said } = replacement;
  const filled = fill(table.name, column.name, value, situation);
  const before = [{ ...filled, hazards: [...filled.hazards, ...replacement.hazards] }, ...parts.builds];
  return [
    expand(replacement, situation),
    ...before.slice(0, -1),
    ...before.slice(-1).map((last) => (said.afterFill === undefined ? last : { ...last, application: said.afterFill })),
    ...exchange(replacement, parts, situation),
    contract(replacement, parts, situation),
  ];
}

/** What would have to be switched in several places at once. */
function refusal({ table, old }: Replacement, { catalog }: Situation): string | undefined {
  const name = `${display(table.name)}.${old.name}`;
  const isFamily =
    table.partitionBy !== undefined ||
    table.partitionOf !== undefined ||
    table.inherits !== undefined ||
    partitionsOf(catalog, table.name).length > 0 ||
    [...catalog.tables.values()].some(({ inherits = [] }) => inherits.some(({ name }) => name === table.name.name));
  if (isFamily)
    return `${name}: a column of a partitioned or inherited table is the same column in each of its tables, which this plan cannot switch together; say in the configuration how many rows ${display(table.name)} has if it is small, or copy the rows to a new table`;
  if (table.foreign === true) return `${name}: the rows of a foreign table are kept elsewhere`;
  return old.generated === undefined
    ? undefined
    : `${name}: a generated column holds nothing of its own; add another one and drop this`;
}

function expand(
  { table, old, new: column, sync, bodies, preconditions, hazards, writtenBoth, said }: Replacement,
  situation: Situation,
): Draft {
  const name = table.name;
  const { comment, default: value, identity: _identity, ...bare } = column;
  return step({
    title: `Add column ${display(name)}.${column.name} ${said.purpose}`,
    phase: 'expand',
    sql: [
      renderChange({ kind: 'add-column', table: name, column: { ...bare, nullable: true }, ifNotExists: false }),
      // Not with the column: existing rows get their own values.
      ...(value === undefined || writtenBoth
        ? []
        : [renderChange({ kind: 'set-default', table: name, column: column.name, default: value })]),
      ...(comment === undefined ? [] : [renderChange({ kind: 'comment', table: name, column: column.name, comment })]),
      ...createSync(sync, bodies.before),
    ],
    down: [
      ...dropSync(sync),
      renderChange({ kind: 'drop-column', table: name, column: column.name, ifExists: true, cascade: false }),
    ],
    locks: [lock(name, 'AccessExclusiveLock')],
    hazards: hazards.length > 0 ? ['breaks-running-code'] : [],
    preconditions: [nothingElseUses(name, old.name, situation.exact === true), ...preconditions],
    criteria: [columnExists(name, { ...column, nullable: true }, situation.catalog)],
    ...(said.afterExpand === undefined ? {} : { application: said.afterExpand }),
    because: `Adding a column without a default changes the catalog only, and the trigger is there before the lock is released, so no write misses it. ${manual('sql-createtrigger')}`,
  });
}

/** One transaction in which the columns change places: renames and drops, all of them in the catalog only. */
function exchange(replacement: Replacement, parts: Mirror, situation: Situation): readonly Draft[] {
  const { table, old, new: column, oldName, finalName, said } = replacement;
  const name = table.name;
  const moves = [
    ...parts.releases,
    ...renames(replacement),
    ...(replacement.bodies.before === replacement.bodies.after
      ? []
      : [
          move(
            replaceSync(replacement.sync, replacement.bodies.after),
            replaceSync(replacement.sync, replacement.bodies.before),
          ),
        ]),
    ...parts.moves,
    ...moveDefault(replacement),
    ...moveSequence(replacement),
    ...loosen(replacement, situation),
  ];
  if (upOf(moves).length === 0) return [];
  const final: Column = { ...column, name: finalName };
  const exchanged = step({
    title: `Let ${display(name)}.${column.name} take the place of ${old.name}`,
    phase: 'contract',
    sql: upOf(moves),
    down: downOf(moves),
    locks: [name, ...parts.locks].map((each) => lock(each, 'AccessExclusiveLock')),
    disturbs: true,
    // Where both columns have been written, all code uses the new one by now.
    hazards: replacement.writtenBoth ? [] : ['breaks-running-code'],
    knowingly: knowinglyOf(moves),
    statementTimeoutMs: scanMs,
    criteria: [
      columnExists(name, final, situation.catalog),
      ...(old.nullable ? [] : [columnIsRequired(name, finalName, true)]),
      ...parts.criteria,
    ],
    ...(said.afterSwitch === undefined ? {} : { application: said.afterSwitch }),
    because: `Names, defaults and keys change hands in one transaction, in the catalog only: what must be scanned or built is there already. The trigger goes on and keeps ${oldName} for the way back, which checks it again. ${manual('sql-altertable')}`,
  });
  return [exchanged];
}

function renames({ table, old, new: column, oldName, finalName }: Replacement): readonly Move[] {
  const one = (from: string, to: string): readonly Move[] =>
    from === to
      ? []
      : [
          move(
            renderChange({ kind: 'rename-column', table: table.name, column: from, to }),
            renderChange({ kind: 'rename-column', table: table.name, column: to, to: from }),
            { rule: 'rename-column', reason: 'another column takes its name, or it takes that of another' },
          ),
        ];
  return [...one(old.name, oldName), ...one(column.name, finalName)];
}

/** A serial's default is its sequence, which moves by itself. */
function moveDefault({
  table: { name: table },
  old,
  new: column,
  oldName,
  finalName,
  writtenBoth,
}: Replacement): readonly Move[] {
  if (old.default === undefined || old.identity === 'serial') return [];
  const drop = (of: string) => renderChange({ kind: 'drop-default', table, column: of });
  const given = column.default;
  return [
    move(drop(oldName), renderChange({ kind: 'set-default', table, column: oldName, default: old.default }), {
      rule: 'drop-default',
      reason: 'the trigger gives the column its value',
    }),
    ...(given === undefined || !writtenBoth
      ? []
      : [move(renderChange({ kind: 'set-default', table, column: finalName, default: given }), drop(finalName))]),
  ];
}

/** What the new code writes need not have a counterpart. Last, so that it is first on the way back: a key needs NOT NULL. */
function loosen({ table, old, new: column, oldName }: Replacement, situation: Situation): readonly Move[] {
  if (old.nullable) return [];
  const name = table.name;
  const drop = move(
    renderChange({ kind: 'drop-not-null', table: name, column: oldName }),
    renderChange({ kind: 'set-not-null', table: name, column: oldName }),
    { rule: 'drop-not-null', reason: 'the column is about to be dropped, and nothing reads it any more' },
  );
  if (!namesNotNull(situation)) return [drop];
  const own = notNullName(table, old.name);
  const away = notNullName(table, oldName);
  const twin = twinName(table, column.name);
  const back: readonly Move[] = away === own ? [] : [move([], renameConstraint(name, away, own).up)];
  return [...back, drop, renameConstraint(name, twin, own)];
}

/** The old column with what stands on it. What it held can be made again, as far as the new column says it. */
function contract(replacement: Replacement, parts: Mirror, { catalog }: Situation): Draft {
  const { table, old, oldName, sync, bodies, loses } = replacement;
  const name = table.name;
  const column = quoteIdentifier(oldName);
  const { default: _default, identity: _identity, comment, ...bare } = old;
  const sql = [
    ...dropSync(sync),
    renderChange({ kind: 'drop-column', table: name, column: oldName, ifExists: true, cascade: false }),
  ];
  // Where values were lost on the way, a required column comes back with a placeholder, as a dropped one does.
  const filler = loses && !old.nullable ? placeholder(old, catalog) : undefined;
  return step({
    title: `Drop column ${display(name)}.${oldName}, whose place is taken`,
    phase: 'contract',
    sql,
    down: [
      renderChange({
        kind: 'add-column',
        table: name,
        column: { ...bare, name: oldName, nullable: true },
        ifNotExists: false,
      }),
      ...(comment === undefined ? [] : [renderChange({ kind: 'comment', table: name, column: oldName, comment })]),
      ...createSync(sync, bodies.after),
      refill(replacement),
      ...(filler === undefined ? [] : [`UPDATE ${quoteName(name)} SET ${column} = ${filler} WHERE ${column} IS NULL`]),
      ...parts.remake,
    ],
    locks: [name, ...parts.dropLocks].map((each) => lock(each, 'AccessExclusiveLock')),
    hazards: [
      ...(loses ? (['deletes-data'] as const) : []),
      ...(replacement.writtenBoth ? (['breaks-running-code'] as const) : []),
    ],
    knowingly: [
      { rule: 'drop-trigger', reason: 'nothing reads the column that it keeps' },
      { rule: 'drop-column', reason: 'another column has taken its place, with its values', statement: sql.length - 1 },
      ...(parts.dropLocks.length > 0 ? [{ ...severalLocks, statement: sql.length - 1 }] : []),
    ],
    statementTimeoutMs: scanMs,
    criteria: [columnIsGone(name, oldName)],
    because: `${loses ? 'What the conversion left out of a value is gone for good from here on. ' : ''}Dropping a trigger, a function and a column changes the catalog only. The way back fills the old column again in one statement under an exclusive lock; before this step it is as brief as the switch, but for keys, which it builds. ${manual('sql-altertable')}`,
  });
}

/** An empty old column makes the trigger fill it, whatever the new one holds. */
function refill({ table, oldName, finalName, writtenBoth }: Replacement): string {
  const target = quoteIdentifier(oldName);
  const value = writtenBoth ? quoteIdentifier(finalName) : 'NULL';
  return `UPDATE ${quoteName(table.name)} SET ${target} = ${value}`;
}
