import type { Description, ObjectKind, SchemaObject } from '../../../sql/description.ts';
import { gone } from '../keys.ts';
import { isTablePart } from '../state.ts';
import {
  type Comparison,
  type Differences,
  droppingOf,
  goersOf,
  makingOf,
  none,
  only,
  together,
} from './differences.ts';
import { attachingOf, detachingOf, isDetached, isTiedTheSame, tableIn } from './partitions.ts';
import { compareColumnSequence } from './sequences.ts';

/** What is made, changed and dropped as a whole: everything but tables with their parts, and enums. */
export function compareObjects(comparison: Comparison): Differences {
  const { current, desired } = comparison;
  const isWhole = (object: SchemaObject) => isComparedWhole(object, comparison);
  return together([
    ...[...desired.objects.values()].filter(isWhole).map((after) => {
      const before = current.objects.get(after.key);
      if (before === undefined) return made(after, comparison);
      return before.definition === after.definition ? none : changed(before, after, comparison);
    }),
    ...[...current.objects.values()]
      .filter((object) => isWhole(object) && !desired.objects.has(object.key))
      .reverse()
      .map((before) => dropped(before, comparison)),
  ]);
}

const elsewhere: ReadonlySet<ObjectKind> = new Set(['enum']);

/** An index of a materialized view is an object as others are. */
function isComparedWhole(object: SchemaObject, { current, desired }: Comparison): boolean {
  if (object.kind === 'index' && object.of !== undefined) {
    const owner = desired.objects.get(object.of) ?? current.objects.get(object.of);
    return owner?.kind === 'materialized view';
  }
  return !isTablePart(object) && !elsewhere.has(object.kind);
}

function made(after: SchemaObject, comparison: Comparison): Differences {
  // It is there as soon as the object that it belongs to is.
  if (after.create.length === 0) {
    if (after.of === undefined) return unplanned(after);
    return after.kind === 'sequence' ? compareColumnSequence(after, comparison) : none;
  }
  if (after.kind === 'attachment') return only([{ kind: 'object', after, order: attachingOf(after, comparison) }]);
  const order = makingOf(after.key, comparison, [
    ...(after.of === undefined ? [] : [after.of]),
    ...mentioned(after, comparison),
    ...otherPrivileges(after, comparison),
  ]);
  return only([{ kind: 'object', after, order }]);
}

function changed(before: SchemaObject, after: SchemaObject, comparison: Comparison): Differences {
  if (after.create.length === 0 && after.replace === undefined) return unplanned(after);
  if (after.kind === 'attachment') return reattached(before, after, comparison);
  const first = [...mentioned(after, comparison), ...goersOf(after.key, comparison)];
  return only([{ kind: 'object', before, after, order: makingOf(after.key, comparison, first) }]);
}

/** Another bound in the same table is given in one step; a partition of another table leaves the first one before. */
function reattached(before: SchemaObject, after: SchemaObject, comparison: Comparison): Differences {
  const table = comparison.current.catalog.tables.get(tableIn(after.key));
  if (table !== undefined && isTiedTheSame(table, comparison))
    return only([{ kind: 'object', before, after, order: attachingOf(after, comparison) }]);
  return only([
    { kind: 'object', before, order: detachingOf(before, comparison) },
    { kind: 'object', after, order: attachingOf(after, comparison) },
  ]);
}

function dropped(before: SchemaObject, comparison: Comparison): Differences {
  if (before.kind === 'attachment') {
    const table = comparison.current.catalog.tables.get(tableIn(before.key));
    // Dropping a partition closes its table; detaching it first does not.
    const leaves = table !== undefined && isDetached(table, comparison);
    if (leaves) return only([{ kind: 'object', before, order: detachingOf(before, comparison) }]);
  }
  // A sequence goes with the column that owns it, and could not be made again before it: so it is let go of first.
  if (before.kind !== 'sequence owner' && goesWithOwner(before, comparison)) return none;
  if (before.drop.length === 0) return before.of === undefined ? unplanned(before) : none;
  return only([{ kind: 'object', before, order: droppingOf(before.key, comparison) }]);
}

function goesWithOwner({ of }: SchemaObject, { current, desired }: Comparison): boolean {
  for (let key = of; key !== undefined; key = current.objects.get(key)?.of) if (!desired.objects.has(key)) return true;
  return false;
}

function unplanned({ key }: SchemaObject): Differences {
  return { ...none, unsupported: [`${key}: what is different of it is not planned`] };
}

/**
 * REVOKE on a table takes the privileges on its columns along (REVOKE, "Notes"), so those that go, go before anything is done about
 * the table's, and those that come, come after it; the way back is the other way round.
 */
function otherPrivileges({ key }: SchemaObject, { current }: Comparison): readonly string[] {
  const [, table, role] = /^privileges on table (.*) for (.*)$/.exec(key) ?? [];
  if (table !== undefined) {
    const columns = current.catalog.tables.get(table)?.columns ?? [];
    return columns
      .map(({ name }) => `privileges on column ${table}.${name} for ${role}`)
      .filter((each) => current.objects.has(each))
      .map(gone);
  }
  const [, of, grantee] = /^privileges on column (.*)\.[^.]* for (.*)$/.exec(key) ?? [];
  return of === undefined ? [] : [`privileges on table ${of} for ${grantee}`];
}

/**
 * The new relations that the text of a function names. PostgreSQL records no dependency for a body that is a string, and yet
 * refuses one in SQL that names what is not there (CREATE FUNCTION, `check_function_bodies`).
 */
function mentioned({ kind, definition }: SchemaObject, { current, desired }: Comparison): readonly string[] {
  if (kind !== 'function') return [];
  const words = new Set(definition.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  return newNames(current, desired).flatMap(([key, name]) => (words.has(name) ? [key] : []));
}

const named: ReadonlySet<ObjectKind> = new Set(['table', 'column', 'view', 'materialized view', 'sequence']);
const known = new WeakMap<Description, readonly (readonly [key: string, name: string])[]>();

function newNames(current: Description, desired: Description): readonly (readonly [key: string, name: string])[] {
  const found = known.get(desired);
  if (found !== undefined) return found;
  const names = [...desired.objects.values()].flatMap(({ key, kind }) =>
    named.has(kind) && !current.objects.has(key) ? [[key, key.slice(key.lastIndexOf('.') + 1)] as const] : [],
  );
  known.set(desired, names);
  return names;
}
