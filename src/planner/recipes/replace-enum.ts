import { draftOf } from '../../sql/apply/draft.ts';
import { applyTo } from '../../sql/apply/index.ts';
import type { Catalog, Table } from '../../sql/catalog.ts';
import type { BodyOf, Column } from '../../sql/change.ts';
import { nameObject } from '../../sql/facts/dependants/objects.ts';
import { usersOfType } from '../../sql/facts/dependants/uses.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { elementOf, spelled } from '../../sql/type-text.ts';
import { columnExists, enumHas, enumIs, noRow } from '../criteria.ts';
import { temporaryName } from '../names.ts';
import type { Criterion } from '../plan.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import { isEmpty, isSmall, type Situation } from '../situation.ts';
import { changeType } from './change-type.ts';
import { columnAfter } from './second-column/switch-type.ts';

/**
 * Other values, or another order, for an enum: ALTER TYPE only adds and renames them (the manual, "Enumerated Types":
 * "existing values cannot be removed ... nor can the sort ordering ... be changed, short of dropping and re-creating the type"). So a
 * second type is made, every column goes over to it by way of its text, and it takes the name of the first.
 */
export function replaceEnum(
  { type, values }: { readonly type: ObjectName; readonly values: readonly string[] },
  situation: Situation,
): readonly Draft[] | Unsupported {
  const before = situation.catalog.enums.get(keyOf(type));
  if (before === undefined) return { unsupported: `type ${display(type)} does not exist` };
  const users = [...usersOfType(situation.catalog, type)].map(({ object }) => object);
  const others = users.filter(({ kind }) => kind !== 'column' && kind !== 'default');
  if (others.length > 0) {
    return {
      unsupported: `type ${display(type)}: ${others.map((object) => nameObject(object).replaceAll('`', '')).join(', ')} would go on using the old type; drop that first and make it again afterwards`,
    };
  }

  const temporary = { ...type, name: temporaryName(type, '', 'new', situation.catalog) };
  const catalog = draftOf(situation.catalog);
  const now: Situation = { ...situation, catalog };
  applyTo(catalog, { kind: 'create-enum', type: temporary, values });
  const columns = columnsOf(situation.catalog, type);
  const removed = before.filter((value) => !values.includes(value));
  const steps: Draft[] = [create(temporary, values, unusedValues(columns, removed))];
  for (const { table, column } of columns) {
    const change = conversion(table.name, column, spelled(temporary), spelled(type));
    const moved = isSmall(now, table.name) ? [inPlace(change, column, spelled(type), now)] : changeType(change, now);
    if ('unsupported' in moved) return moved;
    steps.push(...moved);
    applyTo(catalog, change);
  }
  return [...steps, takeName(type, temporary, before, values)];
}

interface Use {
  readonly table: Table;
  readonly column: Column;
}

/** Columns of the type or of arrays of it; a partition's follow those of its parent. */
function columnsOf(catalog: Catalog, type: ObjectName): readonly Use[] {
  return [...catalog.tables.values()].flatMap((table) =>
    table.partitionOf !== undefined
      ? []
      : table.columns.flatMap((column) => (elementOf(column.type) === spelled(type) ? [{ table, column }] : [])),
  );
}

function unusedValues(columns: readonly Use[], removed: readonly string[]): readonly Criterion[] {
  if (removed.length === 0) return [];
  const list = removed.map((value) => quoteLiteral(value)).join(', ');
  return columns.map(({ table: { name: table }, column: { name, type } }) => {
    const value = quoteIdentifier(name);
    const used = type.endsWith('[]') ? `${value}::text[] && ARRAY[${list}]` : `${value}::text = ANY (ARRAY[${list}])`;
    return noRow(table, used, `No row of ${display(table)} has ${removed.join(' or ')} in ${name}`);
  });
}

function create(type: ObjectName, values: readonly string[], preconditions: readonly Criterion[]): Draft {
  return step({
    title: `Create type ${display(type)}, which is to take the place`,
    phase: 'expand',
    sql: [renderChange({ kind: 'create-enum', type, values })],
    down: [dropType(type)],
    preconditions,
    criteria: [enumHas(type, values)],
    because: `A new type is used by no column yet. ${manual('sql-createtype')}`,
  });
}

function conversion(table: ObjectName, { name, type }: Column, to: string, from: string): BodyOf<'change-column-type'> {
  const target = type.replace(from, () => to);
  const text = type.endsWith('[]') ? 'text[]' : 'text';
  const using = `${quoteIdentifier(name)}::${text}::${target}`;
  return { kind: 'change-column-type', table, column: name, type: target, using, casts: [text, target] };
}

/** The default is of the old type, which no cast leads away from, so it goes before and comes back after. */
function inPlace(change: BodyOf<'change-column-type'>, old: Column, from: string, situation: Situation): Draft {
  const { table, column, type } = change;
  const after = columnAfter(old, change, column);
  const back = conversion(table, { ...old, type }, from, elementOf(type));
  const dropped = old.default === undefined ? [] : [renderChange({ kind: 'drop-default', table, column })];
  const given = (value: Column['default']) =>
    value === undefined ? [] : [renderChange({ kind: 'set-default', table, column, default: value })];
  const empty = isEmpty(situation, table);
  const at = dropped.length;
  return step({
    title: `Change the type of ${display(table)}.${column} from ${old.type} to ${type}`,
    phase: 'contract',
    sql: [...dropped, renderChange(change), ...given(after.default)],
    down: [...dropped, renderChange(back), ...given(old.default)],
    disturbs: true,
    locks: [lock(table, 'AccessExclusiveLock')],
    rewrites: [lock(table, 'AccessExclusiveLock').relation],
    hazards: empty ? [] : ['rewrites-table', 'may-fail-on-existing-rows', 'blocks-reads', 'blocks-writes'],
    knowingly: [
      ...(at > 0 ? [{ rule: 'drop-default', reason: 'the same transaction sets it again' }] : []),
      { rule: 'column-type-rewrite', reason: 'the table is small enough to be rewritten at once', statement: at },
      { rule: 'column-type-narrowing', reason: 'no row has a value that is removed', statement: at },
    ],
    statementTimeoutMs: scanMs,
    criteria: [columnExists(table, { ...old, type }, situation.catalog)],
    because: `The table is rewritten under an exclusive lock; it is small enough for that. ${manual('sql-altertable')}`,
  });
}

function takeName(
  type: ObjectName,
  temporary: ObjectName,
  before: readonly string[],
  values: readonly string[],
): Draft {
  const rename = (from: ObjectName, to: string) => renderChange({ kind: 'rename-type', type: from, to });
  return step({
    title: `Drop the old type ${display(type)}, and give its name to the new one`,
    phase: 'contract',
    sql: [dropType(type), rename(temporary, type.name)],
    down: [rename(type, temporary.name), renderChange({ kind: 'create-enum', type, values: before })],
    hazards: ['breaks-running-code'],
    knowingly: [
      { rule: 'drop-type', reason: 'no column is of the type any more' },
      { rule: 'rename-type', reason: 'the name is that of the type whose place it takes', statement: 1 },
    ],
    criteria: [enumIs(type, values)],
    because: `No column is of the old type any more, or PostgreSQL refuses to drop it; both statements change the catalog only. Grants and comments of the type must be made again. ${manual('sql-altertype')}`,
  });
}

function dropType(type: ObjectName): string {
  return renderChange({ kind: 'drop-type', type, cascade: false });
}
